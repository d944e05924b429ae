"""Unicode folding (confusables, leetspeak, spacing) into plain letters, with offsets back to the original.

Rules and model read the folded text; evidence must point into the text as it was written. So every change of length
is kept as an edit, and `Folded.origin` walks the edits back. Nothing here looks at meaning, and every step is one
pass over the text, whatever it holds: lone surrogates, ten thousand combining marks, right-to-left marks.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

# Enough for every sign people use, small enough that a message of all of Unicode can't fill the memory.
_REMEMBERED_SIGNS = 8_000

_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_BLANK = frozenset({"Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
_PICTURE = frozenset({"So", "Sk"})

# One look that tells whether any of the steps after folding has work to do.
_ODD = re.compile(
    r"[a-z][0-9@$+|!*~_^][a-z]|(?<![0-9])[0-9@$+|!]{1,2}[a-z]{2}|[a-z][0-9@$]|([a-z])\1\1"
    r"|(?<![a-z0-9])[a-z0-9@$](?:[ .\-_*/]{1,3}[a-z0-9@$](?![a-z0-9])){2}"
)
# Signs, and letters written apart: without any of them `_ODD` finds nothing but a letter three times in a row.
_SIGN = re.compile(r"[0-9@$+|!*~_^]")
_APART = re.compile(r"[ .\-/][a-z][ .\-/]{1,3}[a-z](?![a-z])")
_THRICE = re.compile(r"([a-z])\1\1")
_SPACED = re.compile(r"(?<![a-z0-9@$'])[a-z0-9@$](?:[ .\-_*/]{1,2}[a-z0-9@$'](?![a-z0-9'])){2,}(?![a-z0-9])")
_GAP = re.compile(r"[ .\-_*/]")
_INNER = re.compile(r"(?<=[a-z])[*~^|]{1,3}(?=[a-z])")
_MIXED = re.compile(r"[a-z0-9@$+|!']+")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_AMOUNT = re.compile(r"[0-9]+([a-z]+)")
_CODE = re.compile(r"[a-z][0-9]{2,}|[a-z0-9]{2}")
_HANDLE = re.compile(r"@|[^@]{2,}@[^@]{2,}")


@dataclass(frozen=True, slots=True)
class FoldingEdit:
    """A stretch [start, end) of one stage that became `length` signs in the next."""

    start: int
    end: int
    length: int


class Offsets:
    """An offset map from one stage of folding to the text before it; each question costs one binary search."""

    def __init__(self, edits: Sequence[FoldingEdit]) -> None:
        """Lay out where each edit begins and ends after it was made."""
        self._edits = tuple(edits)
        self._starts: list[int] = []
        self._shifts: list[int] = []
        shift = 0
        for edit in edits:
            self._starts.append(edit.start - shift)
            self._shifts.append(shift)
            shift += edit.end - edit.start - edit.length
        self._shifts.append(shift)

    def before(self, place: int, *, at_end: bool) -> int:
        """Return where `place` was before the edits; a cut through an edit takes the whole edit."""
        at = (bisect_left if at_end else bisect_right)(self._starts, place) - 1
        if at < 0:
            return place
        edit = self._edits[at]
        last = self._starts[at] + edit.length
        if place < last or (at_end and place == last):
            return edit.end if at_end else edit.start
        return place + self._shifts[at + 1]


class Folded:
    """The plain form of a message, with the way back to the words as written."""

    __slots__ = ("_signs", "original", "stages", "table", "text")

    def __init__(self, original: str, text: str, table: Mapping[int, str], stages: tuple[Offsets, ...] = ()) -> None:
        """Keep what was folded; the way back is laid out when somebody asks for it, and once."""
        self.original = original
        self.text = text
        self.table = table
        self.stages = stages
        self._signs: list[int] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where [start, end) of the folded text stands in the original; never outside of it."""
        for stage in reversed(self.stages):
            start, end = stage.before(start, at_end=False), stage.before(end, at_end=True)
        if self.original.isascii():
            return start, end
        signs = self._signs
        if signs is None:
            signs = [at for at, sign in enumerate(self.original) for _ in self.table[ord(sign)]]
            signs.append(len(self.original))
            self._signs = signs
        first = signs[start]
        return first, max(first, signs[end - 1] + 1 if start < end else first)


class _Table(dict[int, str]):
    """Replacement of each sign; found out once for each sign and remembered, up to a bound."""

    def __init__(self, known: Mapping[int, str]) -> None:
        super().__init__(known)
        self._room = _REMEMBERED_SIGNS

    def __missing__(self, point: int) -> str:
        plain = _plain(chr(point), self)
        if self._room > 0:
            self._room -= 1
            self[point] = plain
        return plain


