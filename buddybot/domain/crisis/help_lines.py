"""Help lines of one country, as people checked them: what is shown today, and what gives way to the international line.

The fallback is per entry: emergency numbers never drop out; any other entry that is doubtful, or was last checked too
long ago, is not shown. What the international file holds is the last resort, so it is always shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FRESH_DAYS = 180
"""An entry is trusted for this long after a person checked it."""
INTERNATIONAL = "international"
"""The code of the file that every other country falls back to."""


class LineType(StrEnum):
    """What a line is for."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    TEXT = "text"
    SPOTTER = "spotter"
    """Stays on the phone while somebody uses alone, and sends help when they stop answering."""
    DRUGS = "drugs"
    POISON = "poison"
    VIOLENCE = "violence"
    NALOXONE = "naloxone"
    YOUTH = "youth"
    SUPPORT = "support"
    """For one group of people, or for information."""


class Status(StrEnum):
    """How an entry was checked: read in a public source, or called by a person."""

    SEEN = "seen"
    CALLED = "called"


class Police(StrEnum):
    """Whether the line may send somebody to the caller, as far as is known."""

    YES = "yes"
    NO = "no"
    AMBULANCE = "ambulance"
    """Only when the caller stops answering, and not the police first."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Resource:
    """One help line. A doubt, in words for the operator, keeps it hidden; a note does not.

    `word` is what to text to `sms`. `hours` is always, office, unknown, or hours in figures. `langs` are the languages
    spoken. `source_url` is the page to open when checking.
    """

    name: str
    kind: LineType
    verified_on: date
    verified_by: str
    status: Status = Status.SEEN
    phone: str = ""
    sms: str = ""
    word: str = ""
    url: str = ""
    hours: str = "unknown"
    langs: tuple[str, ...] = ()
    cost: str = "unknown"
    may_send_police: Police = Police.UNKNOWN
    source_url: str = ""
    doubt: str = ""
    note: str = ""

    def old(self, today: date) -> bool:
        """Say whether nobody has checked it for too long."""
        return (today - self.verified_on).days > FRESH_DAYS

    def shown(self, today: date) -> bool:
        """Say whether people may see it today."""
        return self.kind is LineType.EMERGENCY or not (self.doubt or self.old(today))


@dataclass(frozen=True, slots=True)
class Country:
    """The lines of one country in the order they are shown, and the international ones they give way to.

    The international country has no code of its own to fall back from: its `elsewhere` is empty.
    """

    code: str
    entries: tuple[Resource, ...]
    elsewhere: tuple[Resource, ...] = ()
    places: frozenset[str] = frozenset()
    """Names of the country and of places that only it has, as plain words."""

    @property
    def known(self) -> bool:
        """Say whether this is a real country, whose emergency number is known."""
        return bool(self.elsewhere)

    def lines(self, kind: LineType, today: date) -> tuple[Resource, ...]:
        """Return what to show of a kind: its own lines, else the international ones, else nothing."""
        own = tuple(entry for entry in self.entries if entry.kind is kind and self._may_show(entry, today))
        return own or tuple(entry for entry in self.elsewhere if entry.kind is kind and not entry.doubt)

    def _may_show(self, entry: Resource, today: date) -> bool:
        return entry.shown(today) or not (self.known or entry.doubt)


def country_of(countries: Mapping[str, Country], code: str | None) -> Country:
    """Return a country, or the international one where the code is unknown, never another country's."""
    return countries.get((code or "").upper(), countries[INTERNATIONAL])


def card_lines(country: Country, today: date) -> tuple[Resource, ...]:
    """Return the first screen of /crisis: whom to call now, and whom to talk to."""
    crisis = country.lines(LineType.CRISIS, today)[:1]
    text = () if any(line.sms for line in crisis) else country.lines(LineType.TEXT, today)[:1]
    return (*country.lines(LineType.EMERGENCY, today), *crisis, *text)


def more_lines(country: Country, today: date) -> tuple[Resource, ...]:
    """Return what stands behind [More]: every other line that may be shown, and always the international one."""
    first = card_lines(country, today)
    rest = tuple(line for kind in LineType for line in country.lines(kind, today) if line not in first)
    last = tuple(line for line in country.elsewhere if line.kind is LineType.CRISIS and line not in (*first, *rest))
    return (*rest, *last)


def youth_lines(country: Country, today: date) -> tuple[Resource, ...]:
    """Return whom a person under 18 can turn to: youth lines, else the international one; and the emergency number."""
    return (*(country.lines(LineType.YOUTH, today) or _finder(country)), *country.lines(LineType.EMERGENCY, today))


def _finder(country: Country) -> tuple[Resource, ...]:
    return tuple(line for line in country.elsewhere or country.entries if line.kind is LineType.CRISIS)


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry that operators should check, and why: `reason` is old, doubt or uncalled."""

    country: str
    name: str
    reason: str
    detail: str
    hidden: bool


def stale(country: Country, today: date) -> tuple[Stale, ...]:
    """Return what a person should check, for `buddybot check` and the operators' banner: hidden entries first."""
    found = (_warning(country, entry, today) for entry in country.entries)
    return tuple(sorted((warning for warning in found if warning), key=lambda warning: not warning.hidden))


def _warning(country: Country, entry: Resource, today: date) -> Stale | None:
    hidden = entry not in country.lines(entry.kind, today)
    if entry.doubt:
        return Stale(country.code, entry.name, "doubt", entry.doubt, hidden)
    if entry.old(today):
        return Stale(country.code, entry.name, "old", entry.verified_on.isoformat(), hidden)
    if entry.status is Status.SEEN:
        return Stale(country.code, entry.name, "uncalled", entry.verified_on.isoformat(), hidden)
    return None
