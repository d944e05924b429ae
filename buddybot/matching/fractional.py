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


def solve_fractional(count: int, left: Ints, right: Ints, worth: Floats) -> Fractional:
    """Return the best assignment of `count` people over the pairs given once each, and its prices."""
    alone = np.arange(count)
    row = np.concatenate([left, right, alone])
    column = np.concatenate([right, left, alone])
    value = np.round(np.concatenate([worth, worth, np.zeros(count)]) * GRAIN) / GRAIN
    top = float(value.max(initial=0.0)) + 1.0
    costs = csr_array((top - value, (row, column)), shape=(count, count))
    _, columns = min_weight_full_bipartite_matching(costs)
    assigned: Ints = columns.astype(np.int64)
    return Fractional(assigned, _prices(costs, top, assigned))


def _prices(costs: csr_array[np.float64, tuple[int, int]], top: float, assigned: Ints) -> Floats:
    """Return prices that every pair is worth at most, and every assigned pair exactly.

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
