"""Inbound events and outbound effects: the values that cross the border between the core and a platform.

`Inbound` is what somebody did; `Effect` is what one recipient is to see. Both are closed unions. Text and accounts are
kept out of every `repr`, so that no log line, traceback or failed assertion can show them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, TypeAlias

from buddybot.domain.kernel.conversations import WITH_BOT, Conversation
from buddybot.domain.kernel.drawing.forms import Answers
from buddybot.domain.kernel.drawing.pictures import Picture
from buddybot.domain.kernel.places import Place, PlaceEffect

MessageId = NewType("MessageId", str)
"""A platform's own id of one message in one chat."""

FOREIGN = frozenset({"forward", "via_bot"})
"""Kinds of attachment whose words are somebody else's: they are read, and never passed on as the sender's own."""

SHARED = "\x1e"
"""What stands between two texts that a person hands over with one press."""

MARKED = "\x1f"
"""What stands before and behind the passage that somebody marked in a text which they report."""

NoteId = NewType("NoteId", str)
"""Our id of one thing said: the same for its author's copy and for every copy relayed."""


@dataclass(frozen=True, slots=True)
class Address:
    """Platform address of a person: never leaves the relay layer, never shown to anyone.

    `identity` names which of our bot accounts on the platform they talk to. `chat` is the id of their private
    chat there, where that is another one: kept sealed beside the account, so that a restart need not ask for it.
    """

    platform: str
    identity: str
    account: str = field(repr=False)
    chat: str = field(default="", repr=False, compare=False)


# ── Inbound: what somebody did ──────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Origin:
    """Source of an event: who did it, and the platform's event id, which makes a repeated one idempotent.

    `locale` is the language of their app, `zone` what their device calls its time zone: hints. `names` are the
    account's names, used only to warn a person who is about to pick one of them as a nickname; they are never stored.
    `place` is where it happened, if not in their private chat. `roles` are what the platform vouches for at this
    moment (`moderator`, `lead`): the adapter maps the platform's own roles to them. `conversation` is the key of the
    talk they did it in, where the platform shows a person's talks apart; None where one chat holds them all.
    """

    event: str
    address: Address
    locale: str = "en"
    names: tuple[str, ...] = field(default=(), repr=False)
    place: Place | None = field(default=None, repr=False)
    roles: tuple[str, ...] = ()
    conversation: str | None = None
    zone: str = field(default="", repr=False)


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
    photo or a voice note that their side handed over together with the texts of a `share`.
    """

    origin: Origin
    tokens: tuple[str, ...]
    message: MessageId | None = field(default=None, repr=False)
    text: str = field(default="", repr=False)
    answers: Answers = field(default=(), repr=False)
    file: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Invoked:
    """They used a command of the table natively, with its typed arguments by name."""

    origin: Origin
    command: str
    arguments: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Edited:
    """They changed a message they had sent; `beside` as in `Said`."""

    origin: Origin
    message: MessageId = field(repr=False)
    text: str = field(repr=False)
    beside: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Deleted:
    """They took back a message they had sent."""

    origin: Origin
    message: MessageId = field(repr=False)


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


# ── Effects: what one recipient is to see ───────────────────────────────────────────────


class Style(StrEnum):
    """Text style of a span. A member's own text is always plain: it is never read as markup."""

    PLAIN = "plain"
    STRONG = "strong"
    LINK = "link"
    HIDDEN = "hidden"
    """Shown only after a tap: text behind a content note."""
    ITEM = "item"
    """The mark of a list's item ("- ", "1) "): what follows up to the end of the line is the item."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `target` is the address of a link (https:, tel: or sms:).

    `at` is the moment that the text says in words, of which `day` shows the day alone: a platform that can shows it on
    the clock of whoever reads it.
    """

    text: str = field(repr=False)
    style: Style = Style.PLAIN
    target: str = ""
    at: datetime | None = None
    day: bool = False

    @property
    def number(self) -> str:
        """The number of a tel: or sms: link, for platforms that link web addresses only; empty for all else."""
        scheme, _, rest = self.target.partition(":")
        return rest.partition("?")[0] if self.style is Style.LINK and scheme in {"tel", "sms"} else ""

    @property
    def dialable(self) -> str:
        """The text of a link with what it leads to in it: a number, or an address."""
        number = self.target.partition(":")[2].partition("?")[0]
        return self.text if number in self.text else f"{self.text} ({number})"


