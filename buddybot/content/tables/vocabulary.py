"""Reads the table of data/vocabulary.toml, checks it against the questions, and makes a lexicon for each question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from buddybot.content.tables.zones import parse_zones
from buddybot.domain.intake.questions import Flow, Question
from buddybot.domain.intake.vocabulary import AnswerLexicon, Cue, Meaning, Sense, Vocabulary, typos_allowed
from buddybot.domain.kernel.faults import Fault, Table, known_keys, numbers_in, table_in, text_in, texts_in
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.people.nickname import NicknameWords

LISTS = ("sure", "ask", "here", "here_ask", "whole")
OPEN_LISTS = ("countries", "languages")


@dataclass(frozen=True, slots=True)
class _Alias:
    """One way of saying a meaning: `here` only while its own question is open, `whole` only as an entire message."""

    phrase: str
    meaning: Meaning
    sure: bool
    here: bool
    whole: bool


def parse_vocabulary(table: Table, flows: Mapping[str, Flow]) -> Vocabulary:
    """Return the vocabulary for all questions of `flows`. Raises `Fault`."""
    known = {"date", "anywhere", "commands", "reading", "answers", "meanings", "times", "nicknames", *OPEN_LISTS}
    known_keys(table, frozenset(known))
    questions = {question.key: question for flow in flows.values() for question in flow.questions}
    aliases = [*_answers(table, questions), *_meanings(table, questions)]
    commands = _by_phrase(table_in(table, "commands"), "commands.")
    for name in OPEN_LISTS:
        aliases.extend(alias for alias in _open_list(table, name) if not (alias.whole and alias.phrase in commands))
    meanings = {alias.meaning.key: alias.meaning for alias in aliases}
    for question in questions.values():
        for choice in question.choices:
            own = _choice_meaning(question, choice.key)
            meanings.setdefault(own.key, own)
    reading = table_in(table, "reading")
    known_keys(reading, frozenset({"cues", "ordinary", "fillers", "units", "amounts"}), "reading.")
    anywhere = _anywhere(table, questions)
    maker = _Lexicons(aliases, _cues(reading), texts_in(reading, "ordinary", "reading."))
    return Vocabulary(
        date=text_in(table, "date"),
        meanings=meanings,
        lexicons={key: maker.of(question, anywhere) for key, question in questions.items()},
        every=maker.make(aliases),
        anywhere=anywhere,
        units=_numbers(table_in(reading, "units", "reading."), "reading.units."),
        amounts=_numbers(table_in(reading, "amounts", "reading."), "reading.amounts."),
        commands=commands,
        fillers=frozenset(plain(word) for word in texts_in(reading, "fillers", "reading.")),
        zones=parse_zones(table_in(table, "times")),
        nicknames=_nicknames(table_in(table, "nicknames")),
    )


def _anywhere(table: Table, questions: Mapping[str, Question]) -> frozenset[str]:
    for key in texts_in(table, "anywhere"):
        if key not in questions:
            raise Fault("anywhere", key, "name a question of questions.toml")
    return frozenset(texts_in(table, "anywhere"))


# ── aliases ─────────────────────────────────────────────────────────────────────────────


def _answers(table: Table, questions: Mapping[str, Question]) -> Iterable[_Alias]:
    """Read [answers.QUESTION.CHOICE]."""
    answers = table_in(table, "answers")
    for key in answers:
        if key not in questions:
            raise Fault(f"answers.{key}", key, "name a question of questions.toml")
        choices = table_in(answers, key, "answers.")
        for choice in choices:
            path = f"answers.{key}.{choice}"
            if choice not in questions[key].by_key:
                raise Fault(path, choice, "name a choice of this question")
            lists = table_in(choices, choice, f"answers.{key}.")
            yield from _aliases(lists, _choice_meaning(questions[key], choice), path)


def _choice_meaning(question: Question, choice: str) -> Meaning:
    return Meaning(f"{question.key}.{choice}", question.key, choice, f"choice-{question.key}-{choice}")


def _meanings(table: Table, questions: Mapping[str, Question]) -> Iterable[_Alias]:
    """Read [meanings.KEY]: things with a name of their own; `fills` says which choice stores them, if any."""
    meanings = table_in(table, "meanings")
    for key in meanings:
        path = f"meanings.{key}"
        lists = table_in(meanings, key, "meanings.")
        question, _, choice = text_in(lists, "fills", f"{path}.", "").partition(".")
        if question and (question not in questions or choice not in questions[question].by_key):
            raise Fault(f"{path}.fills", lists.get("fills"), "name QUESTION.CHOICE of questions.toml")
        yield from _aliases(lists, Meaning(key, question, choice, f"meaning-{key}"), path)


def _aliases(lists: Table, meaning: Meaning, path: str) -> Iterable[_Alias]:
    known_keys(lists, frozenset({*LISTS, "fills"}), f"{path}.")
    for name in LISTS:
        for text in texts_in(lists, name, f"{path}."):
            phrase = plain(text)
            if not phrase:
                raise Fault(f"{path}.{name}", text, "use letters or numbers")
            yield _Alias(phrase, meaning, name in {"sure", "here", "whole"}, name.startswith("here"), name == "whole")


def _open_list(table: Table, name: str) -> Iterable[_Alias]:
    """Read CODE = [names]; the first is shown. The code itself counts as an entire message ("no" stays no)."""
    values = table_in(table, name)
    for code in values:
        names = texts_in(values, code, f"{name}.")
        if not (code.isalpha() and code.isascii() and len(code) in {2, 3} and names):
            raise Fault(f"{name}.{code}", names, "use a code of two or three letters and at least one name")
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
        self._plain = {plain(word) for word in ordinary} | {word for phrase in cues for word in phrase.split()}

    def of(self, question: Question, anywhere: frozenset[str]) -> AnswerLexicon:
        """Return the lexicon while `question` is open."""
        return self.make([alias for alias in self._aliases if _counts(alias, question, anywhere)])

    def make(self, aliases: list[_Alias]) -> AnswerLexicon:
        """Return a lexicon of exactly these aliases."""
        parts, whole = _senses(alias for alias in aliases if not alias.whole), _senses(a for a in aliases if a.whole)
        words = {word for phrase in parts for word in phrase.split()}
        return AnswerLexicon(
            senses=parts,
            whole=whole,
            cues=self._cues,
            words=frozenset(words | self._plain),
            spellings=tuple(sorted(word for word in words if typos_allowed(word) and not word.isdigit())),
            longest=max((len(phrase.split()) for phrase in (*parts, *self._cues)), default=1) + 1,
        )


def _counts(alias: _Alias, question: Question, anywhere: frozenset[str]) -> bool:
    """Tell whether an alias may be understood while a question is open."""
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
    return {phrase: tuple(Sense(key, sure) for key, sure in held.items()) for phrase, held in senses.items()}


def _cues(reading: Table) -> Mapping[str, Cue]:
    cues: dict[str, Cue] = {}
    table = table_in(reading, "cues", "reading.")
    known_keys(table, frozenset(Cue), "reading.cues.")
    for cue in Cue:
        for text in texts_in(table, cue, "reading.cues."):
            cues[plain(text)] = cue
    return cues


def _by_phrase(table: Table, path: str) -> Mapping[str, str]:
    phrases: dict[str, str] = {}
    for command in table:
        for text in texts_in(table, command, path):
            if plain(text) in phrases:
                raise Fault(f"{path}{command}", text, f"it already means {phrases[plain(text)]}")
            phrases[plain(text)] = command
    return phrases


def _numbers(table: Table, path: str) -> Mapping[str, int]:
    """Read word = number."""
    return {word: numbers_in({word: [table[word]]}, word, path)[0] for word in table}


def _nicknames(table: Table) -> NicknameWords:
    known_keys(table, frozenset({"first", "second", "anywhere", "words", "roles"}), "nicknames.")
    first, second = texts_in(table, "first", "nicknames."), texts_in(table, "second", "nicknames.")
    if min(len(first), len(second)) < 3:  # noqa: PLR2004 - three are offered at a time
        raise Fault("nicknames", (len(first), len(second)), "list at least three first and three second words")
    return NicknameWords(
        first,
        second,
        anywhere=tuple(plain(word).replace(" ", "") for word in texts_in(table, "anywhere", "nicknames.")),
        words=frozenset(plain(word) for word in texts_in(table, "words", "nicknames.")),
        roles=frozenset(plain(word) for word in texts_in(table, "roles", "nicknames.")),
    )
