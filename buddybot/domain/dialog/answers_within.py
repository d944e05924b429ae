"""Phrase search in a longer text: which choices its words name, and which of them a negation turns round.

Of overlapping phrases the longest counts, and words that say nothing do not: "ok then cancel pls" is a cancel, and no
nod. A choice that can't be taken back is taken only where nothing else is said: "ok but he scares me" blocks nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from buddybot.domain.dialog.choice_index import SpokenIndex
from buddybot.domain.dialog.fillers import around
from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.dialog.typed_answers import MOST, Answered, Match, Unclear, decided
from buddybot.domain.dialog.typed_text import SHORTEST
from buddybot.domain.kernel.plaintext import sentences, short_runs

LONG_WORD = 7
WINDOW = 4
"""Words before a phrase in which a negation turns it round."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase in a text: what it chooses, and whether a negation stands before it."""

    tokens: tuple[str, ...]
    negated: bool
    first: bool
    """The negation is the first word and a bare no: "no block him" may mean either."""
    idle: bool = False
    """It is no more than a word of those around an answer, such as the "ok" of "ok then"."""


def read_within(text: str, spoken: SpokenIndex) -> Answered:
    """Return which choice the phrases in a text mean, as they are spelled or with small slips put right."""
    return _within(text, spoken) or _within(text, spoken, mended=True)


def _within(text: str, spoken: SpokenIndex, *, mended: bool = False) -> Answered:
    found: list[_Found] = []
    loose = more = False
    for part in (part for sentence in sentences(text) for part in sentence):
        words = part.split()
        if mended:
            words = [_mended(word, spoken) for word in words]
        here, turned, left = _in_part(words, spoken)
        found += here
        loose, more = loose or turned, more or left
    answer = _weighed(found, spoken, loose=loose)
    if isinstance(answer, Match) and spoken.careful(answer.token) and (mended or more):
        return Unclear((answer.token,))
    return answer


def _in_part(words: Sequence[str], spoken: SpokenIndex) -> tuple[list[_Found], bool, bool]:
    """Return the phrases between two signs, whether a negation belongs to none, and whether more is said there."""
    first, last = around(words, spoken.book.fillers)
    spans = [one for one in _longest(words, spoken) if _stands(words, one, (first, last), spoken.book)]
    covered = {at for start, end in spans for at in range(start, end)}
    turns = {at for at, word in enumerate(words) if at not in covered and word in spoken.book.negations}
    found: list[_Found] = []
    for start, end in spans:
        before = [at for at in turns if start - WINDOW <= at < start]
        tokens = spoken.tokens(" ".join(words[start:end]))
        idle = (end <= first or start >= last) and last - first < len(words)
        found.append(_Found(tokens, bool(before), before == [0] and words[0] == "no", idle))
    left = [at for at in range(first, last) if at not in covered and words[at] not in spoken.book.fillers]
    return found, bool(turns), bool(left)


def _stands(words: Sequence[str], span: tuple[int, int], core: tuple[int, int], book: ReplyPhrases) -> bool:
    """Return whether a phrase may be an answer where it stands: a yes or no in the middle of a sentence is none.

    "Never" is one where it stands alone or last: what it begins is a statement.
    """
    (start, end), (first, last) = span, core
    phrase = " ".join(words[start:end])
    if phrase in book.stating:
        return end >= last
    return start <= first or end >= last or not any(phrase in family for family in book.families.values())


def _longest(words: Sequence[str], spoken: SpokenIndex) -> list[tuple[int, int]]:
    """Return the spans of all phrases, in order; of those that overlap the longest counts: "no [dont block him]"."""
    spans: list[tuple[int, int]] = []
    taken: set[int] = set()
    for length in range(min(len(words), spoken.most), 0, -1):
        for start in range(len(words) - length + 1):
            places = range(start, start + length)
            if taken.isdisjoint(places) and spoken.tokens(" ".join(words[start : start + length])):
                spans.append((start, start + length))
                taken.update(places)
    return sorted(spans)


def _weighed(found: Sequence[_Found], spoken: SpokenIndex, *, loose: bool) -> Answered:
    """Decide between phrases. A negation that belongs to no phrase makes everything else doubtful."""
    found = [one for one in found if not one.idle] or found
    denied = {token for one in found if one.negated for token in one.tokens}
    meant = [token for one in found if not one.negated for token in one.tokens if token not in denied]
    if meant:
        answer = decided(meant)
        return Unclear((answer.token,)) if loose and isinstance(answer, Match) else answer
    if not denied:
        return None
    refusals = [one.token for one in spoken.choices.values() if spoken.book.declines(one.parsed, one.reads)]
    if len(refusals) != 1 or refusals[0] in denied:
        return None
    if any(one.first for one in found):
        return Unclear((*sorted(denied), refusals[0])[-MOST:])
    return Match(refusals[0])


def _mended(word: str, spoken: SpokenIndex) -> str:
    """Correct the spelling of a word to one of a phrase; a negation is never made or unmade.

    What is a word of any other question is no slip: the "find" of "find a buddy" is not the "fine" that agrees.
    """
    if len(word) < SHORTEST or word in spoken.book.negations or word in spoken.known or word in spoken.book.words:
        return word
    for short in short_runs(word):
        if short in spoken.known:
            return short
    near = [
        (distance, other)
        for other in sorted(spoken.known)
        if len(other) >= SHORTEST
        and other[0] == word[0]
        and other not in spoken.book.negations
        and (distance := OSA.distance(word, other)) <= (2 if len(other) > LONG_WORD else 1)
    ]
    return min(near)[1] if near else word
