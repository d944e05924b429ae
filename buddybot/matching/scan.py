"""Looks at all pairs of a crowd, a block at a time, and keeps for each person the few that matter.

A first look takes the best of a random part of all partners; later ones, given prices, take every pair worth more than
its two prices by the most, which finds what the round still misses and proves how far from the best it can be.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from buddybot.matching.crowd import HALF, Crowd, Layout, clash
from buddybot.matching.fast import FastLook, Look
from buddybot.matching.tables import Flags, Floats, Ints, Thin

BLOCK = 1 << 17  # pairs worked on at once; a block of single precision stays in the processor's cache
GROUP = 24  # people a group has on average, before its partners are looked for
WIDEST = 64  # people a group has at most, so that a sample of partners is not shared by too many
THREADS = 2
MANY = 16  # times k: so many pairs a person are looked at closely, before the limits left out of the groups
ROUNDING = 4e-6  # what single precision can be wrong by, score and price together
GOLDEN = 0.6180339887  # multiples of it, less their whole parts, are spread evenly
LOTS = 1e-3  # how much chance may say among partners worth nearly the same, in the first lists
GROUPED_BY = ("lane", "role", "gender", "veto", "age_band", "medicine")


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs (left, right) worth keeping, what they are worth, and by how much a person's best exceeds the prices."""

    left: Ints
    right: Ints
    worth: Floats
    excess: Floats


