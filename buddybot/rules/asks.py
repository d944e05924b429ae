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


def asks_of(table: Mapping[str, object]) -> Asks:
    """Read asks.toml; a pattern that is none is a ValueError naming its key."""
    parts, asks = table.get("parts"), table.get("asks")
    if not isinstance(parts, Mapping) or not isinstance(asks, Mapping):
        raise ValueError("asks: write the tables [parts] and [asks]")  # noqa: TRY004 - one kind of error for a broken file
    return Asks({str(name): _pattern(str(name), lines, parts) for name, lines in asks.items()})


def _pattern(name: str, lines: object, parts: Mapping[str, object]) -> re.Pattern[str]:
    if not isinstance(lines, list):
        raise ValueError(f"asks.{name}: write a list of patterns")  # noqa: TRY004 - likewise
    whole = "|".join(map(str, lines))
    for part, meaning in parts.items():
        whole = whole.replace("{" + str(part) + "}", str(meaning))
    try:
        return re.compile(whole)
    except re.error as error:
        raise ValueError(f"asks.{name}: {error}") from error
