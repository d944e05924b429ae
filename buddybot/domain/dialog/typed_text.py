"""Typed words, normalized once for every question that they are read against."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from buddybot.domain.dialog.fillers import stripped
from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.kernel.plaintext import plain, short_runs

LONGEST = 24
"""Words of a message in which an answer is looked for."""
SHORTEST = 4
_GROWN = ("not", "dont", "isnt", "cant")
"""Negations that are written together with the next word."""


@dataclass(frozen=True)
class TypedText:
    """A message, and the forms of it that may be an answer; each is made when it is first asked for."""

    text: str = field(repr=False)
    book: ReplyPhrases

    @cached_property
    def words(self) -> str:
        """Plain words, or the signs where there are none."""
        text = self.text
        return (
            plain(text)
            or "".join(char for char in text if char not in "\ufe0f\u200d" and not "🏻" <= char <= "🏿").strip()
        )

    @cached_property
    def readable(self) -> bool:
        """Return whether an answer is looked for at all."""
        return bool(self.words) and len(self.words.split()) <= LONGEST

    @cached_property
    def number(self) -> int | None:
        """Place in a list that it names."""
        return self.book.number(self.words)

    @cached_property
    def bare(self) -> str:
        """Words without polite and empty ones around them."""
        *_, bare = (" ".join(self.words.split()), *stripped(self.words, self.book.fillers))
        return bare

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Forms that may be a phrase as they stand."""
        return tuple(dict.fromkeys((self.words, *short_runs(self.words), self.bare)))

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """Forms that are compared with phrases: without fillers, then as it stands."""
        return tuple(dict.fromkeys((self.bare, self.words)))

    @cached_property
    def nearly_negates(self) -> bool:
        """Return whether one of its words is a negation with a letter doubled or swapped."""
        return not _near_negations(self.book).isdisjoint(self.words.split())


@lru_cache(maxsize=4)
def _near_negations(book: ReplyPhrases) -> frozenset[str]:
    """Return every word that is one slip, with the same letters, away from a negation."""
    return frozenset(
        word
        for negation in book.negations
        for word in _edited(negation)
        if set(word) == set(negation) and OSA.distance(word, negation) == 1
    )


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
