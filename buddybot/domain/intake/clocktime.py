"""Parser of times and zones: "9pm", "21:15", "EST", "Manila time" or "UTC+2" as a zone, or an offset from UTC."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from buddybot.domain.kernel.plaintext import LONGEST, plain
from buddybot.domain.people.zones import (
    HOUR,
    OFFSET,
    Zones,
    clock_of,
    distinct,
    in_minutes,
    offset_at,
    offset_text,
    standard_of,
)

DAY = 24 * HOUR
NOON, MIDNIGHT = 12, 24
NIGHT_ENDS = 5
MOST_SUGGESTED = 8
CLOCK_OFF = 10
"""Minutes that a clock may be off, or a message late."""
ROUND_FROM, ROUND_TO = 15, 45
"""Between these minutes of an hour, "9pm" may be the hour gone or the hour to come: that is asked."""

_UTC = re.compile(r"(?:utc|gmt|z)?\s*(?P<sign>[+\-\u2212])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_CLOCK = re.compile(
    r"\b(?P<hours>\d{1,2})(?:[:.h]?(?P<minutes>\d\d))?\s*(?P<half>[ap]\.?\s?m?\.?(?![a-z0-9]))?(?![\d:])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ZoneOffsets:
    """Parsed zone: one, or two of which only the person knows (standard, summer); or several to choose from.

    Each is the name of a zone, or where none is known an offset as in "+05:30".
    """

    sure: tuple[str, ...] = ()
    choose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HourOffer:
    """A button: "it is this time here now", and the zone or offset that this means."""

    key: str
    hour: int
    minute: int


def hour_offers(now: datetime, keys: Iterable[str]) -> tuple[HourOffer, ...]:
    """Return the local times at `now` for these zones or offsets, in their order."""
    times = [(key, now.astimezone(clock)) for key in keys if (clock := clock_of(key)) is not None]
    return tuple(HourOffer(key, time.hour, time.minute) for key, time in times)


def suggested_zones(country: str, zone: str, now: datetime, zones: Zones) -> tuple[str, ...]:
    """Return what to suggest: the zone of their device, else those of their country that show different times now."""
    if home := zones.home(zone, country, now):
        return (home,)
    return distinct(zones.countries.get(country, ()), now)[:MOST_SUGGESTED]


def every_hour(now: datetime, zones: Zones) -> tuple[str, ...]:
    """Return an offset for each hour of the day, from midnight on."""
    whole = {offset % DAY: offset_text(offset) for offset in reversed(zones.real) if offset % HOUR == 0}
    return tuple(whole[ahead] for ahead in sorted(whole, key=lambda ahead: (now.hour * HOUR + ahead) % DAY))


def known_key(key: str, zones: Zones) -> bool:
    """Return whether this is a zone of today, or an offset in use."""
    return in_minutes(key) in zones.real if OFFSET.fullmatch(key) else key in zones.places


def resolved_zone(key: str, country: str, now: datetime, zones: Zones) -> tuple[str, ...]:
    """Return what is kept of a zone or offset that somebody told: the zone it means in their country, if it is one."""
    if not OFFSET.fullmatch(key):
        return tuple(filter(None, (zones.home(key, country, now),)))
    return zones.located(key, country, now)


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
    names = distinct((zone.name for zone in named), now)
    if len(names) != 1 or OFFSET.fullmatch(names[0]):
        return ZoneOffsets(sure=names) if len(names) == 1 else ZoneOffsets(choose=names)
    standard = standard_of(names[0], now)
    unsure = named[0].unsure and offset_at(clock_of(names[0]), now) != in_minutes(standard)
    return ZoneOffsets((standard, *names) if unsure else names)


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
