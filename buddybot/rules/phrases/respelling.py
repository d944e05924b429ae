"""Text normalization by look-up: short forms written out, fillers left out, swapped and joined letters undone.

Phrases are written once, in full words ("i am going to"), and still hear "imma", "im gonna" and "i am lowkey gonna".
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_JOINED_WITH = (
    "to",
    "my",
    "be",
    "not",
    "im",
    "all",
    "it",
    "the",
    "pills",
    "up",
    "do",
    "dont",
    "going",
    "gonna",
    "feel",
    "like",
    "live",
    "wake",
    "here",
    "this",
    "end",
    "in",
    "on",
    "life",
    "will",
    "am",
)
_LEAST_JOINED = 7
_MOST_JOINED = 48
_LEAST_DROPPED = 6
"""From this length on a word is known with one letter missing; shorter ones would be other words."""


class Respelling:
    """Replacement table of words: itself, some others, or nothing. The same word always gives the same."""

    def __init__(self, table: Mapping[str, str], often_mistyped: Iterable[str], real: Iterable[str]) -> None:
        """Take short forms with what they stand for, words that are often mistyped, and words that are no mistakes."""
        self._known = {word: tuple(full.split()) for word, full in table.items()}
        words = frozenset(often_mistyped)
        taken = words.union(self._known, real)
        slips = {slip: (word,) for word in sorted(words) for slip in slips_of(word) if slip not in taken}
        self._known = slips | self._known
        pieces = sorted(words.union(_JOINED_WITH), key=len, reverse=True)
        self._pieces = tuple(piece for piece in pieces if len(piece) > 1)
        self._joined = re.compile(f"i?(?:{'|'.join(self._pieces)})+")

    def get(self, word: str) -> tuple[str, ...] | None:
        """Return what `word` stands for, or None where it stands for itself."""
        found = self._known.get(word)
        if found is None and _LEAST_JOINED <= len(word) <= _MOST_JOINED:
            return self._parted(word)
        return found

    def _parted(self, word: str) -> tuple[str, ...] | None:
        """Part words that were written as one: "iwanttodie"."""
        bare = word.replace("'", "")
        if self._joined.fullmatch(bare) is None:
            return None
        found = _parts(bare, self._pieces)
        if found is None and bare.startswith("i"):
            rest = _parts(bare[1:], self._pieces)
            found = None if rest is None else ("i", *rest)
        if found is None or len(found) == 1:
            return None
        return tuple(spoken for piece in found for spoken in self._known.get(piece, (piece,)))


@lru_cache(maxsize=512)
def _parts(joined: str, pieces: tuple[str, ...]) -> tuple[str, ...] | None:
    """Split `joined` into the fewest pieces; None where it is no sum of them."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(joined)]
    for end in range(1, len(joined) + 1):
        for piece in pieces:
            before = best[end - len(piece)] if len(piece) <= end and joined.endswith(piece, 0, end) else None
            now = best[end]
            if before is not None and (now is None or len(before) + 1 < len(now)):
                best[end] = (*before, piece)
    return best[-1]


def slips_of(word: str) -> set[str]:
    """Return how fingers in a hurry write `word`: two letters swapped, one doubled, one left out of a long word."""
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    doubled = {word[:at] + word[at] + word[at:] for at in range(len(word))}
    dropped = {word[:at] + word[at + 1 :] for at in range(1, len(word) - 1)} if len(word) >= _LEAST_DROPPED else set()
    return (swapped | doubled | dropped) - {word}
