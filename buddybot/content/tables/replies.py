"""Schema of data/replies.toml: what people type instead of tapping."""

from collections.abc import Mapping

from pydantic import ConfigDict, Field

from buddybot.content.files import Table
from buddybot.content.validation import TableError, TableModel, Texts, validated
from buddybot.domain.dialog.phrases import ReplyPhrases, VerbPhrases, folded


class VerbTable(TableModel):
    """One table of [verbs]: phrases by language, and the families it shares."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Texts]

    families: Texts = ()


class RepliesTable(TableModel):
    """data/replies.toml as it is written."""

    negations: Texts = ()
    asking: Texts = ()
    fillers: Texts = ()
    careful: Texts = ()
    everyday: Texts = ()
    ordinals: Mapping[str, Texts] = Field(default_factory=dict)
    families: Mapping[str, Mapping[str, Texts]] = Field(default_factory=dict)
    verbs: Mapping[str, VerbTable] = Field(default_factory=dict)


def parse_replies(table: Table) -> ReplyPhrases:
    """Return the phrasebook that a table describes, or raise a `TableError`."""
    found = validated(RepliesTable, table)
    families = {name: _folded(by_language) for name, by_language in found.families.items()}
    return ReplyPhrases(
        verbs={name: _verb(verb, f"verbs.{name}.", families) for name, verb in found.verbs.items()},
        families=families,
        ordinals=_ordinals(found.ordinals),
        negations=folded(found.negations),
        asking=folded(found.asking),
        fillers=folded(found.fillers),
        careful=frozenset(found.careful),
        everyday=folded(found.everyday),
    )


def _verb(verb: VerbTable, path: str, families: Mapping[str, frozenset[str]]) -> VerbPhrases:
    for one in verb.families:
        if one not in families:
            raise TableError(f"{path}families", one, f"name one of: {', '.join(sorted(families))}")
    return VerbPhrases(_folded(verb.__pydantic_extra__), frozenset(verb.families))


def _folded(by_language: Mapping[str, Texts]) -> frozenset[str]:
    return folded(phrase for listed in by_language.values() for phrase in listed)


def _ordinals(table: Mapping[str, Texts]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, words in table.items():
        if not number.isascii() or not number.isdigit():
            raise TableError(f"ordinals.{number}", number, "make it a number: what the words mean")
        found |= dict.fromkeys(folded(words), int(number))
    return found
