"""Mentor record and the rules of being one: state, places, rest. A mentor is a peer with a lead's yes, never staff."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.plaintext import plain


class MentorState(StrEnum):
    """How far somebody has come on the way to being a mentor."""

    READING = "reading"
    """Going through the cards of the training."""
    APPLIED = "applied"
    """A lead is to say yes or not now."""
    APPROVED = "approved"
    LATER = "later"
    """A lead said not now."""
    HELD = "held"
    """A sanction ended it: a lead has to say yes anew."""
    STOPPED = "stopped"
    """They stepped down; the training still counts."""


@dataclass(frozen=True, slots=True)
class Mentor:
    """Mentor record. `read` counts the cards they answered, `most` is how many mentees they would take at once.

    `resting` lasts until they say so, `rest_until` by itself. `asked` is the lead's question, `said` their answer to
    it; both go with the decision. `lane` is where they could be one.
    """

    member: MemberId
    state: MentorState
    changed_at: datetime
    read: int = 0
    most: int = 1
    resting: bool = False
    rest_until: datetime | None = None
    asked: str = ""
    said: str = field(default="", repr=False)
    lane: str = ""

    @property
    def taking(self) -> bool:
        """Whether somebody new may come to them once their rest is over."""
        return self.state is MentorState.APPROVED and not self.resting

    def moved(self, state: MentorState, now: datetime) -> "Mentor":
        """Return the record in another state; what a lead asked and heard goes with it."""
        return replace(self, state=state, changed_at=now, asked="", said="")

    def rested(self, until: datetime) -> "Mentor":
        """Return the record with a rest until then, at least: one that is longer already stays."""
        return self if self.rest_until is not None and self.rest_until >= until else replace(self, rest_until=until)


@dataclass(frozen=True, slots=True)
class TrainingCard:
    """One card of the training: what a mentor is or isn't, with one question; a wrong answer is explained."""

    key: str
    choices: tuple[str, ...]
    right: str


@dataclass(frozen=True, slots=True)
class MentorRules:
    """Rules of mentoring as data/mentors.toml has them."""

    at_most: int
    here: timedelta
    again: timedelta
    unread: timedelta
    own_crisis: timedelta
    rest_all: timedelta
    debrief: timedelta
    crisis_debrief: timedelta
    unsteady: Collection[str]
    cards: tuple[TrainingCard, ...]
    questions: tuple[str, ...]

    def card(self, key: str) -> TrainingCard | None:
        """Return a card of the training by its key."""
        return next((one for one in self.cards if one.key == key), None)


ALIKE = 80
"""Similarity (0 to 100) from which a word counts as "mentor", misspelt."""


def names_a_mentor(text: str) -> bool:
    """Return whether what was typed after "find" means a mentor, misspelt too."""
    return any(
        fuzz.ratio(word, one) >= ALIKE for word in plain(text).split() for one in ("mentor", "mentora", "mentoria")
    )
