"""Typed words in their plainest form, so that spelling, accents, signs and emoji do not matter."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 500
"""Characters that are read of one answer; more is not an answer to a question and is not understood at all."""

_APOSTROPHES = re.compile("['\u2019\u2018`\u00b4]")
_RUN = re.compile(r"([^\W\d_])\1{2,}")


def plain(text: str) -> str:
    """Return lower-case words and numbers with one space between them; everything else is gone."""
    return " ".join(clauses(text, breaks=""))


def clauses(text: str, breaks: str = '.,;:!?()\n"') -> tuple[str, ...]:
    """Return the plain parts between signs that end a thought; a dot or comma inside a number is no such sign."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text[: LONGEST * 4])).casefold()
    signs = "".join(_sign(char, breaks, folded, index) for index, char in enumerate(folded))
    return tuple(part for part in (" ".join(piece.split()) for piece in signs.split("\n")) if part)


def _sign(char: str, breaks: str, text: str, index: int) -> str:
    kept = _kept(char)
    if kept:
        return char if kept == "keep" else ""
    if char == "&":
        return " and "
    if char in ".," and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit():
        return char if char == "." else " "
    return "\n" if char in breaks else " "


@lru_cache(maxsize=4096)
def _kept(char: str) -> str:
    """Tell whether a character is kept, dropped without a gap (accents, joiners), or ("") leaves a gap."""
    category = unicodedata.category(char)
    if category[0] in "LN":
        return "keep"
    return "drop" if category[0] == "M" or category == "Cf" else ""


def short_runs(word: str) -> tuple[str, ...]:
    """Return a word with letters that stand three times or more cut to two, then to one ("fentttt")."""
    if not _RUN.search(word):
        return ()
    return _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
