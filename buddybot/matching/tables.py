"""The soft score as a few small tables between kinds of answers, so that a pair costs five look-ups.

Each part codes a person's answers to a few questions as whole numbers, and makes of two lists of codes a table, a row
for each of the first and a column for each of the second, of weight x factor. The scalar truth is
`domain.compatibility`; tests hold the two together to 1e-9.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import now_factor
from buddybot.domain.matching.weights import MatchingWeights, Pairs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Masks = npt.NDArray[np.uint64]
Thin = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
Small = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Code: TypeAlias = tuple[int, ...]

NEVER = -16.0  # added where too few hours are shared: lower than any score, price and wait together
WORD = 56  # bits of a week that one number of a code holds
NEITHER, FIRST, SECOND = 0, 1, 2  # who of two is known to be later on the line


class ScorePart(Protocol):
    """Some answers, and what of a score (or of a limit) follows from them alone."""

    width: int
    """How many numbers a code has."""

    def code(self, one: Candidate) -> Code:
        """Return a person's answers as numbers; KeyError where one is not of this version."""
        ...

    def table(self, mine: Ints, theirs: Ints) -> Floats:
        """Return the points of each of `mine` (a code a column) with each of `theirs`."""
        ...


class PlaceAndHelp:
    """`now` and `help_wanted`: a code is (place and two of the wishes, mask of wishes)."""

    width = 2

    def __init__(self, weights: MatchingWeights) -> None:
        wishes = sorted(weights.choices.many["help_wanted"])
        places = [(lane, now) for lane in ("", *sorted(weights.choices.now)) for now in _places_of(lane, weights)]
        self._place = {place: number for number, place in enumerate(places)}
        self._mask = MaskOf(wishes)
        self._further, self._boat = (self._mask(frozenset({wish})) for wish in ("further_on", "same_boat"))
        rank = np.array([weights.line[now] if lane == "self" and now is not None else -1 for lane, now in places])
        later = (rank[:, None] > rank[None, :]) & (rank[None, :] >= 0)
        self._later: Ints = np.where(later, FIRST, np.where(later.T, SECOND, NEITHER)) * (1 << len(wishes))
        self._now = weights.factors["now"] * _now(places, later, weights)
        self._help = weights.factors["help_wanted"] * _help(wishes, weights)

    def code(self, one: Candidate) -> Code:
        """Return the place with whether two wishes that count there were made, and all wishes."""
        mask = self._mask(one.help_wanted)
        place = self._place[one.lane, one.now] * 4
        return place + 2 * (mask & self._further > 0) + (mask & self._boat > 0), mask

    def table(self, mine: Ints, theirs: Ints) -> Floats:
        """Look both factors up."""
        at = self._later[mine[0] >> 2].take(theirs[0] >> 2, axis=1)
        at += theirs[1]
        found: Floats = self._now[mine[0]].take(theirs[0], axis=1)
        found += np.take_along_axis(self._help[mine[1]], at, axis=1)
        return found


class SharedHours:
    """`hours`, `NEVER` where too few are shared: a code is three words of a week, their hours, and the "any" flag."""

    width = 5

    def __init__(self, weights: MatchingWeights) -> None:
        self._weights = weights

    def code(self, one: Candidate) -> Code:
        """Return the week in words that a signed number holds, how many hours it has, and whether it changes."""
        week, word = self._weights.week(one), (1 << WORD) - 1
        return week & word, week >> WORD & word, week >> 2 * WORD, week.bit_count(), int("any" in one.hours)

    def table(self, mine: Ints, theirs: Ints) -> Floats:
        """Count the hours that two weeks share."""
        weights, values = self._weights, self._weights.values
        shared = np.zeros((mine.shape[1], theirs.shape[1]))
        for word in range(3):
            shared += np.bitwise_count(mine[word][:, None] & theirs[word])
        smaller = np.minimum(mine[3][:, None], theirs[3])
        found: Floats = shared / np.maximum(smaller, 1)
        found[(mine[4][:, None] | theirs[4]) > 0] *= values.any_hours
        found[smaller == 0] = values.unknown
        found *= weights.factors["hours"]
        found[(smaller > 0) & (shared < weights.shared_at_least)] = NEVER
        return found


class MedicinePaceAge:
    """`medicine`, `pace` and `age_band`: a code is (mask of medicines, pace, band), the last two 0 where not said."""

    width = 3

    def __init__(self, weights: MatchingWeights) -> None:
        names = sorted(weights.choices.many["medicine"])
        self._mask = MaskOf(names)
        paces, bands = (sorted(weights.choices.single[name]) for name in ("pace", "age_band"))
        self._pace, self._band = ({None: 0} | {key: n for n, key in enumerate(keys, 1)} for keys in (paces, bands))
        self._medicine = weights.factors["medicine"] * _medicine(names, weights)
        both = (_by_keys(keys, of, weights) for keys, of in ((paces, weights.pace), (bands, weights.age_band)))
        self._paces, self._bands = (
            weights.factors[name] * of for name, of in zip(("pace", "age_band"), both, strict=True)
        )

    def code(self, one: Candidate) -> Code:
        """Return the three answers."""
        return self._mask(one.medicine), self._pace[one.pace], self._band[one.age_band]

    def table(self, mine: Ints, theirs: Ints) -> Floats:
        """Look the three factors up."""
        found: Floats = self._medicine[mine[0]].take(theirs[0], axis=1)
        found += self._paces[mine[1]].take(theirs[1], axis=1)
        found += self._bands[mine[2]].take(theirs[2], axis=1)
        return found


