"""Localized copy, by language and key: the Fluent files of data/locales/<language>/*.ftl.

English is complete; any other language falls back to it word by word. Aliases come in as arguments, never as markup.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentType, fluent_date
from fluent.syntax import FluentParser, ast

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

    bundles: Mapping[str, FluentBundle]

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
def _unchanging(bundle: FluentBundle, key: str) -> str:
    """Format once a string that takes nothing in: labels of buttons are most of what a screen says."""
    return _format(bundle, key, {})


@lru_cache(maxsize=4096)
def _everywhere(bundles: tuple[FluentBundle, ...], key: str) -> tuple[str, ...]:
    if not bundles[0].has_message(key):
        raise KeyError(key)
    return tuple(_unchanging(one if one.has_message(key) else bundles[0], key) for one in bundles)


def _format(bundle: FluentBundle, key: str, arguments: Mapping[str, Argument]) -> str:
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, {name: _worded(value) for name, value in arguments.items()})
    if errors:
        raise ValueError(f"{key}: {errors[0]}")
    return str(text)


def _worded(value: Argument) -> str | int | FluentType:
    if isinstance(value, datetime):
        return fluent_date(value, dateStyle="long", timeStyle="short")
    return fluent_date(value, dateStyle="long") if isinstance(value, date) else value


def load_words(folder: Path) -> Words:
    """Read every language below data/locales."""
    if not (folder / FALLBACK).is_dir():
        raise ContentError(folder / FALLBACK, "folder", "missing", "put the English words back, or reinstall buddybot")
    return Words({language.name: _bundle(language) for language in sorted(folder.iterdir()) if language.is_dir()})


def check_translations(folder: Path) -> None:
    """Raise a `ContentError` for a language that English has no name for, and for a key that English does not have."""
    english = dict(_owned(folder / FALLBACK))
    for language in sorted(one for one in folder.iterdir() if one.is_dir() and one.name != FALLBACK):
        if (name := f"language-{language.name}") not in english:
            mend = "write there what the language calls itself: people choose it by that"
            raise ContentError(folder / FALLBACK, name, "missing", mend)
        for key, path in _owned(language):
            if key not in english:
                raise ContentError(path, key, "unknown", "name it as in English, or take it away")


def labels_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the key and the words of whatever may stand on a button, in every language below data/locales.

    No file marks what is a label: any short text without an argument is taken for one, so that none is missed.
    """
    for language in sorted(one for one in folder.iterdir() if one.is_dir()):
        for path in sorted(language.glob("*.ftl")):
            for entry in _parsed(read_text(path)).body:
                if isinstance(entry, ast.Message) and (text := _label(entry)):
                    yield entry.id.name, text


def _label(entry: ast.Message) -> str:
    """Return the words of an entry that may stand on a button; empty for one that can't."""
    parts = [] if entry.value is None else [one for one in entry.value.elements if isinstance(one, ast.TextElement)]
    text = "".join(str(one.value) for one in parts)
    if entry.value is None or len(parts) < len(entry.value.elements) or text.endswith(_ENDS_A_SENTENCE):
        return ""
    return text if "\n" not in text and len(text.split()) <= _MOST_IN_A_LABEL else ""


def _owned(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.glob("*.ftl")):
        yield from ((key, path) for key in _keys(path, _parsed(read_text(path))))


def _bundle(folder: Path) -> FluentBundle:
    # Isolation marks would show as boxes on some phones; aliases are of our own making and never mix directions.
    bundle = FluentBundle([folder.name], use_isolating=False)
    owner: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ftl")):
        resource = _parsed(read_text(path))
        for key in _keys(path, resource):
            if key in owner:
                raise ContentError(path, key, "said twice", f"keep it here or in {owner[key].name}")
            owner[key] = path
        bundle.add_resource(resource)
    return bundle


@lru_cache(maxsize=128)
def _parsed(text: str) -> ast.Resource:
    """Parse a file once a process, however often content is loaded; nobody changes an entry, and bundles keep them."""
    return FluentParser(with_spans=False).parse(text)


def _keys(path: Path, resource: ast.Resource) -> Iterator[str]:
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            line = (entry.content or "").strip().splitlines()[0][:60]
            raise ContentError(path, "syntax", line, "mend this entry; Fluent could not read it")
        if isinstance(entry, ast.Message):
            yield entry.id.name
