"""Alias lexicon of answers: looked up exactly, longest match first, then by spelling.

An `AnswerLexicon` is made once for each question, so that reading an answer is a few dictionary look-ups. An alias
with one sure meaning is understood; one marked to be asked about, or with several meanings, never is without a "did
you mean".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from buddybot.domain.dialog.choice_labels import SpokenLabels, forms_of
from buddybot.domain.intake.durations import Bounds
from buddybot.domain.kernel.plaintext import short_runs
from buddybot.domain.people.nickname import NicknameWords
from buddybot.domain.people.zones import Zones

_DIGITS = re.compile(r"\d+")
YES, NO = "yes", "no"
"""Commands that answer a plain question."""
JOINED_LEAST = 6
"""Letters that two or three words must make together to be tried as one split word ("sub oxone")."""


class Cue(StrEnum):
    """Modality cue: words that change what the next ones mean (negation, past, considering)."""

    NOT = "not"
    PAST = "past"
    PRESENT = "present"
    """Ends what was past or only thought about, but not what is denied ("not currently on")."""
    CONSIDERING = "considering"
    BUT = "but"
    """Ends all that came before it ("not methadone, just bup")."""
    PLAIN = "plain"
    """Carries nothing ("and", "or", "lol"): a part made only of these and known words goes on with the one before."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a word may mean: a choice of a question, or something that is no answer at all (`question` empty).

    `label` is the locale key of its name; `name` is the name itself where it is the same in all locales.
    """

    key: str
    question: str
    choice: str
    label: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """A meaning of one alias; not `sure` means that it must be asked about."""

    meaning: str
    sure: bool


@dataclass(frozen=True, slots=True)
class VocabularyWord:
    """Longest match in a message: `size` tokens, with its senses or its cue (or neither: an ordinary word)."""

    size: int
    senses: tuple[Sense, ...] = ()
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class AnswerLexicon:
    """All that can be understood while one question is open. `whole` aliases count only as an entire message."""

    senses: Mapping[str, tuple[Sense, ...]] = field(repr=False)
    whole: Mapping[str, tuple[Sense, ...]] = field(repr=False)
    cues: Mapping[str, Cue] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    ordinary: frozenset[str] = field(repr=False)
    """The same in every lexicon, and kept once."""
    spellings: tuple[str, ...] = field(repr=False)
    """Words that a longer unknown word may be a typo of."""
    longest: int = 1

    def knows(self, word: str) -> bool:
        """Return whether a word is spelt right: no typo of another."""
        return word in self.words or word in self.ordinary

    def spelt(self, token: str) -> tuple[str, ...]:
        """Correct the spelling of `token`: itself if known, else the nearest words; several if it is ambiguous.

        Allowed: 1 letter off (or two swapped) for words of 5-7 letters, 2 for longer ones, none for shorter.
        """
        if self.knows(token) or not typos_allowed(token):
            return (token,)
        for shorter in short_runs(token):
            if self.knows(shorter):
                return (shorter,)
        token = (short_runs(token) or (token,))[-1]
        found = process.extract(token, self.spellings, scorer=OSA.distance, score_cutoff=2, limit=None)
        near = {word: distance for word, distance, _ in found if distance <= typos_allowed(word)}
        best = min(near.values(), default=0)
        return tuple(sorted(word for word, distance in near.items() if distance == best)) or (token,)

    def whole_message(self, message: str) -> tuple[Sense, ...]:
        """Return the senses of an alias that is the entire message, or one slip away from it; () where none is.

        A number is no slip of another one; where two aliases of different senses are as near, neither is meant.
        """
        if message in self.whole or not typos_allowed(message):
            return self.whole.get(message, ())
        if all(map(self.knows, message.split())):
            return ()
        near = process.extract(message, self.whole.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
        senses = {
            self.whole[alias]
            for alias, _, _ in near
            if typos_allowed(alias) and _DIGITS.findall(alias) == _DIGITS.findall(message)
        }
        return senses.pop() if len(senses) == 1 else ()

    def at(self, tokens: list[str], start: int) -> VocabularyWord:
        """Return the longest known stretch that begins at `start`, written together or apart."""
        for size in range(min(self.longest, len(tokens) - start), 0, -1):
            piece = tokens[start : start + size]
            phrase = " ".join(piece)
            if phrase in self.senses or phrase in self.cues:
                return VocabularyWord(size, self.senses.get(phrase, ()), self.cues.get(phrase))
            joined = "".join(piece)
            if 1 < size <= 3 and len(joined) >= JOINED_LEAST and joined in self.senses:  # noqa: PLR2004 - words split in two or three
                return VocabularyWord(size, self.senses[joined])
        return VocabularyWord(1)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Everything in data/vocabulary.toml, made ready. `date` says when the words were last looked over."""

    date: str
    meanings: Mapping[str, Meaning] = field(repr=False)
    lexicons: Mapping[str, AnswerLexicon] = field(repr=False)
    """By question."""
    every: AnswerLexicon = field(repr=False)
    """All aliases at once: for telling apart what was offered by name."""
    anywhere: frozenset[str]
    """Questions that an answer to another one may fill."""
    units: Mapping[str, int] = field(repr=False)
    """Words for stretches of time, in days."""
    amounts: Mapping[str, int] = field(repr=False)
    """Words for small numbers ("a", "couple")."""
    places: Mapping[str, int] = field(repr=False)
    """Words for places in a list ("second")."""
    beside_numbers: frozenset[str] = field(repr=False)
    """Words around numbers of a list, that name none."""
    how_many: frozenset[str] = field(repr=False)
    """Words before a number that is no place ("las dos")."""
    hesitating: frozenset[str] = field(repr=False)
    """Words with which an answer is taken back before it is given: "no wait" is no "no"."""
    bounds: Bounds = field(repr=False)
    """Words before a stretch of time that is shorter or longer than it says."""
    commands: Mapping[str, str] = field(repr=False)
    """Whole messages that work at any point, and the replies `yes`, `no`, `all`, `none`, `look` and so on."""
    fillers: frozenset[str] = field(repr=False)
    """Words that may stand around a command without changing it ("please", "wait")."""
    corrections: tuple[str, ...] = field(repr=False)
    """How a correction of what was answered before begins ("i meant ")."""
    zones: Zones = field(repr=False)
    nicknames: NicknameWords = field(repr=False)
    hedges: frozenset[str] = field(default=frozenset(), repr=False)
    """Words with which somebody says that they are not sure ("i guess")."""
    around: frozenset[str] = field(default=frozenset(), repr=False)
    """Words around an answer that say nothing, and none of the hedges."""
    labels: SpokenLabels = field(default_factory=SpokenLabels, repr=False)
    """What stands on the buttons of each question."""

    def command(self, message: str, *, hedged: bool = True) -> str:
        """Return the command that a whole plain message is, past small words around it and small slips; or "".

        With `hedged` it is one also of somebody who is not sure ("i guess skip").
        """
        if message in self.commands:
            return self.commands[message]
        core = " ".join(word for word in message.split() if word not in self.fillers)
        for form in forms_of(core, self.hedges) if hedged else (core,):
            if form in self.commands:
                # "Yeah no" is no yes, whatever else "no" is but a word around ("no wait go back").
                contrary = self.commands[form] == YES and self._denies(message)
                return "" if contrary else self.commands[form]
        if not typos_allowed(core):
            return ""
        if all(map(self.every.knows, core.split())):
            return ""  # "night" is a word, and no slip of "right"
        near = {
            self.commands[phrase]
            for phrase, _, _ in process.extract(
                core, self.commands.keys(), scorer=OSA.distance, score_cutoff=1, limit=None
            )
            if typos_allowed(phrase)
        }
        return near.pop() if len(near) == 1 else ""

    def is_word(self, word: str) -> bool:
        """Return whether a word is spelled right, and so no slip of another one."""
        return self.every.knows(word) or word in self.spoken

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Every word of a command, a filler or a hedge."""
        listed = (*self.commands, *self.fillers, *self.hedges, *self.around)
        return frozenset(word for phrase in listed for word in phrase.split())

    def _denies(self, message: str) -> bool:
        """Return whether a word of a plain message is a plain no, and not one of a hedge ("no se, si")."""
        *_, said = forms_of(message, self.hedges)
        return any(self.commands.get(word) == NO for word in said.split())

    @cached_property
    def nods(self) -> frozenset[str]:
        """The single words that say yes."""
        return frozenset(word for word, command in self.commands.items() if command == YES and " " not in word)

    def corrects(self, message: str) -> bool:
        """Return whether a plain message corrects what was said before ("wait i meant no")."""
        return message.startswith(self.corrections)

    def corrected(self, message: str) -> str:
        """Return what a plain message says in place of what was said before; "" where it corrects nothing."""
        begun = max((one for one in self.corrections if message.startswith(one)), key=len, default="")
        return message.removeprefix(begun) if begun else ""

    def named(self, message: str) -> frozenset[str]:
        """Return all that the words of a plain message may mean, whichever question they are about."""
        tokens, found, index = message.split(), set[str](), 0
        tokens = [self.every.spelt(token)[0] for token in tokens]
        while index < len(tokens):
            word = self.every.at(tokens, index)
            found.update(sense.meaning for sense in word.senses if sense.sure)
            index += word.size
        return frozenset(found)

    def meaning(self, key: str) -> Meaning:
        """Return a meaning; one that no list holds (an offset, say) is QUESTION.KEY."""
        if key in self.meanings:
            return self.meanings[key]
        question, _, choice = key.partition(".")
        return Meaning(key, question, choice, "", choice)


def typos_allowed(word: str) -> int:
    """Return the edit distance allowed: short words are slang, and slang is never guessed at."""
    if len(word) <= 4:  # noqa: PLR2004 - the three steps are the rule itself
        return 0
    return 1 if len(word) <= 7 else 2  # noqa: PLR2004 - likewise
