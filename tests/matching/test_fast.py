"""The look that can be compiled, run as it stands, against the one in arrays."""

import numpy as np
import pytest

from buddybot.matching.crowd import gather
from buddybot.matching.kernel import look
from buddybot.matching.scan import Scanner
from buddybot.tools.matching.synthetic import NOON, invent
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("slack", [0.0, 0.1])
def test_both_looks_find_the_same_pairs_and_bound(seed: int, slack: float) -> None:
    crowd = gather(invent(120, np.random.default_rng(seed), WEIGHTS), NOON, WEIGHTS)
    prices = crowd.bonus + np.random.default_rng(seed).random(len(crowd)) * 0.5
    slow, fast = (Scanner(crowd, kernel).above(prices, np.full(len(crowd), slack), 120) for kernel in (None, look))
    assert set(zip(slow.left, slow.right, strict=True)) == set(zip(fast.left, fast.right, strict=True))
    assert fast.excess == pytest.approx(slow.excess, abs=2e-5)
    few = Scanner(crowd, look).above(prices, np.full(len(crowd), slack), 3)
    assert (few.excess >= slow.excess - 1e-9).all()  # fewer pairs never prove less excess than there is
