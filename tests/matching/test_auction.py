"""The auction against the exact relaxation."""

import numpy as np
import pytest

from buddybot.matching.auction import STEPS, auction
from buddybot.matching.fractional import solve_fractional


@pytest.mark.parametrize("seed", range(4))
def test_an_auction_is_nearly_the_best_relaxation_and_its_prices_hold(seed: int) -> None:
    rng = np.random.default_rng(seed)
    keys = np.unique(rng.integers(0, 300 * 300, 2500))
    left, right = np.divmod(keys[keys // 300 < keys % 300], 300)
    worth = rng.random(len(left))
    exact = solve_fractional(300, left, right, worth)
    near = auction(300, left, right, worth, np.zeros(300))
    for found in (exact, near):
        assert (found.prices[left] + found.prices[right] - worth).min() > -1e-9
        assert found.prices.min() > -1e-9
        assert sorted(found.assigned.tolist()) == list(range(300))
    assert exact.prices.sum() - 1e-9 <= near.prices.sum() <= exact.prices.sum() + 300 * STEPS[-1]
