"""Who looks after the house now: roles, shifts, breaks. What the bot says of moderators is true by asking here."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Origin
from buddybot.domain.kernel.places import ChannelKind
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, CasePriority, Concern
from buddybot.domain.moderation.staff import HEADS, LONGEST, WORKERS, Meter, Role, Shift, highest, may_begin
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn
from buddybot.store.kernel.timers import Timer

VOUCHED = timedelta(hours=12)
"""How long the bot believes a platform's word about a role in private chats, where some platforms can't repeat it."""
SHIFT_END = "shift-end"


def vouched(turn: Turn, origin: Origin) -> None:
    """Take over what a platform says of somebody's roles; where it shows them in a place without, they are gone."""
    names = {role.value for role in WORKERS}
    roles = [Role(name) for name in origin.roles if name in names]
    if roles or origin.place is not None:
        role = highest(roles) if roles else None
        turn.tx.staff.vouch(origin.address, role, turn.now + VOUCHED)


def role_of(turn: Turn, member: MemberId) -> Role:
    """Return what somebody is now."""
    return highest(turn.tx.staff.roles(member, turn.now))


def on_shift(turn: Turn) -> list[Member]:
    """Return the moderators who are on shift, and still are moderators."""
    found = [turn.tx.members.by_id(one) for one in turn.tx.staff.on_shift(turn.now)]
    return [one for one in found if one is not None and role_of(turn, one.id) in WORKERS]


def anyone(turn: Turn) -> bool:
    """Whether a moderator is on shift."""
    return bool(on_shift(turn))


def heads(turn: Turn) -> list[Member]:
    """Return leads and operators whom the bot can write to."""
    found = [turn.tx.members.by_id(one) for one in turn.tx.staff.all(turn.now)]
    return [one for one in found if one is not None and role_of(turn, one.id) in HEADS]


def moderators_places(turn: Turn) -> list[Member]:
    """Return the places of the moderators' channels, on all platforms."""
    keys = [one.key for one in turn.book.channels if one.kind is ChannelKind.MODERATORS]
    found = [turn.tx.members.by_id(place) for key in keys for place in turn.tx.places.of_channel(key)]
    return [one for one in found if one is not None]


# ── Shifts ──────────────────────────────────────────────────────────────────────────────


def shift_of(turn: Turn, member: MemberId) -> Shift | None:
    """Return the shift that somebody is on."""
    return next((one for one in turn.tx.staff.shifts(member) if one.runs(turn.now)), None)


def begin_shift(turn: Turn, me: Member) -> None:
    """Begin a shift, if the last one is long enough ago."""
    refusal = may_begin(turn.tx.staff.shifts(me.id), turn.now)
    if refusal is not None:
        turn.say(me, f"shift-refused-{refusal}")
        return
    turn.tx.staff.begin(me.id, turn.now)
    turn.tx.timers.set(Timer(SHIFT_END, me.id, turn.now + LONGEST, me.id))
    turn.say(me, "shift-on", hours=int(LONGEST / timedelta(hours=1)))


def end_shift(turn: Turn, me: Member) -> bool:
    """End the shift; say whether there was one."""
    turn.tx.timers.cancel(SHIFT_END, me.id)
    ended = turn.tx.staff.end(me.id, turn.now) > 0
    turn.say(me, "shift-off" if ended else "shift-none")
    return ended


def warn_long_shift(turn: Turn, member: MemberId) -> None:
    """Tell somebody that four hours are enough."""
    me = turn.tx.members.by_id(member)
    if me is not None:
        turn.say(me, "shift-over")


# ── Care for moderators ─────────────────────────────────────────────────────────────────


def meter(turn: Turn, me: Member) -> Meter | None:
    """Return how much somebody took on since the shift began, or since their last break; None off shift."""
    shift = shift_of(turn, me.id)
    if shift is None:
        return None
    rested = me.private.rested_at
    since = shift.began if rested is None else max(shift.began, rested)
    return Meter(turn.tx.staff.looked(me.id, since), since, rested)


def took_on(turn: Turn, me: Member, case: Case) -> None:
    """Count a heavy case, and offer a break when it was enough."""
    if case.priority in {CasePriority.P0, CasePriority.P1}:
        turn.tx.staff.look(me.id, case.id, turn.now)
    found = meter(turn, me)
    if found is not None and found.full(turn.now):
        turn.say(me, "shift-break", buttons=(("shift-rest", Token("mod", verb="rest")),))


def take_break(turn: Turn, me: Member) -> None:
    """Take a break: nothing is handed to them for twenty minutes."""
    turn.tx.members.save(replace(me, private=replace(me.private, rested_at=turn.now)))
    turn.say(me, "shift-resting")


def sees(me: Member, concern: Concern) -> bool:
    """Whether this kind of case is one that they want to see."""
    return concern.value not in me.private.opted_out


def opt_out(turn: Turn, me: Member, word: str) -> None:
    """Leave a kind of case to others, or take it back; no reason asked."""
    if word not in set(Concern):
        turn.say(me, "optout-which", list=", ".join(Concern))
        return
    now_out = set(me.private.opted_out) ^ {word}
    turn.tx.members.save(replace(me, private=replace(me.private, opted_out=tuple(sorted(now_out)))))
    turn.say(me, "optout-on" if word in now_out else "optout-off", kind=word)
