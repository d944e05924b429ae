"""Schema of [times] in data/vocabulary.toml: the names of time zones, and words for hours of the day.

Which zones there are, in which country and under which older names is read from the `tzdata` package.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, Field, Strict

from buddybot.content.validation import Flag, TableError, TableModel, Texts, fix
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people.zones import OFFSET, Zone, Zones, clock_named, in_minutes

_LINK = 3
"""Words of a line "L target name"."""


def _offset(text: str) -> str:
    if not OFFSET.fullmatch(text):
        raise ValueError("no offset")
    return text


OffsetText = Annotated[str, AfterValidator(_offset), fix('write an offset like "+05:30"')]
_Hour = Annotated[int, Strict(), Field(ge=0, le=23), fix("give an hour from 0 to 23")]


class ZoneTable(TableModel):
    """One table of [times.zones]."""

    zone: str
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
    zones: Mapping[str, ZoneTable]


def zones_of(found: TimesTable, countries: Mapping[str, Iterable[str]]) -> Zones:
    """Return the zones; `countries` are their names by code. Raises `TableError`."""
    places = dict(_places())
    by_country: defaultdict[str, list[str]] = defaultdict(list)
    for zone, code in places.items():
        by_country[code].append(zone)
    named: defaultdict[str, list[Zone]] = defaultdict(list)
    for key, table in found.zones.items():
        if clock_named(table.zone) is None:
            raise TableError(f"times.zones.{key}.zone", table.zone, 'name a zone of the tz database ("Europe/Rome")')
        for name in table.names:
            named[plain(name)].append(Zone(table.zone, table.unsure))
    halves = ((found.before_noon, "a"), (found.after_noon, "p"), (found.night, "n"))
    return Zones(
        named={**_by_country(countries, by_country), **_by_city(places), **{k: tuple(v) for k, v in named.items()}},
        real=tuple(map(in_minutes, found.real)),
        words=frozenset(map(plain, found.words)),
        hours={plain(word): hour for word, hour in found.hours.items()},
        halves={plain(word): half for words, half in halves for word in words},
        countries={code: tuple(zones) for code, zones in by_country.items()},
        places=places,
        links=dict(_links()),
    )


def _places() -> Iterator[tuple[str, str]]:
    """Yield each zone with its country, in the order of the table: in a country the most populous comes first."""
    for line in _lines("zone.tab"):
        if not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            yield zone, code


def _links() -> Iterator[tuple[str, str]]:
    """Yield older names of zones, and the names they have now."""
    for line in _lines("tzdata.zi"):
        words = line.split()
        if len(words) == _LINK and words[0] == "L":
            yield words[2], words[1]


def _lines(name: str) -> list[str]:
    return files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8").splitlines()


def _by_city(places: Iterable[str]) -> dict[str, tuple[Zone, ...]]:
    return {plain(zone.rpartition("/")[2].replace("_", " ")): (Zone(zone),) for zone in places}


def _by_country(
    countries: Mapping[str, Iterable[str]], zones: Mapping[str, Iterable[str]]
) -> dict[str, tuple[Zone, ...]]:
    """Return the zones of each country by its names: where they are several, which one is asked."""
    here = {code: tuple(map(Zone, found)) for code, found in zones.items()}
    return {plain(name): here[code] for code, names in countries.items() if code in here for name in names}
