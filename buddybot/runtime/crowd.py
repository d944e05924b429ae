"""Cache of the pool: everyone who waits, kept in memory beside the writer, so that no arrival reads them all.

Whoever changed is taken out at once and looked at again: by the next arrival, inside its transaction, or in pieces by
the reader. So the crowd lacks people for a moment, and hardly ever holds one too many; and the one pair that is to be
offered is looked at in the transaction that offers it, whatever the crowd says.

Its tables are laid out when there is somebody to look at, since numpy is a tenth of what an idle bot would weigh.
"""

import heapq
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice
from threading import RLock
from typing import TYPE_CHECKING

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import Rarity
from buddybot.domain.matching.pairing import Pairing
from buddybot.domain.matching.waiting import PoolStanding
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble, StoreError

if TYPE_CHECKING:
    from buddybot.matching.instant import WaitingCrowd

AN_ARRIVAL = 24
"""Members whom an arrival looks at, at most, before it searches: each costs about a tenth of a millisecond."""

log = logging.getLogger(__name__)


class LiveCrowd:
    """The crowd of the running bot, safe to share between the writer's thread and the loop's."""

    def __init__(self, weights: MatchingWeights) -> None:
        self._weights = weights
        self._laid_out: WaitingCrowd | None = None
        self._changed: dict[MemberId, int] = {}
        self._later: list[tuple[datetime, MemberId]] = []
        self._when: dict[MemberId, datetime] = {}
        self._count = 0
        self._lock = RLock()

    def moved(self, members: Iterable[MemberId]) -> None:
        """Take these out until they are looked at again."""
        with self._lock:
            for member in members:
                if self._laid_out is not None:
                    self._laid_out.remove(member)
                self._count += 1
                self._changed.pop(member, None)
                self._changed[member] = self._count

    def catch_up(self, now: datetime, look: Callable[[MemberId], PoolStanding]) -> None:
        """Look at those who changed last, inside a transaction: a bounded number, the reader sees to the others."""
        with self._lock:
            self._wake(now)
            for member in list(islice(reversed(self._changed), AN_ARRIVAL)):
                self._put(member, seen(member, look))

    def changed(self, now: datetime, most: int) -> Mapping[MemberId, int]:
        """Return some of those to be looked at, and a mark that tells whether they changed again meanwhile.

        The reader asks: so numpy is loaded beside the writer, at the first sign of anybody.
        """
        if self._changed:
            load_tables()
        with self._lock:
            self._wake(now)
            return dict(islice(self._changed.items(), most))

    def put(self, found: Mapping[MemberId, PoolStanding], marks: Mapping[MemberId, int]) -> None:
        """Take in what was read; who changed while it was read is to be looked at once more."""
        with self._lock:
            for member, standing in found.items():
                if self._changed.get(member) == marks[member]:
                    self._put(member, standing)

    def best_partner(self, newcomer: Candidate, now: datetime) -> Pairing | None:
        """Return the pair worth most for someone who just came, if it is good enough to be offered at once."""
        with self._lock:
            return self._crowd.best_partner(newcomer, now) if self._crowd.knows(newcomer) else None

    def rarity(self, *others: Candidate) -> Rarity:
        """Return the weights of life among those who wait and these others, whom the crowd knows."""
        with self._lock:
            return self._crowd.rarity(*others)

    def people(self) -> tuple[Candidate, ...]:
        """Return everyone who waits, those who have waited longest first."""
        with self._lock:
            return () if self._laid_out is None else self._laid_out.people()

    @property
    def _crowd(self) -> "WaitingCrowd":
        if self._laid_out is None:
            self._laid_out = load_tables()(self._weights)
        return self._laid_out

    def _put(self, member: MemberId, standing: PoolStanding) -> None:
        self._changed.pop(member, None)
        if standing.candidate is not None:
            if self._crowd.knows(standing.candidate):
                self._crowd.add(standing.candidate)
            else:
                log.error("member %s is left out of matching: their answers are not of this version", member)
        if standing.later is not None and self._when.get(member) != standing.later:
            self._when[member] = standing.later
            heapq.heappush(self._later, (standing.later, member))

    def _wake(self, now: datetime) -> None:
        """Let those be looked at whose pause or busy week is over by now, or whose clock may have changed."""
        while self._later and self._later[0][0] <= now:
            at, member = heapq.heappop(self._later)
            if self._when.get(member) == at:
                del self._when[member]
                self.moved((member,))


def load_tables() -> "type[WaitingCrowd]":
    """Import what the crowd is kept in; a `StoreError` where numpy does not load."""
    try:
        from buddybot.matching.instant import WaitingCrowd
    except ImportError as error:
        raise StoreError(
            "nobody can be matched: numpy does not load here. Install what requirements/ lists once more"
        ) from error
    return WaitingCrowd


def seen(member: MemberId, look: Callable[[MemberId], PoolStanding]) -> PoolStanding:
    """Look at one member; one whose row is damaged is left out, and nobody else notices."""
    try:
        return look(member)
    except KeyTrouble:
        raise
    except (StoreError, DamagedValueError) as error:
        log.error("member %s is left out of matching: %s", member, str(error))
        return PoolStanding()
