"""The auction against the exact relaxation."""

import numpy as np
import pytest

from buddybot.matching.auction import STEPS, auction
from buddybot.matching.fast import Bids
from buddybot.matching.fractional import solve_fractional
from buddybot.matching.kernel import bid_in_turn


@pytest.mark.parametrize("bids", [None, bid_in_turn], ids=["at once", "in turn"])
@pytest.mark.parametrize("seed", range(4))
def test_an_auction_is_nearly_the_best_relaxation_and_its_prices_hold(seed: int, bids: Bids | None) -> None:
    rng = np.random.default_rng(seed)
    keys = np.unique(rng.integers(0, 300 * 300, 2500))
    left, right = np.divmod(keys[keys // 300 < keys % 300], 300)
    worth = rng.random(len(left))
    exact = solve_fractional(300, left, right, worth)
    near = auction(300, left, right, worth, np.zeros(300), bids=bids)
    for found in (exact, near):
        assert (found.prices[left] + found.prices[right] - worth).min() > -1e-9
        assert found.prices.min() > -1e-9
        assert sorted(found.assigned.tolist()) == list(range(300))
    assert exact.prices.sum() - 1e-9 <= near.prices.sum() <= exact.prices.sum() + 300 * STEPS[-1]


def test_somebody_whom_nobody_fits_stays_alone_in_both_forms() -> None:
    none = np.zeros(0, dtype=np.int64)
    for bids in (None, bid_in_turn):
        found = auction(3, none, none, np.zeros(0), np.zeros(3), bids=bids)
        assert found.assigned.tolist() == [0, 1, 2]
