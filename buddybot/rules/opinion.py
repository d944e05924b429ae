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
from typing import Protocol, TypeAlias

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


_Met: TypeAlias = tuple[int, int]
"""Of a word that was met: the row of what its letters sum up to, and the row of its term."""


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
        self._words: dict[str, _Met] = {}
        self._kinds: dict[str, dict[str, int]] = {}
        self._signs: dict[str, int] = {}
        self._pairs: dict[str, int] = {}
        self._spelt = np.zeros((_REMEMBERED + 1, width + 1), dtype=np.float32)
        self._bias = weights.bias
        least = np.square(weights.full)
        self._least, self._least_letters = least[_BLOCKS], least[_LETTERS]
        self._lexicon = lexicon

    def scores(self, words: TokenizedText, typed: Sequence[tuple[str, int]], signs: Iterable[str]) -> list[float]:
        """Return one score for each label, in the order of `labels`; above 0 means more likely than not."""
        if len(self._words) > _REMEMBERED - _NEW_WORDS:
            self._words.clear()  # never in the middle of a message: its rows would be written over
        seen = [self._row_of_sign(sign) for sign in signs]
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
        empty, learn, met = self._empty, self._learn, self._words
        known, spelt = [empty], []
        for word in words:
            found = met.get(word) or learn(word, budget)
            spelt.append(found[0])
            known.append(found[1])
        known += self._rows_of_pairs(words)
        starts = [0, len(known)]
        known.append(empty)
        known += self._rows_of_kinds(typed)
        starts.append(len(known))
        known.append(empty)
        known += signs
        rows = np.array(known)
        by_letters = np.add.reduce(self._spelt.take(spelt, axis=0), axis=0)
        sums = np.add.reduceat(self._weights.take(rows, axis=0), starts, axis=0, dtype=np.int32) * self._scale
        squares = np.add.reduceat(self._squares.take(rows), starts)
        lengths = np.sqrt(np.maximum(squares, self._least))
        of_letters = by_letters[:-1] / np.sqrt(max(by_letters[-1], self._least_letters))
        total: list[float] = (np.add.reduce(sums / lengths[:, None], axis=0) + of_letters + self._bias).tolist()
        return total

    def _learn(self, word: str, budget: list[int]) -> _Met:
        """Sum the letters of a new word into a row of its own, while the budget for new words lasts."""
        term = self._terms.get(word, self._empty)
        if budget[0] <= 0:
            return _REMEMBERED, term
        budget[0] -= 1
        row = len(self._words)
        found = [self._terms.get(one, self._empty) for one in letters_of(word)]
        self._spelt[row, :-1] = self._weights.take(found, axis=0).sum(axis=0, dtype=np.int32) * self._scale
        self._spelt[row, -1] = self._squares.take(found).sum()
        self._words[word] = row, term
        return row, term

    def _rows_of_pairs(self, words: Sequence[str]) -> list[int]:
        """Look up two words in a row; pairs that are terms are remembered, what somebody else wrote is not."""
        known = self._pairs
        return [known[pair] if pair in known else self._row_of_pair(pair) for pair in map(" ".join, pairwise(words))]

    def _row_of_pair(self, pair: str) -> int:
        row = self._terms.get(pair, self._empty)
        if row != self._empty:
            if len(self._pairs) >= _REMEMBERED:
                self._pairs.clear()
            self._pairs[pair] = row
        return row

    def _rows_of_kinds(self, typed: Sequence[tuple[str, int]]) -> list[int]:
        """Look up kinds and pairs of kinds, in order; there are few enough to remember all."""
        kinds, rows, all_of = [kind for kind, _ in typed], list[int](), self._kinds
        for at, kind in enumerate(kinds):
            after = all_of.get(kind)
            if after is None:
                after = all_of[kind] = {"": self._terms.get("&" + kind, self._empty)}
            rows.append(after[""])
            for other in kinds[at + 1 : at + 1 + _REACH]:
                row = after.get(other)
                if row is None:
                    row = after[other] = self._terms.get(f"&{kind}>{other}", self._empty)
                rows.append(row)
        return rows

    def _row_of_sign(self, sign: str) -> int:
        row = self._signs.get(sign)
        if row is None:
            row = self._signs[sign] = self._terms.get(sign, self._empty)
        return row

    def telling(self, words: TokenizedText, label: str, most: int = 3) -> list[str]:
        """Return the words of highest weight for `label`: what a moderator is shown."""
        column = self.labels.index(label)
        rows = {word: self._terms.get(word, self._empty) for word in words.words[:STRETCH]}
        spoken = (self._weights[list(rows.values()), column] * self._scale[column]).tolist() if rows else []
        weights: dict[str, float] = dict(zip(rows, spoken, strict=True))
        ranked = sorted(weights, key=lambda word: -weights[word])
        return [word for word in ranked[:most] if weights[word] > 0]
