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
from math import sqrt
from operator import itemgetter
from struct import Struct
from typing import Protocol, TypeAlias

from buddybot.rules.lexicon import Lexicon
from buddybot.rules.words import TokenizedText

# A message longer than this is read in overlapping stretches, so that a cry in a long story is not watered down.
STRETCH = 90
STEP = 60
# How many words' letters are remembered, and how many new ones one message may cost.
_REMEMBERED = 20_000
_NEW_WORDS = 500
_REACH = 4
_RARITY = Struct("<e")

_Row: TypeAlias = tuple[int, float]
"""A row of weights, its columns side by side in one integer, and its squared length; a sum of rows is one, too."""
_Met: TypeAlias = tuple[_Row, _Row]
"""Of a word that was met: what its letters sum up to, and the row of its term."""
_EMPTY: _Row = (0, 0.0)
_packed, _square = itemgetter(0), itemgetter(1)


class TermRows(Protocol):
    """Looks up the row of a term; a succinct trie in the running bot, since names in a dict weigh more than weights."""

    def get(self, term: str, default: int, /) -> int:
        """Return the row of a term."""


@dataclass(frozen=True, slots=True)
class OpinionWeights:
    """Trained weights, quantised: a row of int8 for each term (one column a label, `scale` a step), and offsets.

    `rarity` holds the length of each term, as two bytes (float16); `full` is the length, by block (words, letters,
    kinds, signs), from which a block counts in full.
    """

    labels: tuple[str, ...]
    terms: TermRows
    weights: bytes | memoryview
    rarity: bytes | memoryview
    scale: tuple[float, ...]
    bias: tuple[float, ...]
    full: tuple[float, ...]


class _Rows:
    """Table of weights whose rows are summed as whole integers (SIMD within a register), a lane for each column.

    A message has some hundred rows of seventeen columns: each is one addition here, without a library of arrays. A
    negative weight borrows from the lane above it, which adding the offset at the end gives back.
    """

    def __init__(self, weights: OpinionWeights) -> None:
        self._weights, self._rarity = weights.weights, weights.rarity
        self._width = width = len(weights.labels)
        self._narrow, self._lanes = Struct(f"<{width}b"), Struct(f"<{width}i")
        self._offset = int.from_bytes(bytes((0, 0, 0, 0x80)) * width, "little")

    def row(self, number: int) -> _Row:
        """Return one row."""
        (rarity,) = _RARITY.unpack_from(self._rarity, number * _RARITY.size)
        return self._packed(self._narrow.unpack_from(self._weights, number * self._width)), rarity * rarity

    def total(self, numbers: Sequence[int]) -> _Row:
        """Return the sum of many rows; their columns are added up before they are put side by side."""
        if not numbers:
            return _EMPTY
        read, table, width = self._narrow.unpack_from, self._weights, self._width
        columns = map(sum, zip(*(read(table, number * width) for number in numbers), strict=True))
        lengths = (_RARITY.unpack_from(self._rarity, number * _RARITY.size)[0] for number in numbers)
        return self._packed(columns), sum(length * length for length in lengths)

    def columns(self, packed: int) -> tuple[int, ...]:
        """Return what a sum of rows holds, column by column."""
        offset, lanes = self._offset, self._lanes
        found: tuple[int, ...] = lanes.unpack(((packed + offset) ^ offset).to_bytes(lanes.size, "little"))
        return found

    def _packed(self, columns: Iterable[int]) -> int:
        return (int.from_bytes(self._lanes.pack(*columns), "little") ^ self._offset) - self._offset


def letters_of(word: str) -> Iterator[str]:
    """Return the character n-grams (2 to 5) of a word, its borders included."""
    framed = f"#<{word[:24]}>"
    for size in (2, 3, 4, 5):
        for start in range(1, len(framed) - size + 1):
            yield "#" + framed[start : start + size]


