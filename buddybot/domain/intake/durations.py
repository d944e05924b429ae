"""Stretches of time in typed words, as days: "8 months", "2 yrs", "day 3", "a couple of weeks", "18mo"."""

import re
from collections.abc import Mapping

_JOINED = re.compile(r"(\d+(?:\.\d+)?)([^\W\d_]+)")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d+)?")
_BETWEEN = frozenset({"of", "full", "whole", "more", "solid", "good", "and"})
DAY_COUNT = "day"
"""The one unit that may stand before its number ("day 3")."""


def days_in(message: str, units: Mapping[str, int], amounts: Mapping[str, int]) -> int | None:
    """Return the days that a plain message speaks of; None if there is no stretch of time, or more than one."""
    tokens = _JOINED.sub(r"\1 \2", message).split()
    found: list[tuple[int, int, float]] = []
    for index, token in enumerate(tokens):
        amount = _amount(token, amounts)
        if amount is None:
            continue
        unit = _unit_at(tokens, index + 1, units)
        if unit:
            found.append((index, unit, amount * units[tokens[unit]]))
        elif index and tokens[index - 1] == DAY_COUNT:
            found.append((index, index, amount))
    if not found or len(found) > 2 or (len(found) == 2 and not _compound(found)):  # noqa: PLR2004 - "1 year 2 months"
        return None
    return round(sum(days for _, _, days in found))


def _amount(token: str, amounts: Mapping[str, int]) -> float | None:
    if _NUMBER.fullmatch(token):
        return float(token)
    return amounts.get(token)


def _unit_at(tokens: list[str], start: int, units: Mapping[str, int]) -> int:
    """Return where the unit stands, past small words between; 0 if there is none."""
    for index in range(start, min(start + 3, len(tokens))):
        if tokens[index] in units:
            return index
        if tokens[index] not in _BETWEEN:
            return 0
    return 0


def _compound(found: list[tuple[int, int, float]]) -> bool:
    """Two that follow each other, the longer first, are one."""
    (_, end, longer), (start, _, shorter) = found
    return start - end <= 2 and shorter < longer  # noqa: PLR2004 - at most one "and" between
