"""Schema of data/crisis_replies.toml: meanings of typed replies in a crisis, by language."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.validation import TableError, Texts, validated
from buddybot.domain.crisis.replies import Replies, expanded, replies_of

NEEDED = frozenset({"yes", "no", "unsure", "not-meant", "okay", "called", "breathing", "not-breathing", "alone"})


SETS = "sets"
"""Where words stand that a phrase names in braces."""


def parse_crisis_replies(table: Table) -> Replies:
    """Return the matcher that a table describes; a meaning without phrases, or an unknown set, is a `TableError`."""
    for meaning in sorted(NEEDED - set(table)):
        raise TableError(meaning, None, "put this meaning back, with phrases for each language")
    found = validated(dict[str, Annotated[Mapping[str, Texts], Field(min_length=1)]], table)
    sets = {name: list(words) for name, words in found.get(SETS, {}).items()}
    return replies_of(
        {meaning: _written(meaning, spoken, sets) for meaning, spoken in found.items() if meaning != SETS}
    )


def _written(meaning: str, spoken: Mapping[str, Texts], sets: Mapping[str, list[str]]) -> list[str]:
    phrases: list[str] = []
    for language, written in spoken.items():
        for phrase in written:
            try:
                phrases += expanded(phrase, sets)
            except KeyError:
                raise TableError(f"{meaning}.{language}", phrase, f"name only sets of [{SETS}] in braces") from None
    return phrases
