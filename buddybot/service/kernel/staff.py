"""Staff roles, duty shifts and breaks. What the bot says of moderators is true because it asks here."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Origin
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
    """Synchronize roles with what a platform reports; where it shows somebody without, they are revoked."""
    names = {role.value for role in WORKERS}
    roles = [Role(name) for name in origin.roles if name in names]
    if roles or origin.place is not None:
        role = highest(roles) if roles else None
        turn.tx.staff.vouch(origin.address, role, turn.now + VOUCHED)


def appoint(turn: Turn, member: Member, address: Address, role: Role) -> None:
    """Give a role to whoever redeemed an operator's one-time code, and say what it is for."""
    turn.tx.staff.appoint_by_word(address, role)
    turn.tx.audit.add(turn.now, member.id, "appointed", "staff", role.value)
    turn.say(member, "staff-welcome", role=role.value)


def role_of(turn: Turn, member: MemberId) -> Role:
    """Return the highest role that a member has now."""
    return highest(turn.tx.staff.roles(member, turn.now))


def on_shift(turn: Turn) -> list[Member]:
    """Return the moderators on duty who still hold their role."""
    found = [turn.tx.members.by_id(one) for one in turn.tx.staff.on_shift(turn.now)]
    return [one for one in found if one is not None and role_of(turn, one.id) in WORKERS]


def anyone(turn: Turn) -> bool:
    """Return whether a moderator is on duty."""
    return bool(on_shift(turn))


def heads(turn: Turn) -> list[Member]:
    """Return the leads and operators whom the bot can write to: the escalation contacts."""
    found = [turn.tx.members.by_id(one) for one in turn.tx.staff.all(turn.now)]
    return [one for one in found if one is not None and role_of(turn, one.id) in HEADS]


def moderators_places(turn: Turn) -> list[Member]:
    """Return the places of the moderators' channels, on all platforms."""
    keys = [one.key for one in turn.book.channels if one.kind is ChannelKind.MODERATORS]
    found = [turn.tx.members.by_id(place) for key in keys for place in turn.tx.places.of_channel(key)]
    return [one for one in found if one is not None]


# ── Shifts ──────────────────────────────────────────────────────────────────────────────


def shift_of(turn: Turn, member: MemberId) -> Shift | None:
    """Return the running shift of a member, or None."""
    return next((one for one in turn.tx.staff.shifts(member) if one.runs(turn.now)), None)


def begin_shift(turn: Turn, me: Member) -> None:
    """Start a shift, unless the last one ended too recently."""
    refusal = may_begin(turn.tx.staff.shifts(me.id), turn.now)
    if refusal is not None:
        turn.say(me, f"shift-refused-{refusal}")
        return
    turn.tx.staff.begin(me.id, turn.now)
    turn.tx.timers.set(Timer(SHIFT_END, me.id, turn.now + LONGEST, me.id))
    turn.say(me, "shift-on", hours=int(LONGEST / timedelta(hours=1)))


def end_shift(turn: Turn, me: Member) -> bool:
    """End the shift; return whether there was one."""
    turn.tx.timers.cancel(SHIFT_END, me.id)
    ended = turn.tx.staff.end(me.id, turn.now) > 0
    turn.say(me, "shift-off" if ended else "shift-none")
    return ended


def warn_long_shift(turn: Turn, member: MemberId) -> None:
    """Remind a moderator of the shift limit of four hours."""
    me = turn.tx.members.by_id(member)
    if me is not None:
        turn.say(me, "shift-over")


# ── Care for moderators ─────────────────────────────────────────────────────────────────


def meter(turn: Turn, me: Member) -> Meter | None:
    """Return the exposure since the shift began or since their last break; None off duty."""
    shift = shift_of(turn, me.id)
    if shift is None:
        return None
    rested = me.private.rested_at
    since = shift.began if rested is None else max(shift.began, rested)
    return Meter(turn.tx.staff.looked(me.id, since), since, rested)


def took_on(turn: Turn, me: Member, case: Case) -> None:
    """Count exposure to a heavy case, and offer a break at the limit."""
    if case.priority in {CasePriority.P0, CasePriority.P1}:
        turn.tx.staff.look(me.id, case.id, turn.now)
    found = meter(turn, me)
    if found is not None and found.full(turn.now):
        turn.say(me, "shift-break", buttons=(("shift-rest", Token("mod", verb="rest")),))


def take_break(turn: Turn, me: Member) -> None:
    """Start a break: nothing is assigned to them for twenty minutes."""
    turn.tx.members.save(replace(me, private=replace(me.private, rested_at=turn.now)))
    turn.say(me, "shift-resting")


def sees(me: Member, concern: Concern) -> bool:
    """Return whether a moderator has not opted out of this kind of case."""
    return concern.value not in me.private.opted_out


def opt_out(turn: Turn, me: Member, word: str) -> None:
    """Opt out of a kind of case, or in again; no reason is asked."""
    if word not in set(Concern):
        turn.say(me, "optout-which", list=", ".join(Concern))
        return
    now_out = set(me.private.opted_out) ^ {word}
    turn.tx.members.save(replace(me, private=replace(me.private, opted_out=tuple(sorted(now_out)))))
    turn.say(me, "optout-on" if word in now_out else "optout-off", kind=word)
