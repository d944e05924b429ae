"""WordPiece tokenizer for BERT's uncased vocabulary.

The usual library for this brings a client for a model hub; these few lines bring nothing, and stop after as many ids as
are asked for, however long the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

# Letters, digits and marks make words; every other sign is a word by itself, and so is each Chinese character.
_WORD = re.compile(r"[一-鿿㐀-䶿]|[^\W_一-鿿㐀-䶿]+|[^\s\w]|_")
_LEFT_OUT = frozenset({"Mn", "Cf"})
_LONGEST_WORD = 100
_REMEMBERED = 20_000
# A text is looked at no further than this many signs for each id asked for.
_SIGNS_AN_ID = 24


class WordPiece:
    """Greedy longest-match-first subword tokenizer."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the pieces, numbered by their place; without the special ones it is a ValueError."""
        self._ids = {piece: at for at, piece in enumerate(vocabulary)}
        missing = {"[UNK]", "[CLS]", "[SEP]"} - self._ids.keys()
        if missing:
            raise ValueError(f"a WordPiece vocabulary without {', '.join(sorted(missing))}")
        self._unknown, self._first, self._last = (self._ids[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def ids(self, text: str, most: int) -> list[int]:
        """Return at most `most` ids, the opening and the closing one included."""
        found = [self._first]
        for word in _words(text[: most * _SIGNS_AN_ID]):
            found += self._pieces(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._last]

    def _pieces(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is None:
            known = self._split(word)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = known
        return known

    def _split(self, word: str) -> tuple[int, ...]:
        """Take the longest known piece again and again; a word with a stretch that no piece covers is unknown."""
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        found: list[int] = []
        start, mark = 0, ""
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._ids.get(mark + word[start:end])
                if piece is not None:
                    break
            else:
                return (self._unknown,)
            found.append(piece)
            start, mark = end, "##"
        return tuple(found)


def _words(text: str) -> Iterator[str]:
    """Name the lower-case words and signs, accents and invisible signs left out."""
    if not text.isascii():
        parts = unicodedata.normalize("NFD", text)
        text = "".join(part for part in parts if unicodedata.category(part) not in _LEFT_OUT)
    return (match[0] for match in _WORD.finditer(text.lower()))
