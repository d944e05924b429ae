"""Distinct answers to a few questions, interned by number, and what each scores against a newcomer's.

Thousands of people share a few hundred kinds of answers; so a newcomer is scored once against each kind that occurs
among those who may be met, and a person costs a look-up. An example holds the answers of its kind and nothing else: no
id, and nobody's once the last who gave them has left.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

import numpy as np
from cachetools import LRUCache

from buddybot.domain.matching.candidate import ENGLISH, Candidate
from buddybot.domain.matching.compatibility import (
    help_factor,
    hours_factor,
    medicine_factor,
    now_factor,
    overlap,
)
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.tables import NEVER, Floats, Ints

REMEMBERED = 1 << 20
"""Scores of newcomers' kinds that are kept for the next one who gave the same answers: 8 MB a part at most."""

Points = Callable[[Candidate, Candidate, MatchingWeights], float]


def _worth(name: str, value: float | None, weights: MatchingWeights) -> float:
    return weights.factors[name] * (weights.values.unknown if value is None else value)


def _place_and_help(a: Candidate, b: Candidate, weights: MatchingWeights) -> float:
    return _worth("now", now_factor(a, b, weights), weights) + _worth(
        "help_wanted", help_factor(a, b, weights), weights
    )


def _hours(a: Candidate, b: Candidate, weights: MatchingWeights) -> float:
    mine, theirs = weights.week(a), weights.week(b)
    if mine and theirs and (mine & theirs).bit_count() < weights.shared_at_least:
        return NEVER
    return _worth("hours", hours_factor(a, b, weights), weights)


def _medicine(a: Candidate, b: Candidate, weights: MatchingWeights) -> float:
    return _worth("medicine", medicine_factor(a, b, weights), weights)


def _pace_and_age(a: Candidate, b: Candidate, weights: MatchingWeights) -> float:
    pace = None if a.pace is None or b.pace is None else weights.pace[a.pace, b.pace]
    band = None if a.age_band is None or b.age_band is None else weights.age_band[a.age_band, b.age_band]
    return _worth("pace", pace, weights) + _worth("age_band", band, weights)


def _substances_and_silence(a: Candidate, b: Candidate, weights: MatchingWeights) -> float:
    shared = overlap(a.substances, b.substances) if a.substances and b.substances else None
    silent = not a.life or not b.life
    return _worth("substances", shared, weights) + (_worth("life", None, weights) if silent else 0.0)


def _languages(a: Candidate, b: Candidate, _weights: MatchingWeights) -> float:
    return 0.0 if a.languages & b.languages else NEVER


@dataclass(frozen=True, slots=True)
class KindPart:
    """Some answers, and what of a score (or of a limit) follows from them alone."""

    answers: tuple[str, ...]
    points: Points
    factors: tuple[str, ...]
    """Those that `points` can add to a score, at most their weight each."""


PARTS = (
    KindPart(("languages",), _languages, ()),
    KindPart(("utc_offset", "hours"), _hours, ("hours",)),
    KindPart(("substances", "life"), _substances_and_silence, ("substances", "life")),
    KindPart(("medicine",), _medicine, ("medicine",)),
    KindPart(("pace", "age_band"), _pace_and_age, ("pace", "age_band")),
    KindPart(("lane", "now", "help_wanted"), _place_and_help, ("now", "help_wanted")),
)
"""The costly one comes last, when few rows are left; what is independent stands apart, so that few kinds are scored."""


@dataclass(slots=True)
class _Kind:
    key: Hashable
    example: Candidate
    count: int = field(default=0)


class Kinds:
    """The kinds of one part that occur, counted, so that none outlives the last person of it."""

    def __init__(self, part: KindPart, weights: MatchingWeights) -> None:
        self._part, self._weights = part, weights
        self.most = sum(weights.factors[name] for name in part.factors)
        self._numbers: dict[Hashable, int] = {}
        self._kinds: list[_Kind | None] = []
        self._free: list[int] = []
        self._known: LRUCache[Hashable, Floats] = LRUCache(REMEMBERED, getsizeof=len)

    def enter(self, one: Candidate) -> int:
        """Count somebody in, and return the number of their kind."""
        example = self._bare(one)
        key = self._key(example)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._settle(_Kind(key, example))
        kind = self._kinds[number]
        assert kind is not None, "a kind with a number has its example"
        kind.count += 1
        return number

    def leave(self, number: int) -> None:
        """Count somebody out; a kind that nobody is of any more is forgotten."""
        kind = self._kinds[number]
        assert kind is not None, "who leaves has come"
        kind.count -= 1
        if kind.count == 0:
            del self._numbers[kind.key]
            self._kinds[number] = None
            self._free.append(number)
            for scores in self._known.values():
                scores[number : number + 1] = np.nan

    def against(self, newcomer: Candidate, numbers: Ints) -> Floats:
        """Return the points of a newcomer with somebody of each of these kinds."""
        mine = self._bare(newcomer)
        key = self._key(mine)
        scores = self._known.get(key)
        if scores is None or len(scores) < len(self._kinds):
            longer: Floats = np.full(len(self._kinds) + 64, np.nan)
            longer[: 0 if scores is None else len(scores)] = [] if scores is None else scores
            scores = self._known[key] = longer
        found: Floats = scores[numbers]
        if np.isnan(found).any():
            for number in np.unique(numbers[np.isnan(found)]).tolist():
                kind = self._kinds[number]
                assert kind is not None, "a row in use is of a kind"
                scores[number] = self._part.points(mine, kind.example, self._weights)
            found = scores[numbers]
        return found

    def _settle(self, kind: _Kind) -> int:
        if not self._free:
            self._kinds.append(kind)
            return len(self._kinds) - 1
        number = self._free.pop()
        self._kinds[number] = kind
        return number

    def _bare(self, one: Candidate) -> Candidate:
        """Return the answers of this part and nothing else; of `life` only whether it was answered."""
        answers = {name: getattr(one, name) for name in self._part.answers}
        if "life" in answers:
            answers["life"] = ENGLISH if one.life else frozenset()
        return Candidate("", **{"lane": "", **answers})

    def _key(self, bare: Candidate) -> Hashable:
        return tuple(getattr(bare, name) for name in self._part.answers)
