"""Care: the values of the conversation with somebody who may be in danger.

Nothing here is copy: a `Say` names a locale string, its variables and its buttons. `care_flow.respond` decides.
"""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import TypeAlias

from buddybot.domain.crisis.help_lines import Country
from buddybot.domain.crisis.regions import RegionalNumber
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.moderation.cases import CasePriority

Args: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One button: the token that comes back, and the locale key of its label."""

    token: str

    @property
    def label(self) -> str:
        """The locale key: the last word of the token, as the same answer reads the same everywhere."""
        return f"care-choice-{self.token.rpartition('.')[2]}"


@dataclass(frozen=True, slots=True)
class Link:
    """Something to dial, text or open: `target` is a tel:, sms: or https: address.

    `number` shows in the label: as written in the country, or the name of a site where there is nothing to dial.
    """

    label: str
    target: str
    number: str


@dataclass(frozen=True, slots=True)
class Say:
    """One message: a locale key and its variables, buttons, things to dial, and further lines of the same message."""

    key: str
    args: Args = ()
    choices: tuple[Option, ...] = ()
    links: tuple[Link, ...] = ()
    rows: tuple["Say", ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the service knows at this moment. `now` is aware; `clock` is theirs, None where never told.

    `on_shift` says that a moderator really is there: what the bot claims hangs on it. `in_chat` says that a buddy is in
    an open chat with this person. `regions` are what to call while the country is not known; `guessed` says that the
    first of them is a guess from the region of their app, `placed` that they named a country.
    """

    now: datetime
    country: Country
    on_shift: bool = False
    in_chat: bool = False
    clock: tzinfo | None = None
    regions: tuple[RegionalNumber, ...] = ()
    guessed: bool = False
    placed: bool = False
    near: Country | None = None
    """The country of their app's region, while they named none: its crisis line comes first, with where it is right."""

    @property
    def today(self) -> date:
        """The day that entries of help lines are judged by."""
        return self.now.date()


# ── What comes in ───────────────────────────────────────────────────────────────────────


class Gentle(StrEnum):
    """Words that ask for a soft answer: nothing is happening now."""

    SURVIVED = "survived"
    """It was close, and it is over."""
    LOSS = "loss"
    """Somebody died, lately or long ago."""
    FELT = "loss-felt"
    """Whether somebody who died felt it, was afraid, was alone."""
    SEEN = "loss-seen"
    """The picture of how they found somebody comes back."""
    USED = "used"
    """They used again after a time without."""
    HIGH = "high"
    UNCLEAR = "unclear"
    """A joke, a bad day, or more than that: ask."""
    DOSE = "dose"
    """They ask for amounts, which the bot never gives."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What the screener heard in one message. `delivered` says that a buddy gets these very words."""

    level: Level | None = None
    lanes: frozenset[SideLane] = frozenset()
    gentle: Gentle | None = None
    delivered: bool = False
    means: bool = False
    """Means at hand were named: asked about where nothing is open, L3 beside a wish to die."""
    weighed: bool = False
    """The level is a guess that no plain words bear out."""
    yielding: bool = False
    """It is a question that the bereaved ask about their dead, and that others ask for themselves."""
    hunch: bool = False
    """Nothing but statistics speaks of danger: no phrase tells a level or a lane."""
    own: bool = False
    """The danger that is told is the author's own."""

    @property
    def shows_danger(self) -> bool:
        """Return whether there is anything in it that the conversation answers."""
        return self.level is not None or bool(self.lanes) or self.gentle is not None or self.means


@dataclass(frozen=True, slots=True)
class TypedWords:
    """A message typed while a conversation is open: its meanings as a reply (surest first), and what was screened.

    `alone` says that nobody but the bot reads it; `place` that it names an address or a number to call; `understood`
    that the known replies make up at least half of it; `calm` that it is an everyday line; `chat` that small talk has
    an answer to it, which is asked amid an overdose alone.
    """

    meanings: tuple[str, ...] = ()
    signal: Signal = Signal()
    alone: bool = True
    place: bool = False
    understood: bool = False
    calm: bool = False
    chat: bool = False


