"""Sentence segmentation: a message in full words, with the places where its sentences and clauses end.

One pass makes all of it, and nothing is cut out: sentences and clauses are places in one text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from buddybot.rules.phrases.respelling import Respelling

# What parts two words: a blank within a clause, a comma between clauses, a stop or question mark between sentences.
_MARKS = {",": ",", ".": ".", "!": ".", ";": ".", "\n": ".", "?": "?"}
_UNSAID = frozenset("$@")
_REMEMBERED = 20_000
_Word: TypeAlias = tuple[str, tuple[str, ...], str, int]
"""What is known of a word: the mark that it is, or the languages it tells, and what it is written out in, counted."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence stands in the text, and among the words of the message."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message as the phrases read it."""

    text: str
    sentences: tuple[Sentence, ...]
    votes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Makes utterances: knows how words are respelled, and which tell a language."""

    respelling: Respelling
    telling: Mapping[str, tuple[str, ...]]
    known: dict[str, _Word] = field(default_factory=dict, repr=False)

    def segment(self, words: Sequence[str]) -> Utterance:
        """Write the words out in full and note where sentences end. A word alone is no sentence: "i. want. to. die"."""
        known, met = self.known.get, self._met
        pieces: list[str] = []
        sentences: list[Sentence] = []
        votes: dict[str, int] = {}
        length = start = first = count = since = 0
        mark = " "
        for at, word in enumerate(words):
            sign, languages, spoken, size = known(word) or met(word)
            if sign:
                lone = since < 2  # noqa: PLR2004 - one word alone
                since = since if sign == "," else 0
                if sign == "," or lone:
                    mark = "," if mark == " " else mark
                    continue
                mark = sign
                sentences.append(Sentence(start, length, first, at))
                start, first, count = length + 1, at + 1, 0
                continue
            for language in languages:
                votes[language] = votes.get(language, 0) + 1
            if size:
                if pieces:
                    pieces.append(mark)
                    length += 1
                pieces.append(spoken)
                length += len(spoken)
                mark = " "
                count += size
                since += size
        if count:
            sentences.append(Sentence(start, length, first, len(words)))
        return Utterance("".join(pieces), tuple(sentences), votes)

    def _met(self, word: str) -> _Word:
        """Look a word up, and remember what is known of it."""
        if word in _MARKS or word in _UNSAID:
            found: _Word = (_MARKS.get(word, ""), (), "", 0)
        else:
            full = self.respelling.get(word)
            spoken = (word,) if full is None else full
            found = ("", self.telling.get(word, ()), " ".join(spoken), len(spoken))
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[word] = found
        return found
