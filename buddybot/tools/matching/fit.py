"""Logistic regression of the score's weights on outcomes, regularized towards the weights in force.

With few outcomes the pull decides, with many the outcomes do; no weight falls below zero. The replay judges new weights
only on outcomes that they were not fitted to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from buddybot.domain.matching.weights import FACTORS, MatchingWeights
from buddybot.matching.tables import Floats
from buddybot.tools.matching.outcome_lines import OfferOutcome

FOLDS, DRAWS = 5, 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """Estimate with its 95 % confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Replay:
    """Outcomes of the better half of the offers, by a score."""

    accepted: Interval
    days: Interval


def fitted_weights(outcomes: Sequence[OfferOutcome], weights: MatchingWeights, pull: float) -> dict[str, float]:
    """Return the eight weights of best fit, adding up to 1."""
    values, success = _table(outcomes, weights), np.array([one.success for one in outcomes])
    found = _fit(values, success, _in_force(weights), pull)
    return dict(zip(FACTORS, found.tolist(), strict=True))


def replays(
    outcomes: Sequence[OfferOutcome], weights: MatchingWeights, pull: float, seed: int
) -> tuple[Replay, Replay]:
    """Return what the better half by the weights in force came to, and the better half by new ones (held out)."""
    values, success = _table(outcomes, weights), np.array([one.success for one in outcomes])
    old, rng = _in_force(weights), np.random.default_rng(seed)
    fold = rng.permutation(len(outcomes)) % FOLDS
    before, after = np.zeros(len(outcomes), dtype=np.bool_), np.zeros(len(outcomes), dtype=np.bool_)
    for number in range(FOLDS):
        held = fold == number
        new = _fit(values[~held], success[~held], old, pull)
        for chosen, used in ((before, old), (after, new)):
            rank = np.argsort(np.argsort(-(values[held] @ used), kind="stable"), kind="stable")
            chosen[held] = rank < (held.sum() + 1) // 2
    return _replay(outcomes, before, rng), _replay(outcomes, after, rng)


def _replay(outcomes: Sequence[OfferOutcome], chosen: np.typing.NDArray[np.bool_], rng: np.random.Generator) -> Replay:
    picked = [one for one, taken in zip(outcomes, chosen, strict=True) if taken]
    accepted = np.array([float(one.accepted) for one in picked])
    days = np.array([one.days for one in picked])
    draws = rng.integers(0, len(picked), (DRAWS, len(picked)))
    return Replay(_interval(accepted, draws), _interval(days, draws))


def _interval(values: Floats, draws: np.typing.NDArray[np.int64]) -> Interval:
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return Interval(float(values.mean()), float(low), float(high))


def _in_force(weights: MatchingWeights) -> Floats:
    return np.array([weights.factors[name] for name in FACTORS])


def _table(outcomes: Sequence[OfferOutcome], weights: MatchingWeights) -> Floats:
    unknown = weights.values.unknown
    rows = [[unknown if one.factors[name] is None else one.factors[name] for name in FACTORS] for one in outcomes]
    return np.array(rows, dtype=np.float64)


def _fit(values: Floats, success: Floats, old: Floats, pull: float) -> Floats:
    """Minimise the log loss plus the squared distance to a multiple of the old weights; the multiple is fitted too."""
    centred, size = values - values.mean(axis=0), len(FACTORS)

    def loss(point: Floats) -> tuple[float, Floats]:
        slope, scale, level = point[:size], point[size], point[size + 1]
        margin = centred @ slope + level
        away = slope - scale * old
        total = float(np.logaddexp(0.0, margin).sum() - success @ margin + pull * (away @ away))
        off = 1 / (1 + np.exp(-margin)) - success
        gradient = [*(off @ centred + 2 * pull * away), -2 * pull * float(away @ old), float(off.sum())]
        return total, np.array(gradient)

    start = np.concatenate([4 * old, [4.0, 0.0]])
    limits = [(0.0, 50.0)] * size + [(0.1, 50.0), (-20.0, 20.0)]
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits).x[:size]
    return old if found.sum() <= 0 else found / found.sum()
