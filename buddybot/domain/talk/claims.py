"""Corrections of common medical misinformation, shown beside a note that states it: never an amount of anything."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Known:
    """One family of claims: what is known, who says so, and the day somebody checked it."""

    known: str
    source: str
    checked: date
