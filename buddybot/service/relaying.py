"""Relay of one note into a room: whether its author may be heard there, what the rules say, and the note itself.

Here as well for a note that waited until its author said for whom it is.
"""

from dataclasses import dataclass, field

from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.messages import MessageId, Quote
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.crisis import conversation
from buddybot.service.crisis.conversation import Uttered
from buddybot.service.kernel import staff, standing
from buddybot.service.kernel.turn import HELP, MODERATOR, Turn
from buddybot.service.programmes import consent
from buddybot.service.talk import claims, enforcement, rooms, routing


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote: the words, their own message, and the one that it answers."""

    text: str = field(repr=False)
    message: MessageId = field(repr=False)
    reply_to: MessageId | None = field(default=None, repr=False)
    quote: Quote | None = field(default=None, repr=False)
    beside_file: bool = False
    """The words came with a photo or a voice note, which goes where they go."""


def into_room(turn: Turn, member: Member, room: Room, note: Note, screening: Screening | None) -> Uttered:
    """Relay a note, unless its author is held back or a rule asks them first."""
    if standing.blocks_relay(turn, member, room):
        return stopped(turn, member, note.text, screening)
    if enforcement.passes(turn, member, room, note.text, message=note.message, screening=screening):
        return _pass_on(turn, member, room, note, screening)
    return Uttered(note.text)


def stopped(turn: Turn, member: Member, text: str, screening: Screening | None) -> Uttered:
    """Say at once that a note of someone who is held back was not passed on; a cry for help reaches bot and people."""
    if screening is not None and screening.read and screening.shows_danger:
        shift = "yes" if staff.anyone(turn) else "no"
        turn.say(member, "stopped-heard", buttons=(HELP, MODERATOR), shift=shift)
    elif not conversation.shielded(turn, member, None):
        turn.say(member, "stopped", buttons=(HELP, MODERATOR))
    return Uttered(text)


def _pass_on(turn: Turn, member: Member, room: Room, note: Note, screening: Screening | None) -> Uttered:
    """Relay first, so that guidance for the buddy comes after the words it is about."""
    hidden, urgent = enforcement.hides(screening), screening is not None and screening.is_urgent
    urgent = urgent or conversation.carried(turn, member, room)
    rooms.relay(
        turn,
        member,
        room,
        note.text,
        note.message,
        reply_to=note.reply_to,
        quote=note.quote,
        hidden=hidden,
        urgent=urgent,
    )
    consent.mark_week(turn, member)
    enforcement.explain_exemption(turn, member, room, screening)
    claims.correct_claim(turn, member, room, screening)
    return Uttered(note.text, room=room)


def press_whom(turn: Turn, member: Member, room_id: str, verb: str) -> None:
    """Button handler of "to whom?": relay everything that waited for the answer, in its order, or drop it."""
    waiting = turn.tx.pending.of_rule(member.id, routing.WHOM)
    room = turn.tx.rooms.by_id(RoomId(room_id)) if verb == "to" else None
    if not waiting:
        turn.say(member, "nudge-gone")
    elif verb == "drop":
        for one in waiting:
            turn.tx.pending.take(one.id, member.id)
        turn.say(member, "nudge-dropped")
    elif room is None or room.ending is not None or not room.holds(member.id):
        turn.say(member, "conversation-over")
        _ask_again(turn, member)
    else:
        routing.aim(turn, member, room)
        turn.say(member, "whom-sent", name=routing.title(turn, member, room), count=len(waiting))
        for one in waiting:
            turn.tx.pending.take(one.id, member.id)
            into_room(turn, member, room, Note(one.text, one.message), one.screening)


def _ask_again(turn: Turn, member: Member) -> None:
    if rooms_left := tuple(turn.tx.rooms.open_of(member.id)):
        routing.show_whom(turn, member, rooms_left, "whom-again")
