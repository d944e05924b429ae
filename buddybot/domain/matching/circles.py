"""Circles of three to six: everyone fits everyone, and all share some hours; the mean pairwise score is what counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import Rarity, rarity, score
from buddybot.domain.matching.hours import WEEK
from buddybot.domain.matching.limits import feasible
from buddybot.domain.matching.weights import MatchingWeights

EVERY_HOUR = (1 << WEEK) - 1


@dataclass(frozen=True, slots=True)
class Circle:
    """People who all fit one another; `score` is the mean over their pairs."""

    members: tuple[str, ...]
    score: float


def shared_week(people: Sequence[Candidate], weights: MatchingWeights) -> int:
    """Return the hours in which everyone is around who said when they are."""
    shared = EVERY_HOUR
    for one in people:
        shared &= weights.week(one) or EVERY_HOUR
    return shared


def may_join(newcomer: Candidate, circle: Sequence[Candidate], weights: MatchingWeights) -> bool:
    """Tell whether someone fits everybody in a circle, and all of them still share enough hours."""
    if not all(feasible(newcomer, one, weights) for one in circle):
        return False
    return shared_week([newcomer, *circle], weights).bit_count() >= weights.shared_at_least


def best_to_join(
    circle: Sequence[Candidate], waiting: Sequence[Candidate], weights: MatchingWeights, rare: Rarity
) -> Candidate | None:
    """Return who fills an open circle best, or None if nobody may or it is full."""
    if len(circle) >= weights.policy.circle_most:
        return None
    able = [one for one in waiting if may_join(one, circle, weights)]
    return min(able, key=lambda one: (-_sum_with(one, circle, weights, rare), one.id), default=None)


def _sum_with(one: Candidate, circle: Sequence[Candidate], weights: MatchingWeights, rare: Rarity) -> float:
    return sum(score(one, other, weights, rare) for other in circle)


def form_circles(people: Sequence[Candidate], weights: MatchingWeights) -> tuple[Circle, ...]:
    """Gather people into circles: the best pair first, then whoever keeps the mean highest, until it would fall.

    Below the least size a circle takes the best there is; above it only who does not lower the mean.
    """
    rare, free = rarity(people), {one.id: one for one in people}
    scores = {(a.id, b.id): score(a, b, weights, rare) for a, b in combinations(people, 2) if may_join(a, [b], weights)}
    found = []
    for a, b in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if a in free and b in free:
            circle = _grown([free[a], free[b]], tuple(free.values()), weights, rare)
            if len(circle) >= weights.policy.circle_least:
                found.append(Circle(tuple(one.id for one in circle), mean_score(circle, weights, rare)))
                free = _without(free, circle)
    return tuple(found)


def _grown(
    circle: list[Candidate], people: Sequence[Candidate], weights: MatchingWeights, rare: Rarity
) -> list[Candidate]:
    while (one := best_to_join(circle, people, weights, rare)) is not None:
        wider = [*circle, one]
        lower = mean_score(wider, weights, rare) < mean_score(circle, weights, rare)
        if lower and len(circle) >= weights.policy.circle_least:
            break
        circle = wider
    return circle


def mean_score(circle: Sequence[Candidate], weights: MatchingWeights, rare: Rarity) -> float:
    """Return the mean score over all pairs of at least two people."""
    pairs = list(combinations(circle, 2))
    return sum(score(a, b, weights, rare) for a, b in pairs) / len(pairs)


def _without(free: Mapping[str, Candidate], circle: Sequence[Candidate]) -> dict[str, Candidate]:
    gone = {one.id for one in circle}
    return {name: one for name, one in free.items() if name not in gone}
