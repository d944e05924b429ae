"""Schema of data/crisis_replies.toml: meanings of typed replies in a crisis, by language."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.validation import Filled, TableError, TableModel, Texts, single_words, validated
from buddybot.domain.crisis.replies import Replies, ReplyReading, expanded, replies_of

_ByLanguage = Annotated[Mapping[str, Texts], Field(min_length=1)]
NEEDED = frozenset({"yes", "no", "unsure", "not-meant", "okay", "called", "breathing", "not-breathing", "alone"})


READING = "reading"
"""Where the small words stand by which phrases are found."""
SETS = "sets"
"""Where words stand that a phrase names in braces."""


def parse_crisis_replies(table: Table) -> Replies:
    """Return the matcher that a table describes; a meaning without phrases, or an unknown set, is a `TableError`."""
    for meaning in sorted(NEEDED - set(table)):
        raise TableError(meaning, None, "put this meaning back, with phrases for each language")
    reading = _reading(table)
    found = validated(dict[str, _ByLanguage], {name: one for name, one in table.items() if name != READING})
    sets = {name: list(words) for name, words in found.get(SETS, {}).items()}
    return replies_of(
        {meaning: _written(meaning, spoken, sets) for meaning, spoken in found.items() if meaning != SETS}, reading
    )


class CrisisReadingTable(TableModel):
    """[reading]: lists of words by language, and shorthand with what it stands for."""

    leading: _ByLanguage
    before: _ByLanguage
    subjects: _ByLanguage
    fillers: _ByLanguage
    right: _ByLanguage
    negations: _ByLanguage
    beside: _ByLanguage
    shorthand: Mapping[str, Mapping[str, Filled]]


class WithReading(TableModel):
    """The part of the file that [reading] is."""

    reading: CrisisReadingTable


def _reading(table: Table) -> ReplyReading:
    found = validated(WithReading, {name: one for name, one in table.items() if name == READING}).reading
    lists = {name: listed for name, listed in found if name not in {"before", "shorthand"}}
    return ReplyReading(
        before={word: single_words({word: following}, f"{READING}.before") for word, following in found.before.items()},
        shorthand={
            short: tuple(full.split()) for by_word in found.shorthand.values() for short, full in by_word.items()
        },
        **{name: single_words(listed, f"{READING}.{name}") for name, listed in lists.items()},
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
