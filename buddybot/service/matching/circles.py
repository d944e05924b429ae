"""Circles: who is asked about one, what they say, and the seats that are filled again when people leave.

Talk and endings are those of every room. Nobody is in a circle and a pair at once (see `service.rooms`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.circles import best_to_join, form_circles, may_join
from buddybot.domain.matching.compatibility import rarity
from buddybot.domain.matching.gatherings import Gathering, GatheringId, Invited
from buddybot.domain.matching.offers import OfferReply
from buddybot.domain.people.members import Loss, Member, Stage
from buddybot.domain.talk.rooms import Room, RoomKind, Seat, fresh_alias
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import standing
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


def ask(turn: Turn, member: Member) -> None:
    """Note that somebody would like a circle."""
    if (room := rooms.room_of(turn, member)) is not None:
        turn.say(member, "looking-room", alias=rooms.names(room, member.id))
    elif member.stage is Stage.INTAKE or member.private.lost is not Loss.NONE:
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


def run_round(turn: Turn) -> None:
    """Offer free seats, then new circles, to those who would like one or have waited a day; set the next round."""
    people = _waiting(turn)
    for room in turn.tx.rooms.circles():
        people = _fill(turn, room, people)
    for circle in form_circles(people, turn.book.weights):
        _invite(turn, [MemberId(one) for one in circle.members])
    turn.tx.timers.set(Timer(ROUND, "all", turn.now + turn.book.practice.round_every))


def _waiting(turn: Turn) -> list[Candidate]:
    """Return those who may be asked now. Every limit and block holds as in a pair, only the waiting floor does not."""
    tx, apart = turn.tx, offers.kept_apart(turn)
    wishes = tx.gatherings.wishing()
    patient = turn.now - timedelta(hours=turn.book.weights.policy.circle_after_hours)
    since = {one.id: one.looking_since for one in tx.members.looking() if one.looking_since is not None}
    since = {one: at for one, at in since.items() if at <= patient} | wishes
    asked = tx.gatherings.asked_since(turn.now - REST) | tx.offers.reserved()
    found = []
    for one in sorted(since, key=lambda one: (since[one], one)):
        member = tx.members.by_id(one)
        if member is not None and one not in asked and _free(turn, member):
            found.append(candidate_of(turn, member, apart.get(one, frozenset())))
    return found[:MOST_AT_ONCE]


def _free(turn: Turn, member: Member) -> bool:
    ready = member.stage in {Stage.HOME, Stage.LOOKING} and not member.paused(turn.now)
    return ready and not turn.tx.rooms.open_of(member.id) and standing.may_match(turn, member)


def _fill(turn: Turn, room: Room, people: list[Candidate]) -> list[Candidate]:
    """Offer a free seat to whoever fits best; return the others."""
    asked = any(one.room == room.id for one in turn.tx.gatherings.open())
    if len(room.seats) >= FILL_BELOW or asked:
        return people
    apart = offers.kept_apart(turn)
    found = (turn.tx.members.by_id(seat.member) for seat in room.seats)
    members = [one for one in found if one is not None]
    if any(one.private.lost is not Loss.NONE for one in members):
        return people  # nobody knows whom one of them must not meet
    inside = [candidate_of(turn, one, apart.get(one.id, frozenset())) for one in members]
    if (best := best_to_join(inside, people, turn.book.weights, rarity([*inside, *people]))) is None:
        return people
    _invite(turn, [MemberId(best.id)], room)
    return [one for one in people if one.id != best.id]


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
    expires = turn.now + LASTS
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
    apart, weights = offers.kept_apart(turn), turn.book.weights
    inside = list[Candidate]()
    found = list[Invited]()
    for one in [*(Invited(seat.member, seat.alias) for seat in (room.seats if room else ())), *coming]:
        if (member := turn.tx.members.by_id(one.member)) is None:
            continue
        candidate = candidate_of(turn, member, apart.get(member.id, frozenset()))
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
            turn.say(member, "circle-joined", alias=one.alias)
    if (wider := turn.tx.rooms.by_id(room.id)) is not None:
        _seated(turn, wider, Seat(one.member, one.alias))


def _seated(turn: Turn, room: Room, seat: Seat) -> None:
    turn.tx.gatherings.unwish(seat.member)
    if (member := turn.tx.members.by_id(seat.member)) is not None:
        turn.tx.members.save(replace(member, stage=Stage.HOME, looking_since=None))
        turn.say(member, "circle-open", names=rooms.names(room, seat.member), mine=seat.alias)
