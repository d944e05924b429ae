"""Reporting periods: calendar quarters in UTC, the only spans of time that anything is published about.

They are fixed and don't overlap, so nobody can ask for two spans that differ by a day, and by one person with it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MONTHS = 3
PER_YEAR = 4
_NAMED = re.compile(r"(\d{4})-Q([1-4])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One calendar quarter, `number` 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime(self.first.year, self.first.month, 1, tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return self.later(1).begins

    @property
    def last(self) -> date:
        """The last day."""
        return self.later(1).first - timedelta(days=1)

    def later(self, count: int) -> "Quarter":
        """Return the quarter so many after this one."""
        year, number = divmod(self.year * PER_YEAR + self.number - 1 + count, PER_YEAR)
        return Quarter(year, number + 1)


def quarter_of(moment: datetime | date) -> Quarter:
    """Return the quarter that a moment lies in."""
    return Quarter(moment.year, (moment.month - 1) // MONTHS + 1)


def quarter_named(text: str) -> Quarter | None:
    """Return the quarter that a text such as 2026-Q3 names."""
    found = _NAMED.fullmatch(text.strip())
    return None if found is None else Quarter(int(found[1]), int(found[2]))


def quarters_from(first: str, last: str) -> list[Quarter] | str:
    """Return the whole quarters from one end to the other, or what is wrong with the two ends.

    An end is a quarter, or a day that a quarter begins or ends with.
    """
    begin, end = _end(first, "first"), _end(last, "last")
    if isinstance(begin, str) or isinstance(end, str):
        return begin if isinstance(begin, str) else str(end)
    if end < begin:
        return f"{last} is before {first}: change the two"
    span = (end.year - begin.year) * PER_YEAR + end.number - begin.number
    return [begin.later(count) for count in range(span + 1)]


def _end(text: str, edge: str) -> Quarter | str:
    if (named := quarter_named(text)) is not None:
        return named
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return f"{text[:20]!r} is no quarter: write one such as 2026-Q3, or the {edge} day of one"
    quarter = quarter_of(day)
    wanted = quarter.first if edge == "first" else quarter.last
    if day != wanted:
        return (
            f"{day} lies inside {quarter}: numbers are given for whole quarters only, since two spans that differ by a "
            f"day could give one person away. Write {wanted} or {quarter}"
        )
    return quarter
