"""Message catalog of one language: Fluent entries, each parsed and compiled when it is first said (lazy parsing).

A file is cut at the lines on which an entry can begin; Fluent's own parser, in plain Python, reads nothing but what is
asked for. Reading all of it was an eighth of the start.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import MAX_PART_LENGTH
from fluent.runtime.types import FluentType
from fluent.syntax import FluentParser, ast

from buddybot.content.locale_data import forget_unsaid

_BEGINNING = re.compile(r"^(?=[A-Za-z#-])", re.MULTILINE)
_KEY = re.compile(r"(-?[A-Za-z][\w-]*) *=", re.ASCII)
_REFERENCE = re.compile(r"\{\s*(-?[A-Za-z][\w-]*)", re.ASCII)
_LINE = re.compile(r"[A-Za-z][\w-]* *=(?: *| *\n\s* (?![.*\[]))([^\s{}](?:[^\n{}]*[^\s{}])?)\s*", re.ASCII)
_COMMENT = re.compile(r"#{1,3}(?: .*)?\s*")
_HELD, _HELD_IN = "\ue000{}\ue001", re.compile("\ue000([a-z_]+)\ue001")
"""What stands for words while Fluent puts a message together: it refuses more than 2,500 letters of one argument, and
people write longer notes."""


def entries_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the source of each entry, a term's with its hyphen; what is neither has no key."""
    for source in _BEGINNING.split(text):
        found = _KEY.match(source)
        if found or (source.strip() and _COMMENT.fullmatch(source) is None):
            yield (found[1] if found else "", source)


def bare_line(source: str) -> str:
    """Return what a message says, where that is one line without anything put in; else nothing."""
    found = _LINE.fullmatch(source)
    return found[1] if found else ""


class Catalog:
    """Every string of one language."""

    def __init__(self, language: str, sources: Mapping[str, str]) -> None:
        """Take each entry's source by its key."""
        # Isolation marks would show as boxes on some phones; aliases are of our own making and never mix directions.
        self._bundle = FluentBundle([language], use_isolating=False)
        forget_unsaid(language)
        self._sources = sources
        self._read: set[str] = set()

    def has_message(self, key: str) -> bool:
        """Return whether there is such a string."""
        return key in self._sources

    def format(self, key: str, arguments: Mapping[str, str | int | FluentType]) -> str:
        """Return the string with these put in; one that can't be said in full is a bug and raises."""
        if key not in self._read:
            self._take(key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        long = {name: text for name, text in arguments.items() if isinstance(text, str) and len(text) > MAX_PART_LENGTH}
        text, errors = self._bundle.format_pattern(
            pattern, {**arguments, **{name: _HELD.format(name) for name in long}}
        )
        if errors:
            raise ValueError(f"{key}: {errors[0]}")
        return _HELD_IN.sub(lambda found: long.get(found[1], found[0]), str(text)) if long else str(text)

    def broken(self) -> Iterator[tuple[str, str]]:
        """Yield the key and the source of each entry that Fluent can't read, having tried them all."""
        for key, source in self._sources.items():
            body = _parsed(source).body
            if len(body) != 1 or not isinstance(body[0], ast.Message | ast.Term):
                junk = next((entry for entry in body if isinstance(entry, ast.Junk)), None)
                yield key, source if junk is None else junk.content or source

    def _take(self, key: str) -> None:
        """Parse an entry, and whatever it refers to; it counts as read when all of that is there (threads share it)."""
        wanted, seen, resources = [key], set[str](), list[ast.Resource]()
        while wanted:
            source = self._sources.get(one := wanted.pop())
            if source is None or one in seen or one in self._read:
                continue
            seen.add(one)
            resources.append(_parsed(source))
            wanted += _REFERENCE.findall(source)
        for resource in resources:
            self._bundle.add_resource(resource)
        self._read |= seen


@lru_cache(maxsize=16384)
def _parsed(source: str) -> ast.Resource:
    return FluentParser(with_spans=False).parse(source)
