"""Patterns for asking for a contact, giving one, leaving for another app, or meeting: named signs, found by wording.

Each is a sign among others: `rules.opinion` was trained with them and weighs them. Patterns are data (asks.toml).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Patterns look at this much of a message; their work grows in line with the length, and talk rarely is longer.
READ = 8_000


@dataclass(frozen=True, slots=True)
class Asks:
    """Named patterns over words joined, and bordered, by single blanks."""

    patterns: Mapping[str, re.Pattern[str]]

    def signs(self, joined: str) -> list[str]:
        """Name the patterns that fit."""
        return [name for name, pattern in self.patterns.items() if pattern.search(joined, 0, READ)]
