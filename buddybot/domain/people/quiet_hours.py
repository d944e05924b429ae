"""Quiet hours (do not disturb) in a person's own local time."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

HOURS_A_DAY = 24
NOON = 12
_TIME = r"(?:las )?(?P<{0}>[0-9]{{1,2}})(?:[:.h](?P<{0}_minutes>[0-5][0-9])| ?h\b)? ?(?P<{0}_half>[ap]\.? ?m\b\.?)?"
_BETWEEN = r" ?(?:-|\u2013|\u2014|\bto\b|\btill\b|\buntil\b|\band\b|\ba\b|\bhasta\b|\by\b) ?"
SPAN = re.compile(r"(?:(?:from|between|de|desde|entre) )?" + _TIME.format("start") + _BETWEEN + _TIME.format("end"))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From the hour `start` up to the hour `end`, local (0-23, end not included); it may cross midnight."""

    start: int
    end: int

    def covers(self, hour: int) -> bool:
        """Return whether this local hour is quiet."""
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


def quiet_until(quiet: QuietHours | None, clock: tzinfo | None, now: datetime) -> datetime | None:
    """Return when the quiet ends if it is quiet now, else None. Without a known clock UTC is taken as local.

    In a night in which clocks change it ends by the wall, and where that hour is left out with the hour after it.
    """
    if quiet is None:
        return None
    local = now.astimezone(clock or UTC)
    if not quiet.covers(local.hour):
        return None
    wall = local.replace(tzinfo=None, fold=0)
    end = wall.replace(hour=quiet.end, minute=0, second=0, microsecond=0)
    if end <= wall:
        end += timedelta(days=1)
    until = end.replace(tzinfo=clock or UTC).astimezone(UTC)
    return quiet_until(quiet, clock, until) or until


def parse_quiet(text: str) -> QuietHours | None:
    """Parse two hours such as "22-7", "from 22 to 7", "de 22 a 7" or "10:30pm-7am"; None if it is nothing such.

    Parts of an hour are rounded outwards: half an hour more of quiet wakes nobody.
    """
    found = SPAN.fullmatch(" ".join(text.lower().split()))
    if found is None:
        return None
    start, end = _hour(found["start"], found["start_half"]), _hour(found["end"], found["end_half"])
    if start is None or end is None:
        return None
    if int(found["end_minutes"] or 0):
        end = (end + 1) % HOURS_A_DAY
    return None if start == end else QuietHours(start, end)


def _hour(digits: str, half: str | None) -> int | None:
    hour = int(digits)
    if half is not None:
        return hour % NOON + (NOON if half.startswith("p") else 0) if 1 <= hour <= NOON else None
    return hour % HOURS_A_DAY if hour <= HOURS_A_DAY else None
