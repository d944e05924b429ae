"""Cuts folded text into words, keeping where each one stood."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9_]+(?:'[a-z]+)?|[$@!?.,;\n]")
_STOPS = frozenset(".!?;\n")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a folded text, in order."""

    words: tuple[str, ...]
    joined: str

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where each word stands in `text`, the folded text they were cut from."""
        return [match.span() for match in _WORD.finditer(text)]


def cut(text: str) -> Words:
    """Cut folded text into words and signs; one blank between them, one at each end, so that whole words match."""
    words = _WORD.findall(text)
    return Words(tuple(words), f" {' '.join(words)} ")


def is_stop(word: str) -> bool:
    """Whether a sentence ends here."""
    return word in _STOPS
