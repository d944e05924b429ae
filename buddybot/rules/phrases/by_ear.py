"""Phonetic spelling variants: how people write a word who know it only by its sound ("kompre" for "compre").

The letters that sound alike are data, one table a language. Every word of that language's phrases is covered, so a new
wording needs no list of its misspellings.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import combinations, product

MOST_SWAPPED = 3
"""Letters that one word may have otherwise: each more makes the table grow, and three is what people do."""
_LEAST = 3
_LEAST_SPELLED = 2
_WORD = re.compile(r"(?<![a-z\\\[{+*])([a-z]+)(?:\[([a-z]+)\](s?))?(?![a-z?\]}\[])")


def words_in(patterns: Iterable[str]) -> set[str]:
    """Return the whole words that patterns hold as literals; "morad[oa]" holds two."""
    found: set[str] = set()
    for pattern in patterns:
        for stem, ends, plural in _WORD.findall(pattern):
            found |= {f"{stem}{end}{plural}" for end in ends} if ends else {stem}
    return found


def spelled_by_ear(words: Iterable[str], alike: Mapping[str, str]) -> dict[str, str]:
    """Return spellings and the word each stands for, but for those that two words share.

    `alike` maps a pattern of letters to what is written for it, alternatives parted by blanks; "" leaves it out.
    """
    if not alike:
        return {}
    choices = [alternatives.split() or [""] for alternatives in alike.values()]
    sound = re.compile("|".join(f"(?P<_{number}>{letters})" for number, letters in enumerate(alike)))
    found: dict[str, str] = {}
    shared: set[str] = set()
    for word in sorted(words):
        for spelling in _spellings(word, sound, choices) if len(word) >= _LEAST else ():
            if found.setdefault(spelling, word) != word:
                shared.add(spelling)
    return {spelling: word for spelling, word in found.items() if spelling not in shared}


def _spellings(word: str, sound: re.Pattern[str], choices: list[list[str]]) -> set[str]:
    sites = [(one.span(), choices[int((one.lastgroup or "_0")[1:])]) for one in sound.finditer(word)]
    found: set[str] = set()
    for count in range(1, min(MOST_SWAPPED, len(sites)) + 1):
        for chosen in combinations(sites, count):
            for letters in product(*(others for _, others in chosen)):
                found.add(_written(word, [span for span, _ in chosen], letters))
    return {spelling for spelling in found if len(spelling) >= _LEAST_SPELLED} - {word}


def _written(word: str, spans: list[tuple[int, int]], letters: tuple[str, ...]) -> str:
    pieces, done = [], 0
    for (start, end), other in zip(spans, letters, strict=True):
        pieces += [word[done:start], other]
        done = end
    return "".join([*pieces, word[done:]])