@dataclass(frozen=True, slots=True)
class Helping:
    """A message of somebody whose buddy is in danger: their questions and their panic are about the other."""

    meanings: tuple[str, ...] = ()
    signal: Signal = Signal()
    other: "CrisisState | None" = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button of the care conversation, by its token."""

    token: str


class Check(StrEnum):
    """A follow-up that came due."""

    FIRST = "first"
    SECOND = "second"
    MORNING = "morning"
    SILENCE = "silence"
    """No answer to a check-in: not shown to the person, it tells the moderators."""
    BYSTANDER = "bystander"
    """The day after somebody stood by an overdose."""
    USED = "used"
    """The day after they used again."""


@dataclass(frozen=True, slots=True)
class Due:
    """The timer of a follow-up."""

    check: Check


Input: TypeAlias = Signal | TypedWords | Helping | Press | Due


# ── What is remembered, and what follows ────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CrisisState:
    """All that is kept about one person's open conversation: levels and times, never words.

    `asked` is the script whose question is open, since `said_at`; a level was last opened at `raised_at`, a lane at
    `lane_at`. `level` and `opened_at` are those of the current episode. Repeats up
    to `hushed` stay quiet until `hushed_until`; check-ins stay off until `stopped_until`. `shown_buddy` is the highest
    level at which the buddy got a card in this episode. `awaited` says that a check-in
    waits for any sign of life, `watched` that moderators watch with care already.
    `disclosed_at` is the last time they told of danger or of using again, `used_at` of using again alone.

    `signed_at` is the last sign of danger: the conversation is open for a day after it. `last` names the script said
    last and `turns` counts what was typed, so that no sentence comes twice running. `aside` says that they changed the
    subject; `crossed` that their buddy asked something since the bot did, so that a bare yes is not the bot's.
    `tapped` are the tokens they pressed last, for whoever comes to help.
    `carded` is when they were last shown the card of help lines, which asks for their country. `guessed` says that only
    statistics showed danger, up to L2, and that nothing told or tapped since confirms it. `hunch` says
    the same of L3 and L4: whether a life is in danger was asked, and nothing else. `helped` says that help came
    to the overdose that is open: whatever is said later, no step of first aid comes again.
    `language` is the one they wrote in, and `notes` are the ids of what the bot showed, so that it can be taken back.
    """

    level: Level | None = None
    lane: SideLane | None = None
    asked: str = ""
    opened_at: datetime | None = None
    said_at: datetime | None = None
    raised_at: datetime | None = None
    lane_at: datetime | None = None
    disclosed_at: datetime | None = None
    used_at: datetime | None = None
    hushed: Level | None = None
    hushed_until: datetime | None = None
    stopped_until: datetime | None = None
    shown_buddy: Level | None = None
    awaited: bool = False
    watched: bool = False
    buddy_may_know: bool | None = None
    signed_at: datetime | None = None
    last: str = ""
    turns: int = 0
    aside: bool = False
    crossed: bool = False
    language: str = ""
    notes: tuple[str, ...] = ()
    tapped: tuple[str, ...] = ()
    carded: datetime | None = None
    guessed: bool = False
    hunch: bool = False
    helped: bool = False


class Cause(StrEnum):
    """Why moderators are told."""

    HEARD = "heard"
    ANSWERED = "answered"
    """The person's own answer to a question raised it."""
    WORSE = "worse"
    SILENT = "silent"
    """No answer to a check-in at L3 or L4: watch with care."""
    NOT_MEANT = "not_meant"
    """They say it was a misreading: the words are dropped, the item stays for a look."""
    BUDDY = "buddy"
    """Their buddy, or somebody who knows them, asked for it."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What the moderators get: no words. The service adds the words only at L3 and L4 (consent) or on request.

    It is about the person themselves, but with `Cause.BUDDY` about the other seat.
    """

    priority: CasePriority
    cause: Cause
    level: Level | None = None
    lane: SideLane | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """A follow-up to set a timer for."""

    check: Check
    at: datetime


@dataclass(frozen=True, slots=True)
class CrisisReply:
    """What follows from one input: first the state to keep, then what to show and to set going.

    `buddy` is for the other seat, and only after their copy of the message was delivered. `relay` is a locale key to
    pass on as the presser's own words. `cancel` names timers set before that are dropped first; `drop_words` drops the
    sealed words.
    `company` asks for somebody to talk with now. `hide` deletes the bot's own earlier messages where it can.
    `tell_buddy` lets the buddy know that this person is okay. `resume` goes back to what they were in the middle of.
    """

    state: CrisisState
    say: tuple[Say, ...] = ()
    buddy: Say | None = None
    alert: Alert | None = None
    later: tuple[Later, ...] = ()
    cancel: tuple[Check, ...] = ()
    relay: str = ""
    company: bool = False
    hide: bool = False
    drop_words: bool = False
    tell_buddy: bool = False
    resume: bool = False
