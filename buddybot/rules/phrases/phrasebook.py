"""Phrase spotting over sentences: each is read for itself, so that nothing around a cry can silence it.

One automaton finds where any literal of a wording stands; only there its pattern is tried.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick

from buddybot.rules.phrases.hearing import Hearing
from buddybot.rules.phrases.literals import Literals
from buddybot.rules.phrases.phrase import Phrase, near
from buddybot.rules.phrases.scripts import Scripts
from buddybot.rules.phrases.utterance import Segmenter, Utterance

Stretch: TypeAlias = tuple[int, int]
Hints: TypeAlias = dict[tuple[int, int], list[Stretch]]
"""Where a wording (the number of its phrase, and its own) is worth trying."""


class Phrasebook:
    """All phrases of all languages, ready to hear a message."""

    def __init__(
        self, phrases: Sequence[Phrase], literals: Sequence[Sequence[Literals]], segmenter: Segmenter, scripts: Scripts
    ) -> None:
        """Take the phrases, and for each of their wordings the literals of which one must stand there."""
        self._phrases = tuple(phrases)
        self._segmenter = segmenter
        self._scripts = scripts
        found: dict[str, list[tuple[int, int]]] = {}
        for number, wordings in enumerate(literals):
            for at, needed in enumerate(wordings):
                for literal in needed:
                    found.setdefault(literal, []).append((number, at))
        self._wordings = tuple(map(tuple, found.values()))
        self._automaton = AhoCorasick(list(found) or ["\0"])

    def hear(self, original: str, words: Sequence[str]) -> Hearing:
        """Read each sentence for itself; a phrase that was heard once is not looked for again."""
        utterance = self._segmenter.segment(words)
        hinted = self._hinted(utterance)
        heard: dict[int, Phrase] = {}
        spoken: set[int] = set()
        idioms: list[tuple[int, int, int]] = []
        for number, hints in hinted.items():
            calm = [stretch for stretch, at in self._found(utterance.text, hints, calm=True)]
            idioms += [(number, *stretch) for stretch in calm]
            for stretch, at in self._found(utterance.text, hints, calm=False):
                if at not in heard and self._stands(utterance, number, at, stretch, calm):
                    heard[at] = self._phrases[at]
                    if heard[at].is_cry:
                        spoken.add(number)
                    elif heard[at].is_urge:
                        idioms.append((number, *stretch))
        script, foreign = self._scripts.hear(original)
        phrases = (*(heard[at] for at in sorted(heard)), *foreign)
        danger = frozenset(
            number for number, hints in hinted.items() if any(self._phrases[at].is_cry for at, _ in hints)
        )
        return Hearing(utterance, phrases, frozenset(spoken), tuple(idioms), danger, script)

    def _hinted(self, utterance: Utterance) -> dict[int, Hints]:
        """Note for each sentence which wordings are worth trying, and where."""
        found: dict[int, Hints] = {}
        wordings, sentences = self._wordings, utterance.sentences
        starts = [sentence.start for sentence in sentences]
        plain = utterance.text.replace(",", " ")
        for literal, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            number = bisect_right(starts, start) - 1
            first, last = near((start, end), sentences[number].start, sentences[number].end)
            hints = found.setdefault(number, {})
            for wording in wordings[literal]:
                stretches = hints.setdefault(wording, [])
                if stretches and first <= stretches[-1][1]:
                    stretches[-1] = (min(first, stretches[-1][0]), max(last, stretches[-1][1]))
                else:
                    stretches.append((first, last))
        return found

    def _found(self, text: str, hints: Hints, *, calm: bool) -> Iterator[tuple[Stretch, int]]:
        """Yield where the wordings of calm phrases, or of the others, stand."""
        for (at, wording), stretches in hints.items():
            phrase = self._phrases[at]
            if phrase.calm is calm:
                for start, end in stretches:
                    for match in phrase.wordings[wording].finditer(text, start, end):
                        yield match.span(), at

    def _stands(self, utterance: Utterance, number: int, at: int, found: Stretch, calm: Sequence[Stretch]) -> bool:
        if any(found[0] < last and first < found[1] for first, last in calm):
            return False
        if self._phrases[at].is_urge:  # it may lower what is weighed: so all around it may take it back
            return self._phrases[at].stands(utterance.text, near(found, 0, len(utterance.text)), found)
        sentence = utterance.sentences[number]
        return self._phrases[at].stands(utterance.text, near(found, sentence.start, sentence.end), found)
