"""Lazily compiled patterns: more than a thousand stand in data/lexicon/phrases, and a day's talk tries few of them.

Compiling them all takes longer than reading everything else, so a start whose phrases were whole before leaves it be.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, TypeVar

Found_co = TypeVar("Found_co", covariant=True)
_BEHIND = re.compile(r"\(\?<([!=])(?=[a-z])")
_ASKED_BY = frozenset({"search", "match", "finditer"})


class _Asked(Protocol[Found_co]):
    def __call__(self, text: str, start: int = 0, end: int = sys.maxsize, /) -> Found_co: ...


class LazyPattern:
    """A regular expression that is compiled when it is first tried; one that is none is a ValueError naming its key."""

    __slots__ = ("_compiled", "_key", "_source", "finditer", "match", "search")

    search: _Asked[re.Match[str] | None]
    """Returns where it is first found in a stretch of a text."""
    match: _Asked[re.Match[str] | None]
    """Returns it where a stretch of a text begins with it."""
    finditer: _Asked[Iterator[re.Match[str]]]
    """Yields every place in a stretch of a text."""

    def __init__(self, source: str, key: str) -> None:
        self._source, self._key = source, key
        self._compiled: re.Pattern[str] | None = None

    def whole(self) -> re.Pattern[str]:
        """Return it compiled; from then on it is asked by the compiled pattern's own methods."""
        if self._compiled is None:
            try:
                whole = self._compiled = re.compile(self._source)
            except re.error as error:
                raise ValueError(f"{self._key}: {error}") from error
            self.search, self.match, self.finditer = whole.search, whole.match, whole.finditer
        return self._compiled

    def __getattr__(self, name: str) -> object:
        """Compile it when it is first asked: only what is not set yet comes here."""
        if name not in _ASKED_BY:
            raise AttributeError(name)
        return getattr(self.whole(), name)


@lru_cache(maxsize=4096)
def pattern_of(
    wording: str, key: str, closers: str = "", *, openers: tuple[str, ...] = (), across: bool = True
) -> LazyPattern:
    """Return the pattern of a wording.

    `across`: a blank stands for a comma, too, since a phrase is heard across commas and an idiom or what must not
    follow is not. `^` is where a sentence begins, behind a word alone or one of the words in `openers` if there are
    any, `$` where a clause ends: a stop, a comma, or one of the words in `closers`. Kept by wording, however often
    content is loaded: Python itself keeps 512, and there are more than a thousand.
    """
    end = r"(?=[.?,]|\Z" + (rf"| (?:{closers})\b)" if closers else ")")
    # One word alone is no sentence ("hola. ..."), nor is a greeting without a stop.
    before = rf"(?:\w+,|(?:{'|'.join(map(re.escape, openers))})\x20)?" if openers else ""
    # What must not stand before is a whole word: "la" is none in "hola".
    whole = _BEHIND.sub(r"(?<\1\\b", wording)
    source = whole.replace("(?! ", r"(?!\x20").replace("^", f"(?<![^.?]){before}").replace("$", end)
    return LazyPattern(source.replace(" ", "[ ,]") if across else source, key)
