"""Phrase spotting over sentences: each is read for itself, so that nothing around a cry can silence it.

One automaton finds where any literal of a wording stands; only there its pattern is tried.
"""

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


@dataclass(frozen=True, slots=True)
class _Hit:
    """Wordings that a literal hints at, and whether a word must begin or end there for each to be worth a try.

    `sides` are the signs around it that were sought with it.
    """

    sides: int
    tried: tuple[tuple[int, Edges], ...]


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
        found: dict[str, list[tuple[int, Edges]]] = {}
        for number, (phrase, wordings) in enumerate(zip(phrases, literals, strict=True)):
            for pattern, needed in zip(phrase.wordings, wordings, strict=True):
                for literal, edges in needed.items():
                    found.setdefault(literal, []).append((len(self._tried), edges))
                self._tried.append(_Tried(number, pattern, phrase.calm, phrase.is_cry))
        sought = {form: hit for literal, tried in found.items() for form, hit in self._sought(literal, tuple(tried))}
        self._hits = tuple(sought.values())
        self._automaton = AhoCorasick(list(sought) or ["\0"])

    def _sought(self, literal: str, tried: tuple[tuple[int, Edges], ...]) -> Iterator[tuple[str, _Hit]]:
        """Yield the forms in which a literal is sought: a short one that must be a word, with what parts words.

        Of a cry every place counts, even within a word: `Hearing.hinted` says where one could stand.
        """
        whole = all(edges == (True, True) and not self._tried[one].is_cry for one, edges in tried)
        if len(literal) > _SHORT or not whole:
            yield literal, _Hit(0, tried)
            return
        for before, after in product(_BETWEEN, repeat=2):
            yield f"{before}{literal}{after}", _Hit(1, tried)

    def hear(self, original: str, words: Sequence[str]) -> Hearing:
        """Read each sentence for itself; a phrase that was heard once is not looked for again."""
        utterance = self._segmenter.segment(words)
        script, foreign = self._scripts.hear(original)
        hinted, danger = self._hinted(utterance)
        if not hinted:
            return Hearing(utterance, foreign, hinted=frozenset(danger), script=script)
        heard: dict[int, Phrase] = {}
        spoken: set[int] = set()
        idioms: list[tuple[int, int, int]] = []
        refused: set[Taken] = set()
        for number, hints in hinted.items():
            calm = [stretch for stretch, _ in self._found(utterance.text, hints, calm=True)]
            idioms += [(number, *stretch) for stretch in calm]
            for stretch, at in self._found(utterance.text, hints, calm=False):
                if at in heard or any(stretch[0] < last and first < stretch[1] for first, last in calm):
                    continue
                if self._stands(utterance.text, utterance.sentences[number], at, stretch, refused):
                    heard[at] = self._phrases[at]
                    if heard[at].is_cry:
                        spoken.add(number)
                    elif heard[at].is_urge:
                        idioms.append((number, *stretch))
        phrases = (*(heard[at] for at in sorted(heard)), *foreign)
        return Hearing(utterance, phrases, frozenset(spoken), tuple(idioms), frozenset(danger), script)

    def _hinted(self, utterance: Utterance) -> tuple[dict[int, Hints], set[int]]:
        """Note for each sentence which wordings are worth trying, and where; and where a word of danger stands."""
        found: dict[int, Hints] = {}
        danger: set[int] = set()
        hits, sentences, every = self._hits, utterance.sentences, self._tried
        starts = [sentence.start for sentence in sentences]
        plain = f" {utterance.text.replace(',', ' ')} "
        for literal, begin, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            hit = hits[literal]
            start, last = begin - 1 + hit.sides, end - 1 - hit.sides  # as places in the text, which begins one later
            number = bisect_right(starts, start) - 1
            begins, ends = plain[start] in _BETWEEN, plain[last + 1] in _BETWEEN
            for wording, (must_begin, must_end) in hit.tried:
                if every[wording].is_cry:
                    danger.add(number)
                if (must_begin and not begins) or (must_end and not ends):
                    continue
                stretch = near((start, last), sentences[number].start, sentences[number].end)
                _widen(found.setdefault(number, {}).setdefault(wording, []), stretch)
        return found, danger

    def _found(self, text: str, hints: Hints, *, calm: bool) -> list[tuple[Stretch, int]]:
        """Return where the wordings of calm phrases, or of the others, stand."""
        tried = self._tried
        return [
            (match.span(), tried[wording].phrase)
            for wording, stretches in hints.items()
            if tried[wording].calm is calm
            for start, end in stretches
            for match in tried[wording].pattern.finditer(text, start, end)
        ]

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
