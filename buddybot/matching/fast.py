"""The matcher's loops, compiled: an optional extra (`pip install 'buddybot[fast]'`) for large pools.

The look at all pairs does what `scan` does with arrays, one pair after the other, and stops at the first thing that
rules a pair out: the limits, then all of the score but `life` with the most that `life` could add, then the whole.
The bids of an auction are taken one after another.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np

from buddybot.matching.crowd import HALF, Crowd
from buddybot.matching.kernel import Arrays, LookTask, Stalls, bid_in_turn, look
from buddybot.matching.tables import Floats, Ints, Thin

HALVES = 12  # bits in the lower half of a mask of life
Look: TypeAlias = Callable[[Arrays, LookTask, Ints, Thin], None]
Bids: TypeAlias = Callable[[Stalls, float], None]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The loops of `kernel` in machine code."""

    look: Look
    bid_in_turn: Bids


@cache
def compiled() -> Compiled | None:
    """Return the loops compiled, or None where the extra is not installed."""
    if importlib.util.find_spec("numba") is None:
        return None
    numba = importlib.import_module("numba")
    made = numba.njit(cache=True, nogil=True)
    return Compiled(made(look), made(bid_in_turn))


class FastLook:
    """The arrays of a crowd as the compiled look wants them."""

    def __init__(self, crowd: Crowd, floors: Floats, kernel: Look) -> None:
        self._kernel = kernel
        masks = crowd.life.astype(np.int64) @ (1 << np.arange(crowd.life.shape[1], dtype=np.int64))
        place, hours, taking, using = crowd.thin_tables
        self._arrays = Arrays(
            crowd.words,
            crowd.words << np.uint64(HALF) | crowd.words >> np.uint64(HALF),
            np.stack(crowd.kinds, axis=1).astype(np.int32),
            place,
            hours,
            taking,
            using,
            life=np.stack([masks & (1 << HALVES) - 1, masks >> HALVES], axis=1).astype(np.int32),
            lower_sums=_sums(crowd.item_weights[:HALVES]),
            upper_sums=_sums(crowd.item_weights[HALVES:]),
            share=crowd.life_share.astype(np.float32),
            most_life=crowd.weights.factors["life"],
            floors=floors.astype(np.float32),
        )

    def above(self, rows: Ints, columns: Ints, least: Floats, offer: Floats, most: int) -> tuple[Ints, Ints, Floats]:
        """Return (place in rows, partner, gain), the best `most` of each of `rows` that gain more than `least`."""
        partner = np.full((len(rows), most), -1, dtype=np.int64)
        gain = np.zeros((len(rows), most), dtype=np.float32)
        columns = columns[np.argsort(-offer[columns], kind="stable")]
        self._kernel(
            self._arrays, LookTask(rows, columns, least.astype(np.float32), offer.astype(np.float32)), partner, gain
        )
        row, at = np.nonzero(partner >= 0)
        return row.astype(np.int64), partner[row, at], gain[row, at].astype(np.float64)


def _sums(weights: Floats) -> Thin:
    sums = np.zeros(1)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
    return sums.astype(np.float32)