class Purpose(StrEnum):
    """Semantic role of a button that must be told apart at a glance: a platform draws it in a colour of its own."""

    PLAIN = "plain"
    HELP = "help"
    """It brings help in a crisis."""
    ERASE = "erase"
    """It leads to what can't be undone."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: `token` (at most 64 bytes) comes back in `Pressed`. `chosen` is drawn as ticked.

    `form` opens a form: the platform asks `Reads.form` what stands on it. One without forms reports a press as of any
    other button, and the core asks for the same step by step, in their private chat with the bot.
    `share` asks the person's own side for so many of the last notes of their chat: their texts, the newest last, come
    as `Pressed.text` with SHARED between them. Where a platform can't, it comes empty, and the bot asks for them.
    `main` is what most people come for: drawn to be seen first; `purpose` is another reason to be told apart.
    `lasting` works for good: a link may press it again. No other button may be pressed by a link, which anybody could
    make up. `subscribes` asks the device first whether it may be called back: `Subscribed` goes before the press, and
    in its place where the device says no.
    """

    token: str
    label: str
    chosen: bool = False
    form: bool = False
    share: int = 0
    main: bool = False
    lasting: bool = False
    subscribes: bool = False
    purpose: Purpose = Purpose.PLAIN


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the recipient alone, such as an export: `text`, or `data` where it is none.

    `alt` is there on a picture: it is to be shown as one, and says what it shows.
    """

    name: str
    media_type: str
    text: str = field(default="", repr=False)
    data: bytes = field(default=b"", repr=False)
    alt: str = field(default="", repr=False)

    @property
    def payload(self) -> bytes:
        """The bytes of the file."""
        return self.data or self.text.encode()


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A member's photo (JPEG) or voice note (Ogg with Opus), made anew without metadata; hidden until it is tapped.

    `instead` is the sentence for a platform that can't show it.
    """

    kind: str
    media_type: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    seconds: int = 0
    instead: str = ""


class Voice(StrEnum):
    """Sender role: the bot, a member through it, a moderator, or the bot in a crisis (shown first, never muted)."""

    BOT = "bot"
    MEMBER = "member"
    MODERATOR = "moderator"
    CRISIS = "crisis"


