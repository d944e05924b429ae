"""Port of the crowd that waits: an index in memory, asked inside a transaction and never believed without a look."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import Rarity
from buddybot.domain.matching.pairing import Pairing


@dataclass(frozen=True, slots=True)
class PoolStanding:
    """Whether somebody may be matched now: as whom, and when to look again because time has changed something."""

    candidate: Candidate | None = None
    later: datetime | None = None


class Waiting(Protocol):
    """Everyone who waits, as far as is known."""

    def moved(self, members: Iterable[MemberId]) -> None:
        """Take these out until they are looked at again: something about them changed."""

    def catch_up(self, now: datetime, look: Callable[[MemberId], PoolStanding]) -> None:
        """Look at some of those who changed, the latest first; a bounded number, however many they are."""

    def best_partner(self, newcomer: Candidate, now: datetime) -> Pairing | None:
        """Return the pair worth most for someone who just came, if it is good enough to be offered at once."""

    def rarity(self, *others: Candidate) -> Rarity:
        """Return the weights of life among those who wait and these others."""
