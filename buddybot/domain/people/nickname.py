"""Nickname validation, so that a nickname does not give its owner away; and suggestions."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz.distance import OSA

from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.world import Chance

SHORTEST, LONGEST = 2, 20
OFFERED = 3
SAME_FROM = 4
"""Letters that an account's name needs before its likeness counts: "jo" is in too many words."""

_CONTACT = re.compile(
    r"@|://|www\.|\bt\.me\b|(?:[a-z0-9-]+\.)+(?:com|net|org|info|me|io|gg|co|uk|de|ru|xyz|app|link)\b|(?:\d[\s().+-]*){6,}",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\W_\d]+")
_JOINERS = frozenset({"\u200c", "\u200d"})
_LEET = str.maketrans("013457@$!", "oieastasi")


class NicknameProblem(StrEnum):
    """Reason why a nickname is refused; a notice of the same name says it to the person."""

    SHORT = "short"
    LONG = "long"
    SIGNS = "signs"
    CONTACT = "contact"
    WORD = "word"
    ROLE = "role"
    CLOSE = "close"
    """It looks like one of the account's names. The person may overrule it."""
    REAL = "real"
    """It looks like a first name and a family name. The person may overrule it."""


OVERRULED = frozenset({NicknameProblem.CLOSE, NicknameProblem.REAL})
"""Problems that a person may know better about: they are asked once."""


@dataclass(frozen=True, slots=True)
class NicknameWords:
    """The words that make offers, and those that no nickname may hold."""

    first: tuple[str, ...] = field(repr=False)
    second: tuple[str, ...] = field(repr=False)
    anywhere: tuple[str, ...] = field(repr=False)
    """Rejected even inside a longer word (slurs)."""
    words: frozenset[str] = field(repr=False)
    """Rejected as a word of its own (drugs, insults)."""
    roles: frozenset[str] = field(repr=False)
    """Rejected as a word of its own: it would claim to be more than a peer."""
    given: frozenset[str] = field(default=frozenset(), repr=False)
    """First names: beside a second word they look like a real name."""


def offers(words: NicknameWords, chance: Chance) -> tuple[str, ...]:
    """Return three different nicknames to choose from."""
    first, second = list(words.first), list(words.second)
    chance.shuffle(first)
    chance.shuffle(second)
    return tuple(f"{one} {two}" for one, two in zip(first, second, strict=False))[:OFFERED]


def composed(text: str) -> str:
    """Normalize a nickname: composed form, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def problem_with(nickname: str, names: tuple[str, ...], words: NicknameWords) -> NicknameProblem | None:
    """Return why a normalized nickname is refused; `names` are those of the account it must not look like."""
    letters = sum(char.isalnum() for char in nickname)
    if any(_is_odd(char) for char in nickname):
        return NicknameProblem.SIGNS
    if _CONTACT.search(nickname):
        return NicknameProblem.CONTACT
    if len(nickname) > LONGEST:
        return NicknameProblem.LONG
    if letters < SHORTEST:
        return NicknameProblem.SHORT
    close = NicknameProblem.CLOSE if _is_close(nickname, names) else None
    return _word_problem(nickname, words) or close or (NicknameProblem.REAL if _is_real(nickname, words) else None)


def _is_real(nickname: str, words: NicknameWords) -> bool:
    """Return whether it is a first name, perhaps misspelt, with a second name after it."""
    parts = [part for part in _PARTS.split(plain(nickname)) if len(part) > 1]
    drawn = {one.casefold() for one in (*words.first, *words.second)}
    if len(parts) < 2 or drawn & set(parts):  # noqa: PLR2004 - two names
        return False
    first = parts[0]
    near = len(first) >= SAME_FROM and any(OSA.distance(first, name) <= 1 for name in words.given)
    return first in words.given or near


def _is_odd(char: str) -> bool:
    """Control, direction and private signs, and surrogates; a joiner inside an emoji or a script is fine."""
    return unicodedata.category(char)[0] == "C" and char not in _JOINERS


def _word_problem(nickname: str, words: NicknameWords) -> NicknameProblem | None:
    for form in (plain(nickname), plain(nickname.translate(_LEET))):
        squeezed = form.replace(" ", "")
        parts = {*_PARTS.split(form), *form.split(), form, squeezed}
        if any(bad in squeezed for bad in words.anywhere) or parts & words.words:
            return NicknameProblem.WORD
        if parts & words.roles:
            return NicknameProblem.ROLE
    return None


def _is_close(nickname: str, names: tuple[str, ...]) -> bool:
    wanted = _squeezed(nickname)
    for name in names:
        whole = _squeezed(name)
        parts = {whole, *(_squeezed(part) for part in _PARTS.split(name))}
        if any(_alike(wanted, part) for part in parts):
            return True
    return False


def _alike(wanted: str, name: str) -> bool:
    if wanted == name:
        return bool(name)
    if len(name) < SAME_FROM or len(wanted) < SAME_FROM:
        return False
    return name in wanted or wanted in name or OSA.distance(wanted, name) <= 1


def _squeezed(text: str) -> str:
    return _PARTS.sub("", plain(text))
