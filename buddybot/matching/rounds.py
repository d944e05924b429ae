"""One round over everybody who waits: near-optimal at any size, and telling how near.

Candidate pairs are found by price, the fractional round on them is solved, pairs that the prices missed are added, and
so on until the prices hold over all pairs or time is up. Prices, raised where they don't hold, are the proven bound;
the round itself comes from the fractional one by `repair`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import numpy as np

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.pairing import Pairing
from buddybot.domain.matching.reasons import reasons
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.matching.auction import auction
from buddybot.matching.crowd import Crowd, gather
from buddybot.matching.fast import compiled
from buddybot.matching.fractional import Fractional, solve_fractional
from buddybot.matching.repair import ALONE, NEAR, Graph, repair, solve_exactly, split_cycles
from buddybot.matching.scan import Found, Scanner
from buddybot.matching.tables import Floats, Ints

EXACT_BELOW = 2000  # people; below, the round is the best there is
EXACT_RELAXATION = 13_000  # places; above, the relaxation is solved by auction
LATER_LOOK = 12_000  # possible partners looked at in the first passes by price; then all
PARTIAL = 3  # passes over a part only
PILOT = 1500  # people in the trial market that first prices come from
FIRST_LOOK = 3000  # possible partners looked at before the first prices, of all
KEPT_LOSS = 0.1  # candidate pairs worth this much less than their prices are forgotten
WORTH_COMPILING = 12_000  # people; below, arrays are as quick and take 100 MB less than with the compiler loaded
PASSES, LARGE_PASSES, FAST_PASSES = 5, 9, 7  # fast: with prices from bids one after another, which swing less
REGION, SMALL_REGION = 700, 350  # people in a region that is repaired; the small one above so many people:
WIDE_UP_TO = 4000
NOTHING = 1e-9  # below, a difference is rounding
LARGE_ENOUGH = 1e-3
ENOUGH = 5e-4  # a bound this near (as a share) needs no further pass
OVERLOOKED = 0.002  # a large round raises each price by half of this rather than look at what exceeds by less


@dataclass(frozen=True, slots=True)
class Options:
    """How a round is worked out: candidates a person, seed, and the seconds it may take (None: as many as needed)."""

    k: int = 16
    seed: int = 0
    time_limit: float | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """The pairs of a round, what they are worth together, and what no round can exceed."""

    pairs: tuple[Pairing, ...]
    members: int
    matched: int
    total: float
    bound: float

    @property
    def ratio(self) -> float:
        """How near to the bound the round is; 1 where nothing could be made."""
        return self.total / self.bound if self.bound > 0 else 1.0


Progress = Callable[[str, float], None]


def pair_up(pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> tuple[Pairing, ...]:
    """Pair the pool as well as can be: `domain.matching.pair_up`, near-optimal."""
    return solve_round(pool, now, weights, Options()).pairs


def solve_round(
    pool: Sequence[Candidate],
    now: datetime,
    weights: MatchingWeights,
    options: Options,
    progress: Progress = lambda _stage, _share: None,
) -> Round:
    """Return the best round that can be found, and its bound."""
    crowd = gather(pool, now, weights)
    if len(crowd) <= 1:
        return Round((), len(crowd), 0, 0.0, 0.0)
    return _Solver(crowd, now, options, progress).solve()


class _Solver:
    def __init__(self, crowd: Crowd, now: datetime, options: Options, progress: Progress) -> None:
        self.crowd, self.now, self.options, self.progress = crowd, now, options, progress
        self.rng = np.random.default_rng(options.seed)
        self.fast = compiled() if len(crowd) >= WORTH_COMPILING else None
        self.scanner = Scanner(crowd, None if self.fast is None else self.fast.look)
        self.ends = np.inf if options.time_limit is None else monotonic() + options.time_limit
        self.first = np.concatenate([[0], np.cumsum(crowd.places)])  # a mentor's places are nodes side by side
        self.large = bool(self.first[-1] > EXACT_RELAXATION)
        self.person = np.repeat(np.arange(len(crowd)), crowd.places)

    def time_left(self) -> bool:
        return monotonic() < self.ends

    def solve(self) -> Round:
        pairs, prices = _Pairs(len(self.crowd)), self.first_prices()
        small = len(self.crowd) < EXACT_BELOW
        part = 1.0 if small else min(1.0, FIRST_LOOK / len(self.crowd))
        pairs.add(self.scanner.sample(self.options.k, part, prices, self.rng))
        bound, best = np.inf, prices
        fractional = self.fractional(pairs, prices)
        passes = (LARGE_PASSES if self.fast is None else FAST_PASSES) if self.large else PASSES
        for number in range(50 if small else passes):
            self.progress(f"pricing, bound {bound:.2f}", min(0.9, number / passes))
            prices = self.prices_of(fractional)
            if self.large and bound < np.inf:
                prices = (prices + best) / 2  # new prices alone swing to and fro
            partial = PARTIAL if self.scanner.fast is None or not self.large else 1
            part = 1.0 if number >= partial or small or not self.time_left() else min(1.0, LATER_LOOK / len(self.crowd))
            least = OVERLOOKED if self.large and self.scanner.fast is None else 0.0
            found = self.scanner.above(prices, np.full(len(self.crowd), -least), self.options.k, part)
            value = float(prices @ self.crowd.places)
            raised = value + float(np.maximum(found.excess, least) @ self.crowd.places) / 2
            if part >= 1.0 and raised < bound:
                bound, best = raised, prices
            if part >= 1.0 and (found.excess.max(initial=0.0) < NOTHING or not self.time_left()):
                break
            if part >= 1.0 and not small and raised - value < (LARGE_ENOUGH if self.large else ENOUGH) * value:
                break
            pairs.forget(prices, KEPT_LOSS)
            pairs.add(found)
            fractional = self.fractional(pairs, prices)
        prices = self.prices_of(fractional)
        self.progress("pairing", 0.9)
        mate, _ = self.whole(pairs, fractional)
        return self.round(mate, bound)

    def first_prices(self) -> Floats:
        """Learn prices in a trial market of some people, and ask for everyone else what they would fetch there."""
        crowd = self.crowd
        if len(crowd) <= 2 * PILOT:
            return crowd.bonus + 0.3
        trial = np.sort(self.rng.permutation(len(crowd))[:PILOT])
        chosen = np.zeros(len(crowd), dtype=np.bool_)
        chosen[trial] = True
        small = gather([crowd.people[i] for i in trial], self.now, crowd.weights)
        found = Scanner(small).sample(PILOT // 8, 1.0, small.bonus * 0, self.rng)
        pairs = _Pairs(PILOT)
        pairs.add(found)
        left, right, worth = pairs.listed()
        prices = np.zeros(len(crowd))
        prices[trial] = solve_fractional(PILOT, left, right, worth).prices
        best = self.scanner.best_of(chosen, prices)
        fetched = np.zeros(len(crowd))
        fetched[best.left] = np.maximum(0.0, best.worth - prices[best.right])
        fetched[trial] = prices[trial]
        return fetched

    def fractional(self, pairs: "_Pairs", prices: Floats) -> Fractional:
        left, right, worth = self.nodes(*pairs.listed())
        if len(self.person) <= EXACT_RELAXATION:
            return solve_fractional(len(self.person), left, right, worth)
        bids = None if self.fast is None else self.fast.bid_in_turn
        return auction(len(self.person), left, right, worth, prices[self.person], bids=bids)

    def nodes(self, left: Ints, right: Ints, worth: Floats) -> tuple[Ints, Ints, Floats]:
        """Return the pairs between nodes: one for each place of a mentor."""
        places = self.crowd.places
        copies = places[left] * places[right]
        number = np.arange(int(copies.sum())) - np.repeat(np.cumsum(copies) - copies, copies)
        one, other = np.repeat(left, copies), np.repeat(right, copies)
        return (
            self.first[one] + np.where(places[one] > 1, number, 0),
            self.first[other] + np.where(places[other] > 1, number, 0),
            np.repeat(worth, copies),
        )

    def prices_of(self, fractional: Fractional) -> Floats:
        """Return the price of each person, the lowest of their places."""
        lowest: Floats = np.maximum(np.minimum.reduceat(fractional.prices, self.first[:-1]), 0.0)
        return lowest

    def whole(self, pairs: "_Pairs", fractional: Fractional) -> tuple[Ints, Graph]:
        prices = self.prices_of(fractional)
        if self.time_left() and not self.large:
            pairs.add(self.scanner.above(prices, np.full(len(prices), NEAR), self.options.k))
        graph = self.graph(pairs, prices)
        mate = split_cycles(fractional.assigned, graph)
        node_prices = prices[self.person]
        size = REGION if len(self.crowd) <= WIDE_UP_TO else SMALL_REGION
        mate = repair(mate, graph, node_prices, size=size, rng=self.rng, go_on=self.time_left)
        return self.exact(mate, graph, pairs, prices) if len(self.crowd) < EXACT_BELOW else (mate, graph)

    def graph(self, pairs: "_Pairs", prices: Floats) -> Graph:
        left, right, worth = self.nodes(*pairs.listed())
        node_prices = prices[self.person]
        return Graph(len(self.person), left, right, worth, node_prices[left] + node_prices[right] - worth)

    def exact(self, mate: Ints, graph: Graph, pairs: "_Pairs", prices: Floats) -> tuple[Ints, Graph]:
        """Solve again over every pair that a better round could hold: none loses more than is still missing."""
        missing = float(prices @ self.crowd.places) - _value(mate, graph)
        if missing < NOTHING:
            return mate, graph
        pairs.add(self.scanner.above(prices, np.full(len(prices), missing + 1e-6), len(self.crowd)))
        graph = self.graph(pairs, prices)
        near = graph.loss <= missing + 1e-6
        graph = Graph(graph.count, graph.left[near], graph.right[near], graph.worth[near], graph.loss[near])
        solve_exactly(mate, graph, np.ones(graph.count, dtype=np.bool_))
        return mate, graph

    def round(self, mate: Ints, bound: float) -> Round:
        crowd = self.crowd
        nodes = np.flatnonzero((mate != ALONE) & (mate > np.arange(len(mate))))
        one, other = self.person[nodes], self.person[mate[nodes]]
        order = np.lexsort((other, one))
        one, other = one[order], other[order]
        scores = crowd.scores(one, other)
        assert crowd.allowed(one, other, scores).all(), "a round never holds a forbidden pair"
        made = tuple(
            Pairing((a.id, b.id), score, reasons(a, b, crowd.weights))
            for a, b, score in zip(
                (crowd.people[i] for i in one), (crowd.people[j] for j in other), scores.tolist(), strict=True
            )
        )
        total = float((scores + crowd.bonus[one] + crowd.bonus[other]).sum())
        matched = len(np.unique(np.concatenate([one, other])))
        return Round(made, len(crowd), matched, total, max(bound, total))


def _value(mate: Ints, graph: Graph) -> float:
    return float(graph.worth[mate[graph.left] == graph.right].sum())


class _Pairs:
    """Candidate pairs of a crowd, each once, in a fixed order."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._keys = np.zeros(0, dtype=np.int64)
        self._worth = np.zeros(0)

    def add(self, found: Found) -> None:
        lower, upper = np.minimum(found.left, found.right), np.maximum(found.left, found.right)
        keys = np.concatenate([self._keys, lower * self._count + upper])
        self._keys, first = np.unique(keys, return_index=True)
        self._worth = np.concatenate([self._worth, found.worth])[first]

    def forget(self, prices: Floats, most: float) -> None:
        left, right, worth = self.listed()
        kept = prices[left] + prices[right] - worth <= most
        self._keys, self._worth = self._keys[kept], self._worth[kept]

    def listed(self) -> tuple[Ints, Ints, Floats]:
        left, right = np.divmod(self._keys, self._count)
        return left, right, self._worth