def _plain(sign: str, known: Mapping[int, str]) -> str:
    """Return the plain letters for one sign that no table names."""
    category = unicodedata.category(sign)
    if category in _INVISIBLE:
        return ""
    if category in _BLANK:
        return "\n" if sign == "\n" else " "
    parts = unicodedata.normalize("NFKD", sign).casefold()
    if parts != sign:
        return "".join(known.get(ord(part), part) for part in parts if _drawn(part))
    if category in _PICTURE:
        return f" {unicodedata.name(sign, 'sign').lower().replace('-', ' ')} "
    return sign


def _drawn(part: str) -> bool:
    return unicodedata.category(part) not in _INVISIBLE


@dataclass(frozen=True, slots=True)
class FoldingTables:
    """Folding tables of `data/lexicon/folding.toml`, as plain mappings."""

    confusables: Mapping[str, str]
    leet: Mapping[str, str]
    units: frozenset[str]
    shorthand: Mapping[str, str]
    emoji: Mapping[str, str]


class Folding:
    """Turns any text into plain lower-case letters; see the module for what is promised."""

    def __init__(self, tables: FoldingTables) -> None:
        """Build the table of signs once; `fold` then only looks up."""
        known = {ord(sign): plain for plain, signs in tables.confusables.items() for sign in signs}
        known |= {ord(sign): f" {word} " for sign, word in tables.emoji.items()}
        known |= {code: chr(code).lower() for code in range(128)}
        known |= {code: " " for code in range(32) if chr(code) != "\n"}
        self._table = _Table(known)
        self._leet = str.maketrans(dict(tables.leet))
        self._units = tables.units
        self._shorthand = tables.shorthand

    def fold(self, text: str) -> Folded:
        """Fold `text`; plain ASCII without tricks costs one lower-casing and one look."""
        folded = text.lower() if text.isascii() else text.translate(self._table)
        if not _is_odd(folded):
            return Folded(text, folded, self._table)
        return self._undo_tricks(text, folded)

    def plain(self, text: str) -> Folded:
        """Fold letters only, and leave leetspeak, spacing and repeats alone: contacts are made of such things."""
        return Folded(text, text.lower() if text.isascii() else text.translate(self._table), self._table)

    def _undo_tricks(self, text: str, folded: str) -> Folded:
        stages: list[Offsets] = []
        for pattern, change in (
            (_INNER, _nothing),
            (_SPACED, self._joined),
            (_MIXED, self._unleet),
            (_REPEATED, _single),
        ):
            folded, edits = _rewrite(pattern, change, folded)
            if edits:
                stages.append(Offsets(edits))
        return Folded(text, folded, self._table, tuple(stages))

    def _joined(self, run: str) -> str:
        """Join letters that were written apart; digits written apart are left for the contact grammar."""
        letters = _GAP.sub("", run)
        if sum(map(str.isalpha, letters)) * 2 <= len(letters):
            return run
        words = run.split() if any(sign in run for sign in ".-_*/") else re.split(r" {2,}", run)
        return " ".join(_GAP.sub("", word) for word in words)

    def _unleet(self, word: str) -> str:
        if word.isalpha():
            return word
        known = self._shorthand.get(word)
        if known is not None:
            return known
        amount = _AMOUNT.fullmatch(word)
        if (amount and amount[1] in self._units) or _CODE.fullmatch(word) or _HANDLE.match(word):
            return word
        body = word.rstrip("!+|")
        if not any(map(str.isalpha, body)):
            return word
        digits = sum(map(str.isdigit, body))
        if digits * 3 > len(body) * 2:
            return word
        return body.translate(self._leet) + word[len(body) :]


def _is_odd(folded: str) -> bool:
    """Return whether `_ODD` finds something; three cheap looks tell first that it can't, of most talk."""
    if _SIGN.search(folded) is None and _APART.search(folded) is None and _THRICE.search(folded) is None:
        return False
    return _ODD.search(folded) is not None


def _nothing(_: str) -> str:
    return ""


def _single(run: str) -> str:
    return run[0]


def _rewrite(pattern: re.Pattern[str], change: Callable[[str], str], text: str) -> tuple[str, tuple[FoldingEdit, ...]]:
    """Replace each match by what `change` makes of it, and list what changed."""
    pieces: list[str] = []
    edits: list[FoldingEdit] = []
    done = 0
    for match in pattern.finditer(text):
        old = match[0]
        new = change(old)
        if new != old:
            pieces += (text[done : match.start()], new)
            done = match.end()
            edits.append(FoldingEdit(match.start(), done, len(new)))
    if not edits:
        return text, ()
    pieces.append(text[done:])
    return "".join(pieces), tuple(edits)
