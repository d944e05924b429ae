"""Schema of what people type instead of tapping, or unasked: data/replies.toml, smalltalk.toml and bot_words.toml."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from buddybot.content.files import Table
from buddybot.content.validation import TableError, TableModel, Texts, validated
from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.crisis.replies import ReplyReading, expanded, replies_of
from buddybot.domain.dialog.bot_words import BotPhrase, BotWords, bot_words_of
from buddybot.domain.dialog.phrases import ReplyPhrases, VerbPhrases, folded
from buddybot.domain.dialog.small_talk import HELLO, Intent, SmallTalk, nearest_phrase
from buddybot.domain.dialog.time_spans import SpanWords
from buddybot.domain.kernel.commands import COMMANDS, Scope
from buddybot.domain.kernel.plaintext import plain


class VerbTable(TableModel):
    """One table of [verbs]: phrases by language, and the families it shares."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Texts]

    families: Texts = ()


class SpansTable(TableModel):
    """Words of time spans."""

    joining: Texts = ()
    none: Texts = ()
    numbers: Mapping[str, Texts] = Field(default_factory=dict)
    units: Mapping[str, Texts] = Field(default_factory=dict)


_ByLanguage = Annotated[Mapping[str, Texts], Field(min_length=1)]


ARGUMENTS = {
    "mentor": {"rest", "back", "stop", "many"},
    "wisdom": {"share", "mine"},
    "milestones": {"new"},
    "quiet": {"off"},
    "checkin": {"daily", "some", "weekly", "off"},
}
"""Commands behind which something can be typed, and what it may mean there."""


class RepliesTable(TableModel):
    """data/replies.toml as it is written."""

    negations: Texts = ()
    asking: Texts = ()
    stating: Texts = ()
    fillers: Texts = ()
    choosing: Texts = ()
    spans: SpansTable = SpansTable()
    careful: Texts = ()
    everyday: Texts = ()
    beside_numbers: Texts = ()
    arguments: Mapping[str, Mapping[str, _ByLanguage]]
    ordinals: Mapping[str, Texts] = Field(default_factory=dict)
    families: Mapping[str, Mapping[str, Texts]] = Field(default_factory=dict)
    verbs: Mapping[str, VerbTable] = Field(default_factory=dict)


def parse_replies(table: Table) -> ReplyPhrases:
    """Return the phrasebook that a table describes, or raise a `TableError`."""
    found = validated(RepliesTable, table)
    families = {name: _folded(by_language) for name, by_language in found.families.items()}
    verbs = {name: _verb(verb, f"verbs.{name}.", families) for name, verb in found.verbs.items()}
    every = (phrase for one in (*families.values(), *(verb.own for verb in verbs.values())) for phrase in one)
    return ReplyPhrases(
        verbs=verbs,
        families=families,
        ordinals=_ordinals(found.ordinals),
        negations=folded(found.negations),
        asking=folded(found.asking),
        stating=folded(found.stating),
        polite=folded(found.fillers),
        fillers=folded((*found.fillers, *found.choosing)),
        careful=frozenset(found.careful),
        spans=_spans(found.spans),
        everyday=folded(found.everyday),
        beside_numbers=folded(found.beside_numbers),
        arguments=_arguments(found.arguments),
        words=frozenset(word for phrase in every for word in phrase.split()),
    )


def _arguments(table: Mapping[str, Mapping[str, Mapping[str, Texts]]]) -> dict[str, dict[str, str]]:
    for command in sorted(ARGUMENTS.keys() | table.keys()):
        known, there = ARGUMENTS.get(command, set()), table.get(command, {}).keys()
        if wrong := sorted(known ^ there):
            fix = "put it back, with phrases for each language" if wrong[0] in known else "remove it: nothing reads it"
            raise TableError(f"arguments.{command}.{wrong[0]}", None, fix)
    return {
        command: {phrase: meaning for meaning, written in of.items() for phrase in _folded(written)}
        for command, of in table.items()
    }


def _spans(table: SpansTable) -> SpanWords:
    numbers, units = _ordinals(table.numbers, "spans.numbers"), _ordinals(table.units, "spans.units")
    return SpanWords(numbers, units, folded(table.joining), folded(table.none))


def _verb(verb: VerbTable, path: str, families: Mapping[str, frozenset[str]]) -> VerbPhrases:
    for one in verb.families:
        if one not in families:
            raise TableError(f"{path}families", one, f"name one of: {', '.join(sorted(families))}")
    return VerbPhrases(_folded(verb.__pydantic_extra__), frozenset(verb.families))


