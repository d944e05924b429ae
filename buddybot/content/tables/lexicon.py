"""Schemas of data/lexicon: the words of each kind, how written signs are folded, and patterns of asking."""

import re
from collections.abc import Mapping

from buddybot.content.files import Table
from buddybot.content.validation import TableError, TableModel, Texts, validated
from buddybot.rules.asks import Asks
from buddybot.rules.normalise import FoldingTables


def words_in_line(line: str) -> frozenset[str]:
    """Read `word word|a phrase|another`: single words up to the first bar, then phrases."""
    single, _, phrases = line.partition("|")
    return frozenset(single.split()) | {" ".join(phrase.split()) for phrase in phrases.split("|") if phrase.strip()}


class UnitsTable(TableModel):
    """Units of measure, which are no letters."""

    keep: Texts


class FoldingTable(TableModel):
    """data/lexicon/folding.toml as it is written."""

    confusables: Mapping[str, str]
    leet: Mapping[str, str]
    units: UnitsTable
    shorthand: Mapping[str, str]
    emoji: Mapping[str, str]


class LanguageTable(TableModel):
    """One language of the lexicon: the words of each kind, in one line."""

    kinds: Mapping[str, str]


def folding_tables(table: Table) -> FoldingTables:
    """Return how written signs become plain letters, or raise a `TableError`."""
    found = validated(FoldingTable, table)
    units = frozenset(found.units.keep)
    return FoldingTables(found.confusables, found.leet, units, found.shorthand, found.emoji)


def words_by_kind(table: Table) -> dict[str, frozenset[str]]:
    """Return the words of one language by kind, or raise a `TableError`."""
    return {kind: words_in_line(line) for kind, line in validated(LanguageTable, table).kinds.items()}


class AsksTable(TableModel):
    """data/lexicon/asks.toml as it is written."""

    parts: Mapping[str, str]
    asks: Mapping[str, tuple[str, ...]]


def asks_of(table: Table) -> Asks:
    """Return the patterns that a table describes, or raise a `TableError`."""
    found = validated(AsksTable, table)
    return Asks({name: _pattern(name, lines, found.parts) for name, lines in found.asks.items()})


def _pattern(name: str, lines: tuple[str, ...], parts: Mapping[str, str]) -> re.Pattern[str]:
    whole = "|".join(lines)
    for part, meaning in parts.items():
        whole = whole.replace("{" + part + "}", meaning)
    try:
        return re.compile(whole)
    except re.error as error:
        raise TableError(f"asks.{name}", whole[:60], f"mend this regular expression ({error.msg})") from error
