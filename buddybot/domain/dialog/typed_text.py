"""Typed words, normalized once for every question that they are read against."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from buddybot.domain.dialog.fillers import narrower, stripped
from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.kernel.plaintext import plain, short_runs

LONGEST = 24
"""Words of a message in which an answer is looked for."""
SHORTEST = 4
"""Letters of the shortest phrase that is recognized misspelt."""
LEAST = 3
"""Letters of the shortest message that is compared with it."""
LONG_NEGATION = 7
"""Letters of a negation in which any slip is seen, as in "witout"."""
_GROWN = ("not", "dont", "isnt", "cant")
"""Negations that are written together with the next word."""


@dataclass(frozen=True)
class TypedText:
    """A message, and the forms of it that may be an answer; each is made when it is first asked for."""

    text: str = field(repr=False)
    book: ReplyPhrases

    @cached_property
    def plain(self) -> str:
        """Plain words alone."""
        return plain(self.text)

    @cached_property
    def words(self) -> str:
        """Plain words, or the signs where there are none."""
        text = self.text
        return (
            self.plain
            or "".join(char for char in text if char not in "\ufe0f\u200d" and not "🏻" <= char <= "🏿").strip()
        )

    @cached_property
    def readable(self) -> bool:
        """Return whether an answer is looked for at all."""
        return bool(self.words) and len(self.words.split()) <= LONGEST

    @cached_property
    def number(self) -> int | None:
        """Place in a list that it names."""
        named = (self.book.number(words) for words in (self.words, *self.whole))
        return next((number for number in named if number is not None), None)

    @cached_property
    def bare(self) -> str:
        """Words without polite and empty ones around them."""
        *_, bare = (" ".join(self.words.split()), *stripped(self.words, self.book.fillers))
        return bare

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Forms that may be a phrase as they stand: with fewer and fewer words around what is said."""
        left = narrower(self.words, self.book.fillers, _nods(self.book)) if self.readable else ()
        return tuple(dict.fromkeys((self.words, *short_runs(self.words), *left)))

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """Forms that are compared with phrases: without fillers, then with some of them, then as it stands."""
        left = narrower(self.words, self.book.fillers, _nods(self.book)) if self.readable else ()
        return tuple(dict.fromkeys((self.bare, *reversed(tuple(left)), self.words)))

    @cached_property
    def nearly_negates(self) -> bool:
        """Return whether one of its words is a negation with a slip in it."""
        words, near = self.words.split(), _near_negations(self.book)
        return not near.isdisjoint(words) or any(nearly(word, one) for word in words for one in _long(self.book))


@lru_cache(maxsize=4)
def _nods(book: ReplyPhrases) -> frozenset[str]:
    """Return the single words that say yes or nod, none of which turns round what follows."""
    agreeing = (book.families.get(name, frozenset()) for name in ("yes", "okay"))
    return frozenset(phrase for family in agreeing for phrase in family if " " not in phrase)


@lru_cache(maxsize=4)
def _near_negations(book: ReplyPhrases) -> frozenset[str]:
    """Return every word that is one slip, with the same letters, away from a negation."""
    return frozenset(word for negation in book.negations for word in _edited(negation) if nearly(word, negation))


def nearly(word: str, negation: str) -> bool:
    """Return whether a word is a negation with one slip: in a short one a letter of its own doubled, or two swapped.

    With any other letter a short one is a word of its own, as "shop" is.
    """
    slip = abs(len(word) - len(negation)) <= 1 and OSA.distance(word, negation, score_cutoff=1) == 1
    return slip and (set(word) == set(negation) or len(negation) >= LONG_NEGATION)


@lru_cache(maxsize=4)
def _long(book: ReplyPhrases) -> tuple[str, ...]:
    return tuple(sorted(one for one in book.negations if len(one) >= LONG_NEGATION))


def _edited(word: str) -> Iterator[str]:
    """Yield a word with a letter of its own too many, one missing, one for another, or two swapped."""
    for at in range(len(word) + 1):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
        for letter in set(word):
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]


def is_turned(words: str, book: ReplyPhrases) -> bool:
    """Return whether it is negated, also grown together with a word ("notbreathing")."""
    return any(part in book.negations or (part.startswith(_GROWN) and part not in _GROWN) for part in words.split())
