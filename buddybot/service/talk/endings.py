"""Endings of a room: a goodbye, a block, or a member who is gone; whoever stays behind is told kindly."""

from collections.abc import Sequence
from dataclasses import replace

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Choice, Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member, Talk
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat
from buddybot.service.kernel.lanes import in_lane
from buddybot.service.kernel.turn import FIND, Asking, Turn
from buddybot.service.talk import mentor_rooms, rooms, routing
from buddybot.store.matching.ties import TieKind

UNNAMED = "goodbye-unnamed"
"""What a buddy hears of somebody whose key, and so their alias, was gone before the rest of them."""
FEWEST = 2
"""A circle is over when fewer are left; with two it goes on, and a free seat is offered to others."""
AFTER = (("goodbye-find", Token("home", verb="find")), ("goodbye-rest", Token("home", verb="rest")))


def is_open_which(turn: Turn, member: Member) -> bool:
    """Return whether several rooms are open and what they did names none of them."""
    rooms = turn.tx.rooms.open_of(member.id)
    return len(rooms) > 1 and all(room.id != turn.at for room in rooms)


def ask_which(turn: Turn, member: Member, noun: str, key: str) -> None:
    """Ask which of the open rooms a command is about."""
    rooms = turn.tx.rooms.open_of(member.id)
    choices = tuple(Choice(str(Token(noun, room.id, "which")), routing.title(turn, member, room)) for room in rooms)
    asking = Asking(Unfit.EXCLUSIVE, "which-again", name=f"{noun}.which")
    turn.show(member, Content((Span(turn.words(member, key)),), choices=choices), asking=asking)


def last_room_of(turn: Turn, member: Member) -> Room | None:
    """Return the room that a block or a report is about: the open one, else the one that ended last."""
    return rooms.room_of(turn, member) or turn.tx.rooms.latest_of(member.id)


def ask_goodbye(turn: Turn, member: Member) -> None:
    """Ask for the way of leaving, and before that which room, where several are open and none is named."""
    if is_open_which(turn, member):
        ask_which(turn, member, "goodbye", "goodbye-which")
        return
    room = rooms.room_of(turn, member)
    if room is None:
        turn.say(member, "room-none", buttons=(FIND,))
    else:
        _ask_way(turn, member, room)


def _ask_way(turn: Turn, member: Member, room: Room) -> None:
    known = ("known",) if room.kind is RoomKind.PAIR else ()
    verbs = ("words", "standard", "silent", *known, "cancel")
    turn.say(member, "goodbye-ask", buttons=tuple((f"goodbye-{v}", Token("goodbye", room.id, v)) for v in verbs))


def goodbye(turn: Turn, member: Member, room_id: RoomId, verb: str) -> None:
    """Button handler of a goodbye: leave the way they chose."""
    room = _open_room(turn, member, room_id)
    if room is None:
        turn.say(member, "room-none", buttons=(FIND,))
    elif verb == "which":
        _ask_way(turn, member, room)
    elif verb == "cancel":
        turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE, subject="")))
        turn.say(member, "goodbye-stay")
    elif verb == "words":
        turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.GOODBYE, subject=room.id)))
        cancel = ("goodbye-cancel", Token("goodbye", room.id, "cancel"))
        turn.ask(member, "goodbye-write", buttons=(cancel,), again="goodbye-write", unfit=Unfit.TEXT)
    elif verb == "known" and room.kind is RoomKind.PAIR:
        keep_apart(turn, member, room.others(member.id), TieKind.KNOWN)
        depart(turn, member.id, room, Ending.GOODBYE, "goodbye-other-ended")
        turn.say(member, "goodbye-known-done", buttons=AFTER)
    elif verb in {"standard", "silent"}:
        depart(
            turn, member.id, room, Ending.GOODBYE, "goodbye-to-other" if verb == "standard" else "goodbye-other-ended"
        )
        turn.say(member, "goodbye-done", buttons=AFTER)


def stop_waiting_for_words(turn: Turn, member: Member) -> Member:
    """Time out the wait for last words: what somebody says a day later is to go on talking, and ends nothing."""
    member = replace(member, private=replace(member.private, talk=Talk.NONE, subject=""))
    turn.tx.members.save(member)
    turn.say(member, "goodbye-waited")
    return member


def leave_with_words(turn: Turn, member: Member, room: Room) -> None:
    """Leave the room after their last words were relayed."""
    depart(turn, member.id, room, Ending.GOODBYE, "goodbye-other-ended")
    turn.say(member, "goodbye-done", buttons=AFTER)


def ask_block(turn: Turn, member: Member) -> None:
    """Ask for confirmation of a block, in a circle for its target; the last room counts when none is open."""
    if is_open_which(turn, member):
        ask_which(turn, member, "block", "block-which")
        return
    room = last_room_of(turn, member)
    if room is None:
        turn.say(member, "room-none", buttons=(FIND,))
    else:
        _ask_to_block(turn, member, room)


