"""Reads the tables of data/lexicon into values; a table that makes no sense is a ValueError naming its key."""

from collections.abc import Mapping

from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import FoldingTables


def text_map(table: object, key: str) -> dict[str, str]:
    """Return `table` as text by text."""
    if not isinstance(table, Mapping):
        raise ValueError(f"{key}: write a table of words here")  # noqa: TRY004 - one kind of error for a broken file
    found: dict[str, str] = {}
    for name, value in table.items():
        if not isinstance(value, str):
            raise ValueError(f"{key}.{name}: write text in quotes")  # noqa: TRY004 - likewise
        found[str(name)] = value
    return found


def words_of(line: str) -> frozenset[str]:
    """Read `word word|a phrase|another`: single words up to the first bar, then phrases."""
    single, _, phrases = line.partition("|")
    return frozenset(single.split()) | {" ".join(phrase.split()) for phrase in phrases.split("|") if phrase.strip()}


def folding_tables(table: Mapping[str, object]) -> FoldingTables:
    """Read data/lexicon/folding.toml."""
    units = table.get("units")
    keep = units.get("keep") if isinstance(units, Mapping) else None
    if not isinstance(keep, list):
        raise ValueError("units.keep: write a list of units")  # noqa: TRY004 - likewise
    return FoldingTables(
        confusables=text_map(table.get("confusables"), "confusables"),
        leet=text_map(table.get("leet"), "leet"),
        units=frozenset(map(str, keep)),
        shorthand=text_map(table.get("shorthand"), "shorthand"),
        emoji=text_map(table.get("emoji"), "emoji"),
    )


def lexicon_of(languages: Mapping[str, Mapping[str, object]]) -> Lexicon:
    """Read one table `[kinds]` for each language."""
    return Lexicon(
        {
            language: {
                kind: words_of(line) for kind, line in text_map(table.get("kinds"), f"{language}: kinds").items()
            }
            for language, table in languages.items()
        }
    )
