"""The port between the core and an adapter: what each may ask of the other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, runtime_checkable

from buddybot.adapter.desk_port import Desk
from buddybot.domain.channels.platform_filters import Filter
from buddybot.domain.kernel.commands import Command
from buddybot.domain.kernel.messages import (
    Address,
    Choice,
    Content,
    Delivery,
    Inbound,
    MessageId,
    Pressed,
    PushAddress,
)
from buddybot.domain.kernel.messages.forms import Form, FormLimits
from buddybot.domain.kernel.places import Channel, Place


def no_group(_: str) -> str:
    """Say that an account shares no limit with others."""
    return ""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the platform can show, and how fast it may be written to; the core fits every effect to this.

    `calls` says that it can call a device whose person is not there: the adapter is a `Caller` too. `rooms` says that
    it draws a room for each conversation: nobody there has to be told where their next words go.
    `pictures` is the kind of picture that it shows; "" for none: the words beside one say the same.
    `media` names the kinds of members' own files that it shows, `photo` and `voice`: for others the core says in words
    that something came.
    `forms` is what one form may hold; None where it has none: then a button that opens one is pressed as any other.
    Without `many`, a list of several choices comes as buttons that tick one at a time. `places` says that it has
    channels: without it no `PlaceEffect` comes; `case_threads` that it keeps a thread for each case where moderators
    are, and shows a `ThreadPost`. `shared` says that several processes may serve it side by side, as pages behind one
    proxy: else one does at a time, and an adapter that may have several accounts names its own as `identity`.
    `per_second` paces all sends of one identity together, of which the platform refuses what is more than
    `most_per_second` within any second (0 = not known), `per_recipient_second` those to one person (0 = no limit); all
    are messages a second.
    `per_group_second` paces what is shown in places that have one limit together: `group_of` names it by the account.
    `max_text` and `max_choices` count characters and buttons of one message.
    """

    calls: bool = False
    rooms: bool = False
    buttons: bool = True
    many: bool = True
    edits: bool = True
    deletes: bool = True
    reactions: bool = True
    marks: bool = True
    documents: bool = True
    pictures: Literal["", "svg", "png"] = "png"
    media: frozenset[str] = frozenset()
    places: bool = False
    forms: FormLimits | None = None
    case_threads: bool = False
    shared: bool = False
    max_text: int = 4000
    max_choices: int = 25
    per_second: float = 0
    most_per_second: int = 0
    per_recipient_second: float = 0
    per_group_second: float = 0
    group_of: Callable[[str], str] = no_group


class Inbox(Protocol):
    """Where an adapter reports what people did."""

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Record it, and return only when it is on disk: acknowledge to the platform after that.

        Never raises: a full disk makes it wait, a bug is logged and the person told. So an adapter needs neither a
        retry nor an answer for a failure. Whoever is cancelled or killed meanwhile has acknowledged nothing, and the
        platform sends the event again; the same event id again is silently known. `cursor` (key, value) is stored in
        the same transaction: how far a back-fill has come.
        """

    async def cursor(self, key: str) -> str | None:
        """Return the value last stored under this cursor key; `RetryLater` here and below: nothing can be read now."""

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        """Return everyone who talks with this bot account, whoever did something last first: for a back-fill."""

    async def threads(self, address: Address) -> Mapping[str, str]:
        """Return the thread of their chat that shows each of their conversations, by the conversation's key.

        Several with spaces between them: the last one shows it, in the others it once was. Raise `RetryLater` while the
        database can't tell. What somebody did in a thread needs none of it: an `Origin` names the thread.
        """

    async def keep_thread(self, address: Address, conversation: str, thread: str) -> None:
        """Keep that this thread of their chat shows a conversation; empty: none does any more.

        It is sealed under the member's key and goes with them; of somebody unknown nothing is kept.
        """

    async def leave_file(self, address: Address, name: str, data: bytes) -> bool:
        """Keep a file sealed for two minutes, where its message may come to another process of this house.

        False where this process is the only one, so that the adapter keeps it itself; or they are nobody's buddy.
        """

    async def file_left(self, address: Address, name: str, *, keep: bool = False) -> bytes:
        """Return a file that was left, b"" where there is none; it is gone then, unless it is to be kept."""

    async def known_as(self, identity: str, link: str) -> None:
        """Tell how people find this bot account: another of the house may send newcomers to it."""

    def unparsed(self) -> None:
        """Count one thing of the platform's that could not be read as its schema says: a metric, and no word of it."""

    def awake(self, address: Address) -> None:
        """Say that somebody who was `Away` can be written to again."""


