"""Index of the choices that typed words are compared with: labels and phrases, made once for all that offer the same.

A message that can be none of them is told at once, whatever question is open: `SpokenIndex.may_hold`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.dialog.typed_text import LEAST, SHORTEST, TypedText, is_turned
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token

LIKELY = 75.0
"""Likeness in percent from which a misspelt answer is asked back."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Choice prepared for matching: its token, its labels in every language, whose phrases choose it."""

    token: str
    labels: tuple[str, ...] = field(default=(), repr=False)
    reads: str = ""
    copy: bool = False
    """The labels are copy and hold nobody's name, so how they are spelled may be remembered."""

    @property
    def parsed(self) -> Token:
        """The token as a value; one that can't be parsed has no phrases."""
        return Token.parse(self.token) or Token("")

    def named(self, name: str) -> "Readable":
        """Return the same choice by another name in place of its subject: what is made of it holds for others, too."""
        token = self.parsed
        return Readable(str(Token(token.noun, name, token.verb)), self.labels, self.reads, self.copy)


@dataclass(frozen=True)
class SpokenIndex:
    """Index from normalized phrase to tokens; what only a search within a text needs is made when it is asked for."""

    choices: Mapping[str, Readable]
    labels: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    book: ReplyPhrases

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word of a phrase or filler: a word that is one of them is no slip."""
        return frozenset(part for phrase in self.all() for part in phrase.split()) | _words_of(self.book.fillers)

    @cached_property
    def long(self) -> tuple[tuple[str, bool], ...]:
        """Phrases that are long enough to be compared with what resembles them, and whether each is negated."""
        return tuple((phrase, is_turned(phrase, self.book)) for phrase in self.all() if len(phrase) >= SHORTEST)

    @cached_property
    def most(self) -> int:
        """Words of the longest phrase."""
        return max((phrase.count(" ") + 1 for phrase in self.all()), default=0)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(self.all())

    @cached_property
    def _near(self) -> dict[int, list[str]]:
        """The long phrases that a text of so many letters may resemble, by that length, as it was asked for."""
        return {}

    def may_hold(self, typed: TypedText) -> bool:
        """Return whether a whole message may be a choice: False only where comparing it with each finds nothing.

        Hardly anything that people write to each other resembles a button, and this is much cheaper than a look at all.
        """
        return not self._whole.isdisjoint(typed.forms) or typed.nearly_negates or any(map(self._resembles, typed.whole))

    def _resembles(self, words: str) -> bool:
        if len(words) < LEAST:
            return False
        if (near := self._near.get(len(words))) is None:
            least, most = lengths_alike(len(words))
            near = [phrase for phrase, _ in self.long if least <= len(phrase) <= most]
            self._near[len(words)] = near
        return bool(near) and process.extractOne(words, near, scorer=fuzz.ratio, score_cutoff=LIKELY - 1) is not None

    def tokens(self, phrase: str) -> tuple[str, ...]:
        """Return the choices that a phrase means."""
        return self.labels.get(phrase) or self.phrases.get(phrase, ())

    def all(self) -> Iterable[str]:
        """Return every label and phrase once."""
        return dict.fromkeys((*self.labels, *self.phrases))

    def careful(self, token: str) -> bool:
        """Return whether only words that are spelled right may choose this."""
        return self.book.is_careful(self.choices[token].parsed)


@dataclass(frozen=True, slots=True)
class ChoiceIndex:
    """Choices of one question, in their order, and the index that they share with others of the same labels."""

    tokens: tuple[str, ...]
    spoken: SpokenIndex
    own: Mapping[str, str] = field(default_factory=dict)
    """The token of each choice by what it is called in a shared index; empty where the index is its own."""


def index_of(choices: Sequence[Readable], book: ReplyPhrases, *, everyday: bool) -> ChoiceIndex:
    """Return the index of these choices. Without `everyday`, only what people don't say to each other counts."""
    tokens = tuple(one.token for one in choices)
    if not all(one.copy for one in choices):
        return ChoiceIndex(tokens, _spoken(tuple(choices), book, everyday=everyday))
    # Choices of copy alone are the same whatever they are about: their phrases are looked up once for all of them.
    places = {token: f"{place:03}" for place, token in enumerate(sorted(set(tokens)))}
    alike = tuple(one.named(places[one.token]) for one in choices)
    own = {one.token: token for one, token in zip(alike, tokens, strict=True)}
    return ChoiceIndex(tokens, _spoken_copy(alike, book, everyday=everyday), own)


def _spoken(choices: tuple[Readable, ...], book: ReplyPhrases, *, everyday: bool) -> SpokenIndex:
    labels: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for one in choices:
        for label in dict.fromkeys(map(plain, one.labels)):
            if label and (everyday or not book.is_everyday(label)):
                labels[label] = tuple(dict.fromkeys((*labels.get(label, ()), one.token)))
        for phrase in _phrases(book, one.parsed.noun, one.parsed.verb, one.reads, everyday=everyday):
            phrases[phrase] = (*phrases.get(phrase, ()), one.token)
    return SpokenIndex({one.token: one for one in choices}, labels, phrases, book)


_spoken_copy = lru_cache(maxsize=512)(_spoken)


@lru_cache(maxsize=1024)
def _phrases(book: ReplyPhrases, noun: str, verb: str, reads: str, *, everyday: bool) -> tuple[str, ...]:
    every = book.phrases(Token(noun, verb=verb), reads)
    return tuple(phrase for phrase in every if everyday or not book.is_everyday(phrase))


@lru_cache(maxsize=4)
def _words_of(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(part for phrase in phrases for part in phrase.split())


def lengths_alike(length: int) -> tuple[float, float]:
    """Return how short and how long a text can be that is `LIKELY` this long one, whatever is in them."""
    shorter = LIKELY / (200 - LIKELY)
    return shorter * length, length / shorter
