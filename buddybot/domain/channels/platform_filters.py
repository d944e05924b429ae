"""What a platform's own filter is told to hold back in open channels, also while the bot is down."""

import re
from dataclasses import dataclass

from buddybot.domain.kernel.faults import Fault, Table, known_keys, table_in, texts_in

LONGEST_WORD, LONGEST_PATTERN = 60, 260
MOST_WORDS, MOST_PATTERNS, MOST_FILTERS = 1000, 10, 6
"""What the narrowest platform takes."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One rule: whole words (`*` at an end stands for more letters) and regular expressions without look-around."""

    name: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


def parse_filters(table: Table) -> tuple[Filter, ...]:
    """Return the rules of data/first_layer.toml, or raise a `Fault`."""
    if len(table) > MOST_FILTERS:
        raise Fault("first_layer", len(table), f"keep to {MOST_FILTERS} tables: a platform has room for no more")
    return tuple(_filter(name, table_in(table, name)) for name in table)


def _filter(name: str, table: Table) -> Filter:
    known_keys(table, frozenset({"words", "patterns"}), f"{name}.")
    words, patterns = texts_in(table, "words", f"{name}."), texts_in(table, "patterns", f"{name}.")
    _short(f"{name}.words", words, MOST_WORDS, LONGEST_WORD)
    _short(f"{name}.patterns", patterns, MOST_PATTERNS, LONGEST_PATTERN)
    if not words and not patterns:
        raise Fault(name, table, "give it words or patterns, or leave the table out")
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise Fault(f"{name}.patterns", pattern, f"mend this regular expression ({error.msg})") from error
        if re.search(r"\(\?<?[=!]", pattern):
            raise Fault(f"{name}.patterns", pattern, "leave look-around out: platforms don't know it")
    return Filter(name, words, patterns)


def _short(key: str, texts: tuple[str, ...], most: int, longest: int) -> None:
    if len(texts) > most:
        raise Fault(key, len(texts), f"keep to {most}: a platform takes no more")
    for text in texts:
        if len(text) > longest:
            raise Fault(key, text, f"keep it to {longest} letters: a platform takes no more")
