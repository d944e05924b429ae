"""Access to an open pair: whose it is, how both are, and when somebody may be spoken to."""

from dataclasses import dataclass
from datetime import datetime

from buddybot.domain.care.pair_care import PairCare, slower
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import Choice, Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room, RoomKind
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel.moments import quiet_end
from buddybot.service.kernel.quiet import asked_lately
from buddybot.service.kernel.turn import Asking, Turn

ABOUT_A_PAIR = frozenset({"deal", "less", "opener", "photos"})
"""Commands about one pair."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An open pair as one of its two sees it: themselves, the other, and what each wished."""

    room: Room
    me: Member
    other: Member
    mine: PairCare
    theirs: PairCare

    @property
    def alias(self) -> str:
        """The name that the other goes by here."""
        return self.room.alias_of(self.other.id)

    def turned(self) -> "Pair":
        """Return the same pair as the other sees it."""
        return Pair(self.room, self.other, self.me, self.theirs, self.mine)


def pair_of(turn: Turn, member: MemberId, room_id: str) -> Pair | None:
    """Return the open pair that this member sits in, else None: a stale or forged button does no harm."""
    room = turn.tx.rooms.by_id(RoomId(room_id))
    if room is None or room.kind is not RoomKind.PAIR or room.ending is not None or not room.holds(member):
        return None
    me = turn.tx.members.by_id(member)
    others = room.others(member)
    other = turn.tx.members.by_id(others[0].member) if others else None
    if me is None or other is None:
        return None
    of = turn.tx.pair_care.of
    return Pair(room, me, other, of(room.id, me.id), of(room.id, other.id))


def current_pair(turn: Turn, member: Member) -> Pair | None:
    """Return the pair that a command is about: the one they act in, else the one opened last."""
    found = _open_pairs(turn, member)
    here = next((pair for pair in found if pair.room.id == turn.at), None)
    return here or (found[-1] if found else None)


def ask_which_pair(turn: Turn, member: Member, command: str) -> bool:
    """Ask which pair a command is about where a mentor has several and names none; return whether it was asked."""
    found = _open_pairs(turn, member)
    if len(found) <= 1 or any(pair.room.id == turn.at for pair in found):
        return False
    choices = tuple(Choice(str(Token("pair", pair.room.id, command)), pair.alias) for pair in found)
    asking = Asking(Unfit.EXCLUSIVE, "which-again", name="pair.which")
    turn.show(member, Content((Span(turn.words(member, "pair-which")),), choices=choices), asking=asking)
    return True


def _open_pairs(turn: Turn, member: Member) -> list[Pair]:
    found = (pair_of(turn, member.id, room.id) for room in turn.tx.rooms.open_of(member.id))
    return [pair for pair in found if pair is not None]


def pace_of(turn: Turn, member: Member, said: PairCare) -> str:
    """Return how often this member likes to write: as they said for this pair, else as they once answered."""
    return said.pace or candidate_of(turn, member).pace or ""


def pace_together(turn: Turn, pair: Pair) -> str:
    """Return the slower of both paces."""
    paces = (pace_of(turn, pair.me, pair.mine), pace_of(turn, pair.other, pair.theirs))
    return slower(paces, turn.book.company.usual)


def left_in_peace_until(turn: Turn, member: Member) -> datetime | None:
    """Return until when the bot does not speak to somebody of its own accord.

    Quiet hours or a break hold, or it asked them something less than an hour ago that they have not answered. Whoever
    acts at this moment is answered at once, whatever else is open.
    """
    if member.id in turn.awake:
        return None
    paused = member.paused_until if member.paused(turn.now) else None
    quiet = quiet_end(member, turn.now)
    asked = asked_lately(turn.tx, member, turn.now)
    return max((one for one in (paused, quiet, asked) if one is not None), default=None)


def exported_wishes(turn: Turn, member: Member) -> list[dict[str, object]]:
    """Return for the export what this member said in pairs, and the silences that are counted; nothing of the other."""
    found = list[dict[str, object]]()
    for room_id, care in turn.tx.pair_care.all_of(member.id):
        room, silence = turn.tx.rooms.by_id(room_id), care.silence
        found.append(
            {
                "with": [] if room is None else [seat.alias for seat in room.others(member.id)],
                "pace": care.pace,
                "hours": care.hours,
                "left_out": list(care.limits),
                "when_you_go_quiet": care.check,
                "first_words_shown": list(care.openers),
                "first_words_sent": list(care.sent),
                "no_more_first_words": care.no_openers,
                "a_note_waits_since": silence and silence.since.isoformat(),
                "you_were_asked_at": silence and silence.nudged_at and silence.nudged_at.isoformat(),
                "you_keep_the_door_open": care.door,
                "you_said_to_photos_and_voice": care.files.value,
            }
        )
    return found
