"""Strips filler words: polite and empty words around what somebody means ("please", "ok so", "por favor")."""

from collections.abc import Iterator
from functools import lru_cache


def stripped(words: str, fillers: frozenset[str]) -> Iterator[str]:
    """Yield a message with fillers taken away at its ends, one after another, as long as something is left."""
    parts, (most, firsts, lasts) = words.split(), _ends(fillers)
    found = True
    while found:
        found = False
        if parts and parts[0] not in firsts and parts[-1] not in lasts:
            return  # what most messages are
        for count in range(min(most, len(parts) - 1), 0, -1):
            if " ".join(parts[:count]) in fillers:
                parts, found = parts[count:], True
            elif " ".join(parts[-count:]) in fillers:
                parts, found = parts[:-count], True
            if found:
                yield " ".join(parts)
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