class Reads(Protocol):
    """Questions an adapter may ask; every answer is meant for the person at that address."""

    def words(self, locale: str, key: str) -> str:
        """Return one string of the interface in this language, or the nearest: "es" for "es-MX", else English.

        Raises `KeyError` where no language has it, for strings that a platform may do without.
        """

    def moment(self, locale: str, at: date) -> str:
        """Return a day in words of this language, or a moment in UTC, said so: the reader's clock is unknown."""

    def locales(self) -> tuple[str, ...]:
        """Return the languages the operator ships, English first."""

    def standing(self) -> bool:
        """Return whether people are to come to this process: not to one of several that the others take for dead."""

    def calls_for_help(self, text: str) -> bool:
        """Return whether these words are a plain call for help: an adapter that slows people down lets it through."""

    async def paced(self, kind: str, whose: str, burst: float, per_second: float) -> float:
        """Take a token of a bucket that all processes of this house share; return 0, or the seconds to wait.

        Always 0 where this process is the only one: it has counted for itself. `whose` is kept as a passing hash.
        """

    def channels(self) -> tuple[Channel, ...]:
        """Return the channels of the configuration; the adapter finds or makes a place for each it can."""

    def pinned(self, key: str, locale: str = "") -> Content:
        """Return what to pin in a channel's place: what it is, its rules, buttons that always work.

        `locale` is the language of that place; empty for the channel's own.
        """

    def filters(self) -> tuple[Filter, ...]:
        """Return what the platform's own filter should hold back in open channels, if it has one."""

    async def places(self, platform: str, identity: str) -> tuple[Place, ...]:
        """Return the places that `Opened` has told of, so that a restart finds them again."""

    async def suggest(self, address: Address, command: str, parameter: str, typed: str) -> tuple[Choice, ...]:
        """Return what may stand in a parameter (at most 25), of what this person may see; token is the value."""

    async def form(self, press: Pressed, limits: FormLimits) -> Form | None:
        """Return the form that this press opens now, fitted to the platform's limits; nothing is changed by asking.

        None: it opens none, since nothing is to be filled in (any more). Report the press then as of any other button,
        and the core answers it. What was filled in comes back as the same press with `answers`.
        """

    def desk(self) -> Desk:
        """Return the moderators' desk."""


class Adapter(Protocol):
    """One platform."""

    platform: str
    capabilities: Capabilities

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Receive until cancelled. Raise `AdapterError` when that is impossible."""

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Carry it out and return the platform's id of the message made or changed.

        Raises `RetryLater`, `Away`, `Unreachable` or `Rejected`; anything else is a bug and counts as an attempt.
        """


@runtime_checkable
class Inspector(Protocol):
    """What an adapter may offer beside `Adapter`: `buddybot check --online` asks it what its bot account lacks."""

    async def inspect(self, channels: tuple[Channel, ...], locales: tuple[str, ...]) -> tuple[str, ...]:
        """Look at the platform, change nothing, and let go of every connection.

        Return a sentence for each thing that is missing (a right, say): where, what it costs, how to mend it. Raise
        `AdapterError` where nothing can be looked at (a wrong token, no line). It is called instead of `run`.
        """


@runtime_checkable
class Caller(Protocol):
    """What an adapter with the capability `calls` offers beside `Adapter`."""

    async def call(self, push: PushAddress, text: str) -> None:
        """Show this one sentence on a device, and nothing else.

        Raises `RetryLater`, `Unreachable` where the device is not known any more, or `Rejected`.
        """


class Lines(Protocol):
    """What an adapter tells of the lines that people hold open to it, where several processes of a house serve them."""

    def opened(self, address: Address, last: int | None = None) -> None:
        """Say that somebody opened a line, be it one more; `last` is the delivery that they took before one broke."""

    def closed(self, address: Address) -> None:
        """Say that the last line of somebody is closed."""

    def taken(self, address: Address, numbers: Iterable[int]) -> None:
        """Say which deliveries a browser acknowledged that are not on their way here: another process shows them."""


@runtime_checkable
class LineHolder(Protocol):
    """What an adapter may offer beside `Adapter`: people hold lines open to it, at any of several processes.

    Each delivery has the same id in every process, by which a browser knows a repeat.
    """

    def join(self, lines: Lines) -> None:
        """Tell of lines from now on. It is not called where this process is the only one."""

    def mirror(self, delivery: Delivery) -> None:
        """Show it over the lines here as well: another process delivers it, so nobody waits for an answer."""

    def acknowledge(self, address: Address, numbers: Iterable[int]) -> None:
        """Take what a browser acknowledged at another process as acknowledged here."""

    def hand_over(self, address: Address) -> None:
        """End what is on its way to them with `HandedOver`: a newer line of theirs is open elsewhere."""


@runtime_checkable
class Listens(Protocol):
    """What an adapter may offer beside `Adapter`: where on this machine it takes connections."""

    def listens(self) -> tuple[str, int]:
        """Return host and port; port 0 lets the system choose."""


class Create(Protocol):
    """What the entry point names: settings are the adapter's own table of the configuration, as text."""

    def __call__(self, settings: Mapping[str, str]) -> Adapter:
        """Check the settings and return the adapter; raise `AdapterError` with file-free words on a bad one."""
