"""Rules for a platform's native filter (AutoMod), which works in open channels also while the bot is down."""

from dataclasses import dataclass

LONGEST_WORD, LONGEST_PATTERN = 60, 260
MOST_WORDS, MOST_PATTERNS, MOST_FILTERS = 1000, 10, 6
"""What the narrowest platform takes."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One rule: whole words (`*` at an end stands for more letters) and regular expressions without look-around."""

    name: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