class SubstancesAndSilence:
    """`substances`, and `life` where either said nothing: a code is (mask of substances, 1 where no `life`)."""

    width = 2

    def __init__(self, weights: MatchingWeights) -> None:
        self._weights = weights
        self._mask = MaskOf(sorted(weights.choices.many["substances"]))

    def code(self, one: Candidate) -> Code:
        """Return both."""
        return self._mask(one.substances), int(not one.life)

    def table(self, mine: Ints, theirs: Ints) -> Floats:
        """Return overlap by weight; half the weight of `life` beside it where that is not known."""
        factors, unknown = self._weights.factors, self._weights.values.unknown
        found = factors["substances"] * _overlap(mine[0][:, None], theirs[0], unknown)
        found += factors["life"] * unknown * (mine[1][:, None] | theirs[1])
        return found


def score_parts(weights: MatchingWeights) -> tuple[ScorePart, ScorePart, ScorePart, ScorePart]:
    """Return the parts of a score but `life`, the one that tells people apart the most first."""
    return PlaceAndHelp(weights), SharedHours(weights), MedicinePaceAge(weights), SubstancesAndSilence(weights)


class MaskOf:
    """Sets of choices as masks; the same set is worked out once."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._bit = {key: 1 << number for number, key in enumerate(keys)}
        self._known: dict[frozenset[str], int] = {}

    def __call__(self, chosen: frozenset[str]) -> int:
        """Return the mask; KeyError where a choice is not of this version."""
        mask = self._known.get(chosen)
        if mask is None:
            mask = self._known[chosen] = sum(self._bit[key] for key in chosen)
        return mask


def _places_of(lane: str, weights: MatchingWeights) -> Iterable[str | None]:
    return (None, *sorted(weights.choices.now.get(lane, ())))


def _now(places: Sequence[tuple[str, str | None]], later: Flags, weights: MatchingWeights) -> Floats:
    """Return the factor of every two places, each with and without the two wishes that count there."""
    plain = [Candidate("", lane, now) for lane, now in places]
    base = np.array([[now_factor(a, b, weights) for b in plain] for a in plain], dtype=np.float64)  # None: nan
    fit = np.repeat(np.repeat(base, 4, axis=0), 4, axis=1)
    later = np.repeat(np.repeat(later, 4, axis=0), 4, axis=1)
    place, further, boat = (np.arange(len(fit)) >> 2, np.arange(len(fit)) >> 1 & 1 == 1, np.arange(len(fit)) & 1 == 1)
    boost = (later & further[None, :]) | (later.T & further[:, None])
    fit = np.where(boost, fit * weights.values.later_boost, fit)
    in_line = np.array([lane == "self" and now is not None for lane, now in places])[place]
    same = in_line[:, None] & (place[:, None] == place[None, :]) & boat[:, None] & boat[None, :]
    fit = np.minimum(fit + np.where(same, weights.values.same_boat_bonus, 0.0), 1.0)
    return np.where(np.isnan(fit), weights.values.unknown, fit)


def _help(wishes: Sequence[str], weights: MatchingWeights) -> Floats:
    """Return the best combination of every two sets of wishes: a row a set, a column who is later and a set."""
    other, whole = weights.values.help_other, weights.help
    plain = np.array([[whole.get((a, b), other) for b in wishes] for a in wishes])
    give, seek = wishes.index("give"), wishes.index("further_on")
    worth = plain[give, seek]
    plain[give, seek] = plain[seek, give] = other  # "further on" counts only where the giver is
    giving = plain.copy()
    giving[give, seek] = worth
    best = _best(giving)
    found = np.stack([_best(plain), best, best.T], axis=1)
    found[0], found[:, :, 0] = weights.values.unknown, weights.values.unknown
    return found.reshape(len(found), -1)


def _best(table: Floats) -> Floats:
    """Return, for every two sets of wishes, the best value over their combinations."""
    count = len(table)
    sets = (np.arange(1 << count)[:, None] >> np.arange(count)[None, :] & 1).astype(bool)
    against = np.array([np.where(sets, row, -1.0).max(axis=1) for row in table])
    best = np.full((len(sets), len(sets)), -1.0)
    for wish in range(count):
        best = np.maximum(best, np.where(sets[:, wish, None], against[wish][None, :], -1.0))
    return best


def _medicine(names: Sequence[str], weights: MatchingWeights) -> Floats:
    """Return the factor of every two sets of medicines."""
    mask = np.arange(1 << len(names))
    only = mask == 1 << names.index("none")
    fit = _overlap(mask[:, None], mask, weights.values.unknown)
    known = (mask > 0)[:, None] & (mask > 0)
    fit[only[:, None] & only] = weights.values.medicine_both_none
    fit[(only[:, None] ^ only) & known] = weights.values.medicine_one_none
    return fit


def _by_keys(keys: Sequence[str], pairs: Pairs, weights: MatchingWeights) -> Floats:
    """Return a table of pairs with a first row and column for those who did not say."""
    table = np.full((len(keys) + 1, len(keys) + 1), weights.values.unknown)
    table[1:, 1:] = [[pairs[a, b] for b in keys] for a in keys]
    return table


def _overlap(mine: Ints, theirs: Ints, unknown: float) -> Floats:
    """Return the Jaccard overlap of sets as masks; an empty one is not known."""
    found: Floats = np.bitwise_count(mine & theirs) / np.maximum(np.bitwise_count(mine | theirs), 1)
    found[(mine == 0) | (theirs == 0)] = unknown
    return found
