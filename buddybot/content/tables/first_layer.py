"""Schema of data/first_layer.toml: the filters that platforms keep for themselves."""

import re
from typing import Annotated

from pydantic import AfterValidator

from buddybot.content.files import Table
from buddybot.content.validation import TableError, TableModel, Texts, validated
from buddybot.domain.channels.platform_filters import (
    LONGEST_PATTERN,
    LONGEST_WORD,
    MOST_FILTERS,
    MOST_PATTERNS,
    MOST_WORDS,
    Filter,
)


def _at_most(most: int, longest: int) -> AfterValidator:
    def check(texts: Texts) -> Texts:
        if len(texts) > most:
            raise ValueError(f"keep to {most}: a platform takes no more")
        if any(len(text) > longest for text in texts):
            raise ValueError(f"keep each to {longest} letters: a platform takes no more")
        return texts

    return AfterValidator(check)


def _plain_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"mend this regular expression ({error.msg})") from error
    if re.search(r"\(\?<?[=!]", pattern):
        raise ValueError("leave look-around out: platforms don't know it")
    return pattern


class FilterTable(TableModel):
    """One table of the file: a rule of the platform."""

    words: Annotated[Texts, _at_most(MOST_WORDS, LONGEST_WORD)] = ()
    patterns: Annotated[
        tuple[Annotated[str, AfterValidator(_plain_pattern)], ...], _at_most(MOST_PATTERNS, LONGEST_PATTERN)
    ] = ()


def parse_filters(table: Table) -> tuple[Filter, ...]:
    """Return the rules of data/first_layer.toml, or raise a `TableError`."""
    if len(table) > MOST_FILTERS:
        raise TableError("first_layer", len(table), f"keep to {MOST_FILTERS} tables: a platform has room for no more")
    found = validated(dict[str, FilterTable], table)
    for name, rule in found.items():
        if not rule.words and not rule.patterns:
            raise TableError(name, table[name], "give it words or patterns, or leave the table out")
    return tuple(Filter(name, rule.words, rule.patterns) for name, rule in found.items())
