"""Entity mentions in a message with their modality: negated, past, or considered."""

from dataclasses import dataclass

from buddybot.domain.intake.vocabulary import AnswerLexicon, Cue, Sense, VocabularyWord


@dataclass(frozen=True, slots=True)
class Mention:
    """Recognized mention: its senses (more than one: ambiguous), and its modality."""

    senses: tuple[Sense, ...]
    negated: bool = False
    past: bool = False
    considering: bool = False


class Scan:
    """Scope tracker over the parts of one message: a cue holds until the thought ends.

    With `negation` off, "no" and "not" say nothing: in "what do you NOT want", "no preaching" names a limit.
    """

    def __init__(self, lexicon: AnswerLexicon, *, negation: bool) -> None:
        self._lexicon = lexicon
        self._negation = negation
        self._cues: frozenset[Cue] = frozenset()
        self.denied = False
        """Return whether anything was said not to be so, known or not."""

    def sentence(self, parts: tuple[str, ...]) -> list[Mention]:
        """Return what the next sentence mentions."""
        self._cues = frozenset()
        return [mention for part in parts for mention in self._part(part)]

    def _part(self, part: str) -> list[Mention]:
        words = self._words(part.split())
        if not all(word.senses or word.cue is Cue.PLAIN for word in words):
            self._cues = frozenset()  # a list goes on with the cue of the part before; a new thought does not
        mentions = []
        for word in words:
            self._hear(word.cue)
            if word.senses:
                mentions.append(self._mention(word.senses))
        return mentions

    def _words(self, tokens: list[str]) -> list[VocabularyWord]:
        spellings = [self._lexicon.spelt(token) for token in tokens]
        likely = [spelling[0] for spelling in spellings]
        words = []
        index = 0
        while index < len(likely):
            word = self._lexicon.at(likely, index)
            if word.size == 1 and len(spellings[index]) > 1:
                word = VocabularyWord(1, self._any_of(spellings[index]))
            words.append(word)
            index += word.size
        return words

    def _any_of(self, spelling: tuple[str, ...]) -> tuple[Sense, ...]:
        """Return all senses of an ambiguous word; none of it is sure."""
        senses = (sense for word in spelling for sense in self._lexicon.at([word], 0).senses)
        return tuple(dict.fromkeys(Sense(sense.meaning, sure=False) for sense in senses))

    def _hear(self, cue: Cue | None) -> None:
        if cue is Cue.BUT:
            self._cues = frozenset()
        elif cue is Cue.PRESENT:
            self._cues &= {Cue.NOT}
        elif cue is not None and cue is not Cue.PLAIN:
            self._cues |= {cue}
            self.denied = self.denied or cue is Cue.NOT

    def _mention(self, senses: tuple[Sense, ...]) -> Mention:
        return Mention(
            senses,
            negated=self._negation and Cue.NOT in self._cues,
            past=Cue.PAST in self._cues,
            considering=Cue.CONSIDERING in self._cues,
        )
