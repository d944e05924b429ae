"""Fuzzy matching of typed words to the choices of a question: by label, number or phrase, never across a negation.

An exact answer is a `Match`; a doubtful one is `Unclear`, which the bot asks back ("did you mean"). Negation never
picks the negated choice, and of overlapping phrases the longest counts: "not breathing" is never "breathing".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from buddybot.domain.dialog.choice_index import LIKELY, ChoiceIndex, Readable, SpokenIndex, index_of, lengths_alike
from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.dialog.typed_text import SHORTEST, TypedText, is_turned
from buddybot.domain.kernel.plaintext import sentences, short_runs

MOST = 3
"""Choices that are worth asking back; more is no doubt, it is noise."""
SURE, MARGIN = 86.0, 6.0
"""Likeness in percent from which a misspelt answer is taken, and by how much it has to be the likeliest."""
LONG_WORD = 7
WINDOW = 4
"""Words before a phrase in which a negation turns it round."""


@dataclass(frozen=True, slots=True)
class Match:
    """Unambiguous match, by its token."""

    token: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Ambiguous match: choices that may have been meant, the likeliest first."""

    tokens: tuple[str, ...]


Answered: TypeAlias = Match | Unclear | None


class Reach(StrEnum):
    """Scope of the search: where in a message an answer may stand."""

    WITHIN = "within"
    """Anywhere: the words go to nobody else."""
    WHOLE = "whole"
    """The message is the answer, or it is meant for somebody else."""


def read_choice(
    text: str,
    choices: Sequence[Readable],
    book: ReplyPhrases,
    *,
    reach: Reach = Reach.WITHIN,
    everyday: bool = True,
    numbers: bool = True,
) -> Answered:
    """Return which choice typed words mean. Without `everyday`, only what people don't say to each other counts."""
    return read_typed(TypedText(text, book), index_of(choices, book, everyday=everyday), reach=reach, numbers=numbers)


def read_typed(typed: TypedText, index: ChoiceIndex, *, reach: Reach = Reach.WITHIN, numbers: bool = True) -> Answered:
    """Return which choice of an index typed words mean, which may have been read against others before."""
    if not typed.readable:
        return None
    if numbers and typed.number is not None and typed.number <= len(index.tokens):
        return Match(index.tokens[typed.number - 1])
    if reach is Reach.WHOLE and not index.spoken.may_hold(typed):
        return None
    found = _read(typed, index.spoken, reach)
    return _renamed(found, index.own) if index.own else found


def _renamed(found: Answered, own: Mapping[str, str]) -> Answered:
    if isinstance(found, Match):
        return Match(own[found.token])
    return found if found is None else Unclear(tuple(own[token] for token in found.tokens))


def _read(typed: TypedText, spoken: SpokenIndex, reach: Reach) -> Answered:
    for form in typed.forms:
        if found := spoken.tokens(form):
            return _decided(found)
    if reach is Reach.WHOLE:
        return _alike_or_bare(typed, spoken, reach)
    text = typed.text
    asks = "?" in text or any(f"{typed.words} ".startswith(f"{one} ") for one in spoken.book.asking)
    found_within = _within(text, spoken) or _within(text, spoken, mended=True)
    if isinstance(found_within, Match) and asks:
        return Unclear((found_within.token,))
    return found_within or _alike_or_bare(typed, spoken, reach) or _stated(typed.words, spoken)


def _stated(words: str, spoken: SpokenIndex) -> Answered:
    """Ask back where a statement begins with a word that alone would be an answer: nobody knows which it is."""
    first = words.split(maxsplit=1)[0]
    tokens = spoken.tokens(first) if first in spoken.book.stating else ()
    return Unclear(tuple(tokens)) if 0 < len(tokens) <= MOST else None


def _decided(tokens: Sequence[str]) -> Answered:
    unique = tuple(dict.fromkeys(tokens))
    if len(unique) == 1:
        return Match(unique[0])
    return Unclear(unique) if unique and len(unique) <= MOST else None


# ── Answers in a longer text ────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase in a text: what it chooses, and whether a negation stands before it."""

    tokens: tuple[str, ...]
    negated: bool
    first: bool
    """The negation is the first word and a bare no: "no block him" may mean either."""


