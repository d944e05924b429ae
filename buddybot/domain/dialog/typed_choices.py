"""Fuzzy matching of typed words to the choices of a question: by label, number or phrase, never across a negation.

An exact answer is a `Match`; a doubtful one is `Unclear`, which the bot asks back ("did you mean"). Negation never
picks the negated choice, and of overlapping phrases the longest counts: "not breathing" is never "breathing".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.kernel.plaintext import plain, sentences, short_runs
from buddybot.domain.kernel.tokens import Token

LONGEST = 24
"""Words of a message in which an answer is looked for."""
MOST = 3
"""Choices that are worth asking back; more is no doubt, it is noise."""
SURE, LIKELY, MARGIN = 86.0, 75.0, 6.0
"""Likeness in percent from which a misspelt answer is taken, and from which it is asked back."""
SHORTEST = 4
LONG_WORD = 7
_GROWN = ("not", "dont", "isnt", "cant")
"""Negations that are written together with the next word."""
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


@dataclass(frozen=True, slots=True)
class Readable:
    """Choice prepared for matching: its token, its labels in every language, whose phrases choose it."""

    token: str
    labels: tuple[str, ...] = field(default=(), repr=False)
    reads: str = ""
    copy: bool = False
    """The labels are copy and hold nobody's name, so how they are spelled may be remembered."""

    @property
    def parsed(self) -> Token:
        """The token as a value; one that can't be parsed has no phrases."""
        return Token.parse(self.token) or Token("")

    def named(self, name: str) -> "Readable":
        """Return the same choice by another name in place of its subject: what is made of it holds for others, too."""
        token = self.parsed
        return Readable(str(Token(token.noun, name, token.verb)), self.labels, self.reads, self.copy)


