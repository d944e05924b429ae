"""On-call peers (a warm line): those on call are asked, and the first to say yes comes, for an hour.

Every limit and block holds as in a pair; only the waiting floor does not (who fits best is of no use asleep).
"""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.limits import feasible
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.people.quiet_hours import parse_quiet
from buddybot.domain.talk.on_call import MOST_A_NIGHT, NIGHT, OnCallHours, in_turn
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat, fresh_alias
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import standing
from buddybot.service.kernel.moments import clock
from buddybot.service.kernel.turn import FIND, HELP, Buttons, Turn
from buddybot.service.talk import endings, rooms, routing
from buddybot.store.kernel.timers import Timer

CALL, HOUR = "call", "talk-over"
WAITS = timedelta(minutes=5)
OFF = timedelta(hours=12)
NOBODY: Buttons = (("oncall-again", Token("call", verb="ask")), ("circle-want", Token("circle", verb="ask")), HELP)


def set_on_call(turn: Turn, member: Member, hours: str) -> None:
    """Set or clear the hours in which somebody is on call."""
    if hours.strip().casefold() == "off":
        turn.say(member, "oncall-off" if turn.tx.oncall.drop(member.id) else "oncall-was-not")
        return
    found = parse_quiet(hours)
    if found is None:
        turn.say(member, "oncall-how")
    elif member.stage not in {Stage.HOME, Stage.LOOKING} or not standing.may_match(turn, member):
        turn.say(member, "oncall-not-yet", buttons=(FIND,))
    else:
        turn.tx.oncall.set(member.id, found)
        turn.say(member, "oncall-set", start=found.start, end=found.end)
        if clock(member) is None:
            turn.say(member, "quiet-no-clock", buttons=(("home-answers", Token("home", verb="answers")),))


def request_talk(turn: Turn, member: Member) -> None:
    """Request an on-call peer: everybody who may be asked is."""
    if member.stage not in {Stage.HOME, Stage.LOOKING} or not standing.may_match(turn, member):
        turn.say(member, "oncall-not-yet", buttons=(FIND, HELP))
    elif _talking(turn, member.id):
        turn.say(member, "oncall-there")
    elif turn.tx.oncall.of(member.id) is not None:
        turn.say(member, "oncall-asking", buttons=(HELP,))
    elif not (asked := _ready(turn, member)):
        turn.say(member, "oncall-nobody", buttons=NOBODY)
    else:
        call, until = turn.world.new_id(), turn.now + WAITS
        turn.tx.oncall.call(call, member.id, [one.id for one in asked], turn.now, until)
        turn.tx.timers.set(Timer(CALL, call, until, member.id))
        turn.say(member, "oncall-asking", buttons=(HELP,))
        for one in asked:
            buttons = tuple((f"oncall-{verb}", Token("call", call, verb)) for verb in ("can", "not", "tonight"))
            turn.say(one, "oncall-wanted", buttons=buttons)


def _ready(turn: Turn, member: Member) -> list[Member]:
    """Return the available peers for this person, in fair rotation."""
    weights = turn.book.weights
    me = candidate_of(turn, member, turn.tx.ties.apart(member.id))
    found = dict[MemberId, tuple[OnCallHours, Member]]()
    for one in turn.tx.oncall.watches():
        other = turn.tx.members.by_id(one.member)
        if other is None or other.id == member.id or not _awake(turn, one, other):
            continue
        if feasible(me, candidate_of(turn, other), weights):
            found[other.id] = (one, other)
    return [found[one.member][1] for one in in_turn([pair[0] for pair in found.values()])]


def _awake(turn: Turn, one: OnCallHours, other: Member) -> bool:
    ready = one.stands(clock(other), turn.now) and not other.paused(turn.now)
    rested = turn.tx.rooms.talks_given(other.id, turn.now - NIGHT) < MOST_A_NIGHT
    return ready and rested and not _talking(turn, other.id) and standing.may_match(turn, other)


def _talking(turn: Turn, member: MemberId) -> bool:
    return any(room.kind is RoomKind.TALK for room in turn.tx.rooms.open_of(member))


# ── Answers ─────────────────────────────────────────────────────────────────────────────


def press_call(turn: Turn, member: Member, call_id: str, verb: str) -> None:
    """Button handler of a request: the first yes wins."""
    if verb == "ask":
        request_talk(turn, member)
        return
    call = turn.tx.oncall.find(call_id)
    if verb == "tonight":
        turn.tx.oncall.off(member.id, turn.now + OFF)
        turn.say(member, "oncall-off-tonight")
    elif call is None or member.id not in call.asked:
        turn.say(member, "oncall-taken")
        return
    elif verb == "can":
        _meet(turn, call_id, call.member, member)
        return
    else:
        turn.say(member, "oncall-thanks")
    if call is not None:
        turn.tx.oncall.refuse(call_id, member.id)
        if call.asked == (member.id,):
            nobody(turn, call_id)


def nobody(turn: Turn, call_id: str) -> None:
    """Tell the requester that no one came."""
    call = turn.tx.oncall.find(call_id)
    turn.tx.timers.cancel(CALL, call_id)
    if call is None or not turn.tx.oncall.end(call_id):
        return
    if (member := turn.tx.members.by_id(call.member)) is not None:
        turn.say(member, "oncall-nobody", buttons=NOBODY)


def _meet(turn: Turn, call_id: str, asking: MemberId, volunteer: Member) -> None:
    turn.tx.oncall.end(call_id)
    turn.tx.timers.cancel(CALL, call_id)
    member = turn.tx.members.by_id(asking)
    if member is None or _talking(turn, asking) or _talking(turn, volunteer.id):
        turn.say(volunteer, "oncall-taken")
        return
    mine = _alias(turn, member, ())
    theirs = _alias(turn, volunteer, (mine,))
    room = Room(
        RoomId(turn.world.new_id()),
        RoomKind.TALK,
        (Seat(member.id, mine, 0), Seat(volunteer.id, theirs, 1)),
        turn.now,
    )
    turn.tx.rooms.add(room)
    minutes = turn.book.weights.policy.on_call_minutes
    turn.tx.timers.set(Timer(HOUR, room.id, turn.now + timedelta(minutes=minutes)))
    for one in (member, volunteer):
        key = "oncall-here" if one.id == asking else "oncall-you-are-there"
        inside = turn.inside(one.id, room.id)
        inside.say(one, key, alias=rooms.names(room, one.id), mine=room.alias_of(one.id), minutes=minutes)
        routing.aim(turn, one, room)
        if not turn.has_rooms(one) and len(turn.tx.rooms.open_of(one.id)) > 1:
            inside.say(one, "oncall-beside")


def _alias(turn: Turn, member: Member, taken: tuple[str, ...]) -> str:
    alias = fresh_alias(turn.world.rng, *turn.book.aliases, taken=(*member.private.used_aliases, *taken))
    used = (*member.private.used_aliases, alias)
    turn.tx.members.save(replace(member, private=replace(member.private, used_aliases=used)))
    return alias


def end_hour(turn: Turn, room_id: RoomId) -> None:
    """Time out the talk, unless they ended it before."""
    room = turn.tx.rooms.by_id(room_id)
    if room is None or room.ending is not None:
        return
    endings.close_room(turn, room, Ending.TIME)
    for seat in room.seats:
        if (one := turn.tx.members.by_id(seat.member)) is not None:
            key = "oncall-over" if seat.place == 0 else "oncall-over-for-you"
            turn.inside(one.id, room.id).say(one, key, alias=rooms.names(room, one.id), buttons=(HELP,))
