"""The soft score as a few small tables between kinds of answers, so that a pair costs five look-ups.

Each function takes the kinds that occur in a pool and returns a square table, a row and a column for each kind, of
weight x factor. The scalar truth is `domain.compatibility`; tests hold the two together to 1e-9.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import now_factor
from buddybot.domain.matching.weights import MatchingWeights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Masks = npt.NDArray[np.uint64]
Thin = npt.NDArray[np.float32]
Small = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

NEVER = -16.0  # added where too few hours are shared: lower than any score, price and wait together
ANY_FLAG = 2  # the last word of an hours kind


def place_and_help(places: Sequence[tuple[str, str | None]], kinds: Ints, weights: MatchingWeights) -> Floats:
    """Return the table of `now` and `help_wanted`; a kind is (place, mask of wishes)."""
    wishes = sorted(weights.choices.many["help_wanted"])
    place, mask = kinds[:, 0], kinds[:, 1]
    base = _places(places, weights)[np.ix_(place, place)]
    rank = np.array([weights.line[now] if lane == "self" and now is not None else -1 for lane, now in places])[place]
    known = rank >= 0
    both = known[:, None] & known[None, :]
    later = both & (rank[:, None] > rank[None, :])
    boost = (later & _wish(mask, wishes, "further_on")[None, :]) | (
        later.T & _wish(mask, wishes, "further_on")[:, None]
    )
    boat = _wish(mask, wishes, "same_boat")
    same = both & (place[:, None] == place[None, :]) & boat[:, None] & boat[None, :]
    fit = np.where(boost, base * weights.values.later_boost, base) + np.where(same, weights.values.same_boat_bonus, 0.0)
    fit = np.where(np.isnan(fit), weights.values.unknown, np.minimum(fit, 1.0))
    return weights.factors["now"] * fit + weights.factors["help_wanted"] * _help(mask, later, wishes, weights)


def _places(places: Sequence[tuple[str, str | None]], weights: MatchingWeights) -> Floats:
    plain = [Candidate("", lane, now) for lane, now in places]
    values = [[now_factor(a, b, weights) for b in plain] for a in plain]
    return np.array([[np.nan if v is None else v for v in row] for row in values]).reshape(len(plain), len(plain))


def _wish(mask: Ints, wishes: Sequence[str], name: str) -> Flags:
    return (mask >> wishes.index(name) & 1).astype(bool)


def _help(mask: Ints, later: Flags, wishes: Sequence[str], weights: MatchingWeights) -> Floats:
    """Return the best combination of wishes; the giver's being later decides about "further on"."""
    other, whole = weights.values.help_other, weights.help
    plain = np.array([[whole.get((a, b), other) for b in wishes] for a in wishes])
    give, seek = wishes.index("give"), wishes.index("further_on")
    worth = plain[give, seek]
    plain[give, seek] = plain[seek, give] = other
    giving = plain.copy()
    giving[give, seek] = worth
    at = np.ix_(mask, mask)
    neither, first = _best(plain)[at], _best(giving)[at]
    best = np.where(later, first, np.where(later.T, first.T, neither))
    silent = mask == 0
    return np.where(silent[:, None] | silent[None, :], weights.values.unknown, best)


def _best(table: Floats) -> Floats:
    """Return, for every two sets of wishes, the best value over their combinations."""
    count = len(table)
    sets = (np.arange(1 << count)[:, None] >> np.arange(count)[None, :] & 1).astype(bool)
    against = np.array([np.where(sets, row, -1.0).max(axis=1) for row in table])
    best = np.full((len(sets), len(sets)), -1.0)
    for wish in range(count):
        best = np.maximum(best, np.where(sets[:, wish, None], against[wish][None, :], -1.0))
    return best


def hours(kinds: Masks, weights: MatchingWeights) -> Floats:
    """Return the table of hours, `NEVER` where too few are shared; a kind is three words of a week and the any flag."""
    total = np.bitwise_count(kinds[:, :3]).sum(axis=1).astype(np.float64)
    shared = np.zeros((len(kinds), len(kinds)))
    for word in range(3):
        shared += np.bitwise_count(kinds[:, None, word] & kinds[None, :, word])
    known = total > 0
    both = known[:, None] & known[None, :]
    part = shared / np.maximum(np.minimum(total[:, None], total[None, :]), 1.0)
    changing = kinds[:, 3] == ANY_FLAG
    part = np.where(changing[:, None] | changing[None, :], part * weights.values.any_hours, part)
    table = weights.factors["hours"] * np.where(both, part, weights.values.unknown)
    return np.where(both & (shared < weights.shared_at_least), NEVER, table)


def medicine_pace_age(kinds: Ints, weights: MatchingWeights) -> Floats:
    """Return the table of medicine, pace and age band; a kind is (mask, index of pace, index of band), 0 = not said."""
    none = 1 << sorted(weights.choices.many["medicine"]).index("none")
    mask = kinds[:, 0]
    only = mask == none
    fit = np.where(only[:, None] & only[None, :], weights.values.medicine_both_none, _jaccard(mask))
    fit = np.where(only[:, None] ^ only[None, :], weights.values.medicine_one_none, fit)
    silent = mask == 0
    fit = np.where(silent[:, None] | silent[None, :], weights.values.unknown, fit)
    table: Floats = weights.factors["medicine"] * fit
    for column, (name, pairs) in enumerate((("pace", weights.pace), ("age_band", weights.age_band)), start=1):
        keys = sorted(weights.choices.single[name])
        small = np.full((len(keys) + 1, len(keys) + 1), weights.values.unknown)
        small[1:, 1:] = [[pairs[a, b] for b in keys] for a in keys]
        table += weights.factors[name] * small[np.ix_(kinds[:, column], kinds[:, column])]
    return table


def substances_and_silence(kinds: Ints, weights: MatchingWeights) -> Floats:
    """Return the table of substances, and of `life` where either said nothing; a kind is (mask, life not said)."""
    mask, silent_life = kinds[:, 0], kinds[:, 1] == 1
    silent = mask == 0
    fit = np.where(silent[:, None] | silent[None, :], weights.values.unknown, _jaccard(mask))
    either = silent_life[:, None] | silent_life[None, :]
    unknown_life = weights.factors["life"] * weights.values.unknown
    table: Floats = weights.factors["substances"] * fit + np.where(either, unknown_life, 0.0)
    return table


def _jaccard(mask: Ints) -> Floats:
    both = np.bitwise_count(mask[:, None] & mask[None, :])
    either = np.maximum(np.bitwise_count(mask[:, None] | mask[None, :]), 1)
    fit: Floats = both / either
    return fit