def _within(text: str, spoken: SpokenIndex, *, mended: bool = False) -> Answered:
    """Find phrases in a text; with `mended`, after small slips of the fingers were put right."""
    found: list[_Found] = []
    loose = False
    for part in (part for sentence in sentences(text) for part in sentence):
        words = part.split()
        if mended:
            words = [_mended(word, spoken) for word in words]
        spans = [one for one in _longest(words, spoken) if _stands(words, *one, spoken.book)]
        covered = {at for start, end in spans for at in range(start, end)}
        turns = {at for at, word in enumerate(words) if at not in covered and word in spoken.book.negations}
        loose = loose or bool(turns)
        for start, end in spans:
            before = [at for at in turns if start - WINDOW <= at < start]
            phrase = " ".join(words[start:end])
            found.append(_Found(spoken.tokens(phrase), bool(before), before == [0] and words[0] == "no"))
    answer = _weighed(found, spoken, loose=loose)
    if mended and isinstance(answer, Match) and spoken.careful(answer.token):
        return Unclear((answer.token,))
    return answer


def _stands(words: Sequence[str], start: int, end: int, book: ReplyPhrases) -> bool:
    """Return whether a phrase may be an answer where it stands: a yes or no in the middle of a sentence is none.

    "Never" is one where it stands alone or last: what it begins is a statement.
    """
    phrase = " ".join(words[start:end])
    if phrase in book.stating:
        return end == len(words)
    return start == 0 or end == len(words) or not any(phrase in family for family in book.families.values())


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
    denied = {token for one in found if one.negated for token in one.tokens}
    meant = [token for one in found if not one.negated for token in one.tokens if token not in denied]
    if meant:
        answer = _decided(meant)
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


# ── Answers that look like one ──────────────────────────────────────────────────────────


def _alike_or_bare(typed: TypedText, spoken: SpokenIndex, reach: Reach) -> Answered:
    """Compare an answer without its fillers, then as it stands: of "id like to stopp" too little is left to tell."""
    found = (_alike(words, spoken, reach) for words in typed.whole)
    return next((one for one in found if one is not None), None)


def _alike(words: str, spoken: SpokenIndex, reach: Reach) -> Answered:
    """Compare a whole answer with every phrase: near enough is taken, or asked back."""
    if len(words) < SHORTEST:
        return None
    best: dict[str, float] = {}
    slips: set[str] = set()
    turned = is_turned(words, spoken.book)
    least, most = lengths_alike(len(words))
    for phrase, negated in spoken.long:
        if not least <= len(phrase) <= most:
            continue
        if turned != negated:
            if _slips_in_negation(words, phrase, spoken):
                return Unclear(spoken.tokens(phrase)[:MOST])
            continue
        score = fuzz.ratio(words, phrase)
        for token in spoken.tokens(phrase):
            best[token] = max(best.get(token, 0.0), score)
            slips |= {token} if _is_slip(words, phrase) else set()
    ranked = sorted(((score, token) for token, score in best.items() if score >= LIKELY), reverse=True)
    if not ranked:
        return None
    score, token = ranked[0]
    alone = len(ranked) == 1 or score - ranked[1][0] >= MARGIN
    if score >= SURE and alone and not (spoken.careful(token) and score < 100):  # noqa: PLR2004 - percent
        return Match(token)
    if reach is Reach.WHOLE:
        # What is nearly the whole phrase is hardly meant for anybody else: it is asked back, never passed on.
        return Unclear((token,)) if alone and (score >= SURE or token in slips) else None
    return Unclear(tuple(token for _, token in ranked[:2]))


def _is_slip(words: str, phrase: str) -> bool:
    """Return whether one letter is wrong, missing, too many or swapped, in a word that is long enough to tell."""
    return len(phrase) > SHORTEST and words[0] == phrase[0] and OSA.distance(words, phrase) == 1


def _slips_in_negation(words: str, phrase: str, spoken: SpokenIndex) -> bool:
    """Return whether a negation is all that is misspelt ("id like to stopp"): it is asked back, never taken.

    Only a doubled or swapped letter is a slip here: "shop" is a word of its own.
    """
    parts, others = words.split(), phrase.split()
    if len(parts) != len(others) or len(parts) == 1:
        return False
    differing = [(one, other) for one, other in zip(parts, others, strict=True) if one != other]
    return len(differing) == 1 and all(
        len(one) >= SHORTEST
        and other in spoken.book.negations
        and one not in spoken.known
        and set(one) == set(other)
        and OSA.distance(one, other) == 1
        for one, other in differing
    )
