"""Sentence segmentation: a message in full words, with the places where its sentences and clauses end.

One pass makes all of it, and nothing is cut out: sentences and clauses are places in one text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from buddybot.rules.phrases.respelling import Respelling

# What parts two words: a blank within a clause, a comma between clauses, a stop or question mark between sentences.
_MARKS = {",": ",", ".": ".", "!": ".", ";": ".", "\n": ".", "?": "?"}
_UNSAID = frozenset("$@")


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

    def segment(self, words: Sequence[str]) -> Utterance:
        """Write the words out in full and note where sentences end. A word alone is no sentence: "i. want. to. die"."""
        respelled, telling = self.respelling.get, self.telling.get
        pieces: list[str] = []
        sentences: list[Sentence] = []
        votes: dict[str, int] = {}
        length = start = first = count = since = 0
        mark = " "
        for at, word in enumerate(words):
            sign = _MARKS.get(word)
            if sign is not None:
                lone = since < 2  # noqa: PLR2004 - one word alone
                since = since if sign == "," else 0
                if sign == "," or lone:
                    mark = "," if mark == " " else mark
                    continue
                mark = sign
                sentences.append(Sentence(start, length, first, at))
                start, first, count = length + 1, at + 1, 0
                continue
            if word in _UNSAID:
                continue
            for language in telling(word, ()):
                votes[language] = votes.get(language, 0) + 1
            full = respelled(word)
            for spoken in (word,) if full is None else full:
                if pieces:
                    pieces.append(mark)
                    length += 1
                pieces.append(spoken)
                length += len(spoken)
                mark = " "
                count += 1
                since += 1
        if count:
            sentences.append(Sentence(start, length, first, len(words)))
        return Utterance("".join(pieces), tuple(sentences), votes)
