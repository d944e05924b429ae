"""Places: shared rooms of a platform (a channel, a topic) where more than one person reads, and what is done there.

A recovery channel is one room for the core. Each platform that has it has it at a place of its own; whoever posts in
one is read in all of them. A place is written to like a person: it has an address, and what is to be shown there
stands in the outbox.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class ChannelKind(StrEnum):
    """Kind of a channel: how people take part."""

    ANONYMOUS = "anonymous"
    """Members can't send; they write to the bot, and it posts under their alias for this channel."""
    OPEN = "open"
    """Members post as themselves; the bot reads each message and takes away what breaks a rule."""
    MODERATORS = "moderators"
    """Where moderators get alerts and use their commands. Nobody else can see it."""


class ChannelThreads(StrEnum):
    """Side talks of an open channel, where the platform has such; whatever is written in one is read as the channel."""

    NONE = "none"
    """Members can't open any; what somebody with special rights writes in one is read all the same."""
    ALLOWED = "allowed"
    """Members may open threads that everyone can see."""
    POSTS = "posts"
    """Each talk is a thread of its own: a forum, where the platform has one."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of the configuration; `key` names it on every platform. Empty `lanes` means everyone.

    `locale` is the language the bot speaks in it; `slow` the usual seconds between two messages of one person.
    """

    key: str
    title: str
    topic: str = ""
    kind: ChannelKind = ChannelKind.ANONYMOUS
    lanes: tuple[str, ...] = ()
    locale: str = "en"
    slow: int = 0
    threads: ChannelThreads = ChannelThreads.NONE


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as one platform has it: `account` is the adapter's own name for it there, opaque to the core.

    `locale` is the language that the bot speaks there: the channel's own, or that of the server it is on.
    """

    key: str
    account: str = field(repr=False)
    locale: str = field(default="en", compare=False)


class Restriction(StrEnum):
    """Native restriction of one person in a place."""

    MUTE = "mute"
    """They may read, not write: a time-out, a restriction."""
    REMOVE = "remove"
    """They are out, and can't come back before the end; their reactions go with them, where the platform lets a bot."""
    LIFT = "lift"
    """Undo either."""
    ENTER = "enter"
    """They read the rules: what held a newcomer back goes. A pause that somebody else gave them there stays."""


@dataclass(frozen=True, slots=True)
class Restrict:
    """Enforce a sanction natively. `person` is the account there; `until` None means until it is lifted.

    `case` is the code of the case it is for, where there is one: all that a platform's own log may say of why.

    An end further away than the platform can express is set as far as it can; the core's timer sets it again.
    """

    person: str = field(repr=False)
    how: Restriction
    until: datetime | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Admit:
    """Answer somebody's request to join."""

    person: str = field(repr=False)
    welcome: bool


@dataclass(frozen=True, slots=True)
class Tune:
    """Set slow mode (seconds between two messages of one person; 0: any) and lock of a place."""

    slow: int
    locked: bool


PlaceEffect: TypeAlias = Restrict | Admit | Tune