def _ask_to_block(turn: Turn, member: Member, room: Room) -> None:
    if room.kind is RoomKind.CIRCLE:
        whom = [Choice(str(Token("block", room.id, str(seat.place))), seat.alias) for seat in room.others(member.id)]
        no = turn.choices(member, (("block-no", Token("block", room.id, "no")),))
        content = Content((Span(turn.words(member, "circle-block-ask")),), choices=(*whom, *no))
        turn.show(member, content, asking=Asking(Unfit.EXCLUSIVE, "circle-block-ask-again", room.id))
        return
    buttons = (("block-yes", Token("block", room.id, "yes")), ("block-no", Token("block", room.id, "no")))
    turn.ask(member, "block-ask", buttons=buttons, again="block-ask-again")


def block(turn: Turn, member: Member, room_id: RoomId, verb: str) -> None:
    """Block: leave, and exclude the two from each other for good; in a circle `verb` is the other's seat."""
    room = turn.tx.rooms.by_id(room_id)
    if room is None or not room.saw(member.id):
        turn.say(member, "room-none")
        return
    if verb == "which":
        _ask_to_block(turn, member, room)
        return
    circle = room.kind is RoomKind.CIRCLE
    whom = room.at(verb, member.id) if circle else None
    if whom is None and (circle or verb != "yes"):
        turn.say(member, "goodbye-stay")
        return
    keep_apart(turn, member, (whom,) if whom is not None else room.others(member.id), TieKind.BLOCKED)
    if room.ending is None and room.holds(member.id):
        depart(turn, member.id, room, Ending.BLOCKED, "goodbye-other-ended")
    turn.say(member, "circle-block-done" if circle else "block-done", buttons=AFTER)


def keep_apart(turn: Turn, member: Member, others: Sequence[Seat], kind: TieKind) -> None:
    """Add mutual exclusions: never match this member with these others again."""
    for seat in others:
        if (hashed := turn.tx.members.hash_of(seat.member)) is not None:
            turn.tx.ties.add(member.id, hashed, kind, turn.now)


def close_room(turn: Turn, room: Room, ending: Ending) -> None:
    """Close a room, and cancel prompts that belong to it."""
    turn.tx.rooms.close(room.id, ending, turn.now)
    turn.tx.pair_care.drop(room.id)
    mentor_rooms.rest_after(turn, room)
    for seat in room.seats:
        _settle(turn, seat.member, room)


def abandon(turn: Turn, member: MemberId, ending: Ending, key: str) -> None:
    """Remove a member who is gone from every room, and notify the others kindly."""
    for room in turn.tx.rooms.open_of(member):
        depart(turn, member, room, ending, key)


def end_mentoring(turn: Turn, member: MemberId, *, by_team: bool = False) -> None:
    """End every talk that a member has as a mentor; their mentees hear it kindly, and how to go on."""
    key = mentor_rooms.BY_TEAM if by_team else "mentor-left"
    for room in turn.tx.rooms.open_of(member):
        if room.mentor == member:
            depart(turn, member, room, Ending.GOODBYE, key)


def depart(turn: Turn, member: MemberId, room: Room, ending: Ending, key: str) -> None:
    """Leave a room: a pair ends, a circle goes on while two are left. `key` is what a buddy hears."""
    others = room.others(member)
    alone = room.kind is not RoomKind.CIRCLE or len(others) < FEWEST
    if alone:
        close_room(turn, room, ending)
    else:
        turn.tx.rooms.leave(room.id, member, turn.now)
        _settle(turn, member, room)
    if room.kind is RoomKind.CIRCLE:
        key = "circle-over" if alone else "circle-left"
    _tell_others(turn, member, room, key, ended=alone)


def _settle(turn: Turn, member_id: MemberId, room: Room) -> None:
    """Cancel prompts about what is over."""
    member = turn.tx.members.by_id(member_id)
    if member is not None and member.private.subject == room.id and member.private.talk is not Talk.REPORT:
        turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE, subject="")))


def _tell_others(turn: Turn, member: MemberId, room: Room, key: str, *, ended: bool) -> None:
    for seat in room.others(member):
        if (other := turn.tx.members.by_id(seat.member)) is not None:
            inside, alias = turn.inside(other.id, room.id), room.alias_of(member)
            if ended and room.mentor is not None:
                mentor_rooms.tell_ended(inside, other, room, key, alias)
            else:
                said = in_lane(turn, other, key) if alias else UNNAMED
                inside.say(other, said, buttons=AFTER if ended else (), alias=alias)


def _open_room(turn: Turn, member: Member, room_id: RoomId) -> Room | None:
    room = turn.tx.rooms.by_id(room_id)
    if room is None or room.ending is not None or not room.holds(member.id):
        return None
    return room
