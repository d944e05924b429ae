"""Schema of data/wisdom.toml: the topics of the experience library, the words that mean them, the length of a story."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field

from buddybot.content.files import Table
from buddybot.content.validation import Count, TableError, TableModel, Texts, validated
from buddybot.domain.care.stories import Topics

LONGEST_KEY = 16
"""A topic's key goes into the token of a button, which has room for 64 bytes."""


class TopicTable(TableModel):
    """One topic: what people type when they mean it, by language."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Texts]

    en: Texts


class WisdomTable(TableModel):
    """data/wisdom.toml as it is written."""

    shortest: Count
    longest: Count
    topics: Annotated[Mapping[str, TopicTable], Field(min_length=1)]


def parse_topics(table: Table) -> Topics:
    """Return the vocabulary that a table describes, or raise a `TableError`."""
    found = validated(WisdomTable, table)
    if found.longest <= found.shortest:
        raise TableError("longest", found.longest, "make it more than shortest")
    for key in found.topics:
        if "." in key or len(key) > LONGEST_KEY:
            raise TableError(f"topics.{key}", key, "give it a short name without a dot")
    words = {
        key: tuple(word for said in (one.en, *one.__pydantic_extra__.values()) for word in said)
        for key, one in found.topics.items()
    }
    return Topics(found.shortest, found.longest, words)