@dataclass(frozen=True, slots=True)
class CardProgress:
    """Progress of a card that changes in place: step `number` of `total`, and the answers so far, a short line each.

    A message that carries the id of a `card` already shown takes its place, where the platform can.
    """

    card: str
    number: int
    total: int
    answers: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer to meet as a platform of its own may draw it: the two aliases, why they fit, what happens next.

    The spans say the same, for platforms that draw nothing.
    """

    alias: str = field(repr=False)
    mine: str = field(repr=False)
    reasons: tuple[str, ...] = field(default=(), repr=False)
    after: str = ""


@dataclass(frozen=True, slots=True)
class WaitCard:
    """The state of waiting as a platform of its own may draw it; the spans say the same."""

    head: str
    long: str
    after: str
    house: str
    until: str


@dataclass(frozen=True, slots=True)
class Content:
    """Platform-neutral message; each adapter renders it natively.

    `author` is the alias to show (empty for the bot). `choices` are buttons; with `many` the person may tick up to
    `limit` of them (0 = any number) and confirms once with `done`; `extra` are then plain buttons beside the list.
    `quiet` asks for no sound. `reply_to` is the note that this answers, `quote` the words of it that it is about.
    `progress` is there on a step of a card.
    `picture` is drawn for the platform before an adapter sees it, as a `document`.
    `media` is a member's own photo or voice note; the spans say that it is one, and nothing else.
    `takes` names the kinds of files that may be sent in this conversation from now on; None: as before.
    `offer` says what an offer is made of, `waiting` where somebody stands who looks.
    `conversation` is the talk it belongs to: what is edited, taken back, reacted to or
    marked later stays where it was shown.
    `language` is the one that the recipient chose, so that what stands around the words can follow; empty on a peer's.
    `erased` marks the last words to somebody who was erased: a page lets go of all else that it shows of them.
    """

    spans: tuple[Span, ...]
    voice: Voice = Voice.BOT
    author: str = ""
    choices: tuple[Choice, ...] = ()
    many: bool = False
    limit: int = 0
    done: Choice | None = None
    extra: tuple[Choice, ...] = ()
    reply_to: NoteId | None = None
    quote: str = field(default="", repr=False)
    document: Document | None = None
    picture: Picture | None = None
    media: MediaFile | None = None
    takes: tuple[str, ...] | None = None
    quiet: bool = False
    progress: CardProgress | None = None
    offer: OfferCard | None = None
    waiting: WaitCard | None = None
    language: str = ""
    conversation: Conversation = WITH_BOT
    erased: bool = False

    @property
    def text(self) -> str:
        """All spans as one plain text."""
        return "".join(span.text for span in self.spans)


class Passage(StrEnum):
    """Delivery status of a message for its author: never says whether the other is online."""

    PASSED_ON = "passed_on"
    WAITING = "waiting"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Send:
    """Show a new message. `note` is what it is a copy of, where it is one; receipts map it."""

    content: Content
    note: NoteId | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Change the recipient's copy of a note.

    With `tidies` it only takes away what is over, such as buttons: where nothing can be edited, nothing is shown.
    """

    note: NoteId
    content: Content
    tidies: bool = False


@dataclass(frozen=True, slots=True)
class Retract:
    """Delete the recipient's copy of a note; `case` is the code of the case it is for, as in `Restrict`."""

    note: NoteId
    case: str = ""


@dataclass(frozen=True, slots=True)
class React:
    """Put a reaction on the recipient's copy of a note; empty takes it away."""

    note: NoteId
    emoji: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """Show the author the delivery status of their note."""

    note: NoteId
    passage: Passage


@dataclass(frozen=True, slots=True)
class ThreadPost:
    """Declared state of one thread at a place: made where there is none, else brought to this, as often as it is said.

    `note` names it for good, and `title` begins with `code`, by which it is found again. `tags` are short words, to be
    drawn as labels where the platform has them; `content` says the same. A thread that is `closed` is put away, and
    brought back when it is open again. `alarm` calls those on call to it. `holder` is the account there of whoever has
    the matter, where the platform itself vouches for them; it is drawn as a name, and calls nobody.
    """

    note: NoteId
    code: str
    title: str
    content: Content
    tags: tuple[str, ...] = ()
    closed: bool = False
    alarm: bool = False
    holder: str = field(default="", repr=False)


Effect: TypeAlias = Send | Edit | Retract | React | Mark | ThreadPost | PlaceEffect


@dataclass(frozen=True, slots=True)
class Delivery:
    """One effect for one recipient, ready to carry out.

    `id` is a number made of `key`: of this part alone, no count of anything, the same at each try. `message` is the
    platform's id of the copy that an Edit, Retract, React or Mark is about; `reply_to` that of the copy that a Send
    answers. `repeat` says that an earlier attempt may have arrived.

    `key` is the idempotency key where the platform has one: 24 hex digits, random, of this part of this row alone, and
    the same again at each retry of it. Who looks for an earlier attempt by its words finds it after `after`, the last
    message known to be another one, and no earlier than `since`, when the row was made by the core's clock (None where
    `after` is all that is needed).
    """

    id: int
    address: Address
    effect: Effect
    message: MessageId | None = field(default=None, repr=False)
    reply_to: MessageId | None = field(default=None, repr=False)
    repeat: bool = False
    key: str = ""
    after: MessageId | None = field(default=None, repr=False)
    since: datetime | None = None
