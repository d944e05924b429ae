"""Relay rooms of a pair or a circle: opened by mutual consent, relayed note by note; `endings` closes them.

Everybody has one talk at a time, so that no words can end up before others than they were meant for. Only an hour with
somebody on call comes beside it, and before it; an answer to a message goes where that message came from.
"""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Content, MessageId, NoteId, Passage, Quote, Send, Span, Style, Voice
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.offers import Offer
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import OPENED, SILENCE, Room, RoomKind, Seat
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import HELP, Turn
from buddybot.service.talk import callbacks, checkins, franking, marks, mentor_rooms
from buddybot.store.kernel.receipts import Part
from buddybot.store.kernel.timers import Timer
from buddybot.store.matching.ties import TieKind

WEEK = timedelta(days=7)
URGENT_A_WEEK = 3
MOST_WAITING = 200
"""So many notes wait for one person at most: what waits is bounded, and nobody comes back to more than can be read."""


def open_pair(turn: Turn, offer: Offer) -> None:
    """Open the room of an accepted offer, and notify both."""
    seats = tuple(Seat(one.member, one.alias, mentor=one.mentor) for one in offer.asked)
    room = Room(RoomId(turn.world.new_id()), RoomKind.PAIR, seats, turn.now)
    turn.tx.rooms.add(room)
    turn.tx.outcomes.met(offer.id, room.id)
    checkins.schedule_checkins(turn, room)
    turn.tx.timers.set(Timer(SILENCE, room.id, turn.now))
    for seat in seats:
        other = room.others(seat.member)[0]
        if (hashed := turn.tx.members.hash_of(other.member)) is not None:
            turn.tx.ties.add(seat.member, hashed, TieKind.PAIRED, turn.now, turn.now + turn.book.retention.ties)
        if (member := turn.tx.members.by_id(seat.member)) is not None:
            if not seat.mentor:  # who looks for somebody of their own beside it goes on
                turn.tx.members.save(replace(member, stage=Stage.HOME, looking_since=None))
                turn.tx.gatherings.unwish(member.id)
            key = mentor_rooms.opening(room, member.id)
            turn.inside(member.id, room.id).say(member, key, alias=other.alias, mine=seat.alias)
            turn.tx.timers.set(Timer(OPENED, f"{room.id}:{member.id}", turn.now, member.id))


def reopen_pair(turn: Turn, old: Room) -> Room:
    """Open a room for two who both want to talk again, under the names they know each other by."""
    room = Room(RoomId(turn.world.new_id()), RoomKind.PAIR, old.seats, turn.now)
    turn.tx.rooms.add(room)
    turn.tx.timers.set(Timer(SILENCE, room.id, turn.now))
    for seat in room.seats:
        if (member := turn.tx.members.by_id(seat.member)) is not None:
            turn.tx.members.save(replace(member, stage=Stage.HOME, looking_since=None))
            turn.tx.gatherings.unwish(member.id)
            inside = turn.inside(member.id, room.id)
            inside.say(member, "room-again", alias=room.others(member.id)[0].alias)
    return room


def room_of(turn: Turn, member: Member) -> Room | None:
    """Return the open room of this member: the one they act in, else the one opened last."""
    rooms = turn.tx.rooms.open_of(member.id)
    here = next((room for room in rooms if room.id == turn.at), None)
    return here or (rooms[-1] if rooms else None)


def company_of(turn: Turn, member: Member) -> Room | None:
    """Return the open room of whoever stands by this member: never a mentee's, unless that is where they spoke."""
    rooms = turn.tx.rooms.open_of(member.id)
    found = [room for room in rooms if room.id == turn.at or room.mentor != member.id]
    return next((room for room in found if room.id == turn.at), found[-1] if found else None)


def names(room: Room, reader: MemberId) -> str:
    """List the aliases of everyone else in a room."""
    return ", ".join(seat.alias for seat in room.others(reader))


def relay(
    turn: Turn,
    author: Member,
    room: Room,
    text: str,
    message: MessageId,
    *,
    reply_to: MessageId | None = None,
    quote: Quote | None = None,
    hidden: bool = False,
    urgent: bool = False,
) -> None:
    """Relay a note to everyone else in the room, now or after quiet hours; an urgent one now in any case."""
    note = NoteId(turn.world.new_id())
    at = turn.tx.members.whole_address(author.id)
    turn.tx.rooms.add_note(note, room.id, author.id, turn.now)
    turn.tx.receipts.put(author.id, message, note, Part.AUTHOR, turn.now, at=at)
    answers = turn.tx.receipts.of_message(author.id, reply_to) if reply_to else None
    answered = None if answers is None else answers.note
    part = franking.quoted(turn, room.id, answered, quote)
    turn.tx.tags.put(room.id, author.id, text, turn.now)
    circle, passed_on, full = room.kind is RoomKind.CIRCLE, False, False
    for seat in room.others(author.id):
        other = turn.tx.members.by_id(seat.member)
        if other is None or (other.paused(turn.now) and not urgent):
            if not circle:
                marks.mark(turn, author.id, note, Passage.NOT_SENT)
                turn.say(author, "room-waiting-paused")
            continue
        if _too_many_wait(turn, other) and not urgent:
            full = True
            continue
        content = worded(room, author, text, seat.member, answers=answered, hidden=hidden, quote=part)
        goes_now = hand_on(turn, author, other, Send(content, note), circle=circle, urgent=urgent)
        passed_on = passed_on or goes_now
    if full:
        turn.say(author, "room-full-circle" if passed_on else "room-full", count=MOST_WAITING)
    if passed_on:
        marks.passed_on(turn, author.id, note, message, at)
    elif full:
        marks.mark(turn, author.id, note, Passage.NOT_SENT)
    callbacks.offer_calls(turn, author, callbacks.WHEN_WRITING)


