"""Yearly recurrence of a remembrance date: on the day at an hour of its owner's, or on the evening before."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from buddybot.domain.care.milestones import in_year
from buddybot.domain.care.rhythm import MINUTES, minute_in
from buddybot.domain.kernel.plaintext import plain

MOST = 12
LEAP = 2000
"""A year with every day: a date that is kept says no year."""
MORNING, EVENING = 9 * MINUTES, 18 * MINUTES
WHENS = {"morning": (MORNING, False), "evening": (EVENING, False), "eve": (EVENING, True)}
_EVE = ("before", "eve of", "eve", "vispera", "antes", "noche anterior", "dia anterior")


@dataclass(frozen=True, slots=True)
class Remembrance:
    """A day of the year that somebody wants to have in mind; `word` is theirs and may be empty.

    `minute` is that of the local day, on the day itself or, with `eve`, on the one before. Without a minute it is not
    spoken of: it was stopped, or nobody has said when yet. `told` is the day it was last spoken of.
    """

    id: str
    month: int = field(repr=False)
    day: int = field(repr=False)
    word: str = field(default="", repr=False)
    minute: int | None = field(default=None, repr=False)
    eve: bool = field(default=False, repr=False)
    told: date | None = field(default=None, repr=False)

    @property
    def date(self) -> date:
        """The day in a year that has it."""
        return date(LEAP, self.month, self.day)


def parse_when(text: str) -> tuple[int, bool] | None:
    """Parse "8pm", "the evening before" or "la víspera a las 19:30": the minute, and whether it is the day before."""
    words = plain(text)
    eve = any(f" {one} " in f" {words} " for one in _EVE)
    minute = minute_in(text)
    if minute is None and not eve:
        named = {"morning": MORNING, "manana": MORNING, "evening": EVENING, "tarde": EVENING, "noche": EVENING}
        minute = next((at for word, at in named.items() if f" {word} " in f" {words} "), None)
    if minute is None:
        return (EVENING, True) if eve else None
    return minute, eve


def next_day(one: Remembrance, after: date) -> date:
    """Return the next return of the day that is later than `after`."""
    years = (after.year, after.year + 1)
    return next(found for year in years if (found := in_year(one.date, year)) > after)


def spoken_at(one: Remembrance, day: date, clock: tzinfo | None) -> datetime:
    """Return when the bot speaks of this return of the day, by the wall: an hour that is left out comes one later."""
    on, minute = (day - timedelta(days=1) if one.eve else day), one.minute or 0
    wall = datetime(on.year, on.month, on.day, minute // MINUTES, minute % MINUTES, tzinfo=clock or UTC)
    return wall.astimezone(UTC)


def next_spoken(one: Remembrance, clock: tzinfo | None, since: datetime) -> tuple[date, datetime]:
    """Return the next return of the day of which can still be spoken in time, and when that is; never one twice."""
    after = since.astimezone(clock or UTC).date() - timedelta(days=1)
    if one.told is not None:
        after = max(after, one.told)
    day = next_day(one, after)
    if spoken_at(one, day, clock) <= since:
        day = next_day(one, day)
    return day, spoken_at(one, day, clock)
