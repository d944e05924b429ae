"""Relay of members' photos and voice notes: what is expected, what arrived, and what is called back.

A file is a note like any other from the moment it is expected: it has an id, an author and a room. Its bytes come later
and stay in the outbox alone, sealed and as long as words would.
"""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.care.pair_care import FileConsent
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Content, MediaFile, MessageId, NoteId, Passage, Retract, Said, Send
from buddybot.domain.people.members import Member
from buddybot.domain.talk.media import PHOTO, VOICE, FileTrouble, file_note, is_file
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.talk import franking, marks, rooms
from buddybot.store.kernel.receipts import Part
from buddybot.store.kernel.timers import Timer

COMING = "file"
PATIENCE = timedelta(minutes=5)
"""After which a file that is expected counts as lost: the bot was stopped, or the platform gave nothing."""
MOST_FILES = 10
"""So many files wait for one person at most."""


def house_lets(turn: Turn, kind: str) -> bool:
    """Return whether the operator lets files of this kind cross."""
    practice = turn.book.practice
    return (kind == PHOTO and practice.photos) or (kind == VOICE and practice.voice)


def kinds(turn: Turn) -> tuple[str, ...]:
    """Return the kinds that the operator lets cross."""
    return tuple(kind for kind in (PHOTO, VOICE) if house_lets(turn, kind))


def both_agree(turn: Turn, room: Room) -> bool:
    """Return whether this is an open talk of two peers who both said yes; a mentor's is none."""
    if room.ending is not None or room.mentor is not None:
        return False
    said = [turn.tx.pair_care.of(room.id, seat.member).files for seat in room.seats]
    return len(said) == 2 and all(one is FileConsent.YES for one in said)  # noqa: PLR2004 - a pair


# ── On its way in ───────────────────────────────────────────────────────────────────────


def expect(turn: Turn, author: Member, room: Room, message: MessageId) -> None:
    """Write down that a file is to come. If words came with it, they are the note of this message already."""
    words = turn.tx.receipts.of_message(author.id, message)
    note = file_note(turn.world.new_id() if words is None else words.note)
    turn.tx.rooms.add_note(note, room.id, author.id, turn.now)
    if words is None:
        turn.tx.receipts.put(author.id, message, note, Part.AUTHOR, turn.now)
    turn.tx.timers.set(Timer(COMING, note, turn.now + PATIENCE, author.id))


def expected(turn: Turn, event: Said) -> NoteId | None:
    """Return the note that the file of this event is, while it is waited for."""
    author = turn.tx.members.by_address(event.origin.address)
    receipt = None if author is None else turn.tx.receipts.of_message(author.id, event.message)
    if receipt is None or receipt.part is not Part.AUTHOR:
        return None
    note = receipt.note if is_file(receipt.note) else file_note(receipt.note)
    return None if turn.tx.timers.find(COMING, note) is None else note


def take_arrived(turn: Turn, note: NoteId, made: MediaFile | FileTrouble) -> None:
    """Pass a file on that was expected, once; whatever changed meanwhile counts, and its author hears of it."""
    if turn.tx.timers.find(COMING, note) is None:
        return
    turn.tx.timers.cancel(COMING, note)
    found = turn.tx.rooms.room_of_note(note)
    author = None if found is None else turn.tx.members.by_id(found[1])
    if found is None or author is None:
        return
    turn = turn.inside(author.id, found[0].id)
    if isinstance(made, MediaFile) and not both_agree(turn, found[0]):
        made = FileTrouble.TAKEN_BACK
    if isinstance(made, FileTrouble):
        _give_up(turn, author, note, made)
    elif standing.blocks_relay(turn, author, found[0]):
        turn.tx.rooms.drop_note(note)
        turn.say(author, "stopped", buttons=(HELP,))
    else:
        _pass_on(turn, author, found[0], note, made)


def give_up_late(turn: Turn, timer: Timer) -> None:
    """Timer: a file did not come in time."""
    found = turn.tx.rooms.room_of_note(NoteId(timer.subject))
    author = None if found is None else turn.tx.members.by_id(found[1])
    if found is not None and author is not None:
        _give_up(turn.inside(author.id, found[0].id), author, NoteId(timer.subject), FileTrouble.LOST)


def _give_up(turn: Turn, author: Member, note: NoteId, why: FileTrouble) -> None:
    turn.tx.rooms.drop_note(note)
    marks.mark(turn, author.id, note, Passage.NOT_SENT)
    turn.say(author, f"media-trouble-{why}")


# ── Out again ───────────────────────────────────────────────────────────────────────────


def _pass_on(turn: Turn, author: Member, room: Room, note: NoteId, made: MediaFile) -> None:
    seat = room.buddy_of(author.id)
    other = None if seat is None else turn.tx.members.by_id(seat.member)
    if other is None or other.paused(turn.now):
        turn.tx.rooms.drop_note(note)
        marks.mark(turn, author.id, note, Passage.NOT_SENT)
        turn.say(author, "room-waiting-paused")
    elif turn.tx.outbox.files_waiting(other.id) >= MOST_FILES:
        _give_up(turn, author, note, FileTrouble.FULL)
    else:
        turn.tx.tags.put(room.id, author.id, franking.of_bytes(made.data), turn.now)
        content = _worded(turn, author, room, other, made)
        turn.tx.tags.put(room.id, author.id, content.text, turn.now)
        if rooms.hand_on(turn, author, other, Send(content, note), circle=False, urgent=False):
            marks.mark(turn, author.id, note, Passage.PASSED_ON)


def _worded(turn: Turn, author: Member, room: Room, other: Member, made: MediaFile) -> Content:
    """Return the file as the other one sees it: hidden, under the alias, with a word for what it is."""
    instead = turn.words(other, f"media-instead-{made.kind}")
    content = rooms.worded(room, author, turn.words(other, f"media-{made.kind}"), other.id)
    return replace(content, media=replace(made, instead=instead))


def call_back(turn: Turn, room: Room) -> None:
    """Take back every file of a room that nobody has seen; its author is told, once."""
    for seat in room.seats:
        sent = (note for note, at in turn.tx.rooms.notes_by(seat.member) if at == room.id and is_file(note))
        unseen = [note for note in sent if _is_called_back(turn, room, seat.member, note)]
        author = turn.tx.members.by_id(seat.member) if unseen else None
        for note in unseen:
            turn.tx.rooms.drop_note(note)
            marks.mark(turn, seat.member, note, Passage.NOT_SENT)
        if author is not None:
            turn.inside(author.id, room.id).say(author, f"media-trouble-{FileTrouble.TAKEN_BACK}")


def _is_called_back(turn: Turn, room: Room, author: MemberId, note: NoteId) -> bool:
    """Return whether a file was stopped on its way in or out; one that may just have arrived is taken away there."""
    if turn.tx.timers.cancel(COMING, note):
        return True
    found = False
    for seat in room.others(author):
        if turn.tx.outbox.take_back(seat.member, note):
            found = True
        elif turn.tx.outbox.holds(seat.member, note):
            turn.post(seat.member, Retract(note))
            found = True
    return found
