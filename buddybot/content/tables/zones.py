"""Reads the names of time zones from [times] of data/vocabulary.toml."""

from collections import defaultdict
from collections.abc import Mapping

from buddybot.domain.intake.clocktime import OFFSET, in_minutes
from buddybot.domain.kernel.faults import Fault, Table, flag_in, known_keys, numbers_in, table_in, text_in, texts_in
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people.zones import LAST, ClockChange, Season, Zone, Zones

HALVES = {"before_noon": "a", "after_noon": "p", "night": "n"}
MONTHS, LAST_HOUR = 12, 23


def parse_zones(table: Table) -> Zones:
    """Return the zones. Raises `Fault`."""
    known_keys(table, frozenset({"real", "words", "hours", "seasons", "zones", *HALVES}), "times.")
    seasons = {key: _season(table_in(table, "seasons", "times."), key) for key in table_in(table, "seasons", "times.")}
    named: defaultdict[str, list[Zone]] = defaultdict(list)
    zones = table_in(table, "zones", "times.")
    for key in zones:
        zone, names = _zone(table_in(zones, key, "times.zones."), f"times.zones.{key}.", seasons)
        for name in names:
            named[plain(name)].append(zone)
    return Zones(
        named={name: tuple(held) for name, held in named.items()},
        real=tuple(_offset(text, "times.real") for text in texts_in(table, "real", "times.")),
        words=frozenset(plain(word) for word in texts_in(table, "words", "times.")),
        hours=_hours(table_in(table, "hours", "times.")),
        halves={plain(word): half for key, half in HALVES.items() for word in texts_in(table, key, "times.")},
    )


def _zone(table: Table, path: str, seasons: Mapping[str, Season]) -> tuple[Zone, tuple[str, ...]]:
    known_keys(table, frozenset({"offset", "summer", "season", "unsure", "names"}), path)
    standard = _offset(text_in(table, "offset", path), f"{path}offset")
    season = text_in(table, "season", path, "")
    if season and season not in seasons:
        raise Fault(f"{path}season", season, f"use one of {', '.join(seasons)}")
    summer = _offset(text_in(table, "summer", path), f"{path}summer") if season else standard
    zone = Zone(standard, summer, seasons.get(season), flag_in(table, "unsure", path))
    return zone, texts_in(table, "names", path)


def _season(table: Table, key: str) -> Season:
    path = f"times.seasons.{key}."
    season = table_in(table, key, "times.seasons.")
    known_keys(season, frozenset({"starts", "ends"}), path)
    return Season(_turn(season, "starts", path), _turn(season, "ends", path))


def _turn(season: Table, key: str, path: str) -> ClockChange:
    numbers = numbers_in(season, key, path)
    if len(numbers) != 2 or not (1 <= numbers[0] <= MONTHS and 1 <= numbers[1] <= LAST):  # noqa: PLR2004 - month, Sunday
        raise Fault(f"{path}{key}", numbers, "give the month and which of its Sundays (5 is the last)")
    return ClockChange(*numbers)


def _offset(text: str, path: str) -> int:
    if not OFFSET.fullmatch(text):
        raise Fault(path, text, 'write an offset like "+05:30"')
    return in_minutes(text)


def _hours(table: Table) -> Mapping[str, int]:
    hours: dict[str, int] = {}
    for word in table:
        (hour,) = numbers_in({word: [table[word]]}, word, "times.hours.")
        if not 0 <= hour <= LAST_HOUR:
            raise Fault(f"times.hours.{word}", hour, "give an hour from 0 to 23")
        hours[plain(word)] = hour
    return hours
