"""Schema of data/crisis/*.toml, the help lines of each country, and of data/whereabouts.toml, words around places.

What is missing or unsound is named, never guessed.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from buddybot.content.files import Table
from buddybot.content.validation import Day, Filled, TableError, TableModel, Texts, single_words, validated
from buddybot.domain.crisis.help_lines import INTERNATIONAL, Country, LineType, Police, Resource, Status
from buddybot.domain.crisis.regions import Whereabouts
from buddybot.domain.kernel.plaintext import plain


def _digits(number: str) -> str:
    if number.strip("+0123456789 -"):
        raise ValueError("write digits, spaces and dashes only")
    return number


def _https(url: str) -> str:
    if url and not url.startswith("https://"):
        raise ValueError("start it with https://")
    return url


_Phone = Annotated[str, AfterValidator(_digits)]


class ResourceTable(TableModel):
    """One [[entry]]: the fields of `Resource`, as they are written."""

    name: Filled
    kind: LineType
    verified_on: Day
    verified_by: Filled
    status: Status = Status.SEEN
    phone: _Phone = ""
    sms: _Phone = ""
    word: str = ""
    url: Annotated[str, AfterValidator(_https)] = ""
    hours: str = "unknown"
    langs: tuple[str, ...] = ()
    cost: str = "unknown"
    may_send_police: Police = Police.UNKNOWN
    source_url: str = ""
    doubt: str = ""
    note: str = ""


class CountryTable(TableModel):
    """One file of data/crisis."""

    code: Filled
    places: tuple[str, ...] = ()
    entry: Annotated[tuple[ResourceTable, ...], Field(min_length=1)]


def parse_country(table: Table, international: Country | None = None) -> Country:
    """Return the country that a table describes, or raise a `TableError`.

    Every file needs an emergency number; the international one also needs a crisis line, which all others fall back to.
    """
    found = validated(CountryTable, table)
    for number, line in enumerate(found.entry, 1):
        if not (line.phone or line.sms or line.url):
            raise TableError(f"entry[{number}].phone", "", "give a phone, an sms number or a url")
    entries = tuple(Resource(**dict(line)) for line in found.entry)
    needed = {LineType.EMERGENCY} if international else {LineType.EMERGENCY, LineType.CRISIS}
    if missing := needed.difference(entry.kind for entry in entries):
        raise TableError("entry", sorted(missing), f"add an entry of this kind to {found.code}")
    elsewhere = international.entries if international else ()
    return Country(found.code, entries, elsewhere, frozenset(map(plain, found.places)))


def parse_countries(tables: Iterable[Table]) -> Mapping[str, Country]:
    """Return all countries by code, the international one among them, or raise a `TableError`."""
    by_code = {str(table.get("code")): table for table in tables}
    if INTERNATIONAL not in by_code:
        raise TableError("code", sorted(by_code), "put international.toml back")
    world = parse_country(by_code[INTERNATIONAL])
    return {code: world if code == INTERNATIONAL else parse_country(by_code[code], world) for code in sorted(by_code)}


_ByLanguage = Annotated[Mapping[str, Texts], Field(min_length=1)]


class WhereaboutsTable(TableModel):
    """data/whereabouts.toml as it is written: lists by language."""

    own: _ByLanguage
    others: _ByLanguage
    near: _ByLanguage
    past: _ByLanguage
    around: _ByLanguage
    everyday: _ByLanguage


def parse_whereabouts(table: Table) -> Whereabouts:
    """Return the words that a table lists, all languages together; what is no single plain word is a `TableError`."""
    return Whereabouts(**{name: single_words(listed, name) for name, listed in validated(WhereaboutsTable, table)})
