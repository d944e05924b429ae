"""Literal prefiltering of regular expressions: words of which one must stand in a text before a pattern can match it.

One automaton over the literals of all patterns tells in one pass which few of them are worth trying, as RE2 and
Hyperscan do it. Only what phrases are written in is understood: groups, alternatives, look-arounds, counts, classes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

_MOST, _MOST_JOINED = 400, 60
"""Larger sets of alternatives are given up, and words are not joined into more literals than that: they cost memory."""
_COUNT = re.compile(r"[?*+]\??|\{(\d*),?(\d*)\}\??")
_PLAIN = re.compile(r"[^\\()\[\]{}|^$.?*+]+")
_LOOK = re.compile(r"\?(?:[=!]|<[=!])")

Literals = frozenset[str]
_EMPTY: Literals = frozenset({""})
_BORDER = "\b"
"""Stands in a literal while it is gathered where a word must begin or end."""
_SIDES = " " + _BORDER
Edges = tuple[bool, bool]
"""Whether a word must begin where a literal begins, and end where it ends, for a hit to be worth a try."""


def _bare(literal: str) -> str:
    return literal.replace(_BORDER, "").strip()


def _edges(literal: str) -> Edges:
    """Return on which sides a blank, or the border of a word beside a letter, must stand."""
    bare = _bare(literal)
    before = literal[: len(literal) - len(literal.lstrip(_SIDES))]
    after = literal[len(literal.rstrip(_SIDES)) :]
    begins = " " in before or (bool(before) and bare[0].isalnum())
    return begins, " " in after or (bool(after) and bare[-1].isalnum())


@dataclass(frozen=True, slots=True)
class _Piece:
    """Possible literals of a piece of a pattern: exactly one of `exact`, or at least something with one of `some`."""

    exact: Literals | None = None
    some: Literals | None = None

    @property
    def needed(self) -> Literals | None:
        """Return literals of which one must be there, if any are known."""
        return self.some if self.exact is None else self.exact


class Prefilter:
    """Finds literals, with the named parts of a file read once for all patterns that use them."""

    def __init__(self, parts: Mapping[str, str], common: frozenset[str]) -> None:
        """Take the parts that `{name}` stands for, and words that stand everywhere and so tell little."""
        self._parts = parts
        self._common = common
        self._read: dict[str, _Piece] = {}

    def literals_of(self, pattern: str) -> dict[str, Edges]:
        """Return the rarest literals of which one must stand in a match; without any it is a ValueError."""
        # A wording begins and ends at the border of a word, see `table`.
        gathered = _Parser(rf"\b(?:{pattern})\b", self._common, self.part).alternatives().needed
        if gathered is None or not all(map(_bare, gathered)):
            raise ValueError(f"no word that must be there: {pattern[:60]}")
        found: dict[str, Edges] = {}
        for literal in gathered:
            (begins, ends), bare = _edges(literal), _bare(literal)
            others = found.get(bare, (True, True))
            found[bare] = (begins and others[0], ends and others[1])
        return found

    def part(self, name: str) -> "_Piece":
        """Return what a named part can be."""
        if name not in self._read:
            self._read[name] = _Parser(self._parts[name], self._common, self.part).alternatives()
        return self._read[name]


def _rarity(literals: Iterable[str], common: frozenset[str]) -> int:
    """Return how much the least telling of them tells: its letters, but for words that stand everywhere."""
    return min(sum(len(word) for word in _bare(literal).split() if word not in common) for literal in literals)


class _Parser:
    """A recursive-descent parser over one pattern that gathers literals as it goes."""

    def __init__(self, pattern: str, common: frozenset[str], part: "Callable[[str], _Piece]") -> None:
        self._pattern = pattern
        self._common = common
        self._part = part
        self._at = 0

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _next(self) -> str:
        sign = self._peek()
        self._at += 1
        return sign

    def alternatives(self) -> _Piece:
        """Read up to the end of a group."""
        branches = [self._branch()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._branch())
        exact = [branch.exact for branch in branches if branch.exact is not None]
        whole = frozenset().union(*exact) if len(exact) == len(branches) else None
        if whole is not None and len(whole) <= _MOST:
            return _Piece(whole)
        needed = [branch.needed for branch in branches]
        if any(each is None for each in needed):
            return _Piece()
        return _Piece(None, frozenset().union(*(each for each in needed if each is not None)))

    def _branch(self) -> _Piece:
        run, whole, found = _EMPTY, True, list[Literals]()
        while self._peek() not in {"", "|", ")"}:
            piece = self._counted(self._atom())
            if piece.exact is not None and (not any(map(_bare, run)) or len(run) * len(piece.exact) <= _MOST_JOINED):
                run = frozenset(map("".join, product(run, piece.exact)))
                continue
            whole = False
            found.append(run)
            if piece.exact is None and piece.some is not None:
                found.append(piece.some)
            run = _EMPTY if piece.exact is None else piece.exact
        if whole:
            return _Piece(run)
        return _Piece(None, self._best([*found, run]))

    def _best(self, found: Iterable[Literals]) -> Literals | None:
        telling = [literals for literals in found if all(map(_bare, literals))]
        return max(telling, key=lambda literals: (_rarity(literals, self._common), -len(literals)), default=None)

    def _counted(self, piece: _Piece) -> _Piece:
        """Read how often a piece may stand."""
        count = _COUNT.match(self._pattern, self._at)
        if count is None:
            return piece
        self._at = count.end()
        if count[0].startswith("?"):
            return _Piece(None if piece.exact is None else piece.exact | _EMPTY)
        if count[0].startswith("*") or (count[1] in {"", "0"} and not count[0].startswith("+")):
            return _Piece()
        return _Piece(None, piece.needed)

    def _atom(self) -> _Piece:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == "{":
            end = self._pattern.index("}", self._at)
            name, self._at = self._pattern[self._at : end], end + 1
            return self._part(name)
        if sign == "\\":
            return self._escaped(self._next())
        if sign in "^$":
            return _Piece(_EMPTY)
        return _Piece() if sign == "." else _Piece(frozenset({sign + self._plain()}))

    def _plain(self) -> str:
        """Read on to the next sign that means more than itself, or to the last one before a count."""
        end = found.end() if (found := _PLAIN.match(self._pattern, self._at)) else self._at
        if _COUNT.match(self._pattern, end):
            # A count is of one sign, and that may be the one read already.
            end = max(end - 1, self._at)
        more, self._at = self._pattern[self._at : end], end
        return more

    def _group(self) -> _Piece:
        look = _LOOK.match(self._pattern, self._at)
        self._at = look.end() if look else self._at + 2 * self._pattern.startswith("?:", self._at)
        inner = self.alternatives()
        self._at += 1
        return _Piece(_EMPTY) if look else inner

    def _class(self) -> _Piece:
        end = self._pattern.index("]", self._at)
        inside, self._at = self._pattern[self._at : end], end + 1
        return _Piece() if set(inside) & set("^-\\") else _Piece(frozenset(inside))

    @staticmethod
    def _escaped(sign: str) -> _Piece:
        if sign in "bB":
            return _Piece(frozenset({_BORDER}) if sign == "b" else _EMPTY)
        return _Piece() if sign in "wWdDsS" else _Piece(frozenset({sign}))
