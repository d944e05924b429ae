"""Whole-message matching of words that may be meant for the bot: "i need less", typed to a buddy.

A message counts only where a phrase is all of it, so that a sentence which merely holds one goes its way. Small slips
of the fingers are forgiven; another form of a word ("paused") or another word ("shop") is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from buddybot.domain.dialog.fillers import stripped
from buddybot.domain.dialog.typed_text import TypedText
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.kernel.plaintext import short_runs

LONGEST = 12
"""Words of a message that is read at all: the longest phrase and what may stand around it."""
SWAPPED, SHORTEST, LONG_WORD = 3, 4, 8
"""Letters of a word in which two that are swapped are put right, of one in which any slip is, and of one with two."""
MOST = 999
"""The largest number that is read where a wording has one."""
_ANY = "{"
"""How a word begins that stands for any number."""
ENDINGS = ("s", "d", "ed", "es", "er", "r", "ing", "n", "ndo")
"""What makes another form of a word, in both languages."""


@dataclass(frozen=True, slots=True)
class BotPhrase:
    """One wording: its words, the command that it means, and what that command is given.

    A word in braces stands for a number, given under that name. `pair` says that it makes sense between two only.
    """

    words: tuple[str, ...]
    command: str
    given: tuple[tuple[str, str], ...] = ()
    pair: bool = False


@dataclass(frozen=True, slots=True)
class BotWish:
    """Command that words mean where they are for the bot, with its arguments."""

    command: str
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BotWords:
    """All wordings by how many words they have and how the first begins, and by their letters; words for numbers.

    A slip never changes how a word begins, so a message need not be compared with any other. What begins with a number
    is in each.
    """

    by_start: Mapping[tuple[int, str], tuple[BotPhrase, ...]] = field(default_factory=dict, repr=False)
    by_letters: Mapping[str, BotPhrase] = field(default_factory=dict, repr=False)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def wish(self, typed: TypedText, fillers: frozenset[str], *, pair: bool) -> BotWish | None:
        """Return what a message would mean, said to the bot; None where it is anything else than one of the phrases."""
        words = typed.plain
        if not words or words.count(" ") >= LONGEST:
            return None
        for form in dict.fromkeys((words, *short_runs(words), *stripped(words, fillers))):
            if found := self._found(form.split(), pair=pair):
                return found
        return None

    def _found(self, words: Sequence[str], *, pair: bool) -> BotWish | None:
        glued = self.by_letters.get("".join(words))  # "delete every thing"
        if glued is not None and (pair or not glued.pair):
            return BotWish(glued.command, dict(glued.given))
        start = (len(words), words[0][0] if words else "")
        for phrase in self.by_start.get(start) or self.by_start.get((len(words), _ANY), ()):
            if (pair or not phrase.pair) and (filled := self._filled(phrase, words)) is not None:
                return BotWish(phrase.command, {**dict(phrase.given), **filled})
        return None

    def _filled(self, phrase: BotPhrase, words: Sequence[str]) -> dict[str, str] | None:
        """Return the numbers of a wording as they were typed; None where the words are not this wording."""
        filled: dict[str, str] = {}
        for typed, meant in zip(words, phrase.words, strict=True):
            if meant.startswith("{"):
                if (number := self._number(typed)) is None:
                    return None
                filled[meant.strip("{}")] = str(number)
            elif typed != meant and not _is_slip(typed, meant):
                return None
        return filled

    def _number(self, word: str) -> int | None:
        typed = whole_number(word, 0, MOST)
        return self.numbers.get(word) if typed is None else typed


def bot_words_of(phrases: Sequence[BotPhrase], numbers: Mapping[str, int]) -> BotWords:
    """Return the matcher for wordings; of two that are alike the first counts."""
    starts = {(len(one.words), one.words[0][0]) for one in phrases} | {(len(one.words), _ANY) for one in phrases}
    by_start = {
        (length, start): tuple(one for one in phrases if len(one.words) == length and one.words[0][0] in {start, _ANY})
        for length, start in starts
    }
    return BotWords(by_start, {"".join(one.words): one for one in reversed(phrases)}, numbers)


def _is_slip(typed: str, meant: str) -> bool:
    """Return whether a word is another one with a letter too many, missing or swapped, or wrong in a long one."""
    swapped = sorted(typed) == sorted(meant)
    shortest = SWAPPED if swapped else SHORTEST
    if len(meant) < shortest or typed[0] != meant[0] or _is_form(typed, meant) or _is_form(meant, typed):
        return False
    slips = 2 if len(meant) >= LONG_WORD else 1
    replaced = len(typed) == len(meant) and not swapped
    return OSA.distance(typed, meant, score_cutoff=slips) <= slips and not (replaced and len(meant) < LONG_WORD)


def _is_form(longer: str, shorter: str) -> bool:
    """Return whether a word is a form of another: "pauses" and "paused" are no "pause"."""
    return any(longer in {shorter + ending, shorter.removesuffix("e") + ending} for ending in ENDINGS)
