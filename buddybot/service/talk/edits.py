"""Edits, deletions and reactions of relayed notes."""

from dataclasses import replace

from buddybot.domain.kernel.messages import Content, Edit, MessageId, NoteId, Passage, React, Retract, Send
from buddybot.domain.people.members import Member
from buddybot.domain.talk.media import file_note, is_file, words_of
from buddybot.domain.talk.rooms import Room, RoomKind
from buddybot.service.channels import relay
from buddybot.service.kernel.turn import Turn
from buddybot.service.talk import marks, media
from buddybot.service.talk.rooms import worded


def edit(
    turn: Turn, author: Member, message: MessageId, text: str, *, hidden: bool = False, urgent: bool = False
) -> bool:
    """Propagate an edit: in place while it waits, as an edit afterwards; False when it reaches nobody.

    New words keep to the other's quiet hours and breaks like a new note; urgent ones go at once.
    """
    found = _own_note(turn, author, message)
    if found is None:
        turn.say(author, "edit-not-found")
        return False
    note, room = found
    if is_file(note):
        turn.say(author, "media-edit")
        return False
    reached = False
    for seat in room.others(author.id):
        other = turn.tx.members.by_id(seat.member)
        if other is None or (other.paused(turn.now) and not urgent):
            if room.kind is not RoomKind.CIRCLE:
                turn.say(author, "room-waiting-paused")
            continue
        for said in (text, turn.words(other, "room-edited", text=text)):
            turn.tx.tags.put(room.id, author.id, said, turn.now)
        _change(turn, author, other, note, worded(room, author, text, seat.member, hidden=hidden), urgent=urgent)
        reached = True
    return reached


def _change(turn: Turn, author: Member, other: Member, note: NoteId, content: Content, *, urgent: bool) -> None:
    if turn.tx.outbox.replace(other.id, note, Send(content, note)):
        if urgent and turn.tx.outbox.release(other.id, turn.now, note):
            marks.mark(turn, author.id, note, Passage.PASSED_ON)
    elif urgent and turn.tx.receipts.message(other.id, note) is None:
        # They have no copy to change (the first words came during their break): a cry for help is a note of its own.
        turn.post(other.id, Send(content, note), crisis=True)
        marks.mark(turn, author.id, note, Passage.PASSED_ON)
    else:
        span = content.spans[0]
        edited = replace(content, spans=(replace(span, text=turn.words(other, "room-edited", text=span.text)),))
        turn.post(other.id, Edit(note, edited), due=turn.spared(other, Send(edited), crisis=urgent))


def unsend(turn: Turn, author: Member, message: MessageId | None) -> None:
    """Retract a note: from the outbox if it still waits, else by deleting the copies."""
    found = _own_note(turn, author, message) if message else _last_note(turn, author)
    if found is None:
        turn.say(author, "unsend-none")
        return
    note, room = found
    if relay.channel_of_room(turn, room) is not None:
        relay.take_away(turn, room, note)
    for one in _with_its_file(turn, note):
        for seat in room.others(author.id):
            if not turn.tx.outbox.take_back(seat.member, one):
                turn.post(seat.member, Retract(one))
        turn.tx.outbox.unmark(author.id, one)
        turn.tx.timers.cancel(media.COMING, one)
        turn.tx.rooms.drop_note(one)
    turn.say(author, "unsend-done")


def _with_its_file(turn: Turn, note: NoteId) -> tuple[NoteId, ...]:
    """Return a note and the file that came with its words, or the words that came with its file: one message."""
    other = words_of(note) if is_file(note) else file_note(note)
    return (note, other) if turn.tx.rooms.author_of(other) is not None else (note,)


def react(turn: Turn, member: Member, message: MessageId, emoji: str) -> None:
    """Propagate a reaction to every copy of the note; one on a message of the bot's means nothing."""
    receipt = turn.tx.receipts.of_message(member.id, message)
    found = None if receipt is None else turn.tx.rooms.room_of_note(receipt.note)
    if receipt is None or found is None or found[0].ending is not None:
        return
    for seat in found[0].others(member.id):
        turn.post(seat.member, React(receipt.note, emoji))


def _own_note(turn: Turn, author: Member, message: MessageId) -> tuple[NoteId, Room] | None:
    receipt = turn.tx.receipts.of_message(author.id, message)
    found = None if receipt is None else turn.tx.rooms.room_of_note(receipt.note)
    if receipt is None or found is None or found[1] != author.id or found[0].ending is not None:
        return None
    return receipt.note, found[0]


def _last_note(turn: Turn, author: Member) -> tuple[NoteId, Room] | None:
    """Return their latest note in any open room."""
    for note, room_id in reversed(turn.tx.rooms.notes_by(author.id)):
        room = turn.tx.rooms.by_id(room_id)
        if room is not None and room.ending is None:
            return note, room
    return None
