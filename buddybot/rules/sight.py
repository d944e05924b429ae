"""Feature extraction: what a message holds before anything is weighed: words, kinds, frames, contacts, asks, phrases.

Training and live reading share this, so that the opinion is asked about the same signs it was trained with.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from buddybot.domain.kernel.verdicts import Contact
from buddybot.rules.asks import Asks
from buddybot.rules.contact import contacts_in
from buddybot.rules.frames import Frame
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import Folded, Folding
from buddybot.rules.phrases.hearing import Hearing
from buddybot.rules.phrases.phrasebook import Phrasebook
from buddybot.rules.phrases.utterance import Utterance
from buddybot.rules.policy import Policy
from buddybot.rules.words import TokenizedText, cut

# Longer words are passed on to nobody, whatever is in them: contacts are looked for as far as this, danger everywhere.
_PASSED_ON = 8_000
# Kinds of words without which no ask is looked for: patterns cost more than all the rest.
_WORTH_ASKING = frozenset({"reach", "platform", "meet"})


@dataclass(frozen=True, slots=True)
class Seen:
    """Features of one message."""

    folded: Folded
    words: TokenizedText
    typed: Sequence[tuple[str, int]]
    frames: tuple[Frame, ...]
    contacts: tuple[Contact, ...]
    asks: tuple[str, ...]

    def signs(self) -> Iterator[str]:
        """Name what the opinion weighs beside words: frames that fit, contacts, asks, and that none was seen."""
        yield "&&"
        for frame in self.frames:
            yield f"&&frame {frame.name}"
        for kind in {contact.kind for contact in self.contacts}:
            yield f"&&contact {kind}"
        for ask in self.asks:
            yield f"&&ask {ask}"


@dataclass(frozen=True, slots=True)
class Glance:
    """Features of some words, and their scores by label."""

    seen: Seen
    scores: Mapping[str, float]


UNHEARD = Hearing(Utterance("", (), {}))


@dataclass(frozen=True, slots=True)
class Read(Glance):
    """Features and scores of one message, before anything is decided."""

    hearing: Hearing = UNHEARD
    rest: Glance | None = None
    """The message without the sentences that were heard plainly and without idioms, where there are any."""
    closer: tuple[Glance, ...] = ()
    """Sentences by themselves, where more than one is told."""

    @property
    def weighed(self) -> Glance:
        """The text that is left to weigh for danger."""
        return self if self.rest is None else self.rest

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts worth asking a second opinion about: the whole first, then sentences, long ones in windows."""
        return self.hearing.parts(self.weighed.seen.folded.text, self.seen.words.words)


@dataclass(frozen=True, slots=True)
class Sight:
    """Feature extractor: everything that looks at a message."""

    folding: Folding
    lexicon: Lexicon
    asks: Asks
    policy: Policy
    phrases: Phrasebook

    def see(self, text: str) -> Seen:
        """Extract features without deciding anything."""
        folded = self.folding.fold(text)
        words = cut(folded.text)
        typed = self.lexicon.typed(words.joined)
        worth_asking = not _WORTH_ASKING.isdisjoint(kind for kind, _ in typed)
        return Seen(
            folded,
            words,
            typed,
            self.policy.frames.fitting(typed, words),
            self._contacts(text, folded),
            tuple(self.asks.signs(words.joined)) if worth_asking else (),
        )

    def see_part(self, text: str) -> Seen:
        """Look at folded words of a message again, by themselves: contacts and asks are those of the whole."""
        words = cut(text)
        typed = self.lexicon.typed(words.joined)
        folded = Folded(text, text, {})
        return Seen(folded, words, typed, self.policy.frames.fitting(typed, words), (), ())

    def hear(self, text: str, seen: Seen) -> Hearing:
        """Spot phrases, sentence by sentence."""
        return self.phrases.hear(text, seen.words.words)

    def hears_cry(self, text: str) -> bool:
        """Return whether a phrase tells of danger; nothing else is looked for."""
        return self.phrases.hears_cry(text, cut(self.folding.fold(text).text).words)

    def _contacts(self, text: str, folded: Folded) -> tuple[Contact, ...]:
        """Look in the text as written; where it was written apart and holds none, look again with the tricks undone."""
        if len(text) > _PASSED_ON:
            text = text[:_PASSED_ON]
            folded = self.folding.fold(text)
        plain = folded if not folded.stages else self.folding.plain(text)
        found = contacts_in(plain, self.policy.contacts)
        return found if found or not folded.stages else contacts_in(folded, self.policy.contacts)
