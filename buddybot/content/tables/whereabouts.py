"""Schema of data/whereabouts.toml: the small words by which the bot hears where somebody says they are."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.tables.small_words import single_words
from buddybot.content.validation import TableModel, Texts, validated
from buddybot.domain.crisis.regions import Whereabouts

_ByLanguage = Annotated[Mapping[str, Texts], Field(min_length=1)]


class WhereaboutsTable(TableModel):
    """data/whereabouts.toml as it is written: lists by language."""

    own: _ByLanguage
    others: _ByLanguage
    near: _ByLanguage
    past: _ByLanguage
    around: _ByLanguage
    everyday: _ByLanguage


def parse_whereabouts(table: Table) -> Whereabouts:
    """Return the words that a table lists, all languages together; what is no single plain word is a `TableError`."""
    return Whereabouts(**{name: single_words(listed, name) for name, listed in validated(WhereaboutsTable, table)})