@dataclass(frozen=True)
class _Spoken:
    """Index from normalized phrase to tokens; what only a search within a text needs is made when it is asked for."""

    choices: Mapping[str, Readable]
    labels: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    book: ReplyPhrases

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word of a phrase or filler: a word that is one of them is no slip."""
        return frozenset(part for phrase in self.all() for part in phrase.split()) | _words_of(self.book.fillers)

    @cached_property
    def long(self) -> tuple[tuple[str, bool], ...]:
        """Phrases that are long enough to be compared with what resembles them, and whether each is negated."""
        return tuple((phrase, _turned(phrase, self.book)) for phrase in self.all() if len(phrase) >= SHORTEST)

    @cached_property
    def most(self) -> int:
        """Words of the longest phrase."""
        return max((phrase.count(" ") + 1 for phrase in self.all()), default=0)

    def tokens(self, phrase: str) -> tuple[str, ...]:
        return self.labels.get(phrase) or self.phrases.get(phrase, ())

    def all(self) -> Iterable[str]:
        return dict.fromkeys((*self.labels, *self.phrases))

    def careful(self, token: str) -> bool:
        return self.book.is_careful(self.choices[token].parsed)


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
    words = (
        plain(text) or "".join(char for char in text if char not in "\ufe0f\u200d" and not "🏻" <= char <= "🏿").strip()
    )
    if not words or len(words.split()) > LONGEST:
        return None
    if numbers and (number := book.number(words)) is not None and number <= len(choices):
        return Match(choices[number - 1].token)
    if not all(one.copy for one in choices):
        return _read(text, words, _spoken(tuple(choices), book, everyday=everyday), reach)
    # Choices of copy alone are the same whatever they are about: their phrases are looked up once for all of them.
    places = {token: f"{place:03}" for place, token in enumerate(sorted({one.token for one in choices}))}
    alike = tuple(one.named(places[one.token]) for one in choices)
    own = {one.token: choice.token for one, choice in zip(alike, choices, strict=True)}
    return _renamed(_read(text, words, _spoken_copy(alike, book, everyday=everyday), reach), own)


def _renamed(found: Answered, own: Mapping[str, str]) -> Answered:
    if isinstance(found, Match):
        return Match(own[found.token])
    return found if found is None else Unclear(tuple(own[token] for token in found.tokens))


def _read(text: str, words: str, spoken: _Spoken, reach: Reach) -> Answered:
    book = spoken.book
    for form in dict.fromkeys((words, *short_runs(words), _bare(words, book))):
        if found := spoken.tokens(form):
            return _decided(found)
    if reach is Reach.WHOLE:
        return _alike_or_bare(words, spoken, reach)
    asks = "?" in text or words.split(maxsplit=1)[0] in book.asking
    found_within = _within(text, spoken) or _within(text, spoken, mended=True)
    if isinstance(found_within, Match) and asks:
        return Unclear((found_within.token,))
    return found_within or _alike_or_bare(words, spoken, reach) or _stated(words, spoken)


def _stated(words: str, spoken: _Spoken) -> Answered:
    """Ask back where a statement begins with a word that alone would be an answer: nobody knows which it is."""
    first = words.split(maxsplit=1)[0]
    tokens = spoken.tokens(first) if first in spoken.book.stating else ()
    return Unclear(tuple(tokens)) if 0 < len(tokens) <= MOST else None


def _spoken(choices: tuple[Readable, ...], book: ReplyPhrases, *, everyday: bool) -> _Spoken:
    labels: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for one in choices:
        for label in dict.fromkeys(map(plain, one.labels)):
            if label and (everyday or not book.is_everyday(label)):
                labels[label] = tuple(dict.fromkeys((*labels.get(label, ()), one.token)))
        for phrase in _phrases(book, one.parsed.noun, one.parsed.verb, one.reads, everyday=everyday):
            phrases[phrase] = (*phrases.get(phrase, ()), one.token)
    return _Spoken({one.token: one for one in choices}, labels, phrases, book)


_spoken_copy = lru_cache(maxsize=512)(_spoken)


@lru_cache(maxsize=1024)
def _phrases(book: ReplyPhrases, noun: str, verb: str, reads: str, *, everyday: bool) -> tuple[str, ...]:
    every = book.phrases(Token(noun, verb=verb), reads)
    return tuple(phrase for phrase in every if everyday or not book.is_everyday(phrase))


@lru_cache(maxsize=4)
def _words_of(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(part for phrase in phrases for part in phrase.split())


def _bare(words: str, book: ReplyPhrases) -> str:
    """Strip polite and empty words around an answer, as long as something is left."""
    parts = words.split()
    changed = True
    while changed:
        changed = False
        for count in range(min(4, len(parts) - 1), 0, -1):
            if " ".join(parts[:count]) in book.fillers:
                parts, changed = parts[count:], True
                break
            if " ".join(parts[-count:]) in book.fillers:
                parts, changed = parts[:-count], True
                break
    return " ".join(parts)


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


def _within(text: str, spoken: _Spoken, *, mended: bool = False) -> Answered:
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


def _longest(words: Sequence[str], spoken: _Spoken) -> list[tuple[int, int]]:
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


def _weighed(found: Sequence[_Found], spoken: _Spoken, *, loose: bool) -> Answered:
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


def _mended(word: str, spoken: _Spoken) -> str:
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


def _alike_or_bare(words: str, spoken: _Spoken, reach: Reach) -> Answered:
    """Compare an answer without its fillers, then as it stands: of "id like to stopp" too little is left to tell."""
    bare = _bare(words, spoken.book)
    return _alike(bare, spoken, reach) or (None if bare == words else _alike(words, spoken, reach))


def _alike(words: str, spoken: _Spoken, reach: Reach) -> Answered:
    """Compare a whole answer with every phrase: near enough is taken, or asked back."""
    if len(words) < SHORTEST:
        return None
    best: dict[str, float] = {}
    slips: set[str] = set()
    turned = _turned(words, spoken.book)
    least, most = _lengths(len(words))
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


def _lengths(length: int) -> tuple[float, float]:
    """Return how short and how long a text can be that is `LIKELY` this long one, whatever is in them."""
    shorter = LIKELY / (200 - LIKELY)
    return shorter * length, length / shorter


def _is_slip(words: str, phrase: str) -> bool:
    """Return whether one letter is wrong, missing, too many or swapped, in a word that is long enough to tell."""
    return len(phrase) > SHORTEST and words[0] == phrase[0] and OSA.distance(words, phrase) == 1


def _slips_in_negation(words: str, phrase: str, spoken: _Spoken) -> bool:
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


def _turned(words: str, book: ReplyPhrases) -> bool:
    """Return whether it is negated, also grown together with a word ("notbreathing")."""
    return any(part in book.negations or (part.startswith(_GROWN) and part not in _GROWN) for part in words.split())
