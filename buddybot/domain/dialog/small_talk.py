"""Small talk: intent matching for what is typed where nothing was asked, and the line that answers it.

The bot does not pretend to understand: what it has no answer for is a miss, and after two of them it offers buttons. No
line comes twice running.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log, sqrt

from rapidfuzz.distance import OSA

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.crisis.replies import Replies, ReplyReading
from buddybot.domain.kernel.plaintext import plain

HELLO = "hello"
STILL, UNHEARD, BUTTONS = "small-still", "not-understood", "small-buttons"
GREETED = "greeting"
NEAR, SURE = 0.6, 0.75
"""Least similarity at which words that are nobody's phrase are taken for one; and for one that does something."""
LONGEST = 12
"""Words of a message in which one known phrase may stand for the whole of it."""
SHORTEST, LONG_WORD = 4, 7
"""Letters of a word in which one slip is put right, and of one in which two are."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Intent of small talk: buttons by name, a command done in place of an answer, a language that is offered.

    `gentle` is the soft question of the crisis conversation that answers it (are they safe, are they alone).
    """

    buttons: tuple[str, ...] = ()
    then: str = ""
    language: str = ""
    gentle: Gentle | None = None
    heavy: bool = False
    """Tells of a bad moment: in the middle of the questions it is answered before the question comes again."""
    asked: bool = False
    """Asks about the bot or the house: in the middle of the questions it is answered like a bad moment."""
    low: bool = False
    """Said by people who are low, or who leave: in an open crisis conversation it is heard there, not as small talk."""
    weak: bool = False
    """Said beside almost anything (hello, thanks, "i dont know"): what else a message means is what they came for."""


@dataclass(frozen=True, slots=True)
class Meant:
    """An intent by its name, and the language in which it was said."""

    name: str
    language: str
    intent: Intent


@dataclass(frozen=True, slots=True)
class NearestPhrase:
    """Cosine similarity of a message to each phrase, its words weighed by how rare they are (tf-idf)."""

    names: tuple[str, ...] = field(repr=False)
    """The intent of each phrase, by its number."""
    lengths: "array[float]" = field(repr=False)
    holding: Mapping[str, "array[int]"] = field(repr=False)
    """The phrases in which a word stands (an inverted index)."""
    weights: Mapping[str, float] = field(repr=False)
    unknown: float
    reading: ReplyReading

    def of(self, words: frozenset[str]) -> tuple[float, str]:
        """Return how near the nearest phrase is, and its intent."""
        own = _length(words, self.weights, self.unknown)
        shared: dict[int, float] = {}
        for word in sorted(words):  # in one order, so that the same words always sum up to the same
            for number in self.holding.get(word, ()):
                shared[number] = shared.get(number, 0.0) + self.weights[word] ** 2
        return max(
            ((value / (own * self.lengths[number]), self.names[number]) for number, value in shared.items()),
            default=(0.0, ""),
        )

    def mended(self, words: Iterable[str]) -> frozenset[str]:
        """Return words with small slips put right: "is anyone reel" shares all its words with a phrase but one."""
        return frozenset(word if word in self.weights else self._mend(word) for word in words)

    def _mend(self, word: str) -> str:
        if len(word) < SHORTEST or word in self.reading.negations or word in self.reading.right:
            return word
        slips = 1 if len(word) < LONG_WORD else 2
        near = (
            (distance, other)
            for other in self.weights
            if len(other) >= SHORTEST
            and other[0] == word[0]
            and other not in self.reading.negations
            and (distance := OSA.distance(word, other, score_cutoff=slips)) <= slips
        )
        return min(near, default=(0, word))[1]


def _length(words: Iterable[str], weights: Mapping[str, float], unknown: float) -> float:
    return sqrt(sum(weights.get(word, unknown) ** 2 for word in words)) or 1.0


def nearest_phrase(phrases: Mapping[tuple[str, ...], str], reading: ReplyReading) -> NearestPhrase:
    """Return the similarity matcher for phrases by their plain words."""
    vectors = [(found, name) for words, name in phrases.items() if (found := _bare_words(words, reading))]
    holding: dict[str, array[int]] = {}
    for number, (words, _) in enumerate(vectors):
        for word in words:
            holding.setdefault(word, array("I")).append(number)
    names = tuple(name for _, name in vectors)
    many = len(set(phrases.values())) + 1
    weights = {word: log(many / len({names[number] for number in held})) for word, held in holding.items()}
    lengths = array("d", (_length(words, weights, 0.0) for words, _ in vectors))
    return NearestPhrase(names, lengths, holding, weights, log(many), reading)


def _bare_words(words: Iterable[str], reading: ReplyReading) -> frozenset[str]:
    return frozenset(word for word in words if word not in reading.fillers and word not in reading.beside)


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """All intents, and a matcher for each language."""

    intents: Mapping[str, Intent] = field(default_factory=dict)
    phrases: Mapping[str, Replies] = field(default_factory=dict, repr=False)
    nearest: Mapping[str, NearestPhrase] = field(default_factory=dict, repr=False)

    def meant(self, text: str, locale: str, *, slips: bool = True) -> Meant | None:
        """Return what a message means; None where nothing is known of it, or without `slips` only a misspelling of it.

        The member's own language is read first, but "no puedo dormir" is more than an English no.
        """
        order = sorted(self.phrases, key=lambda one: one != locale)
        read = [self._in(one, text, slips=slips and (one == locale or self._speaks(one, text))) for one in order]
        found = [one for one in read if one is not None]
        return min(found, key=lambda one: one.intent.weak, default=None)

    def _speaks(self, language: str, text: str) -> bool:
        """Return whether a word of a message is one of a language as it stands: "hace" is no slip of "hate"."""
        return not self.phrases[language].words.isdisjoint(plain(text).split())

    def _in(self, language: str, text: str, *, slips: bool) -> Meant | None:
        found, understood = self.phrases[language].read(text, mend=slips)
        if not (understood or len(text.split()) <= LONGEST):
            return None
        name = next((one for one in found if not self.intents[one].weak), "")
        name = name or self._near(language, text, slips=slips) or next(iter(found), "")
        return Meant(name, language, self.intents[name]) if name else None

    def _near(self, language: str, text: str, *, slips: bool) -> str:
        """Return what words that are nobody's phrase come nearest to; misspelt ones to none that does something."""
        if language not in self.nearest:
            return ""
        nearest = self.nearest[language]
        words = _bare_words(nearest.reading.written_out(plain(text).split()), nearest.reading)
        near, name = nearest.of(words)
        doing = name and (self.intents[name].then or self.intents[name].weak)
        if near >= (SURE if doing else NEAR):
            return name
        near, name = nearest.of(nearest.mended(words)) if slips else (0.0, "")
        weak = name and self.intents[name].weak
        return name if near >= (SURE if weak else NEAR) and not self.intents[name].then else ""


def line_for_answer(last: str, key: str) -> str:
    """Return the line of an answer: this one, or another one where it was said last."""
    return STILL if key == last else key


def line_for_miss(last: str) -> str:
    """Return the line for words that nothing is known of: every second time running buttons are offered instead."""
    return UNHEARD if last != UNHEARD else BUTTONS
