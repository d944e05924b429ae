"""Translation coverage: what one language lacks beside English, with the context that a translator needs.

Two kinds of text are looked at: Fluent messages (data/locales/<language>/*.ftl), and every table of data/*.toml that
holds texts by language (`en = ...` beside `es = ...`).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeGuard

from fluent.syntax import FluentParser, FluentSerializer, ast

from buddybot.content.files import read_text

SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that a language lacks: its file below data/, its key, the English, and what translators should know."""

    file: str
    key: str
    english: str
    note: str = ""


def translation_gaps(data: Path, language: str) -> Iterator[Gap]:
    """Yield what `language` lacks, file by file; the whole of it where nobody has begun."""
    locales = data / "locales"
    for path in sorted((locales / SOURCE).glob("*.ftl")):
        theirs = locales / language / path.name
        held = {one.key for one in _messages(theirs)} if theirs.is_file() else set[str]()
        yield from (
            replace(one, file=f"locales/{language}/{path.name}") for one in _messages(path) if one.key not in held
        )
    for path in sorted(data.glob("*.toml")):
        yield from _in_table(path.name, tomllib.loads(read_text(path)), (), language)


def _messages(path: Path) -> Iterator[Gap]:
    """Yield the messages of a Fluent file; a note stands above those it is about, a heading above its whole part."""
    heading = note = ""
    for entry in FluentParser(with_spans=False).parse(read_text(path)).body:
        if isinstance(entry, ast.GroupComment):
            heading, note = entry.content or "", ""
        if isinstance(entry, ast.Message) and entry.value is not None:
            note = (entry.comment.content or "") if entry.comment is not None else note
            text = FluentSerializer().serialize_entry(ast.Message(entry.id, entry.value))
            english = text.partition("=")[2].strip()
            context = ": ".join(part for part in (heading, note) if part)
            yield Gap(f"locales/{path.parent.name}/{path.name}", entry.id.name, english, context)


def _in_table(file: str, table: Mapping[str, object], place: tuple[str, ...], language: str) -> Iterator[Gap]:
    english = table.get(SOURCE)
    if language not in table and (isinstance(english, str) or _is_texts(english)):
        text = english if isinstance(english, str) else ", ".join(english)
        yield Gap(file, ".".join(place), text)
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _in_table(file, value, (*place, key), language)


def _is_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
