"""Phrase spotting over sentences: each is read for itself, so that nothing around a cry can silence it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from buddybot.domain.levels import Level, SideLane
from buddybot.rules.phrases.phrase import Phrase, Urging
from buddybot.rules.phrases.scripts import Scripts
from buddybot.rules.phrases.utterance import Segmenter, Sentence, Utterance

_WINDOW, _STEP, _MOST_PARTS = 16, 8, 24
_VOTES_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard in one message, and where."""

    utterance: Utterance
    phrases: tuple[Phrase, ...] = ()
    """The phrases that stand, in the order of the book."""
    spoken: frozenset[int] = frozenset()
    """The sentences with a cry in them, by number."""
    idioms: tuple[tuple[int, int, int], ...] = ()
    """Stretches that only sound like danger: the number of the sentence, and the stretch."""
    script: str = ""
    """The language that the letters themselves tell."""

    @property
    def is_cry(self) -> bool:
        """Return whether danger is told plainly."""
        return any(phrase.is_cry for phrase in self.phrases)

    @property
    def level(self) -> Level | None:
        """The highest level that is told."""
        return max((phrase.level for phrase in self.phrases if phrase.level is not None), default=None)

    @property
    def lanes(self) -> frozenset[SideLane]:
        """The lanes that are told."""
        return frozenset(phrase.lane for phrase in self.phrases if phrase.lane is not None)

    @property
    def urging(self) -> Urging:
        """How surely somebody is told to die."""
        return max((phrase.urging for phrase in self.phrases), default=Urging.NO)

    @property
    def language(self) -> str:
        """The language of what was heard, else of most words; empty where that is not clear."""
        if self.script:
            return self.script
        telling = [phrase for phrase in self.phrases if phrase.tongue.language and not phrase.calm]
        votes = self.utterance.votes
        if telling:
            ranked = sorted(telling, key=lambda phrase: (phrase.is_cry, votes.get(phrase.tongue.language, 0)))
            return ranked[-1].tongue.language
        best = sorted(votes, key=lambda language: -votes[language])[:2]
        clear = bool(best) and votes[best[0]] >= _VOTES_NEEDED
        return best[0] if clear and (len(best) == 1 or votes[best[0]] > votes[best[1]]) else ""

    def rest(self, words: Sequence[str]) -> str:
        """Return what is left to weigh: the message without the sentences that were heard, idioms taken out."""
        return " . ".join(
            self._left(number, sentence, words)
            for number, sentence in enumerate(self.utterance.sentences)
            if number not in self.spoken
        )

    def doubtful(self, words: Sequence[str], most: int) -> list[str]:
        """Return sentences to weigh by themselves: they hold a word of danger, nothing was heard, and others stand by."""
        if len(self.utterance.sentences) == 1:
            return []
        found = [
            number
            for number, sentence in enumerate(self.utterance.sentences)
            if sentence.cues and number not in self.spoken
        ]
        return [self._left(number, self.utterance.sentences[number], words) for number in found[:most]]

    def _left(self, number: int, sentence: Sentence, words: Sequence[str]) -> str:
        stretches = [(start, end) for at, start, end in self.idioms if at == number]
        if not stretches:
            return " ".join(words[sentence.first : sentence.last])
        text, done, kept = self.utterance.text, sentence.start, list[str]()
        for start, end in sorted(stretches):
            kept.append(text[done : max(done, start)])
            done = max(done, end)
        return " ".join([*kept, text[done : sentence.end]]).replace(",", " , ")

    def parts(self, whole: str, words: Sequence[str]) -> tuple[str, ...]:
        """Return the texts that a second opinion is asked about: the whole, then sentences or windows of long ones."""
        sentences = self.utterance.sentences
        if len(sentences) == 1 and len(words) <= _MOST_PARTS:
            return (whole,)
        parts = [whole]
        for sentence in sentences:
            spoken = words[sentence.first : sentence.last]
            windows = range(0, max(1, len(spoken) - _WINDOW + _STEP), _STEP) if len(spoken) > _MOST_PARTS else (0,)
            size = _WINDOW if len(spoken) > _MOST_PARTS else len(spoken)
            parts += [" ".join(spoken[start : start + size]) for start in windows]
        return tuple(parts[:_MOST_PARTS])


class Phrasebook:
    """All phrases of all languages, ready to hear a message."""

    def __init__(self, phrases: Sequence[Phrase], segmenter: Segmenter, scripts: Scripts) -> None:
        """Take the phrases in the order of their bits in the segmenter's cues."""
        self._phrases = tuple(phrases)
        self._calm = sum(1 << at for at, phrase in enumerate(phrases) if phrase.calm)
        self._segmenter = segmenter
        self._scripts = scripts

    def hear(self, original: str, words: Sequence[str]) -> Hearing:
        """Read each sentence for itself; a phrase that was heard once is not looked for again."""
        utterance = self._segmenter.segment(words)
        script, foreign = self._scripts.hear(original)
        heard: dict[int, Phrase] = {}
        spoken: set[int] = set()
        idioms: list[tuple[int, int, int]] = []
        for number, sentence in enumerate(utterance.sentences):
            if not sentence.cues:
                continue
            calm = list(self._idioms(utterance.text, sentence)) if sentence.cues & self._calm else []
            idioms += [(number, start, end) for start, end in calm]
            for at in _bits(sentence.cues & ~self._calm):
                if at not in heard and self._said(self._phrases[at], utterance.text, sentence, calm):
                    heard[at] = self._phrases[at]
                    if heard[at].is_cry:
                        spoken.add(number)
        phrases = (*(heard[at] for at in sorted(heard)), *foreign)
        return Hearing(utterance, phrases, frozenset(spoken), tuple(idioms), script)

    def _idioms(self, text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
        for at in _bits(sentence.cues & self._calm):
            phrase = self._phrases[at]
            if phrase.also is None or phrase.also.search(text, sentence.start, sentence.end) is not None:
                yield from (match.span() for match in phrase.pattern.finditer(text, sentence.start, sentence.end))

    def _said(self, phrase: Phrase, text: str, sentence: Sentence, calm: Sequence[tuple[int, int]]) -> bool:
        bounds = sentence.start, sentence.end
        for match in phrase.pattern.finditer(text, *bounds):
            start, end = match.span()
            if any(start < last and first < end for first, last in calm):
                continue
            if phrase.stands(text, bounds, (start, end)):
                return True
        return False


def _bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
