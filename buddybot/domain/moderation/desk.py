"""View models of the moderators' desk: cases by alias, clocks, steps and counts. Nothing here names an account."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from buddybot.domain.moderation.cases import CasePriority, Concern, State
from buddybot.domain.moderation.sanctions import Step
from buddybot.domain.moderation.staff import HEAVY, LONG_LOOK, Role
from buddybot.domain.moderation.vitals import Board


@dataclass(frozen=True, slots=True)
class Me:
    """Signed-in identity: permissions, shift, and until when the session lasts.

    `now` is the bot's clock: what a page says of times is reckoned from it, not from a browser's.
    """

    role: Role
    locale: str
    on_shift: bool
    shift_ends: datetime | None
    opted_out: tuple[Concern, ...]
    until: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """A fresh session: `session` is the secret for a cookie that scripts can't read; `me` is whose."""

    session: str = field(repr=False)
    me: Me


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the queue. `due_at` is the next target: first look, then close. `allowed` is False for one's own.

    An appeal is a line of its own: `against` is the step that it is about, and `decides` whether this moderator may
    answer it.
    """

    case: str
    alias: str
    concern: Concern
    priority: CasePriority
    state: State
    opened_at: datetime
    due_at: datetime
    late: bool
    mine: bool
    claimed: bool
    allowed: bool
    against: Step | None = None
    decides: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shared text as evidence. Show it behind a spoiler; `verified` says that its franking tag fits.

    `media` is there where it is a photo or a voice note: its type; the bytes are asked for when somebody opens it.
    """

    text: str = field(repr=False)
    verified: bool
    media: str = ""


class LineKind(StrEnum):
    """Kind of an entry of the case record."""

    OPENED = "opened"
    JOINED = "joined"
    CLAIMED = "claimed"
    RELEASED = "released"
    RECUSED = "recused"
    ESCALATED = "escalated"
    MERGED = "merged"
    NOTE = "note"
    ACTION = "action"
    APPEAL = "appeal"
    DECIDED = "decided"
    CLOSED = "closed"
    WATCH = "watch"
    SECOND = "second"
    TAKEN_DOWN = "taken-down"
    SAID = "said"
    """A moderator wrote to the person."""
    ANSWERED = "answered"
    """The person wrote to the moderator."""
    ENDED = "ended"
    """The person ended the talk."""
    ASKED = "asked"
    """A lead asked who offers to be a mentor."""
    REPLIED = "replied"
    """They replied, or would rather not."""


SPOKEN = (LineKind.SAID, LineKind.ANSWERED)
"""What is said in a moderator's talk: sealed under a key that goes with the words of a crisis."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the record. `who` is a moderator's role, `text` a note, and both are plain words: escape them."""

    at: datetime
    kind: LineKind
    who: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PastAction:
    """Past sanction of this person; `points` as they count today."""

    given_at: datetime
    step: Step
    rule: int
    points: float
    overturned: bool
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AppealView:
    """View of what an appeal is against: the case, the step and its rule, what was told, and what came of it since.

    `lifted_by` is the role of a colleague who ended the step early. `outcome` is the answer that one of two gave, where
    a second has to agree.
    """

    case: str
    step: Step
    rule: int
    given_at: datetime
    told: str = field(repr=False)
    lifted_at: datetime | None = None
    lifted_by: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ReportedPost:
    """Post in a channel that a case is about: where it stands, and under which alias. Gone ones are not known."""

    channel: str
    alias: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class ChannelNow:
    """State of a channel: its slow mode in seconds, its lock, and in how many places it stands."""

    key: str
    title: str
    slow: int
    locked: bool
    places: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Suggested command of group "mod" with its arguments, ready for `Desk.run`."""

    step: Step
    command: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonNow:
    """Context for writing to the person of a P0 or P1: no address, no name, no answers.

    `local` is their own clock, None where they never told it; `level` and `lane` are codes of the open crisis; `shown`
    is the last script of the bot, `tapped` what they answered by tapping. `sentences` may be sent as they are, in their
    language. `ended` says that they closed the talk.
    """

    language: str
    sentences: tuple[str, ...]
    local: datetime | None = None
    level: str = ""
    lane: str = ""
    shown: str = ""
    tapped: tuple[str, ...] = ()
    next_check: datetime | None = None
    second: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class MentorOffer:
    """View of an offer to be a mentor, for a lead: never an account, a chat or an answer but these.

    `questions` are what may be asked; `asked` and `said` the last one and its answer.
    """

    lane: str
    weeks: int
    language: str
    most: int
    read: int
    questions: tuple[str, ...]
    asked: str = ""
    said: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CasePage:
    """View of a case. `suggested` has the ladder's step first, then two alternatives; empty when closed.

    `seen` goes back with `Desk.run`, so that nothing is done from a page that is out of date. `holds`: a step of this
    case holds somebody back now; `paired`: its pair is open; `second`: a removal waits for a second person, and this
    moderator may be it. `talk` is what a moderator and the person said to each other: show it covered.
    `person` is there where a moderator may write to them. `appeal` says what an appeal is against; its evidence is that
    of the other case. `others` are the open cases about the same person, appeals among them; `post` is
    what somebody reported in a channel; `mentor` is there while a lead has to decide an offer to be one.
    """

    item: Item
    rule: int
    detector: str
    lines: tuple[Line, ...]
    evidence: tuple[Evidence, ...]
    points: float
    past: tuple[PastAction, ...]
    suggested: tuple[Suggestion, ...]
    exempt: bool
    country: str = ""
    seen: int = 0
    holds: bool = False
    paired: bool = False
    second: bool = False
    talk: tuple[Line, ...] = ()
    person: PersonNow | None = None
    appeal: AppealView | None = None
    others: tuple[Item, ...] = ()
    post: ReportedPost | None = None
    mentor: MentorOffer | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """Handover notes for the next shift."""

    urgent: tuple[Item, ...]
    watches: tuple[tuple[str, datetime], ...]
    lifting: tuple[tuple[str, datetime], ...]
    appeals: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """Exposure to distressing content on this shift; `rest_until` while nothing is assigned to them.

    A break is offered from `most_heavy` cases or `most_minutes` on.
    """

    heavy: int
    minutes: int
    rest: bool
    rest_until: datetime | None
    most_heavy: int = HEAVY
    most_minutes: int = LONG_LOOK // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Status of the service: whether anyone is on shift, when rules were checked, warnings for the operator.

    `board` is there for an operator alone.
    """

    on_shift: int
    rules_checked: date | None
    warnings: tuple[str, ...]
    board: Board | None = None
