"""Result of phrase spotting in one message: values that a decision is made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.rules.phrases.phrase import Phrase, Urging
from buddybot.rules.phrases.utterance import Sentence, Utterance

_WINDOW, _STEP, _MOST_PARTS = 16, 8, 24
_VOTES_NEEDED = 2


@dataclass(frozen=True, slots=True)
class Hearing:
    """Phrases spotted in one message, and where."""

    utterance: Utterance
    phrases: tuple[Phrase, ...] = ()
    """The phrases that stand, in the order of the book."""
    spoken: frozenset[int] = frozenset()
    """The sentences with a cry in them, by number."""
    idioms: tuple[tuple[int, int, int], ...] = ()
    """Stretches that only sound like danger, and urges to use: the number of the sentence, and the stretch."""
    hinted: frozenset[int] = frozenset()
    """The sentences in which a word of danger stands, heard or not."""
    softened: bool = False
    """A cry was taken back by a gentle phrase."""
    script: str = ""
    """The language that the letters themselves tell."""

    @property
    def is_cry(self) -> bool:
        """Return whether danger is told plainly."""
        return bool(self.phrases) and any(phrase.is_cry for phrase in self.phrases)

    @property
    def level(self) -> Level | None:
        """The highest level that is told."""
        if not self.phrases:
            return None
        return max((phrase.level for phrase in self.phrases if phrase.level is not None), default=None)

    @property
    def lanes(self) -> frozenset[SideLane]:
        """The lanes that are told."""
        return frozenset(phrase.lane for phrase in self.phrases if phrase.lane is not None)

    @property
    def gentle(self) -> Gentle | None:
        """The soft answer that a phrase asks for."""
        return next((phrase.gentle for phrase in self.phrases if phrase.gentle is not None), None)

    @property
    def urging(self) -> Urging:
        """The certainty that somebody is told to die."""
        return max(phrase.urging for phrase in self.phrases) if self.phrases else Urging.NO

    @property
    def language(self) -> str:
        """The language of what was heard, else of most words; empty where that is not clear."""
        if self.script:
            return self.script
        votes = self.utterance.votes
        telling = [phrase for phrase in self.phrases if phrase.language and not phrase.calm] if self.phrases else []
        if telling:
            ranked = sorted(telling, key=lambda phrase: (phrase.is_cry, votes.get(phrase.language, 0)))
            return ranked[-1].language
        most = max(votes.values(), default=0)
        first = [language for language, count in votes.items() if count == most]
        return first[0] if most >= _VOTES_NEEDED and len(first) == 1 else ""

    def rest(self, words: Sequence[str]) -> str:
        """Return what is left to weigh: the message without the sentences that were heard, idioms taken out."""
        return " . ".join(
            self._left(number, sentence, words)
            for number, sentence in enumerate(self.utterance.sentences)
            if number not in self.spoken
        )

    def doubtful(self, words: Sequence[str], most: int) -> list[str]:
        """Return sentences to weigh by themselves: a word of danger stands there, and nothing was heard."""
        if len(self.utterance.sentences) == 1:
            return []
        found = sorted(self.hinted - self.spoken)
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
