"""Who is put together with whom: the edge between two people, the plain round, and the best partner on arrival.

The plain round takes the best pair first. `buddybot.matching` does the same job optimally and at any size, with the
same signature; both obey the same limits and use the same score.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from buddybot.domain.matching.candidate import Candidate, hours_waited
from buddybot.domain.matching.compatibility import DIGITS, Rarity, rarity, score
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.reasons import reasons
from buddybot.domain.matching.weights import MatchingWeights


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two people who fit; `members` are ids in the order of the pool, `score` leaves waiting out."""

    members: tuple[str, str]
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A pair that may be made: its score, and what it is worth to a round (score and both waits)."""

    a: Candidate
    b: Candidate
    score: float
    worth: float

    def pairing(self, weights: MatchingWeights) -> Pairing:
        """Return the pair with its reasons."""
        return Pairing((self.a.id, self.b.id), self.score, reasons(self.a, self.b, weights))


def floor(a: Candidate, b: Candidate, now: datetime, weights: MatchingWeights) -> float:
    """Return the score that two people need, by the longer of their waits."""
    return weights.waiting.floor_after_hours(max(hours_waited(a, now), hours_waited(b, now)))


def wait_bonus(one: Candidate, now: datetime, weights: MatchingWeights) -> float:
    """Return what waiting adds to the worth of each of this person's pairs."""
    return weights.waiting.bonus_after(hours_waited(one, now))


def edge(a: Candidate, b: Candidate, now: datetime, weights: MatchingWeights, rare: Rarity) -> Edge | None:
    """Return the edge between two people, or None if a limit or the floor of waiting stands between them."""
    if not feasible(a, b, weights):
        return None
    fit = score(a, b, weights, rare)
    if round(fit, DIGITS) < floor(a, b, now, weights):
        return None
    return Edge(a, b, fit, fit + wait_bonus(a, now, weights) + wait_bonus(b, now, weights))


def edges(pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> Iterator[Edge]:
    """Yield every pair of the pool that may be made."""
    rare = rarity(pool)
    for a, b in combinations(pool, 2):
        if (found := edge(a, b, now, weights, rare)) is not None:
            yield found


def pair_up(pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> tuple[Pairing, ...]:
    """Pair the pool, the pair worth most first; nobody gets more partners than they have places."""
    free = {one.id: one.places for one in pool}
    made = []
    for found in sorted(edges(pool, now, weights), key=lambda e: (-e.worth, e.a.id, e.b.id)):
        if free[found.a.id] and free[found.b.id]:
            free[found.a.id] -= 1
            free[found.b.id] -= 1
            made.append(found.pairing(weights))
    return tuple(made)


def best_partner(
    newcomer: Candidate, waiting: Sequence[Candidate], now: datetime, weights: MatchingWeights
) -> Pairing | None:
    """Return the pair worth most for someone who just came, or None if nobody fits well enough to skip the round."""
    others = [one for one in waiting if one.id != newcomer.id]
    rare = rarity([newcomer, *others])
    found = (edge(newcomer, other, now, weights, rare) for other in others)
    good = [e for e in found if e is not None and round(e.score, DIGITS) >= weights.policy.instant_at]
    best = min(good, key=lambda e: (-e.worth, e.b.id), default=None)
    return None if best is None else best.pairing(weights)
