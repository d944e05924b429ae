"""Text normalization for matching: spelling, accents, signs and emoji do not matter."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 500
"""Characters that are read of one answer; more is not an answer to a question and is not understood at all."""

_APOSTROPHES = re.compile("['\u2019\u2018`\u00b4]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_ENDS = ".;:!?()\n"
_IN_NUMBER = re.compile(r"[0-9][.,][0-9]")
_RUN = re.compile(r"([^\W\d_])\1{2,}")


def plain(text: str) -> str:
    """Normalize to lower-case words and numbers with one space between them; everything else is gone."""
    return " ".join(part for sentence in sentences(text) for part in sentence)


def sentences(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the plain parts of each sentence, split at commas; a sign inside a number or "u.s.a." splits nothing."""
    folded = _folded(text[: LONGEST * 4])
    if folded.isascii() and not _IN_NUMBER.search(folded):
        signs = folded.translate(_ASCII)
    else:
        signs = "".join(_sign(char, folded, index) for index, char in enumerate(folded))
    if "\n" not in signs and "," not in signs:
        whole = " ".join(signs.split())
        return ((whole,),) if whole else ()
    split = ([" ".join(part.split()) for part in sentence.split(",")] for sentence in signs.split("\n"))
    return tuple(parts for parts in (tuple(part for part in sentence if part) for sentence in split) if parts)


def _folded(text: str) -> str:
    """Return a text in small letters, without apostrophes and the stops of initials; plain ASCII takes a short way."""
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    else:
        folded = text.replace("'", "").replace("`", "").lower()
    return _INITIALS.sub(lambda found: found[0].replace(".", ""), folded) if "." in folded else folded


def _sign(char: str, text: str, index: int) -> str:
    kept = _kept(char)
    if kept:
        return char if kept == "keep" else ""
    if char == "&":
        return " and "
    if char in ".," and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit():
        return char if char == "." else " "
    if char in _ENDS:
        return "\n"
    return "," if char == "," else " "


@lru_cache(maxsize=4096)
def _kept(char: str) -> str:
    """Return what a character becomes: kept, dropped without a gap (accents, joiners), or ("") a gap."""
    category = unicodedata.category(char)
    if category[0] in "LN":
        return "keep"
    return "drop" if category[0] == "M" or category == "Cf" else ""


_ASCII = {code: _sign(chr(code), "", 0) for code in range(128)}
"""What becomes of each sign of plain English, where none stands inside a number."""


def short_runs(word: str) -> tuple[str, ...]:
    """Return a word with letters that stand three times or more cut to two, then to one ("fentttt")."""
    if not _RUN.search(word):
        return ()
    return _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
