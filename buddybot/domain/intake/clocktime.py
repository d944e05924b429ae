"""Parser of times and zones: "9pm", "21:15", "EST", "Manila time" or "UTC+2" as an offset from UTC."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from buddybot.domain.kernel.plaintext import LONGEST, plain
from buddybot.domain.people.zones import Zones

HOUR, DAY = 60, 24 * 60
NOON, MIDNIGHT = 12, 24
NIGHT_ENDS = 5
CLOCK_OFF = 10
"""Minutes that a clock may be off, or a message late."""
ROUND_FROM, ROUND_TO = 15, 45
"""Between these minutes of an hour, "9pm" may be the hour gone or the hour to come: that is asked."""

OFFSET = re.compile(r"[+-]\d\d:\d\d")
_UTC = re.compile(r"(?:utc|gmt|z)?\s*(?P<sign>[+\-\u2212])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_CLOCK = re.compile(
    r"\b(?P<hours>\d{1,2})(?:[:.h]?(?P<minutes>\d\d))?\s*(?P<half>[ap]\.?\s?m?\.?(?![a-z0-9]))?(?![\d:])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ZoneOffsets:
    """Parsed zone: one offset, or two of which only the person knows (standard, summer); or several to choose from.

    Written as in "+05:30".
    """

    sure: tuple[str, ...] = ()
    choose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HourOffer:
    """A button: "it is this time here now", and the offset that this means."""

    offset: str
    hour: int
    minute: int


def offset_text(minutes: int) -> str:
    """Write an offset in minutes as sign, hours and minutes."""
    hours, rest = divmod(abs(minutes), HOUR)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def in_minutes(offset: str) -> int:
    """Parse what `offset_text` wrote."""
    minutes = int(offset[1:3]) * HOUR + int(offset[4:6])
    return -minutes if offset[0] == "-" else minutes


def hour_offers(now: datetime, offsets: Iterable[str]) -> tuple[HourOffer, ...]:
    """Return the local times at `now` for these offsets, in the order of the offsets."""
    times = [(offset, now + timedelta(minutes=in_minutes(offset))) for offset in offsets]
    return tuple(HourOffer(offset, time.hour, time.minute) for offset, time in times)


def read_offset(text: str, now: datetime, zones: Zones) -> ZoneOffsets:
    """Parse a local time or zone; what is not understood gives nothing sure and nothing to choose."""
    if len(text) > LONGEST:
        return ZoneOffsets()
    return _utc(text, zones) or _zone(text, now, zones) or _clock(text, now, zones) or ZoneOffsets()


def _utc(text: str, zones: Zones) -> ZoneOffsets | None:
    found = _UTC.fullmatch(" ".join(text.casefold().split()))
    if not found:
        return ZoneOffsets(("+00:00",)) if plain(text) == "utc" else None
    minutes = int(found["hours"]) * HOUR + int(found["minutes"] or 0)
    offset = minutes if found["sign"] == "+" else -minutes
    return ZoneOffsets((offset_text(offset),)) if offset in zones.real else ZoneOffsets()


def _zone(text: str, now: datetime, zones: Zones) -> ZoneOffsets | None:
    message = plain(text)
    bare = " ".join(word for word in message.split() if word not in zones.words)
    named = zones.named.get(message) or zones.named.get(bare)
    if not named:
        return None
    if len(named) == 1:
        return ZoneOffsets(tuple(offset_text(offset) for offset in named[0].offsets(now.date())))
    return ZoneOffsets(choose=tuple(dict.fromkeys(offset_text(zone.offsets(now.date())[-1]) for zone in named)))


def _clock(text: str, now: datetime, zones: Zones) -> ZoneOffsets | None:
    """Parse a time of day; both halves of the day are offered where the words do not say which."""
    words = plain(text).split()
    times = list(_CLOCK.finditer(text))
    if len(times) > 1:
        return None
    if not times:
        hours = tuple(zones.hours[word] for word in words if word in zones.hours)
        return _offered(hours, None, now, zones) if len(hours) == 1 else None
    typed, minutes = times[0]["hours"], times[0]["minutes"]
    half = (times[0]["half"] or next((zones.halves[word] for word in words if word in zones.halves), ""))[:1].casefold()
    if int(typed) > (NOON if half else MIDNIGHT) or int(minutes or 0) >= HOUR:
        return None
    whole_day = typed.startswith("0") or int(typed) > NOON
    hours = (int(typed) % MIDNIGHT,) if whole_day and not half else _halves(int(typed) % NOON, half)
    return _offered(hours, None if minutes is None else int(minutes), now, zones)


def _halves(hour: int, half: str) -> tuple[int, ...]:
    """Return the hours of the day that an hour of a half day may be: "a" before noon, "p" after, "n" at night."""
    if half == "n":
        half = "a" if hour < NIGHT_ENDS else "p"
    return {"a": (hour,), "p": (hour + NOON,)}.get(half, (hour, hour + NOON))


def _offered(hours: tuple[int, ...], minutes: int | None, now: datetime, zones: Zones) -> ZoneOffsets:
    found = tuple(dict.fromkeys(offset for hour in hours for offset in _fitting(hour, minutes, now, zones)))
    return ZoneOffsets(sure=found) if len(found) == 1 else ZoneOffsets(choose=found)


def _fitting(hour: int, minutes: int | None, now: datetime, zones: Zones) -> tuple[str, ...]:
    """Return the offsets at which it is about this time now, the likeliest of equals only."""
    ahead = hour * HOUR + (minutes or 0) - now.hour * HOUR - now.minute
    if minutes is not None:
        near = sorted(zones.real, key=lambda offset: _apart(offset, ahead))
        return tuple(offset_text(offset) for offset in near[: 1 if _apart(near[0], ahead) <= CLOCK_OFF else 2])
    if now.minute < ROUND_FROM:
        wanted = [ahead + now.minute]
    elif now.minute > ROUND_TO:
        wanted = [ahead + now.minute - HOUR]
    else:
        wanted = [ahead + now.minute, ahead + now.minute - HOUR // 2, ahead + now.minute - HOUR]
    exact = (next((real for real in zones.real if not _apart(real, offset)), None) for offset in wanted)
    return tuple(offset_text(offset) for offset in exact if offset is not None)


def _apart(offset: int, ahead: int) -> int:
    """Return how many minutes lie between two offsets, round the day."""
    return min((offset - ahead) % DAY, (ahead - offset) % DAY)
