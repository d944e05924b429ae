"""No-fault endings of a silent pair: nobody is blamed, the door can stay open, and who comes back is welcome."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.care.pair_care import Silence
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import Ending, Room
from buddybot.service.care.pairs import Pair, left_in_peace_until
from buddybot.service.kernel import standing
from buddybot.service.kernel.lanes import in_lane
from buddybot.service.kernel.moments import told_day
from buddybot.service.kernel.turn import Asking, Buttons, Turn
from buddybot.service.matching import offers, pool
from buddybot.service.talk import endings, rooms

ANSWERABLE = timedelta(days=60)
"""How long somebody can type that they are back."""
TALK_NOW = ("silence-person", Token("command", verb="now"))


def end_in_silence(turn: Turn, pair: Pair, silence: Silence, *, door: bool) -> None:
    """End the pair for the one who waited; the silent one hears it kindly, and that they are welcome."""
    endings.close_room(turn, pair.room, Ending.SILENT)
    if door:
        turn.tx.pair_care.save(pair.room.id, pair.me.id, replace(pair.mine, silence=None, door=True))
    silent = pair.other
    if not silence.cried:
        recent = (at for at in silent.private.silent_endings if at > turn.now - turn.book.company.within)
        silent = replace(silent, private=replace(silent.private, silent_endings=(*recent, turn.now)))
        turn.tx.members.save(silent)
    rows = (("return-back", "back"), ("return-pause", "pause"))
    buttons = tuple((key, Token("return", pair.room.id, verb)) for key, verb in rows)
    turn.say(
        silent,
        "silence-ended",
        buttons=(*buttons, TALK_NOW),
        asking=Asking(Unfit.PASSING, lasts=ANSWERABLE),
        due=left_in_peace_until(turn, silent),
        alias=pair.turned().alias,
    )
    turn.say(pair.me, "silence-door-done" if door else "silence-new-done", alias=pair.alias)
    if (me := turn.tx.members.by_id(pair.me.id)) is not None:
        offers.look(turn, me)


def press_return(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of a return: welcome somebody, let them meet again where both want to, or search again."""
    room = turn.tx.rooms.by_id(RoomId(room_id)) if room_id else None
    ended = room is not None and room.ending is Ending.SILENT and room.saw(member.id)
    if verb == "retry":
        member = replace(member, private=replace(member.private, silent_endings=()))
        turn.tx.members.save(member)
        offers.look(turn, member)
    elif room is None or not ended:
        turn.say(member, "stale-button")
    elif verb == "back":
        _welcome(turn, member, room)
    elif verb == "pause":
        until = turn.now + timedelta(days=turn.book.company.break_days)
        turn.tx.members.save(replace(member, paused_until=until))
        turn.say(member, "paused-until", day=told_day(member, until))
    elif verb == "again":
        _ask_whose_door(turn, member, room)
    elif verb == "yes":
        _meet_again(turn, member, room)
    else:
        turn.tx.pair_care.drop(room.id)
        turn.say(member, "return-not-now-done")


def _welcome(turn: Turn, member: Member, room: Room) -> None:
    again: Buttons = ()
    if _with_open_door(turn, member, room) is not None:
        again = (("return-again", Token("return", room.id, "again")),)
    turn.say(member, in_lane(turn, member, "return-welcome"), buttons=(*again, *endings.AFTER))


def _there_still(turn: Turn, member: Member, room: Room) -> Member | None:
    """Return the other of a pair, unless they erased themselves."""
    seat = room.buddy_of(member.id)
    return None if seat is None else turn.tx.members.by_id(seat.member)


def _with_open_door(turn: Turn, member: Member, room: Room) -> Member | None:
    """Return the other, if they kept the door open and both could meet now."""
    other = _there_still(turn, member, room)
    if other is None or not turn.tx.pair_care.of(room.id, other.id).door:
        return None
    return other if _has_place(turn, room) and all(_free(turn, one) for one in (member, other)) else None


def _free(turn: Turn, member: Member) -> bool:
    at_home = member.stage in {Stage.HOME, Stage.LOOKING} and standing.may_match(turn, member)
    return at_home and not turn.tx.rooms.open_of(member.id) and turn.tx.offers.open_for(member.id) is None


def _has_place(turn: Turn, room: Room) -> bool:
    """Return whether the mentor of a room, if it had one, may take somebody: nobody has more than they said."""
    mentor = None if room.mentor is None else turn.tx.mentors.of(room.mentor)
    return room.mentor is None or (mentor is not None and pool.places_free(turn, mentor) > 0)


def _ask_whose_door(turn: Turn, member: Member, room: Room) -> None:
    """Ask the one who kept the door open; until they say yes, nothing is opened."""
    other = _with_open_door(turn, member, room)
    if other is None:
        turn.say(member, "return-gone", buttons=endings.AFTER)
        return
    rows = (("return-yes", "yes"), ("return-not-now", "no"))
    turn.say(
        other,
        "return-ask",
        buttons=tuple((key, Token("return", room.id, verb)) for key, verb in rows),
        asking=Asking(Unfit.PASSING, lasts=ANSWERABLE),
        due=left_in_peace_until(turn, other),
        alias=room.alias_of(member.id),
    )
    turn.say(member, "return-asked", alias=room.alias_of(other.id))


def _meet_again(turn: Turn, member: Member, room: Room) -> None:
    back = _there_still(turn, member, room)
    if (
        back is None
        or not turn.tx.pair_care.of(room.id, member.id).door
        or not _has_place(turn, room)
        or not all(_free(turn, one) for one in (member, back))
    ):
        turn.say(member, "return-gone", buttons=endings.AFTER)
        return
    turn.tx.pair_care.drop(room.id)
    rooms.reopen_pair(turn, room)
