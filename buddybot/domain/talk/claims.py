"""Corrections of common medical misinformation, shown beside a note that states it: never an amount of anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Known:
    """One family of claims: what is known, by language, who says so, and the day somebody checked it."""

    known: Mapping[str, str]
    source: str
    checked: date

    def told(self, locale: str) -> str:
        """Return what is known in this language, else in English, which is always there."""
        return self.known.get(locale) or self.known.get(locale.partition("-")[0]) or self.known["en"]
