"""Recurrence rule of a member's own check-in: on which days, at which minute of the local day, and when it is next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from buddybot.domain.kernel.plaintext import plain

RHYTHMS = ("daily", "some", "weekly")
EVERY_DAY = frozenset(range(7))
SOME_DAYS = frozenset({0, 2, 4})
"""Monday, Wednesday and Friday."""
HOURS = {"morning": 8, "midday": 12, "evening": 18, "late": 21}
MINUTES = 60
DAY = 24 * MINUTES
GAP = timedelta(hours=12)
"""Least time between two check-ins, wherever somebody's clock is moved to."""
LATE = timedelta(hours=3)
"""After so long a missed check-in is left out: it would come at an hour that nobody chose."""
NOON = 12
_TIME = re.compile(r"\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?\s*(?P<half>[ap])?\.?\s?m?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a member wants to be asked, and from which minute of their day; `weekday` is that of a weekly one."""

    often: str
    minute: int
    weekday: int = 0

    @property
    def days(self) -> frozenset[int]:
        """The days of the week on which it falls, Monday being 0."""
        return {"daily": EVERY_DAY, "some": SOME_DAYS}.get(self.often, frozenset({self.weekday}))

    @property
    def time(self) -> str:
        """The time of day as written."""
        return f"{self.minute // MINUTES}:{self.minute % MINUTES:02}"


def next_due(rhythm: Rhythm, clock: tzinfo | None, asked: datetime | None, since: datetime) -> datetime:
    """Return the first moment of the rhythm after `since`: on no local day on which they were asked, nor soon after.

    It goes by the wall: an hour that a change of clocks leaves out comes as the hour after it, one that comes twice
    counts once.
    """
    zone = clock or UTC
    start = since.astimezone(zone).date()
    last = None if asked is None else asked.astimezone(zone).date()
    for ahead in range(16):
        day = start + timedelta(days=ahead)
        wall = datetime(day.year, day.month, day.day, rhythm.minute // MINUTES, rhythm.minute % MINUTES, tzinfo=zone)
        at = wall.astimezone(UTC)
        free = asked is None or (last is not None and day > last and at >= asked + GAP)
        if day.weekday() in rhythm.days and at > since and free:
            return at
    return since + timedelta(days=7)


def parse_rhythm(text: str, words: Mapping[str, str]) -> tuple[str, int | None]:
    """Parse "daily 7pm", "cada semana a las 19:30" or "off": how often ("" if not said), and the minute of the day.

    `words` says what each phrase means; where several are said, the first of them counts.
    """
    said = f" {plain(text)} "
    return next((often for phrase, often in words.items() if f" {phrase} " in said), ""), minute_in(text)


def minute_in(text: str) -> int | None:
    """Return the minute of the day that is told first, None for none."""
    found = _TIME.search(" ".join(text.casefold().split()))
    if found is None:
        return None
    hour, half = int(found["hour"]), found["half"]
    if half is not None:
        hour = hour % NOON + (NOON if half == "p" else 0)
    minute = hour * MINUTES + int(found["minute"] or 0)
    return minute if minute < DAY else None
