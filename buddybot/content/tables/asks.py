"""Schema of data/lexicon/asks.toml: named patterns, written with parts that stand for a line of [parts]."""

import re
from collections.abc import Mapping

from buddybot.content.files import Table
from buddybot.content.validation import TableError, TableModel, validated
from buddybot.rules.asks import Asks


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
