"""Time zone names and daylight saving rules as data, so that no zone database is needed here."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SUNDAY = 6
LAST = 5


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A Sunday on which clocks change: the `nth` of a month (5 = the last one)."""

    month: int
    nth: int

    def in_year(self, year: int) -> date:
        """Return the date of this Sunday."""
        first_weekday, length = monthrange(year, self.month)
        day = 1 + (SUNDAY - first_weekday) % 7 + 7 * (self.nth - 1)
        return date(year, self.month, day - 7 if day > length else day)


@dataclass(frozen=True, slots=True)
class Season:
    """Daylight saving period; it may run over the new year."""

    starts: ClockChange
    ends: ClockChange

    def covers(self, day: date) -> bool:
        """Return whether daylight saving is on at a day (to the day, not the hour)."""
        start, end = self.starts.in_year(day.year), self.ends.in_year(day.year)
        return start <= day < end if start < end else day >= start or day < end


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: its offset in minutes, the one in summer, and whether its short name is used all year ("EST" in July)."""

    standard: int
    summer: int
    season: Season | None = None
    unsure: bool = False

    def offsets(self, day: date) -> tuple[int, ...]:
        """Return the offset on a day; both (standard first) where only the person knows if their clocks change."""
        if self.season is None or not self.season.covers(day):
            return (self.standard,)
        return (self.standard, self.summer) if self.unsure else (self.summer,)


@dataclass(frozen=True, slots=True)
class Zones:
    """Zones by what people call them; one name may mean several ("CST"). `real` are the offsets in use, in minutes."""

    named: Mapping[str, tuple[Zone, ...]] = field(repr=False)
    real: tuple[int, ...] = field(repr=False)
    words: frozenset[str] = frozenset()
    """Words that may stand around a zone ("its", "time", "here")."""
    hours: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Hours with a name ("noon")."""
    halves: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Words that say which half of the day: a (before noon), p (after), n (night, either side of midnight)."""
