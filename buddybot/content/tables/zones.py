"""Schema of [times] in data/vocabulary.toml: the names of time zones, and words for hours of the day."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, Strict

from buddybot.content.validation import Flag, TableError, TableModel, Texts, fix
from buddybot.domain.intake.clocktime import OFFSET, in_minutes
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people.zones import LAST, ClockChange, Season, Zone, Zones


def _offset(text: str) -> str:
    if not OFFSET.fullmatch(text):
        raise ValueError("no offset")
    return text


OffsetText = Annotated[str, AfterValidator(_offset), fix('write an offset like "+05:30"')]
_Hour = Annotated[int, Strict(), Field(ge=0, le=23), fix("give an hour from 0 to 23")]
_Month = Annotated[int, Strict(), Field(ge=1, le=12)]
_Sunday = Annotated[int, Strict(), Field(ge=1, le=LAST)]
_Change = Annotated[
    tuple[_Month, _Sunday], fix("give the month and which of its Sundays, such as [3, 2] (5 is the last)")
]


class SeasonTable(TableModel):
    """One table of [times.seasons]: when summer time starts and ends."""

    starts: _Change
    ends: _Change


class ZoneTable(TableModel):
    """One table of [times.zones]."""

    offset: OffsetText
    summer: OffsetText = ""
    season: str = ""
    unsure: Flag = False
    names: Texts = ()


class TimesTable(TableModel):
    """[times] as it is written."""

    real: tuple[OffsetText, ...]
    words: Texts
    hours: Mapping[str, _Hour]
    before_noon: Texts
    after_noon: Texts
    night: Texts
    seasons: Mapping[str, SeasonTable]
    zones: Mapping[str, ZoneTable]


def zones_of(found: TimesTable) -> Zones:
    """Return the zones. Raises `TableError`."""
    seasons = {key: Season(ClockChange(*one.starts), ClockChange(*one.ends)) for key, one in found.seasons.items()}
    named: defaultdict[str, list[Zone]] = defaultdict(list)
    for key, table in found.zones.items():
        zone = _zone(table, f"times.zones.{key}.", seasons)
        for name in table.names:
            named[plain(name)].append(zone)
    halves = ((found.before_noon, "a"), (found.after_noon, "p"), (found.night, "n"))
    return Zones(
        named={name: tuple(held) for name, held in named.items()},
        real=tuple(map(in_minutes, found.real)),
        words=frozenset(map(plain, found.words)),
        hours={plain(word): hour for word, hour in found.hours.items()},
        halves={plain(word): half for words, half in halves for word in words},
    )


def _zone(table: ZoneTable, path: str, seasons: Mapping[str, Season]) -> Zone:
    if table.season and table.season not in seasons:
        raise TableError(f"{path}season", table.season, f"use one of {', '.join(seasons)}")
    if table.season and not table.summer:
        raise TableError(f"{path}summer", None, "add it")
    standard = in_minutes(table.offset)
    summer = in_minutes(table.summer) if table.season else standard
    return Zone(standard, summer, seasons.get(table.season), table.unsure)
