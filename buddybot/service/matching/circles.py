"""Circles: who is asked about one, what they say, and the seats that are filled again when people leave.

Talk and endings are those of every room. Nobody is in a circle and a pair at once (see `service.rooms`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.circles import best_to_join, form_circles, may_join
from buddybot.domain.matching.compatibility import rarity
from buddybot.domain.matching.gatherings import Gathering, GatheringId, Invited
from buddybot.domain.matching.offers import OfferReply
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.domain.people.members import Loss, Member, Stage
from buddybot.domain.talk.rooms import Room, RoomKind, Seat, fresh_alias
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import standing
from buddybot.service.kernel.quiet import deadline
from buddybot.service.kernel.turn import APPEAL, FIND, Turn
from buddybot.service.matching import offers
from buddybot.service.talk import rooms
from buddybot.store.kernel.timers import Timer

ROUND, EXPIRY = "circles", "gathering"
LASTS = timedelta(hours=24)
"""How long a circle waits for answers."""
REST = timedelta(days=3)
"""How long nobody is asked again."""
FILL_BELOW = 4
"""A circle with fewer people is offered somebody new."""
MOST_AT_ONCE = 60
"""People looked at in one round, those who wait longest first: the work grows with their square."""
MOST_FILLED = 20
"""Circles with a free seat looked at in one round, those longest without it first come first."""


def ask(turn: Turn, member: Member) -> None:
    """Note that somebody would like a circle."""
    if offers.is_engaged(turn, member):
        return
    if member.stage is Stage.INTAKE or member.private.lost is not Loss.NONE:
        turn.say(member, "circle-answers-first", buttons=(FIND,))
    elif not standing.may_match(turn, member):
        turn.say(member, "looking-held", buttons=(APPEAL,))
    else:
        turn.tx.gatherings.wish(member.id, turn.now)
        turn.say(member, "circle-wished", buttons=(("circle-unwish", Token("circle", verb="unwish")),))


def press(turn: Turn, member: Member, gathering_id: str, verb: str) -> None:
    """Take what a member says to a circle."""
    if verb == "ask":
        ask(turn, member)
        return
    if verb == "unwish":
        turn.say(member, "circle-unwished" if turn.tx.gatherings.unwish(member.id) else "circle-gone")
        return
    gathering = turn.tx.gatherings.by_id(GatheringId(gathering_id))
    mine = None if gathering is None else gathering.seat(member.id)
    if gathering is None or mine is None or gathering.closed or verb not in {"yes", "pass"}:
        turn.say(member, "circle-gone")
    elif rooms.room_of(turn, member) is not None or turn.tx.offers.open_for(member.id) is not None:
        turn.say(member, "circle-busy")
    elif mine.reply is OfferReply.NONE:
        gathering = gathering.answered(member.id, OfferReply(verb))
        turn.tx.gatherings.save(gathering)
        turn.say(member, "circle-thanks" if verb == "yes" else "circle-passed")
        if gathering.settled(turn.now):
            settle(turn, gathering.id)
    else:
        turn.say(member, "circle-answered")


# ── Who is asked ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Asked:
    """Members to ask about a circle: a new one, or the one that has a seat free."""

    members: tuple[MemberId, ...]
    room: RoomId | None = None


@dataclass(frozen=True, slots=True)
class Seekers:
    """Input of a round of circles: who may be asked, and who sits in each circle that has a seat free."""

    people: tuple[Candidate, ...]
    circles: tuple[tuple[RoomId, tuple[Candidate, ...]], ...]


def seekers(turn: Turn) -> Seekers:
    """Read who would like a circle or has waited a day, the longest first; a bounded number."""
    return Seekers(tuple(_waiting(turn)), tuple(_short(turn)))


def work_out(found: Seekers, weights: MatchingWeights) -> list[Asked]:
    """Fill free seats, then form circles; pure, so that nobody waits for it."""
    people, made = list(found.people), list[Asked]()
    for room, inside in found.circles:
        best = best_to_join(inside, people, weights, rarity([*inside, *people]))
        if best is not None:
            people.remove(best)
            made.append(Asked((MemberId(best.id),), room))
    return [*made, *(Asked(tuple(map(MemberId, one.members))) for one in form_circles(people, weights))]


def ask_all(turn: Turn, asked: Asked) -> None:
    """Ask them, if all of them may still be asked and no limit has come between them."""
    room = None if asked.room is None else turn.tx.rooms.by_id(asked.room)
    if asked.room is not None and (room is None or room.ending is not None or not _has_seat(turn, room)):
        return
    free = [one for one in asked.members if _may_be_asked(turn, one)]
    fitting = _fitting(turn, [Invited(one, "") for one in free], room)
    if len(fitting) == len(asked.members):
        _invite(turn, asked.members, room)


def set_circles_round(turn: Turn) -> None:
    """Set the next round."""
    turn.tx.timers.set(Timer(ROUND, "all", turn.now + turn.book.practice.round_every))


def _waiting(turn: Turn) -> list[Candidate]:
    """Return those who may be asked now. Every limit and block holds as in a pair, only the waiting floor does not."""
    patient = turn.now - timedelta(hours=turn.book.weights.policy.circle_after_hours)
    found = turn.tx.pool.for_circles(turn.now, patient, turn.now - REST, 2 * MOST_AT_ONCE)
    able = (one for one in map(turn.tx.members.by_id, found) if one is not None and _free(turn, one))
    return [_seeker(turn, one) for one in islice(able, MOST_AT_ONCE)]


def _seeker(turn: Turn, member: Member) -> Candidate:
    return candidate_of(turn, member, turn.tx.ties.apart(member.id))


def _free(turn: Turn, member: Member) -> bool:
    ready = member.stage in {Stage.HOME, Stage.LOOKING} and not member.paused(turn.now)
    engaged = any(room.mentor != member.id for room in turn.tx.rooms.open_of(member.id))
    return ready and not engaged and standing.may_match(turn, member)


def _may_be_asked(turn: Turn, member_id: MemberId) -> bool:
    lately = turn.tx.gatherings.was_asked(member_id, turn.now - REST)
    return not lately and _comes(turn, member_id)


def _short(turn: Turn) -> Iterator[tuple[RoomId, tuple[Candidate, ...]]]:
    """Yield circles with a free seat that nobody is being asked about, and who sits there."""
    for room in turn.tx.rooms.circles(FILL_BELOW, MOST_FILLED):
        found = (turn.tx.members.by_id(seat.member) for seat in room.seats)
        members = [one for one in found if one is not None]
        # Where somebody's limits were lost with a damaged row, nobody knows whom they must not meet.
        if _has_seat(turn, room) and all(one.private.lost is Loss.NONE for one in members):
            yield room.id, tuple(_seeker(turn, one) for one in members)


def _has_seat(turn: Turn, room: Room) -> bool:
    return len(room.seats) < FILL_BELOW and not turn.tx.gatherings.filling(room.id)


def _invite(turn: Turn, members: Sequence[MemberId], room: Room | None = None) -> None:
    """Ask them all at once; each hears how many there would be, and no name of anybody."""
    here = () if room is None else (*room.seats, *room.left)
    invited = list[Invited]()
    for one in members:
        if (member := turn.tx.members.by_id(one)) is not None:
            taken = [*(seat.alias for seat in here), *(other.alias for other in invited), *member.private.used_aliases]
            alias = fresh_alias(turn.world.rng, *turn.book.aliases, taken=taken)
            used = (*member.private.used_aliases, alias)
            turn.tx.members.save(replace(member, private=replace(member.private, used_aliases=used)))
            invited.append(Invited(member.id, alias))
    where = None if room is None else room.id
    asking = [found for one in invited if (found := turn.tx.members.by_id(one.member)) is not None]
    expires = deadline(turn.now, asking, LASTS)
    gathering = Gathering(GatheringId(turn.world.new_id()), tuple(invited), turn.now, expires, where)
    turn.tx.gatherings.add(gathering)
    turn.tx.timers.set(Timer(EXPIRY, gathering.id, expires))
    count = len(invited) if room is None else len(room.seats) + 1
    for asked in invited:
        if (member := turn.tx.members.by_id(asked.member)) is not None:
            buttons = tuple((f"circle-{verb}", Token("circle", gathering.id, verb)) for verb in ("yes", "pass"))
            turn.say(member, "circle-offer", buttons=buttons, count=count, mine=asked.alias)


# ── What comes of it ────────────────────────────────────────────────────────────────────


def settle(turn: Turn, gathering_id: GatheringId) -> None:
    """Open the circle with those who said yes, or say kindly that it did not come about."""
    gathering = turn.tx.gatherings.by_id(gathering_id)
    if gathering is None or gathering.closed:
        return
    turn.tx.gatherings.save(replace(gathering, closed=True))
    turn.tx.timers.cancel(EXPIRY, gathering.id)
    room = None if gathering.room is None else turn.tx.rooms.by_id(gathering.room)
    coming = _fitting(turn, [one for one in gathering.coming() if _comes(turn, one.member)], room)
    if gathering.room is not None and room is not None and room.ending is None:
        for one in coming:
            _join(turn, room, one)
    elif gathering.room is None and len(coming) >= turn.book.weights.policy.circle_least:
        _open(turn, coming)
    else:
        for one in coming:
            if (member := turn.tx.members.by_id(one.member)) is not None:
                turn.say(member, "circle-not-yet")


def _fitting(turn: Turn, coming: Sequence[Invited], room: Room | None) -> list[Invited]:
    """Leave out whom a limit or a no keeps apart by now: a pair may have been offered and passed meanwhile."""
    weights = turn.book.weights
    inside = list[Candidate]()
    found = list[Invited]()
    for one in [*(Invited(seat.member, seat.alias) for seat in (room.seats if room else ())), *coming]:
        if (member := turn.tx.members.by_id(one.member)) is None:
            continue
        candidate = _seeker(turn, member)
        if one not in coming or may_join(candidate, inside, weights):
            inside.append(candidate)
            found += [one] if one in coming else []
    return found


def _comes(turn: Turn, member_id: MemberId) -> bool:
    member = turn.tx.members.by_id(member_id)
    return member is not None and _free(turn, member) and turn.tx.offers.open_for(member_id) is None


def _open(turn: Turn, coming: Sequence[Invited]) -> None:
    seats = tuple(Seat(one.member, one.alias, place) for place, one in enumerate(coming))
    room = Room(RoomId(turn.world.new_id()), RoomKind.CIRCLE, seats, turn.now)
    turn.tx.rooms.add(room)
    for seat in seats:
        _seated(turn, room, seat)


def _join(turn: Turn, room: Room, one: Invited) -> None:
    turn.tx.rooms.sit(room.id, Seat(one.member, one.alias))
    for seat in room.seats:
        if (member := turn.tx.members.by_id(seat.member)) is not None:
            turn.inside(member.id, room.id).say(member, "circle-joined", alias=one.alias)
    if (wider := turn.tx.rooms.by_id(room.id)) is not None:
        _seated(turn, wider, Seat(one.member, one.alias))


def _seated(turn: Turn, room: Room, seat: Seat) -> None:
    turn.tx.gatherings.unwish(seat.member)
    if (member := turn.tx.members.by_id(seat.member)) is not None:
        turn.tx.members.save(replace(member, stage=Stage.HOME, looking_since=None))
        inside = turn.inside(member.id, room.id)
        inside.say(member, "circle-open", names=rooms.names(room, seat.member), mine=seat.alias)
