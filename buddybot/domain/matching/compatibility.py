"""The soft score: how well two people fit, factor by factor, the same in both directions.

Each factor lies in [0, 1]; one that either side left out counts half, so that silence is never held against anyone.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from buddybot.domain.matching.candidate import ONLY_NONE, Candidate
from buddybot.domain.matching.weights import FACTORS, MatchingWeights

DIGITS = 9  # a score is compared with its floor after rounding to so many decimals

Rarity = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of a score; `value` is None where either side did not say."""

    name: str
    weight: float
    value: float | None
    unknown: float

    @property
    def points(self) -> float:
        """What this factor adds to the score."""
        return self.weight * (self.unknown if self.value is None else self.value)


def rarity(pool: Iterable[Candidate]) -> Rarity:
    """Weigh each item of `life` by how rare it is in the pool: ln(1 + N / n_item)."""
    people = tuple(pool)
    ticks = Counter(item for one in people for item in one.life)
    return {item: math.log(1 + len(people) / ticks[item]) for item in sorted(ticks)}


def score(a: Candidate, b: Candidate, weights: MatchingWeights, rare: Rarity) -> float:
    """Return how well two people fit, in [0, 1], waiting left out."""
    return math.fsum(factor.points for factor in factors(a, b, weights, rare))


def factors(a: Candidate, b: Candidate, weights: MatchingWeights, rare: Rarity) -> tuple[Factor, ...]:
    """Return the score of two people factor by factor."""
    found = {
        "hours": hours_factor(a, b, weights),
        "now": now_factor(a, b, weights),
        "help_wanted": help_factor(a, b, weights),
        "life": life_factor(a, b, rare),
        "pace": _from_table(weights.pace, a.pace, b.pace),
        "medicine": medicine_factor(a, b, weights),
        "substances": overlap(a.substances, b.substances) if a.substances and b.substances else None,
        "age_band": _from_table(weights.age_band, a.age_band, b.age_band),
    }
    return tuple(Factor(name, weights.factors[name], found[name], weights.values.unknown) for name in FACTORS)


def _from_table(table: Mapping[tuple[str, str], float], a: str | None, b: str | None) -> float | None:
    return None if a is None or b is None else table[a, b]


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the Jaccard overlap of two sets that are not both empty."""
    return len(a & b) / len(a | b)


def hours_factor(a: Candidate, b: Candidate, weights: MatchingWeights) -> float | None:
    """Return the shared hours as a part of the smaller week, less if either week "changes"."""
    mine, theirs = weights.week(a), weights.week(b)
    if not mine or not theirs:
        return None
    part = (mine & theirs).bit_count() / min(mine.bit_count(), theirs.bit_count())
    return part * weights.values.any_hours if "any" in a.hours | b.hours else part


def is_later(a: Candidate, b: Candidate, weights: MatchingWeights) -> bool:
    """Tell whether `a` is known to be later on the line than `b`, both in lane self."""
    if a.now is None or b.now is None or not a.lane == b.lane == "self":
        return False
    return weights.line[a.now] > weights.line[b.now]


def now_factor(a: Candidate, b: Candidate, weights: MatchingWeights) -> float | None:
    """Return how well the places of two people fit, with what they asked for in mind."""
    if a.now is None or b.now is None:
        return None
    if not a.lane == b.lane == "self":
        return 1.0 if (a.lane, a.now) == (b.lane, b.now) else weights.values.different_place
    fit = weights.now[a.now, b.now]
    if any("further_on" in x.help_wanted and is_later(y, x, weights) for x, y in ((a, b), (b, a))):
        fit *= weights.values.later_boost
    if a.now == b.now and "same_boat" in a.help_wanted & b.help_wanted:
        fit += weights.values.same_boat_bonus
    return min(1.0, fit)


def help_factor(a: Candidate, b: Candidate, weights: MatchingWeights) -> float | None:
    """Return the best of all combinations of one's wish with the other's."""
    if not a.help_wanted or not b.help_wanted:
        return None
    return max(_wishes(a, b, mine, theirs, weights) for mine in a.help_wanted for theirs in b.help_wanted)


def _wishes(a: Candidate, b: Candidate, mine: str, theirs: str, weights: MatchingWeights) -> float:
    match mine, theirs:
        case "further_on", "give":
            counts = is_later(b, a, weights)
        case "give", "further_on":
            counts = is_later(a, b, weights)
        case _:
            counts = True
    return weights.help.get((mine, theirs), weights.values.help_other) if counts else weights.values.help_other


def life_factor(a: Candidate, b: Candidate, rare: Rarity) -> float | None:
    """Return what two lives share, rare things counting more, as a part of the smaller one."""
    if not a.life or not b.life:
        return None
    smaller = min(_sum_of(a.life, rare), _sum_of(b.life, rare))
    return _sum_of(a.life & b.life, rare) / smaller


def _sum_of(items: frozenset[str], rare: Rarity) -> float:
    return math.fsum(rare[item] for item in items)


def medicine_factor(a: Candidate, b: Candidate, weights: MatchingWeights) -> float | None:
    """Return the overlap of medicines; "none" is an answer of its own."""
    if not a.medicine or not b.medicine:
        return None
    match ONLY_NONE in (a.medicine, b.medicine), a.medicine == b.medicine:
        case True, True:
            return weights.values.medicine_both_none
        case True, False:
            return weights.values.medicine_one_none
        case _:
            return overlap(a.medicine, b.medicine)
