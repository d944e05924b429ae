"""Localized copy, by language and key: the Fluent files of data/locales/<language>/*.ftl.

English is complete; any other language falls back to it word by word. Aliases come in as arguments, never as markup.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from fluent.runtime.types import FluentType, fluent_date

from buddybot.content.catalog import Catalog, bare_line, entries_of
from buddybot.content.files import ContentError, read_text

Argument: TypeAlias = str | int | date
"""A day or a moment is written in words, as the language has them; give it on the reader's own clock."""
FALLBACK = "en"
# A button says little and ends in no stop; what is longer or does is a sentence. A question may be one ("What is it?").
_MOST_IN_A_LABEL = 8
_ENDS_A_SENTENCE = (".", "!", ":", "…")


@dataclass(frozen=True, slots=True)
class Words:
    """Message catalog: every string of the interface."""

    bundles: Mapping[str, Catalog]

    def say(self, locale: str, key: str, /, **arguments: Argument) -> str:
        """Return the string in this language, or in English; an unknown key is a bug and raises."""
        for language in (locale, locale.partition("-")[0], FALLBACK):
            bundle = self.bundles.get(language)
            if bundle is not None and bundle.has_message(key):
                return _format(bundle, key, arguments) if arguments else _unchanging(bundle, key)
        raise KeyError(key)

    def everywhere(self, key: str) -> tuple[str, ...]:
        """Return a string that takes nothing in, in every language shipped, English first."""
        return _everywhere(tuple(self.bundles[locale] for locale in self.locales()), key)

    def has(self, key: str) -> bool:
        """Return whether English has this key."""
        return self.bundles[FALLBACK].has_message(key)

    def nearest(self, locale: str) -> str:
        """Negotiate the locale: the shipped language closest to a platform's hint, such as "es-MX"."""
        short = locale.replace("_", "-").partition("-")[0].lower()
        return short if short in self.bundles else FALLBACK

    def locales(self) -> tuple[str, ...]:
        """Return the languages shipped, English first."""
        return (FALLBACK, *sorted(set(self.bundles) - {FALLBACK}))


@lru_cache(maxsize=8192)
def _unchanging(bundle: Catalog, key: str) -> str:
    """Format once a string that takes nothing in: labels of buttons are most of what a screen says."""
    return _format(bundle, key, {})


@lru_cache(maxsize=4096)
def _everywhere(bundles: tuple[Catalog, ...], key: str) -> tuple[str, ...]:
    if not bundles[0].has_message(key):
        raise KeyError(key)
    return tuple(_unchanging(one if one.has_message(key) else bundles[0], key) for one in bundles)


def _format(bundle: Catalog, key: str, arguments: Mapping[str, Argument]) -> str:
    return bundle.format(key, {name: _worded(value) for name, value in arguments.items()})


def _worded(value: Argument) -> str | int | FluentType:
    if isinstance(value, datetime):
        return fluent_date(value, dateStyle="long", timeStyle="short")
    return fluent_date(value, dateStyle="long") if isinstance(value, date) else value


def load_words(folder: Path, *, whole: bool = False) -> Words:
    """Read every language below data/locales; unless they are known to be `whole`, every entry is parsed now."""
    if not (folder / FALLBACK).is_dir():
        raise ContentError(folder / FALLBACK, "folder", "missing", "put the English words back, or reinstall buddybot")
    languages = sorted(one for one in folder.iterdir() if one.is_dir())
    return Words({language.name: _catalog(language, whole=whole) for language in languages})


def check_translations(folder: Path) -> None:
    """Raise a `ContentError` for a language that English has no name for, and for a key that English does not have."""
    english = {key for key, _, _ in _entries(folder / FALLBACK)}
    for language in sorted(one for one in folder.iterdir() if one.is_dir() and one.name != FALLBACK):
        if (name := f"language-{language.name}") not in english:
            mend = "write there what the language calls itself: people choose it by that"
            raise ContentError(folder / FALLBACK, name, "missing", mend)
        for key, _, path in _entries(language):
            if key[0].isalpha() and key not in english:
                raise ContentError(path, key, "unknown", "name it as in English, or take it away")


def labels_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the key and the words of whatever may stand on a button, in every language below data/locales.

    No file marks what is a label: any short text without an argument is taken for one, so that none is missed.
    """
    for language in sorted(one for one in folder.iterdir() if one.is_dir()):
        for key, source, _ in _entries(language):
            text = bare_line(source)
            if text and not text.endswith(_ENDS_A_SENTENCE) and len(text.split()) <= _MOST_IN_A_LABEL:
                yield key, text


def _entries(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield the key and the source of each message and term, and where it stands; what is no entry is refused."""
    for path in sorted(folder.glob("*.ftl")):
        for key, source in entries_of(read_text(path)):
            if not key:
                raise _broken(path, source)
            yield key, source, path


def _catalog(folder: Path, *, whole: bool) -> Catalog:
    sources: dict[str, str] = {}
    owner: dict[str, Path] = {}
    for key, source, path in _entries(folder):
        if key in owner:
            raise ContentError(path, key, "said twice", f"keep it here or in {owner[key].name}")
        owner[key], sources[key] = path, source
    catalog = Catalog(folder.name, sources)
    for key, broken in () if whole else catalog.broken():
        raise _broken(owner[key], broken)
    return catalog


def _broken(path: Path, source: str) -> ContentError:
    return ContentError(
        path, "syntax", source.strip().splitlines()[0][:60], "mend this entry; Fluent could not read it"
    )
