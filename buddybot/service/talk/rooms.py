"""Relay rooms of a pair or a circle: opened by mutual consent, relayed note by note, closed kindly.

Everybody has one talk at a time, so that no words can end up before others than they were meant for. Only an hour with
somebody on call comes beside it, and before it; an answer to a message goes where that message came from.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Choice, Content, MessageId, NoteId, Passage, Quote, Send, Span, Style, Voice
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.offers import Offer
from buddybot.domain.people.members import Member, Stage, Talk
from buddybot.domain.talk.rooms import OPENED, SILENCE, Ending, Room, RoomKind, Seat
from buddybot.service.kernel import standing
from buddybot.service.kernel.lanes import in_lane
from buddybot.service.kernel.turn import FIND, HELP, Asking, Turn
from buddybot.service.talk import callbacks, checkins, franking, marks, mentor_rooms, routing
from buddybot.store.kernel.receipts import Part
from buddybot.store.kernel.timers import Timer
from buddybot.store.matching.ties import TieKind

WEEK = timedelta(days=7)
URGENT_A_WEEK = 3
MOST_WAITING = 200
"""So many notes wait for one person at most: what waits is bounded, and nobody comes back to more than can be read."""
FEWEST = 2
"""A circle is over when fewer are left; with two it goes on, and a free seat is offered to others."""
AFTER = (("goodbye-find", Token("home", verb="find")), ("goodbye-rest", Token("home", verb="rest")))


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


# ── Relay ───────────────────────────────────────────────────────────────────────────────


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


# ── Endings ─────────────────────────────────────────────────────────────────────────────


def ask_goodbye(turn: Turn, member: Member) -> None:
    """Ask for the way of leaving, and before that which room, where several are open and none is named."""
    if is_open_which(turn, member):
        ask_which(turn, member, "goodbye", "goodbye-which")
        return
    room = room_of(turn, member)
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
    room = room_of(turn, member) or turn.tx.rooms.latest_of(member.id)
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
                inside.say(other, in_lane(turn, other, key), buttons=AFTER if ended else (), alias=alias)


def _open_room(turn: Turn, member: Member, room_id: RoomId) -> Room | None:
    room = turn.tx.rooms.by_id(room_id)
    if room is None or room.ending is not None or not room.holds(member.id):
        return None
    return room
