"""Relay rooms. A room has seats and aliases and no address, so no bug here can leak one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from buddybot.domain.kernel.conversations import Conversation, ConversationKind
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.world import Chance

OPENED, SILENCE = "pair-opened", "silence"
"""Kinds of timers: one rings for each of two whose room has just been opened, one looks after a pair from then on."""


class RoomKind(StrEnum):
    """A pair; circles and channels are rooms too."""

    PAIR = "pair"
    CIRCLE = "circle"
    """Of three to six, who come and go; in private chats like a pair."""
    TALK = "talk"
    """An hour with somebody on call, beside whatever else there is."""
    CHANNEL = "channel"
    """Of everyone who writes in a channel; a value of it holds the seats that matter at the moment, not all."""


_SHOWN_AS = {
    RoomKind.PAIR: ConversationKind.BUDDY,
    RoomKind.CIRCLE: ConversationKind.CIRCLE,
    RoomKind.TALK: ConversationKind.TALK,
    RoomKind.CHANNEL: ConversationKind.CHANNEL,
}


class Ending(StrEnum):
    """Reason why a room was closed."""

    GOODBYE = "goodbye"
    BLOCKED = "blocked"
    FORGOTTEN = "forgotten"
    TIME = "time"
    """The hour was over."""
    SILENT = "silent"
    """One of the two went quiet, and the other chose somebody new."""
    GONE = "gone"
    """The platform can't reach one of them any more."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Participant of a room, under an alias that is theirs in this room only. `place` is their number there.

    `mentor` says that they sit here as the other's mentor.
    """

    member: MemberId
    alias: str = field(repr=False)
    place: int = field(default=0, compare=False)
    mentor: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """Relay room of several members; `ending` is set when it is closed. `left` are seats of those who went."""

    id: RoomId
    kind: RoomKind
    seats: tuple[Seat, ...]
    opened_at: datetime
    ending: Ending | None = None
    left: tuple[Seat, ...] = ()

    @property
    def mentor(self) -> MemberId | None:
        """Mentor of the other here, now or before; None in a pair of peers, and everywhere else."""
        return next((seat.member for seat in (*self.seats, *self.left) if seat.mentor), None)

    def alias_of(self, member: MemberId) -> str:
        """Return the alias this member goes by here, or went by."""
        return next(seat.alias for seat in (*self.seats, *self.left) if seat.member == member)

    def seen_by(self, reader: MemberId) -> Conversation:
        """Return the room as one who sits or sat here sees it."""
        over = self.ending is not None or not self.holds(reader)
        others = tuple(seat.alias for seat in self.others(reader))
        return Conversation(_SHOWN_AS[self.kind], self.id, others, self.alias_of(reader), over)

    def holds(self, member: MemberId) -> bool:
        """Return whether this member is a participant now."""
        return any(seat.member == member for seat in self.seats)

    def saw(self, member: MemberId) -> bool:
        """Return whether this member is or was a participant."""
        return self.holds(member) or any(seat.member == member for seat in self.left)

    def at(self, place: str, reader: MemberId) -> Seat | None:
        """Return the seat of somebody else by its number, as a button names it."""
        every = (*self.seats, *self.left)
        return next((seat for seat in every if str(seat.place) == place and seat.member != reader), None)

    def others(self, member: MemberId) -> tuple[Seat, ...]:
        """Return the seats of everyone else."""
        return tuple(seat for seat in self.seats if seat.member != member)

    def buddy_of(self, member: MemberId) -> Seat | None:
        """Return the other seat of a pair; None once they erased themselves, which takes their seat along."""
        return next(iter(self.others(member)), None)


def fresh_alias(chance: Chance, firsts: Sequence[str], seconds: Sequence[str], taken: Sequence[str]) -> str:
    """Draw an unused alias, so that nobody is known again from an earlier pair."""
    used = {alias.casefold() for alias in taken}
    free = [f"{first} {second}" for first in firsts for second in seconds if f"{first} {second}".casefold() not in used]
    return chance.choice(free or [f"{first} {second}" for first in firsts for second in seconds])
