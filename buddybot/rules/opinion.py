"""Linear classifier (the opinion): scores a message by label, from words, character n-grams and kinds of words.

A linear model. Each term (a word, two words in a row, a few letters of a word, a kind, two kinds in order) has a weight
for each label; four blocks of terms are summed and each is divided by its own length, so that long and short messages
compare; a block that says little (`full`) counts for less, so that three common words are no evidence. The fourth holds
what `rules.sight` saw: frames, contacts, asks. Everything a word contributes by its letters is summed once and
remembered, which is what makes it fast.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from buddybot.rules.lexicon import Lexicon
from buddybot.rules.words import TokenizedText

# A message longer than this is read in overlapping stretches, so that a cry in a long story is not watered down.
STRETCH = 90
STEP = 60
# How many words' letters are remembered, and how many new ones one message may cost.
_REMEMBERED = 20_000
_NEW_WORDS = 500
_REACH = 4
# The blocks in the order of `full`: pairs of words, letters, kinds, signs. Letters have a table of their own.
_BLOCKS, _LETTERS = [0, 2, 3], 1


class TermRows(Protocol):
    """Looks up the row of a term; a succinct trie in the running bot, since names in a dict weigh more than weights."""

    def get(self, term: str, default: int, /) -> int:
        """Return the row of a term."""


@dataclass(frozen=True, slots=True)
class OpinionWeights:
    """Trained weights, quantised: a row of int8 for each term (one column a label, `scale` a step), and offsets.

    `squares` holds the squared length of each term; `full` is the length, by block, from which a block counts in full.
    """

    labels: tuple[str, ...]
    terms: TermRows
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    squares: NDArray[np.float32]
    bias: NDArray[np.float32]
    full: NDArray[np.float32]


def letters_of(word: str) -> Iterator[str]:
    """Return the character n-grams (2 to 5) of a word, its borders included."""
    framed = f"#<{word[:24]}>"
    for size in (2, 3, 4, 5):
        for start in range(1, len(framed) - size + 1):
            yield "#" + framed[start : start + size]


def pairs_of(words: Sequence[str]) -> Iterator[str]:
    """Return the word unigrams and bigrams."""
    yield from words
    yield from map(" ".join, pairwise(words))


def kinds_of(typed: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Name the kinds and the pairs of kinds that stand close, in order."""
    kinds = [kind for kind, _ in typed]
    for at, kind in enumerate(kinds):
        yield "&" + kind
        for other in kinds[at + 1 : at + 1 + _REACH]:
            yield f"&{kind}>{other}"


class Opinion:
    """Weights ready for use. Remembers the letters of words met; the same text gives the same answer."""

    def __init__(self, weights: OpinionWeights, lexicon: Lexicon) -> None:
        """Lay the tables out: the terms and one empty row for all others; and, apart, the letters of words met.

        Terms stay int8, a quarter of the memory, and their sums are exact; what letters sum up to is float32.
        """
        count, width = weights.weights.shape
        self.labels = weights.labels
        self._terms = weights.terms
        self._weights = np.vstack((weights.weights, np.zeros((1, width), dtype=np.int8)))
        self._squares = np.append(weights.squares, np.float32(0))
        self._scale = weights.scale
        self._empty = count
        self._letters: dict[str, int] = {}
        self._spelt = np.zeros((_REMEMBERED + 1, width + 1), dtype=np.float32)
        self._bias = weights.bias
        self._least = np.square(weights.full)
        self._lexicon = lexicon

    def scores(self, words: TokenizedText, typed: Sequence[tuple[str, int]], signs: Iterable[str]) -> list[float]:
        """Return one score for each label, in the order of `labels`; above 0 means more likely than not."""
        seen = [self._terms.get(sign, self._empty) for sign in signs]
        budget = [_NEW_WORDS]
        if len(words.words) <= STRETCH:
            return self._read(words.words, typed, seen, budget)
        best: list[float] = []
        for start in range(0, len(words.words) - STRETCH + STEP, STEP):
            part = words.words[start : start + STRETCH]
            read = self._read(part, self._lexicon.typed(f" {' '.join(part)} "), seen, budget)
            best = list(map(max, best, read)) if best else read
        return best

    def _read(
        self, words: Sequence[str], typed: Sequence[tuple[str, int]], signs: Sequence[int], budget: list[int]
    ) -> list[float]:
        terms, letters, empty = self._terms.get, self._letters, self._empty
        known = [empty]
        known += [terms(term, empty) for term in pairs_of(words)]
        starts = [0, len(known)]
        known.append(empty)
        known += [terms(term, empty) for term in kinds_of(typed)]
        starts.append(len(known))
        known.append(empty)
        known += signs
        spelt = [letters[word] if word in letters else self._learn(word, budget) for word in words]
        by_letters = self._spelt.take(spelt, axis=0).sum(axis=0)
        sums = np.add.reduceat(self._weights.take(known, axis=0), starts, axis=0, dtype=np.int32) * self._scale
        squares = np.add.reduceat(self._squares.take(known), starts)
        lengths = np.sqrt(np.maximum(squares, self._least[_BLOCKS]))
        of_letters = by_letters[:-1] / np.sqrt(max(by_letters[-1], self._least[_LETTERS]))
        total: list[float] = ((sums / lengths[:, None]).sum(axis=0) + of_letters + self._bias).tolist()
        return total

    def _learn(self, word: str, budget: list[int]) -> int:
        """Sum the letters of a new word into a row of its own, while the budget for new words lasts."""
        if budget[0] <= 0:
            return _REMEMBERED
        budget[0] -= 1
        if len(self._letters) >= _REMEMBERED:
            self._letters.clear()
        row = len(self._letters)
        found = [self._terms.get(term, self._empty) for term in letters_of(word)]
        self._spelt[row, :-1] = self._weights.take(found, axis=0).sum(axis=0, dtype=np.int32) * self._scale
        self._spelt[row, -1] = self._squares.take(found).sum()
        self._letters[word] = row
        return row

    def telling(self, words: TokenizedText, label: str, most: int = 3) -> list[str]:
        """Return the words of highest weight for `label`: what a moderator is shown."""
        column = self.labels.index(label)
        rows = {word: self._terms.get(word, self._empty) for word in words.words[:STRETCH]}
        spoken = (self._weights[list(rows.values()), column] * self._scale[column]).tolist() if rows else []
        weights: dict[str, float] = dict(zip(rows, spoken, strict=True))
        ranked = sorted(weights, key=lambda word: -weights[word])
        return [word for word in ranked[:most] if weights[word] > 0]
