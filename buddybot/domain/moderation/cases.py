"""Cases: what moderators look at. A case names aliases and rooms, never an account."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from buddybot.domain.kernel.ids import CaseId, MemberId, RoomId


class Concern(StrEnum):
    """Report reason, in the words of its buttons."""

    DEALING = "dealing"
    SEXUAL = "sexual"
    THREAT = "threat"
    MONEY = "money"
    OUTING = "outing"
    ADVICE = "advice"
    MEAN = "mean"
    WORRIED = "worried"
    OTHER = "other"
    RULE = "rule"
    """Opened by the bot when a rule held a note back; never a button."""
    APPEAL = "appeal"
    """Opened by an author who says that a held note was a mistake; never a button."""
    CRISIS = "crisis"
    """Opened by the bot when somebody may be in danger; never a button."""
    MENTOR = "mentor"
    """Opened for somebody who offers to be a mentor, and decided by a lead; never a button."""


class CasePriority(StrEnum):
    """Priority with a target for the first look (rules.md): 5 minutes, 15 minutes, 2 hours, 12 hours."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class State(StrEnum):
    """Status of a case."""

    OPEN = "open"
    CLAIMED = "claimed"
    CLOSED = "closed"


FIRST_LOOK = {
    CasePriority.P0: timedelta(minutes=5),
    CasePriority.P1: timedelta(minutes=15),
    CasePriority.P2: timedelta(hours=2),
    CasePriority.P3: timedelta(hours=12),
}
CLOSE = {
    CasePriority.P0: timedelta(hours=4),
    CasePriority.P1: timedelta(hours=4),
    CasePriority.P2: timedelta(hours=24),
    CasePriority.P3: timedelta(hours=72),
}
"""When it should be closed. A P0 stays open until somebody is safe or handed over: its clock only reminds."""

URGENCY = {
    Concern.DEALING: CasePriority.P1,
    Concern.SEXUAL: CasePriority.P1,
    Concern.THREAT: CasePriority.P1,
    Concern.MONEY: CasePriority.P2,
    Concern.OUTING: CasePriority.P2,
    Concern.ADVICE: CasePriority.P2,
    Concern.MEAN: CasePriority.P3,
    Concern.WORRIED: CasePriority.P1,
    Concern.OTHER: CasePriority.P3,
    Concern.RULE: CasePriority.P1,
    Concern.APPEAL: CasePriority.P3,
    Concern.CRISIS: CasePriority.P0,
    Concern.MENTOR: CasePriority.P3,
}


@dataclass(frozen=True, slots=True)
class Case:
    """Moderation case. `shared` is the reporter's evidence, sealed at rest and short-lived.

    `rule` is the detector's, where one opened it; `note:ID` names the post in a channel that somebody reported. A
    crisis case has no reporter; whoever was erased since is None. `sanction` is what an appeal is against; `appealed`
    says of the case of that sanction that there was one.
    """

    id: CaseId
    concern: Concern
    priority: CasePriority
    room: RoomId | None
    reporter: MemberId | None
    about: MemberId | None
    opened_at: datetime
    rule: str = ""
    shared: str = field(default="", repr=False)
    alias: str = ""
    state: State = State.OPEN
    claimed_by: MemberId | None = None
    closed_at: datetime | None = None
    appealed: bool = False
    sanction: str = ""
    verified: bool = False
    """Return whether the tags show that what was shared was really said here, by whom it is about, unaltered."""

    def due_at(self) -> datetime:
        """Return the deadline: of the first look, or of closing once somebody has it."""
        return self.opened_at + (FIRST_LOOK if self.state is State.OPEN else CLOSE)[self.priority]
