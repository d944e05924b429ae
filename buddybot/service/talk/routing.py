"""Routing of a member's words to one of their conversations: named by the page, by a reply or a choice, or asked.

Where one chat holds several talks, words that could be for either wait, sealed, until their author says for whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from buddybot.domain.kernel.conversations import BOT_KEY
from buddybot.domain.kernel.ids import PendingId, RoomId
from buddybot.domain.kernel.messages import Choice, Content, MessageId, NoteId, Passage, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.moderation.cases import Case
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room, RoomKind
from buddybot.service.kernel import conversations
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation.voice import talks
from buddybot.service.talk import marks
from buddybot.store.kernel.receipts import Part
from buddybot.store.kernel.timers import Timer
from buddybot.store.talk.pending import PendingNote

WHOM = "whom"
"""The rule of a note that waits for its author to say for whom it is, and the noun of the buttons."""
AIM = "aim"
HOLDS = timedelta(minutes=15)
"""How long what somebody chose holds for the notes after it, unless somebody else writes to them."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several rooms are open, and nothing says which one is meant; `likely` is where danger goes all the same."""

    likely: Room
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class Nowhere:
    """The conversation they wrote in is over."""


Destination: TypeAlias = Room | Case | Ambiguous | Nowhere | None
"""None is the bot."""


def destination(turn: Turn, member: Member, reply_to: MessageId | None) -> Destination:
    """Return where words go. What the page names stands; else what they answer; else the one room that is open."""
    if turn.at is not None:
        return _named(turn, member, turn.at)
    receipt = turn.tx.receipts.of_message(member.id, reply_to) if reply_to else None
    found = None if receipt is None else turn.tx.rooms.room_of_note(receipt.note)
    if found is not None and found[0].ending is None and found[0].holds(member.id):
        aim(turn, member, found[0])
        return found[0]
    rooms = turn.tx.rooms.open_of(member.id)
    if len(rooms) <= 1:
        return rooms[0] if rooms else None
    return _aimed(turn, member, rooms) or Ambiguous(_likely(member, turn, rooms), tuple(rooms))


def _named(turn: Turn, member: Member, key: str) -> Destination:
    if key == BOT_KEY:
        return None
    if (case := conversations.case_of_key(turn.tx, key)) is not None:
        return case if case.about == member.id and talks.is_talk_open(turn, case) else Nowhere()
    room = turn.tx.rooms.by_id(RoomId(key))
    return room if room is not None and room.ending is None and room.holds(member.id) else Nowhere()


# ── One chat, several talks ─────────────────────────────────────────────────────────────


def aim(turn: Turn, member: Member, room: Room) -> None:
    """Let the next words go to this room too, for a while; only where there is a choice."""
    if len(turn.tx.rooms.open_of(member.id)) > 1:
        turn.tx.timers.set(Timer(AIM, member.id, turn.now + HOLDS, member.id, payload=room.id))


def _aimed(turn: Turn, member: Member, rooms: list[Room]) -> Room | None:
    """Return the room that was chosen last, unless somebody wrote to them in another one since."""
    found = turn.tx.timers.find(AIM, member.id)
    if found is None or found.due <= turn.now:
        return None
    since = found.due - HOLDS
    for room in rooms:
        heard = (at for author, at in turn.tx.rooms.spoke(room.id).items() if author != member.id)
        if room.id != found.payload and any(at > since for at in heard):
            return None
    chosen = next((room for room in rooms if room.id == found.payload), None)
    if chosen is not None:
        aim(turn, member, chosen)
    return chosen


def _likely(member: Member, turn: Turn, rooms: list[Room]) -> Room:
    """Return the room they wrote in last, else the one opened last."""
    spoke = {room.id: turn.tx.rooms.spoke(room.id).get(member.id) for room in rooms}
    wrote = [(at, room) for room in rooms if (at := spoke[room.id]) is not None]
    return max(wrote, key=lambda one: one[0])[1] if wrote else rooms[-1]


def next_pending(turn: Turn, held: Sequence[PendingNote]) -> PendingId:
    """Return an id for one more note that waits: its number keeps those of one moment in their order.

    It follows the last one's, also where another before that was taken back.
    """
    number = max((int(one.id.partition("-")[0]) for one in held), default=-1) + 1
    return PendingId(f"{number:04}-{turn.world.new_id()}")


def ask_whom(
    turn: Turn, member: Member, unclear: Ambiguous, text: str, *, message: MessageId, screening: Screening | None
) -> None:
    """Hold a note, and ask for whom it is; what is held already waits for the same answer."""
    held = turn.tx.pending.of_rule(member.id, WHOM)
    turn.tx.pending.add(
        PendingNote(next_pending(turn, held), member.id, unclear.likely.id, WHOM, message, text, screening=screening),
        turn.now,
    )
    show_whom(turn, member, unclear.rooms, "whom-again" if held else "whom")


def show_whom(turn: Turn, member: Member, rooms: tuple[Room, ...], key: str) -> None:
    """Ask "to whom?", a choice for each room that is open."""
    choices = tuple(Choice(str(Token(WHOM, room.id, "to")), title(turn, member, room)) for room in rooms)
    drop = turn.choices(member, (("whom-drop", Token(WHOM, verb="drop")),))
    turn.show(member, Content((Span(turn.words(member, key)),), choices=(*choices, *drop)))


def reword_waiting(turn: Turn, member: Member, note: PendingNote, text: str, screening: Screening | None) -> bool:
    """Let the new words of a note wait as the old ones did, unless they show danger; return whether they wait."""
    rooms = tuple(turn.tx.rooms.open_of(member.id))
    danger = screening is None or screening.shows_danger or turn.is_call(text)
    if note.rule != WHOM or danger or len(rooms) <= 1:
        return False
    turn.tx.pending.add(replace(note, text=text, screening=screening), turn.now)
    show_whom(turn, member, rooms, "whom")
    return True


def title(turn: Turn, member: Member, room: Room) -> str:
    """Return what a room is called in a choice: the other's alias, and a circle by its kind."""
    if room.kind is RoomKind.CIRCLE:
        return turn.words(member, "whom-circle")
    return ", ".join(seat.alias for seat in room.others(member.id))


def refuse(turn: Turn, member: Member, message: MessageId) -> None:
    """Say that a conversation is over and that the note went to nobody: its author still has the words."""
    note = NoteId(turn.world.new_id())
    turn.tx.receipts.put(member.id, message, note, Part.AUTHOR, turn.now)
    marks.mark(turn, member.id, note, Passage.NOT_SENT)
    turn.say(member, "conversation-over")
