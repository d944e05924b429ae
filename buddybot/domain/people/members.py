"""Member records: the little that the bot must remember of a person."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.people.quiet_hours import QuietHours


class Stage(StrEnum):
    """Dialog state of a member. What they are doing with a peer is said by offers and rooms."""

    GREETED = "greeted"
    """Wrote to the bot, has not asked for a buddy yet: nothing but the address is held."""
    GATES = "gates"
    INTAKE = "intake"
    HOME = "home"
    """May be matched, but is not looking."""
    LOOKING = "looking"
    FAREWELL = "farewell"
    """Erased: this is only the address of the last word to them, gone when it has been delivered."""
    PLACE = "place"
    """Nobody: a place of a channel, which is written to in the same way."""


class Talk(StrEnum):
    """Prompt that awaits free text: where a member's next typed words go, beside the intake."""

    NONE = ""
    EDITING = "editing"
    """Changing one answer."""
    GOODBYE = "goodbye"
    """Writing last words to a buddy."""
    REPORT = "report"
    """Writing or pasting what moderators should see."""
    QUIET = "quiet"
    """Naming their quiet hours."""
    CHANNEL = "channel"
    """Writing what the bot is to post in a channel."""
    APPEAL = "appeal"
    """Saying why a sanction is a mistake."""
    WISDOM = "wisdom"
    """Writing what helped them, for the library."""
    MENTOR = "mentor"
    """Answering a lead's question about their offer to be a mentor."""
    MILESTONE = "milestone"
    """Naming what they count, or a date for it."""
    REMEMBRANCE = "remembrance"
    """Naming a day to have in mind, a word for it, or an hour."""
    MODERATOR = "moderator"
    """Answering a moderator."""


class Loss(StrEnum):
    """State of a record that was lost with a damaged row: whether it was, and whether its member knows."""

    NONE = ""
    NEW = "new"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Private:
    """Encrypted part of a member record. Questionnaire answers are choice keys, never raw words.

    `zone` is an IANA name, "" where only `utc_offset` is known, which also stands in for a zone that is known no more.
    `gates` and `intake` are the two flows' progress as their own serialisation; `subject` is what `talk` is about.
    `used_aliases` keeps a pair's fresh alias from repeating one that this member had before; `urgent` are the moments
    they declared a note urgent in the last week, `limit_changes` those they changed an answer that decides whom they
    can meet. `linked` says that they have, or had, more than one address. `opted_out` are kinds of case that a
    moderator doesn't want to see, `rested_at` when they took a break. `lost` says that all the rest was damaged: they
    have to be asked anew before anybody is matched with them. `missed` counts what was not shown to them because they
    could not be reached. `chatted` is the key of the bot's last line of small
    talk. `silent_endings` are the moments a pair ended because they had gone quiet. `calls_asked` says at which
    moments they were asked whether their device may be called. `wants_mentor` says that they look for a mentor,
    `naloxone_asked` that they were asked whether there is naloxone at home.
    """

    nickname: str = field(default="", repr=False)
    country: str = field(default="", repr=False)
    zone: str = field(default="", repr=False)
    utc_offset: int | None = field(default=None, repr=False)
    quiet: QuietHours | None = field(default=None, repr=False)
    gates: str = field(default="", repr=False)
    intake: str = field(default="", repr=False)
    talk: Talk = field(default=Talk.NONE, repr=False)
    subject: str = field(default="", repr=False)
    care: str = field(default="", repr=False)
    used_aliases: tuple[str, ...] = field(default=(), repr=False)
    urgent: tuple[datetime, ...] = field(default=(), repr=False)
    limit_changes: tuple[datetime, ...] = field(default=(), repr=False)
    linked: bool = field(default=False, repr=False)
    opted_out: tuple[str, ...] = field(default=(), repr=False)
    rested_at: datetime | None = field(default=None, repr=False)
    lost: Loss = field(default=Loss.NONE, repr=False)
    missed: int = field(default=0, repr=False)
    chatted: str = field(default="", repr=False)
    silent_endings: tuple[datetime, ...] = field(default=(), repr=False)
    calls_asked: int = field(default=0, repr=False)
    wants_mentor: bool = field(default=False, repr=False)
    naloxone_asked: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class Member:
    """Member record. `consent` is the version of the words they agreed to, empty before."""

    id: MemberId
    stage: Stage
    locale: str
    joined_at: datetime
    seen_at: datetime
    consent: str = ""
    consent_at: datetime | None = None
    looking_since: datetime | None = None
    paused_until: datetime | None = None
    private: Private = field(default_factory=Private, repr=False)

    def paused(self, now: datetime) -> bool:
        """Return whether they are taking a break."""
        return self.paused_until is not None and now < self.paused_until
