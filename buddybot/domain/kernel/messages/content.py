"""Platform-neutral content of a message: spans of text, buttons, files and cards; each adapter renders it natively."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from buddybot.domain.kernel.conversations import WITH_BOT, Conversation
from buddybot.domain.kernel.drawing.pictures import Picture
from buddybot.domain.kernel.messages.address import NoteId


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
