"""Grapheme boundaries: where a text may be cut without tearing what a reader sees as one sign.

An approximation of Unicode's rules that knows marks, joiners, skin tones, flags and Hangul; what it does not know, such
as conjuncts of Indic scripts, it may cut in two.
"""

import unicodedata

_JOINER = "\u200d"
_LONGEST = 32
"""A sign of more code points than this is nobody's: it may be cut anywhere."""


def boundary(text: str, at: int) -> int:
    """Return the last place up to `at` at which no sign is torn; `at` itself where there is none near."""
    for place in range(at, max(at - _LONGEST, 0), -1):
        if not _joined(text, place):
            return place
    return at


def _joined(text: str, place: int) -> bool:
    """Return whether what stands before and after a place is one sign."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if (before, after) == ("\r", "\n") or _JOINER in (before, after):
        return True
    if unicodedata.category(after) in {"Mn", "Mc", "Me"} or _extends(after):
        return True
    return _is_flag(before) and _is_flag(after) and _flags_before(text, place) % 2 == 1


def _extends(sign: str) -> bool:
    """Return whether a sign only changes the one before: skin tones, tags of flags, Hangul vowels and finals."""
    return "\U0001f3fb" <= sign <= "\U0001f3ff" or "\U000e0020" <= sign <= "\U000e007f" or "\u1160" <= sign <= "\u11ff"


def _is_flag(sign: str) -> bool:
    return "\U0001f1e6" <= sign <= "\U0001f1ff"


def _flags_before(text: str, place: int) -> int:
    count = 0
    while count < place and _is_flag(text[place - 1 - count]):
        count += 1
    return count
