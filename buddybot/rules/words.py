"""Tokenizer of folded text, with the offset of each word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9_]+(?:'[a-z]+)?|[$@!?.,;\n]")
_STOP = re.compile(r" [.!?;\n] ")


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """The words of a folded text, in order, and the same joined by single blanks with one at each end."""

    words: tuple[str, ...]
    joined: str

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where each word stands in `text`, the folded text they were cut from."""
        return [match.span() for match in _WORD.finditer(text)]

    def stops(self) -> list[int]:
        """Return where sentences end, as places in `joined`."""
        return [match.start() for match in _STOP.finditer(self.joined)]


def cut(text: str) -> TokenizedText:
    """Tokenize folded text into words and signs."""
    words = _WORD.findall(text)
    return TokenizedText(tuple(words), f" {' '.join(words)} ")


def plain_words(words: Iterable[str]) -> str:
    """Return the words of a message without its signs, by which two that say the same are equal."""
    return " ".join(word for word in words if any(map(str.isalnum, word)))
