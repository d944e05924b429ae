"""Emergency numbers by region, while a country is not known: that of the app's region first, as a guess."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from buddybot.domain.crisis.help_lines import INTERNATIONAL, Country, LineType

NORTH, ISLANDS, WIDE, GUESSED = "north", "islands", "wide", "guessed"
PARTS = {NORTH: "US", ISLANDS: "GB", WIDE: INTERNATIONAL}
"""The numbers that most people know, and the country whose file says each."""
NEAR = {"US": NORTH, "CA": NORTH, "MX": NORTH, "GB": ISLANDS}
"""Where another country has the number of one of these parts."""
LETTERS = 2


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
