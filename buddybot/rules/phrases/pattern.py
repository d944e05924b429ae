"""Lazily compiled patterns: more than a thousand stand in data/lexicon/phrases, and a day's talk tries few of them.

Compiling them all takes longer than reading everything else, so a start whose phrases were whole before leaves it be.
"""

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

END = sys.maxsize


class LazyPattern:
    """A regular expression that is compiled when it is first tried; one that is none is a ValueError naming its key."""

    __slots__ = ("_compiled", "_key", "_source")

    def __init__(self, source: str, key: str) -> None:
        self._source, self._key = source, key
        self._compiled: re.Pattern[str] | None = None

    def whole(self) -> re.Pattern[str]:
        """Return it compiled."""
        if self._compiled is None:
            try:
                self._compiled = re.compile(self._source)
            except re.error as error:
                raise ValueError(f"{self._key}: {error}") from error
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        """Return where it is first found in this stretch."""
        return (self._compiled or self.whole()).search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        """Return it where this stretch begins with it."""
        return (self._compiled or self.whole()).match(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = END) -> Iterator[re.Match[str]]:
        """Yield every place in this stretch."""
        return (self._compiled or self.whole()).finditer(text, start, end)


@lru_cache(maxsize=4096)
def pattern_of(wording: str, key: str, closers: str = "", *, across: bool = True) -> LazyPattern:
    """Return the pattern of a wording.

    `across`: a blank stands for a comma, too, since a phrase is heard across commas and an idiom
    or what must not follow is not. `^` is where a sentence begins, `$` where a
    clause ends: a stop, a comma, or one of the words in `closers`. Kept by wording, however often content is loaded:
    Python itself keeps 512, and there are more than a thousand.
    """
    end = r"(?=[.?,]|\Z" + (rf"| (?:{closers})\b)" if closers else ")")
    source = wording.replace("(?! ", r"(?!\x20").replace("^", "(?<![^.?])").replace("$", end)
    return LazyPattern(source.replace(" ", "[ ,]") if across else source, key)
