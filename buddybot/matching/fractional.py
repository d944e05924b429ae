"""The best fractional round on a graph of candidate pairs, with the prices that prove it best.

Each person stands on both sides of an assignment problem (the double cover), where being assigned to oneself means to
stay alone. Its optimum is twice that of the relaxed matching problem; averaging the two prices of a person gives prices
of the relaxation: each pair is worth at most its two prices, and all prices together equal the optimum.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from buddybot.matching.tables import Floats, Ints

CLOSE = 1e-12
MOST_ROUNDS = 5000
GRAIN = (
    2.0**36
)  # values are whole multiples of its inverse, so that sums are exact and ties can't make the solver cycle


@dataclass(frozen=True, slots=True)
class Fractional:
    """Who is assigned to whom (oneself: alone), and the price of each person."""

    assigned: Ints
    prices: Floats


def solve_fractional(count: int, left: Ints, right: Ints, worth: Floats, prices: Floats) -> Fractional:
    """Return the best assignment of `count` people over the pairs given once each, and its prices.

    `prices` are a first guess; the nearer they are, the faster this is.
    """
    alone = np.arange(count)
    row = np.concatenate([left, right, alone])
    column = np.concatenate([right, left, alone])
    first = np.round(prices * GRAIN) / GRAIN
    value = np.round(np.concatenate([worth, worth, np.zeros(count)]) * GRAIN) / GRAIN
    gain = value - first[row] - first[column]
    top = float(gain.max(initial=0.0)) + 1.0
    costs = csr_array((top - gain, (row, column)), shape=(count, count))
    _, columns = min_weight_full_bipartite_matching(costs)
    assigned: Ints = columns.astype(np.int64)
    prices_found: Floats = np.add(first, _corrections(costs, top, assigned))
    return Fractional(assigned, prices_found)


def _corrections(costs: csr_array[np.float64, tuple[int, int]], top: float, assigned: Ints) -> Floats:
    """Return what to add to the prices so that no pair gains and each assigned pair gains nothing.

    Bellman-Ford over rows: a row's price is the least that no column, priced by its own row, undercuts.
    """
    count = len(assigned)
    start, column, gain = costs.indptr[:-1], costs.indices, top - costs.data
    row = np.repeat(np.arange(count), np.diff(costs.indptr))
    owner = np.empty(count, dtype=np.int64)
    owner[assigned] = np.arange(count)
    mine = np.empty(count)
    chosen = column == assigned[row]
    mine[row[chosen]] = gain[chosen]
    follows = owner[column]
    step = gain - mine[follows]
    price = np.zeros(count)
    for _ in range(MOST_ROUNDS):
        wanted = np.maximum.reduceat(step + price[follows], start)
        if not (wanted > price + CLOSE).any():
            break
        price = np.maximum(price, wanted)
    other = np.empty(count)
    other[assigned] = mine - price
    both: Floats = (price + other) / 2
    return both
