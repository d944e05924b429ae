"""Result of reading typed words: one choice, a doubt between a few, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

MOST = 3
"""Choices that are worth asking back; more is no doubt, it is noise."""


@dataclass(frozen=True, slots=True)
class Match:
    """Unambiguous match, by its token."""

    token: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Ambiguous match: choices that may have been meant, the likeliest first."""

    tokens: tuple[str, ...]


Answered: TypeAlias = Match | Unclear | None


def decided(tokens: Sequence[str]) -> Answered:
    """Return the one choice that was named, a doubt between a few, or None for more."""
    unique = tuple(dict.fromkeys(tokens))
    if len(unique) == 1:
        return Match(unique[0])
    return Unclear(unique) if unique and len(unique) <= MOST else None
