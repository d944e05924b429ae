"""Fuzzy matching of typed words to the choices of a question: by label, number or phrase, never across a negation.

An exact answer is a `Match`; a doubtful one is `Unclear`, which the bot asks back ("did you mean"). Negation never
picks the negated choice, and of overlapping phrases the longest counts: "not breathing" is never "breathing".
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from buddybot.domain.dialog.answers_within import read_within
from buddybot.domain.dialog.choice_index import LIKELY, ChoiceIndex, Readable, SpokenIndex, index_of, lengths_alike
from buddybot.domain.dialog.phrases import ReplyPhrases
from buddybot.domain.dialog.typed_answers import MOST, Answered, Match, Unclear, decided
from buddybot.domain.dialog.typed_text import LEAST, SHORTEST, TypedText, is_turned, nearly

__all__ = ["Answered", "Match", "Reach", "Unclear", "read_choice", "read_typed"]

SURE, MARGIN = 86.0, 6.0
"""Likeness in percent from which a misspelt answer is taken, and by how much it has to be the likeliest."""
TWO_SLIPS, THREE_SLIPS = 8, 16
"""Letters of a whole answer from which two slips, or three, leave it to be recognized."""


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
            return decided(found)
    if reach is Reach.WHOLE:
        return _alike_or_bare(typed, spoken, reach)
    text = typed.text
    asks = "?" in text or any(f"{typed.words} ".startswith(f"{one} ") for one in spoken.book.asking)
    within = read_within(text, spoken)
    if isinstance(within, Match) and (nearer := _misspelt(typed, spoken, within)) is not None:
        return nearer
    if isinstance(within, Match) and asks:
        return Unclear((within.token,))
    return within or _alike_or_bare(typed, spoken, reach) or _stated(typed.words, spoken)


def _misspelt(typed: TypedText, spoken: SpokenIndex, within: Match) -> Answered:
    """Return what is misspelt as a whole where a word of it names something else: the "no" of "no preugntes mas"."""
    for words in typed.whole:
        turned = is_turned(words, spoken.book)
        near = [phrase for phrase, negated in spoken.long if negated == turned and _is_slip(words, phrase, spoken)]
        tokens = tuple(dict.fromkeys(token for phrase in near for token in spoken.tokens(phrase)))
        if tokens and within.token not in tokens:
            careful = any(map(spoken.careful, tokens))
            return Match(tokens[0]) if len(tokens) == 1 and not careful else Unclear(tokens[:MOST])
    return None


def _stated(words: str, spoken: SpokenIndex) -> Answered:
    """Ask back where a statement begins with a word that alone would be an answer: nobody knows which it is."""
    first = words.split(maxsplit=1)[0]
    tokens = spoken.tokens(first) if first in spoken.book.stating else ()
    return Unclear(tuple(tokens)) if 0 < len(tokens) <= MOST else None


# ── Answers that look like one ──────────────────────────────────────────────────────────


def _alike_or_bare(typed: TypedText, spoken: SpokenIndex, reach: Reach) -> Answered:
    """Compare an answer without its fillers, then as it stands: of "id like to stopp" too little is left to tell."""
    found = (_alike(words, spoken, reach) for words in typed.whole)
    return next((one for one in found if one is not None), None)


def _alike(words: str, spoken: SpokenIndex, reach: Reach) -> Answered:
    """Compare a whole answer with every phrase: near enough is taken, or asked back."""
    if len(words) < LEAST:
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
            slips |= {token} if _is_slip(words, phrase, spoken) else set()
    near = {token: score for token, score in best.items() if score >= LIKELY and (token in slips or len(words) > LEAST)}
    ranked = sorted(((score, token) for token, score in near.items()), reverse=True)
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


def _is_slip(words: str, phrase: str, spoken: SpokenIndex) -> bool:
    """Return whether a few letters are wrong, missing, too many or swapped: the more, the longer the phrase is.

    Of four letters one may be so, where what was typed is no word of any answer: "saty" is "stay", "say" is not.
    """
    if len(phrase) < SHORTEST or (len(phrase) < TWO_SLIPS and words[0] != phrase[0]):
        return False
    slips = 1 + (len(phrase) >= TWO_SLIPS) + (len(phrase) >= THREE_SLIPS)
    short = len(phrase) == SHORTEST
    if short and (words in spoken.book.words or words in spoken.book.fillers):
        return False
    return OSA.distance(words, phrase, score_cutoff=slips) <= slips


def _slips_in_negation(words: str, phrase: str, spoken: SpokenIndex) -> bool:
    """Return whether a negation is all that is misspelt ("id like to stopp"): it is asked back, never taken."""
    parts, others = words.split(), phrase.split()
    if len(parts) != len(others) or len(parts) == 1:
        return False
    differing = [(one, other) for one, other in zip(parts, others, strict=True) if one != other]
    return len(differing) == 1 and all(
        len(one) >= SHORTEST and other in spoken.book.negations and one not in spoken.known and nearly(one, other)
        for one, other in differing
    )