def hand_on(turn: Turn, author: Member, other: Member, send: Send, *, circle: bool, urgent: bool) -> bool:
    """Post one copy of a note, now or after quiet hours; return whether its author reads "passed on" of it."""
    due = turn.spared(other, send, crisis=urgent)
    turn.post(other.id, send, crisis=urgent, due=due)
    if due is None:
        # What they say next may answer this note: a bare yes is no answer to the bot any more.
        turn.tx.questions.age(other.id, turn.now)
    if due is None or circle or send.note is None:
        return True
    marks.waits(turn, author.id, send.note, due)
    _tell_held(turn, author, send.note)
    return False


def _too_many_wait(turn: Turn, other: Member) -> bool:
    """Return whether this member's queue is full; words of danger are never turned away for it."""
    danger = turn.screening is not None and turn.screening.shows_danger
    return not danger and turn.tx.outbox.notes_waiting(other.id) >= MOST_WAITING


def write_for(turn: Turn, author: Member, room: Room, text: str) -> bool:
    """Relay words that the author tapped in place of typing; return whether they went out at once.

    They wait for quiet hours like any note, and go to nobody who is on a break.
    """
    note, held = NoteId(turn.world.new_id()), False
    turn.tx.rooms.add_note(note, room.id, author.id, turn.now)
    turn.tx.tags.put(room.id, author.id, text, turn.now)
    for seat in room.others(author.id):
        other = turn.tx.members.by_id(seat.member)
        if other is not None and not other.paused(turn.now):
            send = Send(worded(room, author, text, seat.member), note)
            due = turn.spared(other, send)
            held = held or due is not None
            turn.post(other.id, send, due=due)
            if due is None:
                turn.tx.questions.age(other.id, turn.now)
    return not held


def pass_on(turn: Turn, author: Member, room: Room, text: str) -> None:
    """Relay words that came with a button; there is no message of their own to map."""
    turn.tx.tags.put(room.id, author.id, text, turn.now)
    for seat in room.others(author.id):
        turn.post(seat.member, Send(worded(room, author, text, seat.member)), crisis=True)
        turn.tx.questions.age(seat.member, turn.now)


def worded(
    room: Room,
    author: Member,
    text: str,
    reader: MemberId,
    *,
    answers: NoteId | None = None,
    hidden: bool = False,
    quote: str = "",
) -> Content:
    """Render a member's words for another one: under the alias, in the room they share, and never as markup."""
    span = Span(text, Style.HIDDEN if hidden else Style.PLAIN)
    alias, seen = room.alias_of(author.id), room.seen_by(reader)
    return Content((span,), Voice.MEMBER, alias, reply_to=answers, conversation=seen, quote=quote)


def _tell_held(turn: Turn, author: Member, note: NoteId) -> None:
    turn.say(author, "room-held", buttons=(("room-send-now", Token("note", note, "now")),))


def send_now(turn: Turn, author: Member, note: NoteId) -> None:
    """Release a held note at once, declared urgent by its author: three times a week.

    Whether it had gone already is read off what its author was told, not off the outbox: else the button would tell
    when the other one is up.
    """
    found = turn.tx.rooms.room_of_note(note)
    if found is None or found[1] != author.id:
        turn.say(author, "room-sent-already")
        return
    recent = tuple(at for at in author.private.urgent if at > turn.now - WEEK)
    if len(recent) >= URGENT_A_WEEK:
        turn.say(author, "room-urgent-limit")
    elif standing.blocks_relay(turn, author, found[0]):
        turn.say(author, "stopped", buttons=(HELP,))
    elif not turn.tx.outbox.unmark(author.id, note):
        turn.say(author, "room-sent-already")
    else:
        for seat in found[0].others(author.id):
            turn.tx.outbox.release(seat.member, turn.now, note)
        turn.tx.members.save(replace(author, private=replace(author.private, urgent=(*recent, turn.now))))
        marks.mark(turn, author.id, note, Passage.PASSED_ON)
        turn.say(author, "room-sent-now")
