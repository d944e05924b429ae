"""Schema of data/crisis_replies.toml: meanings of typed replies in a crisis, by language."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.validation import TableError, Texts, validated
from buddybot.domain.crisis.replies import Replies, replies_of

NEEDED = frozenset({"yes", "no", "unsure", "not-meant", "okay", "called", "breathing", "not-breathing", "alone"})


def parse_crisis_replies(table: Table) -> Replies:
    """Return the matcher that a table describes; a meaning without phrases is a `TableError`."""
    for meaning in sorted(NEEDED - set(table)):
        raise TableError(meaning, None, "put this meaning back, with phrases for each language")
    found = validated(dict[str, Annotated[Mapping[str, Texts], Field(min_length=1)]], table)
    return replies_of(
        {meaning: [phrase for listed in spoken.values() for phrase in listed] for meaning, spoken in found.items()}
    )
