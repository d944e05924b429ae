"""Parsing of time spans as people write them: "1h30", "two days", "una hora"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.kernel.plaintext import plain

MINUTE, HOUR, DAY = 60, 3600, 86400
LONGEST = 99_999
"""The largest number that is read before a unit."""
_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class SpanWords:
    """Words of time spans in every language: numbers, units (in seconds), what joins two, and words for no time."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    joining: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()

    def seconds(self, words: str) -> int | None:
        """Return the seconds that all of the words name; None where they name none, or a number without a unit."""
        total, number, unit = 0, None, 0
        for piece in _PIECES.findall(plain(words)):
            if number is None and (found := self._number(piece)) is not None:
                number = found
            elif number is not None and piece in self.units:
                unit = self.units[piece]
                total, number = total + number * unit, None
            elif number is not None or not total or piece not in self.joining:
                return None
        if number is not None and unit != HOUR:
            return None
        return total + (number or 0) * MINUTE or None  # "1h30": what stands behind hours is minutes

    def _number(self, piece: str) -> int | None:
        typed = whole_number(piece, 0, LONGEST)
        return self.numbers.get(piece) if typed is None else typed
