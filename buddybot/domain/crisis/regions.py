"""Emergency numbers by region, while a country is not known: that of the app's region first, as a guess.

And the country itself, looked up by a place that somebody says they are in ("im in leeds"). Only what people say of
themselves counts, and only a name that one country has: who could mean two is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from buddybot.domain.crisis.help_lines import INTERNATIONAL, Country, LineType
from buddybot.domain.kernel.plaintext import plain

NORTH, ISLANDS, WIDE, GUESSED = "north", "islands", "wide", "guessed"
PARTS = {NORTH: "US", ISLANDS: "GB", WIDE: INTERNATIONAL}
"""The numbers that most people know, and the country whose file says each."""
NEAR = {"US": NORTH, "CA": NORTH, "MX": NORTH, "GB": ISLANDS}
"""Where another country has the number of one of these parts."""
LETTERS = 2
LONGEST = 3
"""Words of a name ("new south wales")."""
REACH = 6
"""Words between who is somewhere and the place."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Small words around a place, of all languages: data/whereabouts.toml says what each set is for."""

    own: frozenset[str] = field(default=frozenset(), repr=False)
    others: frozenset[str] = field(default=frozenset(), repr=False)
    near: frozenset[str] = field(default=frozenset(), repr=False)
    past: frozenset[str] = field(default=frozenset(), repr=False)
    around: frozenset[str] = field(default=frozenset(), repr=False)
    everyday: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def beside(self) -> frozenset[str]:
        """What an answer to "which country?" may hold beside the place that tells it."""
        return self.around | self.everyday


@dataclass(frozen=True, slots=True)
class RegionalNumber:
    """An emergency number and the part of the world where it is the right one."""

    part: str
    number: str


def regional_numbers(countries: Mapping[str, Country], region: str, today: date) -> tuple[RegionalNumber, ...]:
    """Return the emergency numbers of the world's parts; with a region that has a file, its own number first."""
    usual = tuple(RegionalNumber(part, _numbers(countries[code], today)[0]) for part, code in PARTS.items())
    home = countries.get(region)
    if home is None or not home.known:
        return usual
    own = _numbers(home, today)
    part = NEAR.get(region) or next((one.part for one in usual if one.part == WIDE and one.number in own), GUESSED)
    first = next((one for one in usual if one.part == part), RegionalNumber(GUESSED, own[0]))
    return (first, *(one for one in usual if one != first))


def region_of(locale: str) -> str:
    """Return the region that a language tag names ("en-GB"), "" for none."""
    last = locale.replace("_", "-").rpartition("-")[2] if "-" in locale.replace("_", "-") else ""
    return last.upper() if len(last) == LETTERS and last.isalpha() else ""


def _numbers(country: Country, today: date) -> list[str]:
    return [line.phone for line in country.lines(LineType.EMERGENCY, today)]


def told_country(text: str, countries: Mapping[str, Country], small: Whereabouts) -> str:
    """Return the code of the country that somebody says they are in, "" where they name none, or more than one."""
    words = plain(text).split()
    if small.past.intersection(words):
        return ""
    found = {
        code
        for at, word in enumerate(words)
        if word in small.near and _is_self(words[:at], small)
        for code in _at(words, at + 1, countries)
    }
    return found.pop() if len(found) == 1 else ""


def country_named(words: list[str], countries: Mapping[str, Country]) -> str:
    """Return the code of the country that has a place of this very name, "" for none."""
    name = " ".join(words)
    return next((code for code, country in countries.items() if name in country.places), "")


def _is_self(before: list[str], small: Whereabouts) -> bool:
    """Return whether the words right before a place are about the author."""
    near = before[-REACH:]
    last = max((at for at, word in enumerate(near) if word in small.own), default=-1)
    return last >= 0 and small.others.isdisjoint(near[last:])


def _at(words: list[str], first: int, countries: Mapping[str, Country]) -> list[str]:
    """Return the country of the longest name that begins there."""
    for size in range(LONGEST, 0, -1):
        if found := country_named(words[first : first + size], countries):
            return [found]
    return []
