"""Schema of data/vocabulary.toml, checked against the questions; it becomes a lexicon for each question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Annotated

from pydantic import Field

from buddybot.content.files import Table
from buddybot.content.tables.zones import TimesTable, zones_of
from buddybot.content.validation import Integer, TableError, TableModel, Texts, single_words, validated
from buddybot.domain.intake.durations import Bounds
from buddybot.domain.intake.questions import Flow, Question
from buddybot.domain.intake.vocabulary import AnswerLexicon, Cue, Meaning, Sense, Vocabulary, typos_allowed
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people.nickname import NicknameWords

_Lists = Annotated[Mapping[str, Texts], Field(default_factory=dict)]
_Numbers = Annotated[Mapping[str, Integer], Field(default_factory=dict)]


class AliasTable(TableModel):
    """Ways of saying one thing: `here` counts only while its question is open, `whole` only as an entire message."""

    sure: Texts = ()
    ask: Texts = ()
    here: Texts = ()
    here_ask: Texts = ()
    whole: Texts = ()


class MeaningTable(AliasTable):
    """One table of [meanings]: `fills` says which choice stores it, if any."""

    fills: str = ""


class ReadingTable(TableModel):
    """[reading]: cues, ordinary words, and words for numbers."""

    cues: Mapping[Cue, Texts] = Field(default_factory=dict)
    ordinary: Texts = ()
    fillers: Texts = ()
    hedges: Texts = ()
    corrections: Texts = ()
    beside_numbers: Texts
    how_many: Texts
    hesitating: Texts
    under: Texts
    over: Texts
    places: _Numbers
    units: _Numbers
    amounts: _Numbers


class NicknamesTable(TableModel):
    """[nicknames]: what the bot draws from, and what no nickname may hold."""

    first: Annotated[Texts, Field(min_length=3)]
    second: Annotated[Texts, Field(min_length=3)]
    anywhere: Texts = ()
    words: Texts = ()
    roles: Texts = ()
    given: Texts = ()


class VocabularyTable(TableModel):
    """data/vocabulary.toml as it is written."""

    date: str
    anywhere: Texts = ()
    commands: _Lists
    reading: ReadingTable
    answers: Mapping[str, Mapping[str, AliasTable]] = Field(default_factory=dict)
    meanings: Mapping[str, MeaningTable] = Field(default_factory=dict)
    times: TimesTable
    nicknames: NicknamesTable
    countries: _Lists
    languages: _Lists


@dataclass(frozen=True, slots=True)
class _Alias:
    """One way of saying a meaning: `here` only while its own question is open, `whole` only as an entire message."""

    phrase: str
    meaning: Meaning
    sure: bool
    here: bool
    whole: bool


def parse_vocabulary(table: Table, flows: Mapping[str, Flow]) -> Vocabulary:
    """Return the vocabulary for all questions of `flows`. Raises `TableError`."""
    found = validated(VocabularyTable, table)
    questions = {question.key: question for flow in flows.values() for question in flow.questions}
    commands = _by_phrase(found.commands)
    aliases = [*_answers(found, questions), *_meanings(found, questions)]
    for name, listed in (("countries", found.countries), ("languages", found.languages)):
        aliases.extend(one for one in _open_list(name, listed) if not (one.whole and one.phrase in commands))
    meanings = {alias.meaning.key: alias.meaning for alias in aliases}
    for question in questions.values():
        for choice in question.choices:
            own = _choice_meaning(question, choice.key)
            meanings.setdefault(own.key, own)
    reading, anywhere = found.reading, _anywhere(found, questions)
    maker = _Lexicons(aliases, _cues(reading), reading.ordinary)
    return Vocabulary(
        date=found.date,
        meanings=meanings,
        lexicons={key: maker.of(question, anywhere) for key, question in questions.items()},
        every=maker.make(aliases),
        anywhere=anywhere,
        units=_numbers(reading.units),
        amounts=_numbers(reading.amounts),
        commands=commands,
        places=reading.places,
        beside_numbers=_words(reading.beside_numbers, "beside_numbers"),
        how_many=_words(reading.how_many, "how_many"),
        hesitating=_words(reading.hesitating, "hesitating"),
        bounds=Bounds(_words(reading.under, "under"), _words(reading.over, "over")),
        fillers=frozenset(map(plain, reading.fillers)),
        hedges=frozenset(map(plain, reading.hedges)),
        corrections=tuple(f"{plain(one)} " for one in reading.corrections),
        zones=zones_of(found.times, found.countries),
        nicknames=_nicknames(found.nicknames),
    )


def _anywhere(found: VocabularyTable, questions: Mapping[str, Question]) -> frozenset[str]:
    for key in found.anywhere:
        if key not in questions:
            raise TableError("anywhere", key, "name a question of questions.toml")
    return frozenset(found.anywhere)


# ── aliases ─────────────────────────────────────────────────────────────────────────────


def _answers(found: VocabularyTable, questions: Mapping[str, Question]) -> Iterable[_Alias]:
    """Read [answers.QUESTION.CHOICE]."""
    for key, choices in found.answers.items():
        if key not in questions:
            raise TableError(f"answers.{key}", key, "name a question of questions.toml")
        for choice, lists in choices.items():
            path = f"answers.{key}.{choice}"
            if choice not in questions[key].by_key:
                raise TableError(path, choice, "name a choice of this question")
            yield from _aliases(lists, _choice_meaning(questions[key], choice), path)


def _choice_meaning(question: Question, choice: str) -> Meaning:
    return Meaning(f"{question.key}.{choice}", question.key, choice, f"choice-{question.key}-{choice}")


def _meanings(found: VocabularyTable, questions: Mapping[str, Question]) -> Iterable[_Alias]:
    """Read [meanings.KEY]: things with a name of their own."""
    for key, table in found.meanings.items():
        question, _, choice = table.fills.partition(".")
        if question and (question not in questions or choice not in questions[question].by_key):
            raise TableError(f"meanings.{key}.fills", table.fills, "name QUESTION.CHOICE of questions.toml")
        yield from _aliases(table, Meaning(key, question, choice, f"meaning-{key}"), f"meanings.{key}")


def _aliases(lists: AliasTable, meaning: Meaning, path: str) -> Iterable[_Alias]:
    for name, texts in (
        ("sure", lists.sure),
        ("ask", lists.ask),
        ("here", lists.here),
        ("here_ask", lists.here_ask),
        ("whole", lists.whole),
    ):
        for text in texts:
            phrase = plain(text)
            if not phrase:
                raise TableError(f"{path}.{name}", text, "use letters or numbers")
            yield _Alias(phrase, meaning, name in {"sure", "here", "whole"}, name.startswith("here"), name == "whole")


def _open_list(name: str, values: Mapping[str, Texts]) -> Iterable[_Alias]:
    """Read CODE = [names]; the first is shown. The code itself counts as an entire message ("no" stays no)."""
    for code, names in values.items():
        if not (code.isalpha() and code.isascii() and len(code) in {2, 3} and names):
            raise TableError(f"{name}.{code}", names, "use a code of two or three letters and at least one name")
        meaning = Meaning(f"{name}.{code}", name, code, "", names[0])
        yield _Alias(plain(code), meaning, sure=True, here=True, whole=True)
        for text in names:
            yield _Alias(plain(text), meaning, sure=True, here=True, whole=False)


# ── lexicons ────────────────────────────────────────────────────────────────────────────


class _Lexicons:
    """Makes lexicons: which aliases count depends on the question that is open."""

    def __init__(self, aliases: list[_Alias], cues: Mapping[str, Cue], ordinary: tuple[str, ...]) -> None:
        self._aliases = aliases
        self._cues = cues
        self._ordinary = frozenset(map(plain, ordinary)).union(word for phrase in cues for word in phrase.split())

    def of(self, question: Question, anywhere: frozenset[str]) -> AnswerLexicon:
        """Return the lexicon while `question` is open."""
        return self.make([alias for alias in self._aliases if _counts(alias, question, anywhere)])

    def make(self, aliases: list[_Alias]) -> AnswerLexicon:
        """Return a lexicon of exactly these aliases."""
        parts, whole = _senses(alias for alias in aliases if not alias.whole), _senses(a for a in aliases if a.whole)
        words = {intern(word) for phrase in parts for word in phrase.split()}
        return AnswerLexicon(
            senses=parts,
            whole=whole,
            cues=self._cues,
            words=frozenset(words),
            ordinary=self._ordinary,
            spellings=tuple(sorted(word for word in words if typos_allowed(word) and not word.isdigit())),
            longest=max((len(phrase.split()) for phrase in (*parts, *self._cues)), default=1) + 1,
        )


def _counts(alias: _Alias, question: Question, anywhere: frozenset[str]) -> bool:
    """Return whether an alias may be understood while a question is open."""
    meaning = alias.meaning
    if meaning.question in {question.key, question.opens or question.key}:
        return True
    if alias.here or alias.whole or not question.others:
        return False
    return meaning.question in anywhere or not meaning.question


def _senses(aliases: Iterable[_Alias]) -> Mapping[str, tuple[Sense, ...]]:
    senses: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for alias in aliases:
        held = senses[alias.phrase]
        held[alias.meaning.key] = held.get(alias.meaning.key, True) and alias.sure
    return {phrase: _shared(tuple(held.items())) for phrase, held in senses.items()}


@lru_cache(maxsize=16384)
def _shared(held: tuple[tuple[str, bool], ...]) -> tuple[Sense, ...]:
    """Return the senses of a phrase: the same value in each of the thirty lexicons that has them."""
    return tuple(Sense(key, sure) for key, sure in held)


def _cues(reading: ReadingTable) -> Mapping[str, Cue]:
    return {plain(text): cue for cue in Cue for text in reading.cues.get(cue, ())}


def _by_phrase(commands: Mapping[str, Texts]) -> Mapping[str, str]:
    phrases: dict[str, str] = {}
    for command, texts in commands.items():
        for text in texts:
            if plain(text) in phrases:
                raise TableError(f"commands.{command}", text, f"it already means {phrases[plain(text)]}")
            phrases[plain(text)] = command
    return phrases


def _words(listed: Texts, name: str) -> frozenset[str]:
    return single_words({"all": listed}, f"reading.{name}")


def _numbers(listed: Mapping[str, int]) -> Mapping[str, int]:
    return {plain(word): number for word, number in listed.items()}


def _nicknames(table: NicknamesTable) -> NicknameWords:
    return NicknameWords(
        table.first,
        table.second,
        anywhere=tuple(plain(word).replace(" ", "") for word in table.anywhere),
        words=frozenset(map(plain, table.words)),
        roles=frozenset(map(plain, table.roles)),
        given=frozenset(map(plain, table.given)),
    )
