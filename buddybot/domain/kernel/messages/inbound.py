"""Inbound events: what somebody did, as a closed union."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from buddybot.domain.kernel.messages.address import Address, MessageId
from buddybot.domain.kernel.messages.forms import Answers
from buddybot.domain.kernel.places import Place

FOREIGN = frozenset({"forward", "via_bot"})
"""Kinds of attachment whose words are somebody else's: they are read, and never passed on as the sender's own."""

UNPARSED = "unparsed"
"""Kind of attachment of what the platform's library could not read: there may have been words in it, even a cry."""

SHARED = "\x1e"
"""What stands between two texts that a person hands over with one press."""

MARKED = "\x1f"
"""What stands before and behind the passage that somebody marked in a text which they report."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Source of an event: who did it, and the platform's event id, which makes a repeated one idempotent.

    `locale` is the language of their app, `zone` what their device calls its time zone: hints. `names` are the
    account's names, used only to warn a person who is about to pick one of them as a nickname; they are never stored.
    `place` is where it happened, if not in their private chat. `roles` are what the platform vouches for at this
    moment (`moderator`, `lead`): the adapter maps the platform's own roles to them. `conversation` is the key of the
    talk they did it in, where the platform shows a person's talks apart; None where one chat holds them all.
    `thread` is where in their chat they did it, on a platform with threads: which talk that is, the store knows.
    """

    event: str
    address: Address
    locale: str = "en"
    names: tuple[str, ...] = field(default=(), repr=False)
    place: Place | None = field(default=None, repr=False)
    roles: tuple[str, ...] = ()
    conversation: str | None = None
    zone: str = field(default="", repr=False)
    thread: str = ""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """Lazy handle of a photo or a voice note: what the platform says of it, and how its bytes can be had.

    `fetch` takes the most bytes that may come. It is called once it is known that somebody is to see the file, not
    before, and raises `NotFetched` (of the adapters' port) where there is nothing to have. `size` is in bytes and
    `seconds` the length of a voice note, as the platform claims; 0: it does not say.
    """

    kind: str
    fetch: Callable[[int], Awaitable[bytes]] = field(repr=False, compare=False)
    size: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class ReportedFile:
    """Lazy handle of a photo or a voice note that stands in a message of ours which somebody points at.

    `fetch` asks the platform itself, never the person's client, and only once they chose to share it in a report.
    """

    message: MessageId = field(repr=False)
    fetch: Callable[[int], Awaitable[bytes]] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that somebody marked in the message that they answer: the `part`, and the `whole` as it was said."""

    whole: str = field(repr=False)
    part: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """They wrote a message. `attachments` names the kinds that came along (photo, voice, sticker ...), unopened.

    `file` is there where exactly one thing came along and it is a `photo` or a `voice` note.
    `beside` are words found in it that are no note of theirs: in a poll, under a button, in a quote, in a kind of
    content that nobody knows yet. They are read for danger and by the rules, and never passed on. `album` is what the
    platform calls the files that were sent together with this one, each in a message of its own. `quote` is what they
    marked in the message that they answer: it is passed on only where it is known that just this was said there.
    """

    origin: Origin
    text: str = field(repr=False)
    message: MessageId = field(repr=False)
    reply_to: MessageId | None = field(default=None, repr=False)
    attachments: tuple[str, ...] = ()
    beside: str = field(default="", repr=False)
    album: str = field(default="", repr=False)
    file: IncomingFile | None = None
    quote: Quote | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """They pressed a button, or chose several of a list (then `tokens` has one for each).

    `text` is all that they wrote in their own words into the form that a button with `form` opened; `answers` are those
    words and what they chose, by the names of its fields. Neither is there where no form was filled in. `file` is a
    photo or a voice note that their side handed over together with the texts of a `share`; `shown` is one that the
    platform itself can give.
    """

    origin: Origin
    tokens: tuple[str, ...]
    message: MessageId | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)
    answers: Answers = field(default=(), repr=False)
    file: bytes = field(default=b"", repr=False)
    shown: ReportedFile | None = None


@dataclass(frozen=True, slots=True)
class Invoked:
    """They used a command of the table natively, with its typed arguments by name; `shown` as in `Pressed`."""

    origin: Origin
    command: str
    arguments: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    shown: ReportedFile | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """They changed a message they had sent; `beside` as in `Said`."""

    origin: Origin
    message: MessageId = field(repr=False)
    text: str = field(repr=False)
    beside: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Deleted:
    """They took back a message they had sent.

    `within` says that a whole thread of a place is gone: what the ids of all messages that stood in it begin with.
    """

    origin: Origin
    message: MessageId = field(repr=False)
    within: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reacted:
    """They reacted to a message; an empty emoji takes the reaction away."""

    origin: Origin
    message: MessageId = field(repr=False)
    emoji: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """They opened the chat with the bot without writing yet, or joined a place.

    `invite` is the opaque word of the link they followed. `asking` says that the place's door is still closed and they
    asked to come in: `Admit` answers.
    """

    origin: Origin
    invite: str = field(default="", repr=False)
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """They blocked the bot or left the platform: nothing can reach them there. With a place: they left that."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Opened:
    """The adapter found or made a place (`origin.place`) for a channel of the configuration.

    `origin.address` is the place's own; `moved_from` is the name it had before, where the platform renamed it.
    """

    origin: Origin
    moved_from: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Closed:
    """A place (`origin.place`) is gone, or the bot may not be there any more."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class PushAddress:
    """Web Push subscription of one device: where its push service takes a call, and what a call is sealed with.

    `key` is the device's public key and `secret` the one shared with it (RFC 8291), both base64url.
    """

    endpoint: str = field(repr=False)
    key: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Subscribed:
    """They let this device be called when something waits for them; None: it can't be, or its person said no to it."""

    origin: Origin
    push: PushAddress | None = field(default=None, repr=False)


Inbound: TypeAlias = (
    Said | Pressed | Invoked | Edited | Deleted | Reacted | Joined | Left | Subscribed | Opened | Closed
)