@dataclass(frozen=True, slots=True)
class _Group:
    """People with the same rough limits, their possible partners, and what the scores need of these."""

    rows: Ints
    columns: Ints
    life: Thin
    life_share: Thin
    kinds: tuple[Ints, ...]

    def blocks(self) -> Iterator[Ints]:
        """Yield the people, so many at once that a block stays small but the arithmetic dense."""
        step = max(16, BLOCK // max(1, len(self.columns)))
        for start in range(0, len(self.rows), step):
            yield self.rows[start : start + step]


class Scanner:
    """All pairs of one crowd, in groups of people with the same rough limits."""

    def __init__(self, crowd: Crowd, kernel: Look | None = None) -> None:
        self.crowd = crowd
        share = np.sqrt(crowd.item_weights)
        self.life = (crowd.life * share).astype(np.float32)
        self.life_share = crowd.life_share.astype(np.float32)
        self.floors = crowd.floors - 2 * ROUNDING
        self.fast = None if kernel is None else FastLook(crowd, self.floors, kernel)
        self.mask = _rough_mask(crowd)
        keys = np.stack([crowd.words & self.mask, crowd.tongues.astype(np.uint64)], axis=1)
        _, starts, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(inverse, kind="stable").astype(np.int64)
        bounds = np.searchsorted(inverse[order], np.arange(len(starts) + 1))
        cuts = [(a, b) for start, end in pairwise(bounds.tolist()) for a, b in _cut(start, end)]
        self.groups = [order[a:b] for a, b in cuts]

    def best_of(self, chosen: Flags, prices: Floats) -> Found:
        """Return for each person the one worth most of some chosen others, their price taken off."""
        offer = (self.crowd.bonus - prices).astype(np.float32)

        def look(number: int) -> Found:
            group = self._group(number, chosen)
            return _joined([self._best(rows, group, offer, 1) for rows in group.blocks()])

        return self._all(look)

    def sample(self, k: int, part: float, prices: Floats, rng: np.random.Generator) -> Found:
        """Return for each person the k worth most of a random part of all, their price taken off."""
        offer = (self.crowd.bonus - prices).astype(np.float32)
        lots = rng.random(len(self.groups))
        ticket = rng.random(len(self.crowd))

        def look(number: int) -> Found:
            chosen = None if part >= 1.0 else (ticket + lots[number]) % 1.0 < part
            group = self._group(number, chosen)
            return _joined([self._best(rows, group, offer, k) for rows in group.blocks()])

        return self._all(look)

    def above(self, prices: Floats, slack: Floats, k: int, part: float = 1.0) -> Found:
        """Return the k pairs of each person whose worth exceeds both prices by the most, from -slack on.

        With a part below 1 everyone looks at another part of all partners only, and the excess proves nothing.
        """
        lots = np.arange(len(self.groups)) * GOLDEN
        ticket = np.arange(len(self.crowd)) * GOLDEN * GOLDEN

        def look(number: int) -> Found:
            chosen = None if part >= 1.0 else (ticket + lots[number]) % 1.0 < part
            group = self._group(number, chosen, arrays=False)
            blocks = group.blocks() if self.fast is None else [group.rows]
            return _joined([self._above(rows, group, prices, slack, k) for rows in blocks])

        return self._all(look)

    def _all(self, look: Callable[[int], Found]) -> Found:
        with ThreadPoolExecutor(THREADS) as threads:
            found = list(threads.map(look, range(len(self.groups))))
        excess = np.zeros(len(self.crowd))
        for rows, part in zip(self.groups, found, strict=True):
            excess[rows] = part.excess
        return Found(
            np.concatenate([part.left for part in found] or [_NOBODY]),
            np.concatenate([part.right for part in found] or [_NOBODY]),
            np.concatenate([part.worth for part in found] or [_NOTHING]),
            excess,
        )

    def _group(self, number: int, chosen: Flags | None, *, arrays: bool = True) -> _Group:
        """Return a group and all (or the chosen ones) who might be partners of someone in it."""
        crowd, rows = self.crowd, self.groups[number]
        word = crowd.words[rows[:1]] & self.mask
        good = ~clash(word, crowd.words & self.mask) & crowd.speaks_with(int(crowd.tongues[rows[0]]))[crowd.tongues]
        columns = np.flatnonzero(good if chosen is None else good & chosen)
        if self.fast is not None and not arrays:
            return _Group(rows, columns, _THIN, _THIN, ())
        kinds = tuple(kind[columns] for kind in crowd.kinds)
        return _Group(rows, columns, np.ascontiguousarray(self.life[columns].T), self.life_share[columns], kinds)

    def _scores(self, rows: Ints, group: _Group) -> Thin:
        score: Thin = self.life[rows] @ group.life
        score *= np.maximum(self.life_share[rows][:, None], group.life_share[None, :])
        for kind, theirs, table in zip(self.crowd.kinds, group.kinds, self.crowd.thin_tables, strict=True):
            score += np.take(table[kind[rows]], theirs, axis=1)
        return score

    def _best(self, rows: Ints, group: _Group, offer: Thin, k: int) -> Found:
        crowd, columns = self.crowd, group.columns
        score = self._scores(rows, group)
        good = ~clash(crowd.words[rows][:, None], crowd.words[columns][None, :])
        good &= score >= np.minimum(self.floors[rows][:, None], self.floors[columns][None, :])
        good &= rows[:, None] != columns[None, :]
        score += offer[columns]
        score += (LOTS * _lots(rows[:, None], columns[None, :])).astype(np.float32)
        score[~good] = -np.inf
        if len(columns) > k:
            top = np.argpartition(score, len(columns) - k, axis=1)[:, -k:]
        else:
            top = np.broadcast_to(np.arange(len(columns)), score.shape)
        row, at = np.nonzero(np.isfinite(np.take_along_axis(score, top, axis=1)))
        return self._exact(rows[row], columns[top[row, at]], len(rows))

    def _above(self, rows: Ints, group: _Group, prices: Floats, slack: Floats, k: int) -> Found:
        crowd, columns = self.crowd, group.columns
        needed = prices - crowd.bonus
        if self.fast is None:
            row, other, gain = self._over(rows, group, prices, slack, k)
        else:
            least = needed[rows] - slack[rows] - ROUNDING
            row, other, gain = self.fast.above(rows, columns, least, crowd.bonus - prices, k + 1)
        order = np.lexsort((-gain - ROUNDING * _lots(rows[row], other), row))
        row, other = row[order], other[order]
        place = np.arange(len(row)) - np.searchsorted(row, row)
        last = place == k - 1  # what comes after a person's last kept pair is worth no more than that one
        after, unseen = row[last], gain[order][last]
        found = self._exact(rows[row[place < k]], other[place < k], len(rows))
        excess = np.zeros(len(rows))
        excess[after] = np.maximum(unseen - needed[rows[after]] + 3 * ROUNDING, 0.0)
        position = np.searchsorted(rows, found.left)
        np.maximum.at(excess, position, found.worth - prices[found.left] - prices[found.right])
        return replace(found, excess=excess)

    def _over(self, rows: Ints, group: _Group, prices: Floats, slack: Floats, k: int) -> tuple[Ints, Ints, Floats]:
        """Return (place in rows, partner, gain) of the pairs worth more than both prices, in arrays."""
        crowd, columns = self.crowd, group.columns
        offer = (crowd.bonus - prices).astype(np.float32)
        needed = prices - crowd.bonus
        profit = self._scores(rows, group)
        profit += offer[columns]
        least = (needed[rows] - slack[rows] - ROUNDING).astype(np.float32)
        over = profit > least[:, None]
        heavy = np.flatnonzero(np.count_nonzero(over, axis=1) > MANY * k)
        if len(heavy):
            score = profit[heavy] - offer[columns]
            over[heavy] &= score >= np.minimum(self.floors[rows[heavy]][:, None], self.floors[columns][None, :])
            over[heavy] = self._limited(rows[heavy], columns, profit[heavy], over[heavy], MANY * k)
        flat = np.flatnonzero(over.ravel())
        row, at = np.divmod(flat, max(1, len(columns)))
        one, other, gain = rows[row], columns[at], profit.ravel()[flat].astype(np.float64)
        good = ~clash(crowd.words[one], crowd.words[other]) & (one != other)
        return row[good], other[good], gain[good]

    def _limited(self, rows: Ints, columns: Ints, profit: Thin, over: Flags, most: int) -> Flags:
        """Leave of too many pairs the best of each person that all limits allow."""
        over = over & ~clash(self.crowd.words[rows][:, None], self.crowd.words[columns][None, :])
        over &= rows[:, None] != columns[None, :]
        profit = np.where(over, profit, -np.inf)
        most = min(len(columns), most)
        least = np.partition(profit, len(columns) - most, axis=1)[:, -most]
        kept: Flags = over & (profit >= least[:, None])
        return kept

    def _exact(self, one: Ints, other: Ints, people: int) -> Found:
        """Work the pairs out in full precision and drop those that a limit or a floor forbids."""
        crowd = self.crowd
        score = crowd.scores(one, other)
        good = np.round(score, 9) >= np.minimum(crowd.floors[one], crowd.floors[other])
        good[good] = self._not_apart(one[good], other[good])
        one, other, score = one[good], other[good], score[good]
        return Found(one, other, score + crowd.bonus[one] + crowd.bonus[other], np.zeros(people))

    def _not_apart(self, one: Ints, other: Ints) -> Flags:
        named = self.crowd.apart
        if not named:
            return np.ones(len(one), dtype=np.bool_)
        return np.array(
            [not (i in named and (named[i] == j).any()) for i, j in zip(one.tolist(), other.tolist(), strict=True)],
            dtype=np.bool_,
        )


_NOBODY = np.zeros(0, dtype=np.int64)
_NOTHING = np.zeros(0)
_THIN = np.zeros(0, dtype=np.float32)


def _lots(one: Ints, other: Ints) -> Floats:
    """Return a number from 0 to 1 for each pair, by which equals are told apart, so that not all list the same few."""
    mixed = (one * 2654435761 + other * 40503) & 0xFFFFFFFF
    return ((mixed ^ mixed >> 15) * 2246822519 >> 9 & 0xFFFF) / 65536.0


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    for a in range(start, end, WIDEST):
        yield a, min(a + WIDEST, end)


def _joined(parts: list[Found]) -> Found:
    return Found(
        np.concatenate([part.left for part in parts] or [_NOBODY]),
        np.concatenate([part.right for part in parts] or [_NOBODY]),
        np.concatenate([part.worth for part in parts] or [_NOTHING]),
        np.concatenate([part.excess for part in parts] or [_NOTHING]),
    )


def _rough_mask(crowd: Crowd) -> np.uint64:
    """Return the bits by which to group: as many kinds of limits as leave groups of a useful size."""
    bits = Layout.of(crowd.weights).bits
    mask = 0
    for kind in GROUPED_BY:
        wider = mask
        for (of, _), bit in bits.items():
            if of == kind:
                wider |= 1 << bit | 1 << bit + HALF
        if mask and len(np.unique(crowd.words & np.uint64(wider))) > max(1, len(crowd) // GROUP):
            break
        mask = wider
    return np.uint64(mask)
