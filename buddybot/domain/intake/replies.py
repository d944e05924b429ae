"""Inputs and outcomes of the questionnaire: two closed unions."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from buddybot.domain.intake.progress import Doubt, Fill, Progress
from buddybot.domain.intake.questions import Question
from buddybot.domain.kernel.world import Chance

CONFIRM, MEANING, REVIEW = "confirm", "meaning", "review"
"""What `Picked.question` holds when the buttons were those of a Confirm, a Clarify or a Review."""


# ── Replies ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Typed:
    """They wrote something. It is read once and dropped."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picked:
    """They pressed a button, or confirmed a whole selection; a control (`skip`, `back` ...) comes alone.

    An empty selection on a multi question means "done with what is ticked".
    """

    question: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """They ticked or unticked one choice of a multi question, on a platform that draws ticks one by one."""

    question: str
    key: str


Reply: TypeAlias = Typed | Picked | Ticked


@dataclass(frozen=True, slots=True)
class Moment:
    """Context of a reply: the time (aware, UTC), a random source, and the account's names, which are never stored.

    `country` is where they said they are; `zone` is what their device calls its time zone, a hint that is not stored.
    """

    now: datetime
    chance: Chance
    names: tuple[str, ...] = field(default=(), repr=False)
    country: str = field(default="", repr=False)
    zone: str = field(default="", repr=False)


# ── Steps ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask this question, as number `number` of `total`.

    `ticks` are drawn as chosen. `kept` is an answer given ahead of its turn: offer to keep or change it. `offers` are
    nicknames to choose from, or every time of the day after none of those suggested was theirs; `mine` is there when
    they may keep a name that looks like their account's.
    """

    question: Question
    number: int
    total: int
    ticks: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Clarify:
    """Ask which of a few meanings was meant ("Just to be sure, did you mean"); "something_else" is always there."""

    question: Question
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Confirm:
    """Ask for confirmation of what was understood; nothing is recorded before."""

    question: Question
    fills: tuple[Fill, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Offer to look now, to keep going, or later: enough is known."""

    left: int


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to ask. `early` says that they chose to look before the end."""

    early: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """The flow ended for a reason (`under_age`, `declined`); the progress that comes with it is empty."""

    reason: str


class AsideWord(StrEnum):
    """Universal command: a word that works at any point."""

    SKIP = "skip"
    BACK = "back"
    WHY = "why"
    LEFT = "left"
    """They ask how long this takes, or how many questions are left."""
    AGAIN = "again"
    """They ask what the question was."""
    PAUSE = "pause"
    LATER = "later"
    HELP = "help"
    STOP = "stop"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Aside:
    """They asked for something that is not an answer: pause, later, help, stop, forget. The progress is unchanged."""

    word: AsideWord


Step: TypeAlias = Ask | Clarify | Confirm | Review | Done | Stop | Aside


class Notice(StrEnum):
    """A line to say before the step: locale key `notice-VALUE`, except where noted."""

    WHY = "why"
    """Locale key `why-QUESTION`."""
    MORE = "more"
    """Locale key `more-QUESTION-CHOICE`; the choice is `Turn.about`."""
    LEFT = "left"
    """How many questions are left; `FlowOutcome.about` is their number."""
    LEFT_FIRST = "left-first"
    """The same before the questions about themselves."""
    ONCE_MORE = "once-more"
    BACK = "back"
    NOTHING_BACK = "nothing-back"
    SKIPPED = "skipped"
    NEEDED = "needed"
    UNCLEAR = "unclear"
    ONLY_NOT = "only-not"
    TOO_MANY = "too-many"
    ALONE = "alone"
    MARKED_OTHER = "marked-other"
    LEFT_OPEN = "left-open"
    FIX = "fix"
    STALE = "stale"
    CHANGE = "change"
    ADDED = "added"
    PARTLY = "partly"
    """Of several things in a list some were understood, and wait as ticks."""
    NAME_CLOSE = "name-close"
    NAME_REAL = "name-real"
    NAME_SHORT = "name-short"
    NAME_LONG = "name-long"
    NAME_SIGNS = "name-signs"
    NAME_CONTACT = "name-contact"
    NAME_WORD = "name-word"
    NAME_ROLE = "name-role"


MISSES = frozenset(Notice) - {
    Notice.WHY, Notice.MORE, Notice.BACK, Notice.NOTHING_BACK, Notice.SKIPPED, Notice.MARKED_OTHER, Notice.LEFT_OPEN,
    Notice.FIX, Notice.STALE, Notice.CHANGE, Notice.ADDED, Notice.PARTLY, Notice.LEFT, Notice.LEFT_FIRST,
    Notice.ONCE_MORE,
}  # fmt: skip
"""Lines that say why an answer was not taken."""


@dataclass(frozen=True, slots=True)
class FlowOutcome:
    """Outcome of one reply: the new progress, the next step, a line to say first, and what was recorded."""

    progress: Progress
    step: Step
    notice: Notice | None = None
    understood: tuple[Fill, ...] = ()
    about: str = ""
    """The question (or, with MORE, `QUESTION-CHOICE`; with LEFT, a number) that the notice is about."""
