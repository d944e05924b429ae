"""Disambiguation of the addressee: words typed to a buddy that may be meant for the bot wait until their author says.

Words of danger never wait, and neither does what a rule would hold anyway. Whoever goes on writing meant the buddy.
"""

from collections.abc import Sequence
from dataclasses import replace

from buddybot.domain.dialog.bot_words import BotWish
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.messages import Choice, Content, MessageId, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Outcome, Screening
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room, RoomKind
from buddybot.service import commands, relaying
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import Asking, Turn
from buddybot.service.talk import routing
from buddybot.store.talk.pending import PendingNote

MEANT = "meant"
"""The rule of a note that waits for its author to say whether it was for the bot, and the noun of the buttons."""
MENU = "help"


def hold_for_bot(
    turn: Turn, member: Member, there: Room | routing.Ambiguous, note: relaying.Note, screening: Screening | None
) -> bool:
    """Hold a note that may be meant for the bot, and ask; return whether it is held."""
    rooms, room = (there.rooms, there.likely) if isinstance(there, routing.Ambiguous) else ((there,), there)
    waits = isinstance(there, routing.Ambiguous) and turn.tx.pending.of_rule(member.id, routing.WHOM)
    if waits or note.reply_to is not None or note.beside_file or standing.blocks_relay(turn, member, room):
        return False
    if not _is_calm(screening) or _wish(turn, rooms, note.text) is None:
        return False
    held = _waiting(turn, member, room.id)
    pending = routing.next_pending(turn, held)
    turn.tx.pending.add(
        PendingNote(pending, member.id, room.id, MEANT, note.message, note.text, screening=screening), turn.now
    )
    _ask(turn, member, room, rooms, again=bool(held))
    return True


def _is_calm(screening: Screening | None) -> bool:
    """Return whether words were read, and nothing in them has to go first or would be held by a rule."""
    return (
        screening is not None
        and screening.read
        and not screening.shows_danger
        and not screening.urging
        and screening.verdict.outcome < Outcome.NUDGE
    )


def _wish(turn: Turn, rooms: Sequence[Room], text: str) -> BotWish | None:
    """Return what words would mean; an hour with nobody but who is on call is no place for the question."""
    kinds = {room.kind for room in rooms}
    if not kinds & {RoomKind.PAIR, RoomKind.CIRCLE}:
        return None
    return turn.book.bot_words.wish(turn.typed(text), turn.book.replies.polite, pair=RoomKind.PAIR in kinds)


def _waiting(turn: Turn, member: Member, room_id: str) -> list[PendingNote]:
    """Return what waits: of this room where each is shown apart, else all, the oldest first."""
    held = turn.tx.pending.of_rule(member.id, MEANT)
    return [one for one in held if turn.at is None or one.room == room_id]


def _ask(turn: Turn, member: Member, room: Room, rooms: tuple[Room, ...], *, again: bool) -> None:
    """Ask whether it was for the bot or for whom else; a choice for each room that it may be for."""
    names = [routing.title(turn, member, one) for one in rooms]
    bot, drop = (turn.choices(member, ((key, Token(MEANT, room.id, verb)),)) for key, verb in BESIDE)
    to = tuple(Choice(str(Token(MEANT, one.id, "to")), name) for one, name in zip(rooms, names, strict=True))
    key = "meant-again" if again else "meant" if len(rooms) == 1 and room.kind is RoomKind.PAIR else "meant-which"
    asking = Asking(Unfit.PASSING, name=MEANT, about=room.id)
    content = Content((Span(turn.words(member, key, name=names[0])),), choices=(*bot, *to, *drop))
    turn.show(member, content, asking=asking)


BESIDE = (("meant-bot", "bot"), ("whom-drop", "drop"))
"""The choices that are not a name."""


# ── The answer ──────────────────────────────────────────────────────────────────────────


def press_meant(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler: do what was meant for the bot, pass on what was meant for somebody, or drop it."""
    waiting = _waiting(turn, member, room_id)
    room = turn.tx.rooms.by_id(RoomId(room_id))
    if not waiting:
        turn.say(member, "nudge-gone")
    elif verb == "bot":
        wishes = [found for one in waiting if (found := _wish_of(turn, one)) is not None]
        _drop(turn, member, waiting)
        wish = wishes[-1] if wishes else BotWish(MENU)
        commands.run(turn, member, wish.command, wish.given)
    elif verb == "drop":
        _drop(turn, member, waiting)
        turn.say(member, "nudge-dropped")
    elif room is None or room.ending is not None or not room.holds(member.id):
        _drop(turn, member, waiting)
        turn.say(member, "conversation-over")
    else:
        routing.aim(turn, member, room)
        turn.say(member, "nudge-sent")
        _pass_on(turn, member, room, waiting)


def _wish_of(turn: Turn, note: PendingNote) -> BotWish | None:
    return turn.book.bot_words.wish(turn.typed(note.text), turn.book.replies.polite, pair=True)


def _drop(turn: Turn, member: Member, notes: list[PendingNote]) -> None:
    for one in notes:
        turn.tx.pending.take(one.id, member.id)
        _close(turn, member, one.room)


def _close(turn: Turn, member: Member, room_id: str) -> None:
    for asked in turn.tx.questions.open_of(member.id, turn.now):
        if asked.name == MEANT and asked.about == room_id:
            turn.tx.questions.close(member.id, asked)


def _pass_on(turn: Turn, member: Member, room: Room, notes: list[PendingNote]) -> None:
    _drop(turn, member, notes)
    for one in notes:
        relaying.into_room(turn, member, room, relaying.Note(one.text, one.message), one.screening)


# ── Without an answer ───────────────────────────────────────────────────────────────────


def release_held(turn: Turn, member: Member, there: Room | routing.Ambiguous) -> None:
    """Let what waits go first, since its author goes on writing: into the room, or to the question for whom all is."""
    if isinstance(there, Room):
        _pass_on(turn, member, there, _waiting(turn, member, there.id))
        return
    waiting = _waiting(turn, member, there.likely.id)
    _drop(turn, member, waiting)
    for one in waiting:
        routing.ask_whom(turn, member, there, one.text, message=one.message, screening=one.screening)


def withdraw_held(turn: Turn, member: Member, message: MessageId) -> bool:
    """Drop a note that waits, since its author deleted it; return whether one did."""
    if (note := turn.tx.pending.of_message(member.id, message)) is None:
        return False
    turn.tx.pending.take(note.id, member.id)
    if not _waiting(turn, member, note.room):
        _close(turn, member, note.room)
    turn.say(member, "nudge-dropped")
    return True


def settle_held(turn: Turn, member: Member, command: str) -> None:
    """Drop what waits where its author now uses the command that it means: it was for the bot."""
    name = BY_WORD[command].name if command in BY_WORD else command
    notes = turn.tx.pending.of_rule(member.id, MEANT)
    _drop(turn, member, [one for one in notes if (wish := _wish_of(turn, one)) is not None and wish.command == name])


def reword_held(turn: Turn, member: Member, note: PendingNote, text: str, screening: Screening | None) -> bool:
    """Hold the new words of a note that waits, where they may be for the bot too; return whether they are held."""
    if note.rule != MEANT:
        return False
    _close(turn, member, note.room)
    room = turn.tx.rooms.by_id(note.room)
    rooms = () if room is None else (room,) if turn.at is not None else tuple(turn.tx.rooms.open_of(member.id))
    if room is None or not _is_calm(screening) or _wish(turn, rooms, text) is None:
        return False
    turn.tx.pending.add(replace(note, text=text, screening=screening), turn.now)
    _ask(turn, member, room, rooms, again=False)
    return True
