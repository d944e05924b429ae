"""The fractional round of a large crowd, nearly: an auction in which everyone bids for partners at once.

The exact solver of `fractional` grows too fast beyond some ten thousand people. Bertsekas' auction with falling steps
does the same to within its last step a person, in whole-array operations, or with one bid after another where that is
compiled; its prices, made to hold, prove as much (D. P. Bertsekas, "The auction algorithm", Annals of Operations
Research 14, 1988).
"""

import numpy as np

from buddybot.matching.fast import Bids
from buddybot.matching.fractional import Fractional
from buddybot.matching.kernel import Stalls
from buddybot.matching.tables import Floats, Ints

STEPS = (0.02, 0.004, 0.0008, 0.0002)
FREE = -1


class _Market:
    """Everyone as bidder (row) and as bidden for (column); one's own column is staying alone."""

    def __init__(self, count: int, left: Ints, right: Ints, worth: Floats) -> None:
        alone = np.arange(count)
        row = np.concatenate([left, right, alone])
        order = np.argsort(row, kind="stable")
        self.count = count
        self.column = np.concatenate([right, left, alone])[order]
        self.value = np.concatenate([worth, worth, np.zeros(count)])[order]
        self.start = np.searchsorted(row[order], np.arange(count + 1))
        self.price = np.zeros(count)
        self.holder = np.full(count, FREE)
        self.held = np.full(count, FREE)
        self.scratch = np.full(count, FREE)

    def clear(self, step: float, bids: Bids | None) -> None:
        """Let everyone bid, each time a step more than the next best is worth, until nobody is without."""
        self.holder[:] = FREE
        self.held[:] = FREE
        if bids is not None:
            bids(Stalls(self.start, self.column, self.value, self.price, self.holder, self.held), step)
            return
        bidders = np.arange(self.count)
        while len(bidders):
            lost = self._bid(bidders, step)
            without = bidders[self.held[bidders] == FREE]
            bidders = np.concatenate([without, lost])

    def _bid(self, bidders: Ints, step: float) -> Ints:
        sizes = self.start[bidders + 1] - self.start[bidders]
        first = np.cumsum(sizes) - sizes
        entry = np.repeat(self.start[bidders] - first, sizes) + np.arange(int(sizes.sum()))
        gain = self.value[entry] - self.price[self.column[entry]]
        best = np.maximum.reduceat(gain, first)
        hit = np.flatnonzero(gain == np.repeat(best, sizes))
        who = np.searchsorted(first, hit, side="right") - 1
        at = np.empty(len(bidders), dtype=np.int64)
        at[who] = hit
        gain[at] = -np.inf
        second = np.maximum.reduceat(gain, first)
        raised = np.where(np.isfinite(second), best - second, 0.0) + step
        wanted = self.column[entry[at]]
        order = np.argsort(raised, kind="stable")  # of several bids for one, the last written, the highest, stays
        winner = self.scratch
        winner[wanted[order]] = order
        taken = wanted[winner[wanted] == np.arange(len(bidders))]
        winners = winner[taken]
        before = self.holder[taken]
        lost: Ints = before[before != FREE]
        self.held[lost] = FREE
        self.holder[taken] = bidders[winners]
        self.held[bidders[winners]] = taken
        self.price[taken] += raised[winners]
        return lost

    def worth_to(self) -> Floats:
        """Return what each bidder's best partner is worth to them above the price."""
        best: Floats = np.maximum.reduceat(self.value - self.price[self.column], self.start[:-1])
        return best


def auction(
    count: int, left: Ints, right: Ints, worth: Floats, prices: Floats, *, bids: Bids | None = None
) -> Fractional:
    """Return nearly the best assignment over the pairs given once each, and prices that hold for all of them.

    `bids` are `kernel.bid_in_turn` compiled; None bids at once, in arrays.
    """
    market = _Market(count, left, right, worth)
    market.price = prices.copy()
    for step in STEPS:
        market.clear(step, bids)
    return Fractional(market.held.copy(), (market.price + market.worth_to()) / 2)
