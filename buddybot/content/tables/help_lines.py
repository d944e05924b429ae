"""From the tables of data/crisis/*.toml to `Country`. What is missing or unsound is named, never guessed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from buddybot.domain.crisis.help_lines import Country, LineType, Police, Resource, Status

INTERNATIONAL = "international"
"""The code of the file that every other country falls back to."""

Word = TypeVar("Word", bound=StrEnum)


class UnsoundResourceError(ValueError):
    """An entry that can't be used, with the key, what stands there, and what should."""

    def __init__(self, key: str, value: object, fix: str) -> None:
        """Name the key, the value found there, and the fix."""
        super().__init__(f"{key} = {value!r}: {fix}")
        self.key, self.value, self.fix = key, value, fix


def parse_country(table: Mapping[str, object], international: Country | None = None) -> Country:
    """Return the country that a table describes, or raise `UnsoundResourceError`.

    Every file needs an emergency number; the international one also needs a crisis line, which all others fall back to.
    """
    code = _text("", table, "code")
    entries = tuple(_resource(f"entry[{number}].", entry) for number, entry in enumerate(_entries(table), 1))
    needed = {LineType.EMERGENCY} if international else {LineType.EMERGENCY, LineType.CRISIS}
    if missing := needed.difference(entry.kind for entry in entries):
        raise UnsoundResourceError("entry", sorted(missing), f"add an entry of this kind to {code}")
    return Country(code, entries, international.entries if international else ())


def parse_countries(tables: Iterable[Mapping[str, object]]) -> Mapping[str, Country]:
    """Return all countries by code, the international one among them, or raise `UnsoundResourceError`."""
    by_code = {_text("", table, "code"): table for table in tables}
    if INTERNATIONAL not in by_code:
        raise UnsoundResourceError("code", sorted(by_code), "put international.toml back")
    world = parse_country(by_code[INTERNATIONAL])
    return {code: world if code == INTERNATIONAL else parse_country(by_code[code], world) for code in sorted(by_code)}


def country_of(countries: Mapping[str, Country], code: str | None) -> Country:
    """Return a country, or the international one where the code is unknown, never another country's."""
    return countries.get((code or "").upper(), countries[INTERNATIONAL])


def _entries(table: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
    entries = table.get("entry")
    if not isinstance(entries, Sequence) or not entries or not all(isinstance(entry, Mapping) for entry in entries):
        raise UnsoundResourceError("entry", entries, "write the lines as [[entry]] tables")
    return entries


def _resource(path: str, entry: Mapping[str, object]) -> Resource:
    fields = set(Resource.__dataclass_fields__)
    if unknown := sorted(set(entry) - fields):
        raise UnsoundResourceError(path + unknown[0], entry[unknown[0]], f"use only {', '.join(sorted(fields))}")
    resource = Resource(
        name=_text(path, entry, "name"),
        kind=_word(path, entry, "kind", LineType, ""),
        verified_on=_day(path, entry),
        verified_by=_text(path, entry, "verified_by"),
        status=_word(path, entry, "status", Status, Status.SEEN),
        phone=_text(path, entry, "phone", ""),
        sms=_text(path, entry, "sms", ""),
        word=_text(path, entry, "word", ""),
        url=_text(path, entry, "url", ""),
        hours=_text(path, entry, "hours", "unknown"),
        langs=_names(path, entry),
        cost=_text(path, entry, "cost", "unknown"),
        may_send_police=_word(path, entry, "may_send_police", Police, Police.UNKNOWN),
        source_url=_text(path, entry, "source_url", ""),
        doubt=_text(path, entry, "doubt", ""),
        note=_text(path, entry, "note", ""),
    )
    _reachable(path, resource)
    return resource


def _reachable(path: str, resource: Resource) -> None:
    if not (resource.phone or resource.sms or resource.url):
        raise UnsoundResourceError(path + "phone", "", "give a phone, an sms number or a url")
    for key, number in (("phone", resource.phone), ("sms", resource.sms)):
        if number.strip("+0123456789 -"):
            raise UnsoundResourceError(path + key, number, "write digits, spaces and dashes only")
    if resource.url and not resource.url.startswith("https://"):
        raise UnsoundResourceError(path + "url", resource.url, "start it with https://")


def _text(path: str, entry: Mapping[str, object], key: str, default: str | None = None) -> str:
    found = entry.get(key, default)
    if not isinstance(found, str) or (default is None and not found):
        raise UnsoundResourceError(path + key, found, "write it as a text in quotes")
    return found


def _word(path: str, entry: Mapping[str, object], key: str, words: type[Word], default: str) -> Word:
    found = _text(path, entry, key, default)
    for word in words:
        if word.value == found:
            return word
    raise UnsoundResourceError(path + key, found, f"use one of {', '.join(words)}")


def _names(path: str, entry: Mapping[str, object]) -> tuple[str, ...]:
    found = entry.get("langs", [])
    if not isinstance(found, Sequence) or isinstance(found, str) or not all(isinstance(name, str) for name in found):
        raise UnsoundResourceError(path + "langs", found, 'write a list of languages, such as ["en", "es"]')
    return tuple(str(name) for name in found)


def _day(path: str, entry: Mapping[str, object]) -> date:
    found = entry.get("verified_on")
    if not isinstance(found, date) or isinstance(found, datetime):
        raise UnsoundResourceError(path + "verified_on", found, "write a day without quotes, such as 2026-11-01")
    return found
