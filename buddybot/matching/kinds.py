"""Interned answers to a few questions: who gave the same has the same number, and a newcomer is scored by number.

Thousands of people share a few hundred kinds of answers; so a newcomer is scored against all kinds that occur at once,
in arrays, and a person costs a look-up. No kind is kept once the last person of it has left.
"""

import numpy as np

from buddybot.matching.tables import Code, Floats, Ints, ScorePart

FIRST = 64  # kinds there is room for at first


class Kinds:
    """The kinds of one part that occur, counted, so that none outlives the last person of it."""

    def __init__(self, part: ScorePart) -> None:
        self.part = part
        self._numbers: dict[Code, int] = {}
        self._codes: Ints = np.zeros((part.width, FIRST), dtype=np.int64)
        self._counts = [0] * FIRST
        self._free = list(range(FIRST - 1, -1, -1))

    def enter(self, code: Code) -> int:
        """Count somebody in, and return the number of their kind."""
        number = self._numbers.get(code)
        if number is None:
            if not self._free:
                self._grow()
            number = self._numbers[code] = self._free.pop()
            self._codes[:, number] = code
        self._counts[number] += 1
        return number

    def leave(self, number: int) -> None:
        """Count somebody out; a kind that nobody is of any more is forgotten."""
        self._counts[number] -= 1
        if not self._counts[number]:
            del self._numbers[tuple(self._codes[:, number].tolist())]
            self._codes[:, number] = 0
            self._free.append(number)

    def points(self, code: Code) -> Floats:
        """Return the points of a newcomer with somebody of each kind, by its number; of a free one it is any."""
        found: Floats = self.part.table(np.array(code)[:, None], self._codes)[0]
        return found

    def _grow(self) -> None:
        room = len(self._counts)
        self._free = list(range(2 * room - 1, room - 1, -1))
        self._codes = np.concatenate([self._codes, np.zeros_like(self._codes)], axis=1)
        self._counts += [0] * room
