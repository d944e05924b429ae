"""Classification result of a message: labels, level, lanes, and the one outcome that follows.

Values only. `rules` fills them, `service` acts on them. A screening never holds the message: its evidence points into
the text by offsets, so that keeping a screening does not mean keeping words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane


class Label(StrEnum):
    """Classification label; a message may have several."""

    CRISIS = "crisis"
    SOURCING = "sourcing"
    PII = "pii"
    HARASSMENT = "harassment"
    EXPLOIT = "exploit"
    MISINFO = "misinfo"
    GRAPHIC = "graphic"


class Severity(IntEnum):
    """Severity of a violation; S0 costs nothing and is never counted."""

    S0 = 0
    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4


class Outcome(IntEnum):
    """Moderation outcome of a message, from mildest to harshest."""

    DELIVER = 0
    NOTE = 1
    NUDGE = 2
    HOLD = 3
    QUARANTINE = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """Moderation decision of one rule, ordered by outcome, then by severity."""

    outcome: Outcome
    rule: str
    severity: Severity = Severity.S0

    @property
    def weight(self) -> tuple[Outcome, Severity]:
        """Sort key of harshness."""
        return self.outcome, self.severity


DELIVERED = Verdict(Outcome.DELIVER, "none")


def harshest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of highest precedence: the harshest, the first one of equals."""
    return max(verdicts, key=lambda verdict: verdict.weight, default=DELIVERED)


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """Span of evidence: offsets into the text as it was written, and the kind of word."""

    start: int
    end: int
    kind: str


class Certainty(IntEnum):
    """Confidence in a contact: a validated one can't be overridden by its author, a doubtful one can."""

    DOUBTFUL = 0
    VALIDATED = 1


@dataclass(frozen=True, slots=True)
class Contact:
    """Span of contact details, which lead out of the room: a phone number, handle, link, address and so on."""

    start: int
    end: int
    kind: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Screening:
    """Classification result of one message."""

    labels: frozenset[Label]
    level: Level | None
    lanes: frozenset[SideLane]
    verdict: Verdict
    evidence: tuple[EvidenceSpan, ...]
    contacts: tuple[Contact, ...]
    claim: str | None
    explanation: str
    read: bool = True
    """False where the screener itself broke: the message may be anything, a cry for help too."""
    gentle: Gentle | None = None
    """Words that ask for a soft answer: it is over, or somebody else's past. Never raises a level."""
    means: bool = False
    """The author names means at hand ("the pills"). Asked about where no crisis is open; in one it is L3."""
    urging: bool = False
    """It may tell another person to die ("then do it, who cares"). Counts only where that person is in danger."""
    urging_sure: bool = False
    """It does so whatever came before it."""
    aimed: bool = False
    """The verdict rests on something unmistakable that is aimed at somebody: a trade with a taker, a price or a
    hand-over, a threat, a sexual advance, urging to die. Everything else is doubt, and must not act in a crisis."""
    first_person: bool = False
    """The danger that is told is the author's own, not that of somebody they help."""
    weighed: bool = False
    """The level rests on the opinion's weights alone: no phrase and no frame tells it. An answer that is understood, or
    a side lane's own card, goes before it."""
    hunch: bool = False
    """It is `weighed`, and no side lane is told plainly either: nothing but statistics speaks of danger."""
    yielding: bool = False
    """It is a question that the bereaved ask about their dead ("does it hurt"), and nothing else is told."""
    calm: bool = False
    """The opinion finds danger unlikely, and no phrase tells of any: an everyday line."""
    language: str = ""
    """ISO 639-1 code of the language of the words; empty where that is not clear."""

    @property
    def is_crisis(self) -> bool:
        """Return whether help must be shown and nothing may delay the message."""
        return Label.CRISIS in self.labels

    @property
    def is_urgent(self) -> bool:
        """Return whether it passes through quiet hours and breaks: L1 up and the side lanes (settled order)."""
        return self.is_crisis or bool(self.lanes) or (self.level is not None and self.level >= Level.L1)

    @property
    def shows_danger(self) -> bool:
        """Return whether it shows any danger or distress, or could: such words never count against anyone."""
        return self.is_urgent or self.level is not None or self.gentle is not None or not self.read


def unread(explanation: str) -> Screening:
    """Return the fail-open result for a screener that broke: the message is delivered, nothing is claimed about it."""
    nothing: frozenset[Label] = frozenset()
    return Screening(nothing, None, frozenset(), DELIVERED, (), (), None, explanation, read=False)


def without(text: str, contacts: Iterable[Contact], mark: str) -> str:
    """Redact each contact with `mark`; the rest of the message is kept."""
    pieces: list[str] = []
    done = 0
    for contact in sorted(contacts, key=lambda found: found.start):
        if contact.start < done:
            continue
        pieces += (text[done : contact.start], mark)
        done = contact.end
    return "".join((*pieces, text[done:]))
