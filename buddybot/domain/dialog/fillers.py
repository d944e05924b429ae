"""Strips filler words: polite and empty words around what somebody means ("please", "ok so", "por favor")."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

MOST = 24
"""Forms of a message that are looked at: more have nothing in them but fillers."""


def stripped(words: str, fillers: frozenset[str]) -> Iterator[str]:
    """Yield a message with fillers taken away at its ends, one after another, as long as something is left."""
    parts = words.split()
    for first, last in _narrowed(parts, fillers):
        yield " ".join(parts[first:last])


def around(words: Sequence[str], fillers: frozenset[str]) -> tuple[int, int]:
    """Return where what is said begins and ends between fillers."""
    *_, core = ((0, len(words)), *_narrowed(words, fillers))
    return core


def narrower(words: str, fillers: frozenset[str], nods: frozenset[str]) -> Iterator[str]:
    """Yield a message and all that is left of it without some of the fillers at its ends and nods before it.

    The longest come first. Which of them is the answer can't be told before: of "ok thanks" it is the first word, of
    "yeah just words" it is the last two.
    """
    parts = words.split()
    most, firsts, lasts = _ends(fillers)
    spans = [(0, len(parts))]
    for first, last in spans:  # it grows as it is read
        if len(spans) > MOST or (parts[first] not in firsts | nods and parts[last - 1] not in lasts):
            continue
        for count in range(1, min(most, last - first - 1) + 1):
            if " ".join(parts[first : first + count]) in fillers or (count == 1 and parts[first] in nods):
                spans.append((first + count, last))
            if " ".join(parts[last - count : last]) in fillers:
                spans.append((first, last - count))
    for first, last in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        yield " ".join(parts[first:last])


def _narrowed(parts: Sequence[str], fillers: frozenset[str]) -> Iterator[tuple[int, int]]:
    first, last, (most, firsts, lasts) = 0, len(parts), _ends(fillers)
    found = True
    while found:
        found = False
        if first >= last or (parts[first] not in firsts and parts[last - 1] not in lasts):
            return  # what most messages are
        for count in range(min(most, last - first - 1), 0, -1):
            if found := " ".join(parts[first : first + count]) in fillers:
                first += count
            elif found := " ".join(parts[last - count : last]) in fillers:
                last -= count
            if found:
                yield first, last
                break


@lru_cache(maxsize=4)
def _ends(fillers: frozenset[str]) -> tuple[int, frozenset[str], frozenset[str]]:
    """Return how many words the longest filler has, and which words fillers begin and end with."""
    split = [filler.split() for filler in fillers if filler]
    return (
        max((len(parts) for parts in split), default=0),
        frozenset(parts[0] for parts in split),
        frozenset(parts[-1] for parts in split),
    )