class Opinion:
    """Weights ready for use. Remembers the letters of words met; the same text gives the same answer."""

    def __init__(self, weights: OpinionWeights, lexicon: Lexicon) -> None:
        self.labels = weights.labels
        self._terms = weights.terms
        self._rows = _Rows(weights)
        self._scale, self._bias = weights.scale, weights.bias
        self._words: dict[str, _Met] = {}
        self._kinds: dict[str, dict[str, _Row]] = {}
        self._signs: dict[str, _Row] = {}
        self._pairs: dict[str, _Row] = {}
        self._least = tuple(full * full for full in weights.full)
        self._lexicon = lexicon

    def scores(self, words: TokenizedText, typed: Sequence[tuple[str, int]], signs: Iterable[str]) -> list[float]:
        """Return one score for each label, in the order of `labels`; above 0 means more likely than not."""
        if len(self._words) > _REMEMBERED - _NEW_WORDS:
            self._words.clear()
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
        self, words: Sequence[str], typed: Sequence[tuple[str, int]], signs: Sequence[_Row], budget: list[int]
    ) -> list[float]:
        known, learn = self._words, self._learn
        met = [known.get(word) or learn(word, budget) for word in words]
        spoken = [term for _, term in met]
        spoken += self._rows_of_pairs(words)
        blocks = (spoken, [letters for letters, _ in met], self._rows_of_kinds(typed), signs)
        columns = [self._rows.columns(sum(map(_packed, rows))) for rows in blocks]
        a, b, c, d = (
            1 / sqrt(max(sum(map(_square, rows)), least)) for rows, least in zip(blocks, self._least, strict=True)
        )
        return [
            (word * a + letters * b + kind * c + sign * d) * scale + bias
            for word, letters, kind, sign, scale, bias in zip(*columns, self._scale, self._bias, strict=True)
        ]

    def _row(self, term: str) -> _Row:
        number = self._terms.get(term, -1)
        return _EMPTY if number < 0 else self._rows.row(number)

    def _learn(self, word: str, budget: list[int]) -> _Met:
        """Sum up the letters of a new word and remember them, while the budget for new words lasts."""
        term = self._row(word)
        if budget[0] <= 0:
            return _EMPTY, term
        budget[0] -= 1
        known, get = list[int](), self._terms.get
        for one in letters_of(word):
            if (number := get(one, -1)) >= 0:
                known.append(number)
        met = self._words[word] = self._rows.total(known), term
        return met

    def _rows_of_pairs(self, words: Sequence[str]) -> list[_Row]:
        """Look up two words in a row; pairs that are terms are remembered, what somebody else wrote is not."""
        known, look_up = self._pairs.get, self._row_of_pair
        return [known(pair) or look_up(pair) for pair in map(" ".join, pairwise(words))]

    def _row_of_pair(self, pair: str) -> _Row:
        row = self._row(pair)
        if row is not _EMPTY:
            if len(self._pairs) >= _REMEMBERED:
                self._pairs.clear()
            self._pairs[pair] = row
        return row

    def _rows_of_kinds(self, typed: Sequence[tuple[str, int]]) -> list[_Row]:
        """Look up kinds and pairs of kinds, in order; there are few enough to remember all."""
        kinds, rows, all_of = [kind for kind, _ in typed], list[_Row](), self._kinds
        for at, kind in enumerate(kinds):
            after = all_of.get(kind)
            if after is None:
                after = all_of[kind] = {"": self._row("&" + kind)}
            rows.append(after[""])
            for other in kinds[at + 1 : at + 1 + _REACH]:
                row = after.get(other)
                if row is None:
                    row = after[other] = self._row(f"&{kind}>{other}")
                rows.append(row)
        return rows

    def _row_of_sign(self, sign: str) -> _Row:
        row = self._signs.get(sign)
        if row is None:
            row = self._signs[sign] = self._row(sign)
        return row

    def telling(self, words: TokenizedText, label: str, most: int = 3) -> list[str]:
        """Return the words of highest weight for `label`: what a moderator is shown."""
        column = self.labels.index(label)
        weights = {word: self._rows.columns(self._row(word)[0])[column] for word in words.words[:STRETCH]}
        ranked = sorted(weights, key=lambda word: -weights[word])
        return [word for word in ranked[:most] if weights[word] > 0]
