"""From the fractional round to a whole one: cycles are split, and what odd cycles leave over is repaired exactly.

The loss of a whole round against the prices sits in few places: people left over who have a price, and pairs worth less
than their two prices. Around each such place a region of the candidate graph is solved exactly (rustworkx's blossom),
everyone outside staying as they are; a region can only gain.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import rustworkx

from buddybot.matching.fractional import GRAIN
from buddybot.matching.tables import Flags, Floats, Ints

ALONE = -1
PRICELESS = 1e-9  # below, a price is nothing
NEAR = 0.03  # pairs worth this much less than their prices still count as neighbours


@dataclass(frozen=True, slots=True)
class Graph:
    """Candidate pairs, each once, with their worth and by how much the two prices exceed it."""

    count: int
    left: Ints
    right: Ints
    worth: Floats
    loss: Floats

    def neighbours(self, near: float) -> tuple[Ints, Ints]:
        """Return the pairs with at most so much loss as (start of each node, neighbour)."""
        close = self.loss <= near
        row = np.concatenate([self.left[close], self.right[close]])
        column = np.concatenate([self.right[close], self.left[close]])
        order = np.argsort(row, kind="stable")
        start = np.searchsorted(row[order], np.arange(self.count + 1))
        return start.astype(np.int64), column[order]


def split_cycles(assigned: Ints, graph: Graph) -> Ints:
    """Turn an assignment into pairs: even cycles in every second place, odd ones leaving the best one out."""
    worth = _worths(graph)
    mate = np.where(assigned[assigned] == np.arange(len(assigned)), assigned, ALONE)
    mate[assigned == np.arange(len(assigned))] = ALONE
    done = mate != ALONE
    done |= assigned == np.arange(len(assigned))
    for start in np.flatnonzero(~done).tolist():
        if done[start]:
            continue
        cycle = [start]
        while (follower := int(assigned[cycle[-1]])) != start:
            cycle.append(follower)
        done[cycle] = True
        for a, b in _best_pairs(cycle, worth):
            mate[a], mate[b] = b, a
    return mate


def _worths(graph: Graph) -> Callable[[int, int], float]:
    keys = graph.left * graph.count + graph.right
    order = np.argsort(keys)
    keys, worth = keys[order], graph.worth[order]

    def of(a: int, b: int) -> float:
        return float(worth[np.searchsorted(keys, min(a, b) * graph.count + max(a, b))])

    return of


def _best_pairs(cycle: list[int], worth: Callable[[int, int], float]) -> list[tuple[int, int]]:
    size = len(cycle)
    edge = np.array([worth(cycle[i], cycle[(i + 1) % size]) for i in range(size)])
    if size % 2 == 0:
        first = 0 if edge[::2].sum() >= edge[1::2].sum() else 1
    else:  # every second edge in turn goes round twice; each start leaves another one out
        twice = np.arange(2 * size) * 2 % size
        sums = np.concatenate([[0.0], np.cumsum(edge[twice])])
        half = size // 2
        first = int(twice[np.argmax(sums[half : half + size] - sums[:size])])
    return [(cycle[(first + i) % size], cycle[(first + i + 1) % size]) for i in range(0, size - 1, 2)]


def repair(
    mate: Ints, graph: Graph, prices: Floats, *, size: int, rng: np.random.Generator, go_on: Callable[[], bool]
) -> Ints:
    """Solve a region around each loss exactly, most `size` people at once, while `go_on` says so."""
    mate = mate.copy()
    start, neighbour = graph.neighbours(NEAR)
    tried = np.zeros(graph.count, dtype=np.bool_)
    for centre in rng.permutation(np.flatnonzero((mate == ALONE) & (prices > PRICELESS))).tolist():
        if tried[centre] or mate[centre] != ALONE:
            continue
        if not go_on():
            break
        inside = _region(centre, mate, start, neighbour, size)
        tried |= inside
        solve_exactly(mate, graph, inside)
    return mate


def _region(centre: int, mate: Ints, start: Ints, neighbour: Ints, size: int) -> Flags:
    """Grow a region from a person along near pairs, always taking partners in with them."""
    inside = np.zeros(len(mate), dtype=np.bool_)
    inside[centre] = True
    edge = np.array([centre])
    count = 1
    while len(edge) and count < size:
        near = np.concatenate([neighbour[start[i] : start[i + 1]] for i in edge.tolist()])
        near = np.unique(near[~inside[near]])[: max(1, size - count)]
        inside[near] = True
        partners = mate[near]
        partners = np.unique(partners[partners != ALONE])
        partners = partners[~inside[partners]]
        inside[partners] = True
        edge = np.concatenate([near, partners])
        count += len(edge)
    return inside


def solve_exactly(mate: Ints, graph: Graph, inside: Flags) -> None:
    """Rematch the people inside as well as can be; partners of people inside must be inside too."""
    chosen = np.flatnonzero(inside[graph.left] & inside[graph.right])
    names = np.flatnonzero(inside)
    index = np.full(graph.count, -1)
    index[names] = np.arange(len(names))
    left, right = graph.left[chosen], graph.right[chosen]
    worth = np.round(graph.worth[chosen] * GRAIN).astype(np.int64)
    network: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from([None] * len(names))
    network.add_edges_from(list(zip(index[left].tolist(), index[right].tolist(), worth.tolist(), strict=True)))
    found = sorted(rustworkx.max_weight_matching(network, weight_fn=int))
    mate[names] = ALONE
    for a, b in found:
        mate[names[a]], mate[names[b]] = names[b], names[a]