def _folded(by_language: Mapping[str, Texts]) -> frozenset[str]:
    return folded(phrase for listed in by_language.values() for phrase in listed)


def _ordinals(table: Mapping[str, Texts], name: str = "ordinals") -> dict[str, int]:
    found: dict[str, int] = {}
    for number, words in table.items():
        if not number.isascii() or not number.isdigit():
            raise TableError(f"{name}.{number}", number, "make it a number: what the words mean")
        found |= dict.fromkeys(folded(words), int(number))
    return found


SETS = "sets"
"""The table of words that a phrase of small talk may name in braces."""


class IntentTable(TableModel):
    """One intent of data/smalltalk.toml: phrases by language, and what belongs to its answer."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Texts]

    buttons: tuple[Literal["find", "how", "help", "now", "person", "privacy"], ...] = ()
    then: Literal["", "find", "status", "forget", "chart", "mentor", "milestones", "now", "remember"] = ""
    language: str = ""
    gentle: Gentle | None = None
    heavy: bool = False
    asked: bool = False
    low: bool = False
    weak: bool = False


def parse_small_talk(table: Table, reading: ReplyReading) -> SmallTalk:
    """Return the small talk that a table describes; without a hello, or with an unknown set, it is a `TableError`."""
    if HELLO not in table:
        raise TableError(HELLO, None, "put this intent back, with phrases for each language")
    sets = validated(dict[str, dict[str, Texts]], table.get(SETS, {}))
    found = validated(dict[str, IntentTable], {name: one for name, one in table.items() if name != SETS})
    languages = dict.fromkeys(language for one in found.values() for language in one.__pydantic_extra__)
    phrases = {language: replies_of(_phrases(found, sets, language), reading) for language in languages}
    return SmallTalk(
        {
            name: Intent(one.buttons, one.then, one.language, one.gentle, one.heavy, one.asked, one.low, one.weak)
            for name, one in found.items()
        },
        phrases,
        {language: nearest_phrase(replies.phrases, reading) for language, replies in phrases.items()},
    )


def _phrases(
    found: Mapping[str, IntentTable], sets: Mapping[str, Mapping[str, Texts]], language: str
) -> dict[str, list[str]]:
    known = {name: by_language.get(language, ()) for name, by_language in sets.items()}
    phrases: dict[str, list[str]] = {}
    for name, one in found.items():
        for phrase in one.__pydantic_extra__.get(language, ()):
            try:
                phrases.setdefault(name, []).extend(expanded(phrase, known))
            except KeyError:
                raise TableError(f"{name}.{language}", phrase, f"name only sets of [{SETS}] in braces") from None
    return phrases


NUMBERS = "numbers"
"""The table of words for numbers beside the phrases for the bot."""
TAKES = {
    one.name: frozenset(parameter.name for parameter in one.inputs)
    for one in COMMANDS
    if one.scope is not Scope.MODERATOR
}
"""Commands that somebody may mean, and what each can be given."""


class BotWordsTable(TableModel):
    """One kind of wish of data/bot_words.toml: phrases by language, and the command that it means."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Texts]

    command: str
    given: Mapping[str, str] = Field(default_factory=dict)
    pair: bool = False


def parse_bot_words(table: Table) -> BotWords:
    """Return the phrases that may be meant for the bot; one that no command understands is a `TableError`."""
    found = validated(dict[str, BotWordsTable], {name: one for name, one in table.items() if name != NUMBERS})
    numbers = validated(dict[str, Texts], table.get(NUMBERS, {}))
    phrases = [phrase for name, kind in found.items() for phrase in _for_bot(name, kind)]
    return bot_words_of(phrases, _ordinals(numbers, NUMBERS))


def _for_bot(name: str, kind: BotWordsTable) -> list[BotPhrase]:
    if kind.command not in TAKES:
        raise TableError(f"{name}.command", kind.command, f"name one of: {', '.join(sorted(TAKES))}")
    phrases = list[BotPhrase]()
    for language, written in kind.__pydantic_extra__.items():
        for phrase in written:
            words = tuple(one if one.startswith("{") else plain(one) for one in phrase.split())
            slots = {one.strip("{}") for one in words if one.startswith("{")} | kind.given.keys()
            if not slots <= TAKES[kind.command]:
                fix = f"/{kind.command} takes: {', '.join(sorted(TAKES[kind.command])) or 'nothing'}"
                raise TableError(f"{name}.{language}", phrase, fix)
            phrases.append(BotPhrase(words, kind.command, tuple(kind.given.items()), kind.pair))
    return phrases
