"""The look at all pairs, compiled: an optional extra (`pip install buddybot[fast]`) for pools of tens of thousands.

It does what `scan` does with arrays, one pair after the other, and stops at the first thing that rules a pair out: the
limits, then all of the score but `life` with the most that `life` could add, then the whole.
"""

import importlib.util
from functools import cache

import numpy as np

from buddybot.matching.crowd import HALF, Crowd
from buddybot.matching.tables import Floats, Ints, Thin

HALVES = 12  # bits in the lower half of a mask of life


@cache
def available() -> bool:
    """Tell whether the extra is installed."""
    return importlib.util.find_spec("numba") is not None


class FastLook:
    """The arrays of a crowd as the compiled look wants them."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._kinds = np.stack(crowd.kinds, axis=1).astype(np.int32)
        masks = crowd.life.astype(np.int64) @ (1 << np.arange(crowd.life.shape[1], dtype=np.int64))
        self._life = np.stack([masks & (1 << HALVES) - 1, masks >> HALVES], axis=1).astype(np.int32)
        self._sums = _sums(crowd.item_weights[:HALVES]), _sums(crowd.item_weights[HALVES:])
        self._share = crowd.life_share.astype(np.float32)
        self._swapped = crowd.words << np.uint64(HALF) | crowd.words >> np.uint64(HALF)

    def above(
        self, rows: Ints, columns: Ints, least: Floats, offer: Floats, floors: Floats, most: int
    ) -> tuple[Ints, Ints, Floats]:
        """Return (place in rows, partner, gain), the best `most` of each of `rows` that gain more than `least`."""
        from buddybot.matching.kernel import look

        crowd = self._crowd
        partner = np.full((len(rows), most), -1, dtype=np.int64)
        gain = np.zeros((len(rows), most), dtype=np.float32)
        look(
            rows,
            columns[np.argsort(-offer[columns], kind="stable")],
            crowd.words,
            self._swapped,
            self._kinds,
            *crowd.thin_tables,
            self._life,
            *self._sums,
            self._share,
            crowd.weights.factors["life"],
            floors.astype(np.float32),
            least.astype(np.float32),
            offer.astype(np.float32),
            partner,
            gain,
        )
        row, at = np.nonzero(partner >= 0)
        return row.astype(np.int64), partner[row, at], gain[row, at].astype(np.float64)


def _sums(weights: Floats) -> Thin:
    sums = np.zeros(1)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
    return sums.astype(np.float32)
