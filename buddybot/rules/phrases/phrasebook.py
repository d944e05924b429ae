"""Phrase spotting over sentences: each is read for itself, so that nothing around a cry can silence it.

One automaton finds where any literal of a wording stands; only there its pattern is tried.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick

from buddybot.rules.phrases.hearing import Hearing
from buddybot.rules.phrases.literals import Edges
from buddybot.rules.phrases.pattern import LazyPattern
from buddybot.rules.phrases.phrase import Phrase, near
from buddybot.rules.phrases.scripts import Scripts
from buddybot.rules.phrases.utterance import Segmenter, Sentence, Utterance

Stretch: TypeAlias = tuple[int, int]
Hints: TypeAlias = dict[int, list[Stretch]]
"""Where a wording, by its number among all, is worth trying."""


# What parts two words in an utterance, and stands around a word that was written whole.
_BETWEEN = " .?'"
_SHORT = 2
# As far as a look-behind sees.
_BEHIND = 40
Taken: TypeAlias = tuple[int, str, int, int, int]
"""A phrase that was found, with all around it that can take it back, and where in that it stands."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A wording, with what its phrase is: asked for each hint, so laid out once."""

    phrase: int
    pattern: LazyPattern
    calm: bool
    is_cry: bool


class Phrasebook:
    """All phrases of all languages, ready to hear a message."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        literals: Sequence[Sequence[Mapping[str, Edges]]],
        segmenter: Segmenter,
        scripts: Scripts,
    ) -> None:
        """Take the phrases, and for each of their wordings the literals of which one must stand there."""
        self._phrases = tuple(phrases)
        self._segmenter = segmenter
        self._scripts = scripts
        self._tried: list[_Tried] = []
        found: dict[str, list[int]] = {}
        for number, (phrase, wordings) in enumerate(zip(phrases, literals, strict=True)):
            for pattern, needed in zip(phrase.wordings, wordings, strict=True):
                for literal, (begins, ends) in needed.items():
                    found.setdefault(literal, []).append(len(self._tried) << 2 | begins << 1 | ends)
                self._tried.append(_Tried(number, pattern, phrase.calm, phrase.is_cry))
        self._automaton = AhoCorasick(self._lay_out(found) or ["\0"])

    def _lay_out(self, found: Mapping[str, Sequence[int]]) -> list[str]:
        """Put side by side which wordings each literal hints at; return the forms in which they are sought.

        A wording is its number, and two bits that say whether a word must begin and end at the literal for it to be
        worth a try. Flat arrays, since a tuple for each of these would weigh twenty times as much.
        """
        self._worth = array("I")
        forms: dict[str, tuple[int, int, int]] = {}
        for literal, wordings in found.items():
            first = len(self._worth)
            self._worth.extend(wordings)
            for form, sides in self._sought(literal, wordings):
                forms[form] = first, len(self._worth), sides
        columns = zip(*forms.values(), strict=True) if forms else ((), (), ())
        self._first, self._last, self._sides = (array("I", column) for column in columns)
        return list(forms)

    def _sought(self, literal: str, wordings: Sequence[int]) -> Iterator[tuple[str, int]]:
        """Yield the forms in which a literal is sought: a short one that must be a word, with what parts words.

        Of a cry every place counts, even within a word: `Hearing.hinted` says where one could stand. With each comes
        how many signs on either side were sought with it.
        """
        whole = all(one & 3 == 3 and not self._tried[one >> 2].is_cry for one in wordings)  # noqa: PLR2004 - both bits
        if len(literal) > _SHORT or not whole:
            yield literal, 0
            return
        for before, after in product(_BETWEEN, repeat=2):
            yield f"{before}{literal}{after}", 1

    def hear(self, original: str, words: Sequence[str]) -> Hearing:
        """Read each sentence for itself; a phrase that was heard once is not looked for again."""
        utterance = self._segmenter.segment(words)
        return self._heard(original, utterance, *self._hinted(utterance))

    def hears_cry(self, original: str, words: Sequence[str]) -> bool:
        """Return whether `hear` finds a cry; without a hint at one in any sentence it need not try the rest."""
        utterance = self._segmenter.segment(words)
        hinted, danger = self._hinted(utterance)
        if danger:
            return self._heard(original, utterance, hinted, danger).is_cry
        return any(phrase.is_cry for phrase in self._scripts.hear(original)[1])

    def _heard(self, original: str, utterance: Utterance, hinted: Mapping[int, Hints], danger: set[int]) -> Hearing:
        script, foreign = self._scripts.hear(original)
        if not hinted:
            return Hearing(utterance, foreign, hinted=frozenset(danger), script=script)
        heard: dict[int, Phrase] = {}
        spoken: set[int] = set()
        idioms: list[tuple[int, int, int]] = []
        refused: set[Taken] = set()
        for number, hints in hinted.items():
            calm, meant = self._found(utterance.text, hints)
            idioms += [(number, *stretch) for stretch in calm]
            for stretch, at in meant:
                if at in heard or any(stretch[0] < last and first < stretch[1] for first, last in calm):
                    continue
                if self._stands(utterance.text, utterance.sentences[number], at, stretch, refused):
                    heard[at] = self._phrases[at]
                    if heard[at].is_cry or heard[at].gentle is not None:
                        spoken.add(number)
                    elif heard[at].is_urge:
                        idioms.append((number, *stretch))
        gentle = any(phrase.gentle is not None for phrase in heard.values())
        kept = [at for at in sorted(heard) if not (gentle and heard[at].yields)]
        phrases, softened = (*(heard[at] for at in kept), *foreign), len(kept) < len(heard)
        return Hearing(utterance, phrases, frozenset(spoken), tuple(idioms), frozenset(danger), softened, script)

    def _hinted(self, utterance: Utterance) -> tuple[dict[int, Hints], set[int]]:
        """Note for each sentence which wordings are worth trying, and where; and where a word of danger stands."""
        found: dict[int, Hints] = {}
        danger: set[int] = set()
        sentences, every, worth = utterance.sentences, self._tried, self._worth
        starts = [sentence.start for sentence in sentences]
        plain = f" {utterance.text.replace(',', ' ')} "
        for literal, begin, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            sides = self._sides[literal]
            start, last = begin - 1 + sides, end - 1 - sides  # as places in the text, which begins one later
            number = bisect_right(starts, start) - 1
            begins, ends = plain[start] in _BETWEEN, plain[last + 1] in _BETWEEN
            for one in worth[self._first[literal] : self._last[literal]]:
                wording = one >> 2
                if every[wording].is_cry:
                    danger.add(number)
                if (one & 2 and not begins) or (one & 1 and not ends):
                    continue
                stretch = near((start, last), sentences[number].start, sentences[number].end)
                _widen(found.setdefault(number, {}).setdefault(wording, []), stretch)
        return found, danger

    def _found(self, text: str, hints: Hints) -> tuple[list[Stretch], list[tuple[Stretch, int]]]:
        """Return where the wordings of calm phrases stand, and where those of the others, with their phrases."""
        calm: list[Stretch] = []
        meant: list[tuple[Stretch, int]] = []
        for wording, stretches in hints.items():
            tried = self._tried[wording]
            for start, end in stretches:
                for match in tried.pattern.finditer(text, start, end):
                    if tried.calm:
                        calm.append(match.span())
                    else:
                        meant.append((match.span(), tried.phrase))
        return calm, meant

    def _stands(self, text: str, sentence: Sentence, at: int, found: Stretch, refused: set[Taken]) -> bool:
        """Return whether what was found is meant; the same words amid the same words were `refused` once for all."""
        phrase = self._phrases[at]
        if phrase.is_urge:  # it may lower what is weighed: so all around it may take it back
            sentence = Sentence(0, len(text), 0, 0)
        first, last = near(found, sentence.start, sentence.end)
        begin = max(0, first - _BEHIND)
        taken = (at, text[begin:last], first - begin, found[0] - begin, found[1] - begin)
        if taken in refused:
            return False
        stands = phrase.stands(text, (first, last), found)
        if not stands:
            refused.add(taken)
        return stands


def _widen(stretches: list[Stretch], more: Stretch) -> None:
    """Add a stretch to those in order, joined with the last where the two meet."""
    if stretches and more[0] <= stretches[-1][1]:
        stretches[-1] = (min(more[0], stretches[-1][0]), max(more[1], stretches[-1][1]))
    else:
        stretches.append(more)
