"""Time zones by their IANA names: whose clock runs by which rules, and which zones of a country share them.

Rules come from the tz database. A name that it does not have (any more) is no clock: callers fall back on an offset.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

HOUR = 60
FORTNIGHT, A_YEAR = timedelta(days=14), 26
OFFSET = re.compile(r"[+-]\d\d:\d\d")

Rule = tuple[timedelta, ...]
"""Offsets of a zone over the year to come: zones with equal ones can't be told apart by any clock."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that people name, and whether the name is used all year though it means the winter time ("EST")."""

    name: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Zones:
    """Zones by what people call them; one name may mean several ("CST"). `real` are the offsets in use, in minutes.

    `countries` holds the zones of each country, the one with most people first; `places` the country of each zone;
    `links` the newer names of zones that were renamed or joined.
    """

    named: Mapping[str, tuple[Zone, ...]] = field(repr=False)
    real: tuple[int, ...] = field(repr=False)
    words: frozenset[str] = frozenset()
    """Words that may stand around a zone ("its", "time", "here")."""
    hours: Mapping[str, int] = field(default_factory=dict, repr=False)
    """Hours with a name ("noon")."""
    halves: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Words that say which half of the day: a (before noon), p (after), n (night, either side of midnight)."""
    countries: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    places: Mapping[str, str] = field(default_factory=dict, repr=False)
    links: Mapping[str, str] = field(default_factory=dict, repr=False)

    def home(self, name: str, country: str, now: datetime) -> str:
        """Return the first zone of their country (else of its own) that has the rules of this one, "" for no zone.

        So no more is kept than when clocks change: not which town of a small zone somebody is in.
        """
        name = name if name in self.places else self.links.get(name, "")
        if (own := rule(name, now)) is None or name not in self.places:
            return ""
        near = (*self.countries.get(country, ()), *self.countries[self.places[name]])
        return next((other for other in near if rule(other, now) == own), name)

    def located(self, key: str, country: str, now: datetime) -> tuple[str, ...]:
        """Return the zone that an offset means in a country; the one without summer time and the one with it; or it.

        Where the country's zones at this offset go by more rules than these, an offset is all that is known.
        """
        here = timedelta(minutes=in_minutes(key))
        rules: dict[Rule, str] = {}
        for name in self.countries.get(country, ()):
            if (found := rule(name, now)) is not None and found[0] == here:
                rules.setdefault(found, name)
        steady = [name for found, name in rules.items() if len(set(found)) == 1]
        moving = [name for found, name in rules.items() if len(set(found)) > 1]
        return (*steady, *moving) if rules and max(len(steady), len(moving)) == 1 else (key,)


@lru_cache(maxsize=256)
def clock_named(name: str) -> tzinfo | None:
    """Return the clock of a zone; None for a name that the database does not have (any more).

    Kept once read: the standard library keeps eight, and a country may have thirty, each read anew for each question.
    """
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # no such zone, no such file, or a file that is none
        return None


def clock_of(key: str, offset: int | None = None) -> tzinfo | None:
    """Return the clock of a zone or an offset like "+05:30"; with neither, one that stands at `offset` minutes."""
    if OFFSET.fullmatch(key):
        return timezone(timedelta(minutes=in_minutes(key)))
    return clock_named(key) or (None if offset is None else timezone(timedelta(minutes=offset)))


def offset_at(clock: tzinfo | None, at: datetime) -> int | None:
    """Return how many minutes a clock is ahead of UTC at a moment, None without a clock."""
    ahead = at.astimezone(clock or UTC).utcoffset()
    return None if clock is None or ahead is None else ahead // timedelta(minutes=1)


@lru_cache(maxsize=128)
def rule(name: str, now: datetime) -> Rule | None:
    """Return the offsets of a zone over the year to come, None for no zone; one screen asks for all of a country."""
    if (clock := clock_named(name)) is None:
        return None
    offsets = ((now + FORTNIGHT * step).astimezone(clock).utcoffset() for step in range(A_YEAR))
    return tuple(one or timedelta() for one in offsets)


def standard_of(name: str, now: datetime) -> str:
    """Return the offset of a zone in winter, as text, "" for no zone."""
    found = rule(name, now)
    return "" if found is None else offset_text(min(found) // timedelta(minutes=1))


def next_change(clock: tzinfo, now: datetime) -> datetime:
    """Return when a clock is changed next, to the quarter of an hour, or a day about a week ahead if it is not."""
    before, after = now, (now + timedelta(days=7)).replace(hour=0, minute=0, second=0, microsecond=0)
    if offset_at(clock, after) == (then := offset_at(clock, now)):
        return after
    while after - before > timedelta(minutes=15):
        middle = before + (after - before) / 2
        before, after = (middle, after) if offset_at(clock, middle) == then else (before, middle)
    return after


def distinct(names: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return the zones that show different times now; for equals that will differ later, only their offset."""
    shown: dict[timedelta, dict[Rule, str]] = {}
    for name in names:
        if (found := rule(name, now)) is not None:
            shown.setdefault(found[0], {}).setdefault(found, name)
    return tuple(
        next(iter(equals.values())) if len(equals) == 1 else offset_text(offset // timedelta(minutes=1))
        for offset, equals in shown.items()
    )


def offset_text(minutes: int) -> str:
    """Write an offset in minutes as sign, hours and minutes."""
    hours, rest = divmod(abs(minutes), HOUR)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def in_minutes(offset: str) -> int:
    """Parse what `offset_text` wrote."""
    minutes = int(offset[1:3]) * HOUR + int(offset[4:6])
    return -minutes if offset[0] == "-" else minutes
