"""Sees what one message holds before anything is weighed: words, kinds, frames, contacts and asks.

Training and live reading share this, so that the opinion is asked about the same signs it was trained with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from buddybot.domain.kernel.verdicts import Contact
from buddybot.rules.asks import Asks
from buddybot.rules.contact import contacts_in
from buddybot.rules.frames import Frame
from buddybot.rules.lexicon import Lexicon
from buddybot.rules.normalise import Folded, Folding
from buddybot.rules.policy import Policy
from buddybot.rules.words import TokenizedText, cut

# Kinds of words without which no ask is looked for: patterns cost more than all the rest.
_WORTH_ASKING = frozenset({"reach", "platform", "meet"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What one message holds."""

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
class Sight:
    """Everything that looks at a message."""

    folding: Folding
    lexicon: Lexicon
    asks: Asks
    policy: Policy

    def see(self, text: str) -> Seen:
        """Look at a message without deciding anything."""
        folded = self.folding.fold(text)
        words = cut(folded.text)
        plain = folded if not folded.stages else self.folding.plain(text)
        typed = self.lexicon.typed(words.joined)
        worth_asking = not _WORTH_ASKING.isdisjoint(kind for kind, _ in typed)
        return Seen(
            folded,
            words,
            typed,
            self.policy.frames.fitting(typed, words.stops()),
            self._contacts(plain, folded),
            tuple(self.asks.signs(words.joined)) if worth_asking else (),
        )

    def _contacts(self, plain: Folded, folded: Folded) -> tuple[Contact, ...]:
        """Look in the text as written; where it was written apart and holds none, look again with the tricks undone."""
        found = contacts_in(plain, self.policy.help_lines)
        return found if found or not folded.stages else contacts_in(folded, self.policy.help_lines)
