"""The adapter in a house of its own: the wire on one side, a small inbox in place of the core on the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import count

from buddybot_discord import DiscordAdapter, create

from buddybot.adapter import (
    COMMANDS,
    Address,
    Choice,
    Command,
    Content,
    Delivery,
    Effect,
    Form,
    FormField,
    FormLimits,
    Inbound,
    MessageId,
    Pressed,
    Said,
    Send,
    Span,
    Voice,
    utc_now,
)
from buddybot.domain.kernel.messages.forms import fitted_form
from buddybot.testing import NoPlaces, NoThreads
from tests.discord.people import Person
from tests.discord.wire import Wire, until

ids = count(1)
_made: dict[int, datetime] = {}
"""When each row was made that was shown by hand."""


class Notebook(NoThreads):
    """`Inbox` that keeps events by id and cursors, as the core does; it outlives a restart of the adapter.

    While the disk is full (`slow` is not set) it waits, as the core does.
    """

    def __init__(self) -> None:
        self.events: list[Inbound] = []
        self.repeats = 0
        self.cursors: dict[str, str] = {}
        self.woken: list[Address] = []
        self.waiting = 0
        self.odd = 0
        """What could not be read as its schema says."""
        self.slow = asyncio.Event()
        self.slow.set()

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        self.waiting += 1
        await self.slow.wait()
        self.waiting -= 1
        if event.origin.event in {known.origin.event for known in self.events}:
            self.repeats += 1
        else:
            self.events.append(event)
        if cursor is not None:
            self.cursors[cursor[0]] = cursor[1]

    async def cursor(self, key: str) -> str | None:
        return self.cursors.get(key)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:  # noqa: ARG002 - it knows nobody
        return ()

    def unparsed(self) -> None:
        self.odd += 1

    def awake(self, address: Address) -> None:
        self.woken.append(address)

    def texts(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Said)]


class KnowingNotebook(Notebook):
    """It remembers whom the bot talks with, and the id of the chat with them once it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told = True

    def forget_chats(self) -> None:
        """Know people by their accounts alone."""
        self.told = False

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        said = [event.origin.address for event in self.events if isinstance(event, Said)]
        chats = {each: each.chat for each in said if each.chat and self.told}
        return tuple(
            replace(each, chat=chats.get(each, ""))
            for each in dict.fromkeys(reversed(said))
            if (each.platform, each.identity) == (platform, identity)
        )


WORDS = {
    "discord-report": "Report message",
    "menu-person": "Report person",
    "menu-lookup": "Look up alias",
    "menu-takedown": "Take down",
    "menu-case": "Open case",
    "discord-see-dm": "I wrote to you in private.",
    "discord-only-in-dm": "Ask me that in private.",
    "discord-see-below": "Only you see what follows.",
    "discord-cases-topic": "A post for each case.",
    "discord-blocked": "Held back.",
    "discord-here": "Here for you",
    "discord-back-soon": "Back soon",
    "discord-thread-untitled": "Conversation",
    "slash-find": "find",
}
ONE_BOX = Form("", (FormField("words", "Your words", long=True, longest=1800),))
SPANISH = {"command-find": "Buscar compañía", "slash-find": "buscar", "discord-see-dm": "Te escribí en privado."}


class Library(NoPlaces):
    """`Reads` with two languages, and the forms that a test lays out."""

    def __init__(self) -> None:
        self.forms: dict[str, Form | None] = {}
        self.opened: list[Pressed] = []
        self.slow = asyncio.Event()
        self.slow.set()

    def words(self, locale: str, key: str) -> str:
        if locale.partition("-")[0] == "es" and key in SPANISH:
            return SPANISH[key]
        if key.startswith("command-"):
            return f"help of {key}"
        return key if key.startswith("discord-setup-") else WORDS[key]

    async def form(self, press: Pressed, limits: FormLimits) -> Form | None:
        """Open what `forms` holds for the token; a box for words under any other button for a form."""
        self.opened.append(press)
        await self.slow.wait()
        found = self.forms.get(press.tokens[0], ONE_BOX)
        return None if found is None else fitted_form(found, limits)

    def locales(self) -> tuple[str, ...]:
        return ("en", "es")


class House:
    """A running adapter."""

    def __init__(self, wire: Wire, inbox: Notebook, adapter: DiscordAdapter, library: Library | None = None) -> None:
        self.wire, self.inbox, self.adapter, self.library = wire, inbox, adapter, library or Library()
        self.running: asyncio.Task[None] | None = None

    async def starts(self, commands: tuple[Command, ...] = COMMANDS) -> None:
        sessions = len(self.wire.sessions.all)
        self.running = asyncio.create_task(self.adapter.run(self.inbox, commands, self.library))
        await until(lambda: len(self.wire.sessions.all) > sessions or self.running is None or self.running.done())

    async def stops(self) -> None:
        if self.running is not None:
            self.running.cancel()
            with suppress(asyncio.CancelledError):
                await self.running
            self.running = None

    async def shows(self, person: Person, content: Content | str, **more: int) -> MessageId:
        return await self.adapter.deliver(sending(person, content, **more))

    async def delivers(self, person: Person, effect: Effect, message: MessageId | None = None) -> MessageId:
        number = next(ids)
        return await self.adapter.deliver(Delivery(number, address(person), effect, message, key=key_of(number)))


def address(person: Person) -> Address:
    return Address("discord", "main", str(person.user.id))


def sending(person: Person, content: Content | str, *, id: int = 0, repeat: int = 0) -> Delivery:  # noqa: A002 - as in Delivery
    whole = text(content) if isinstance(content, str) else content
    number = id or next(ids)
    since = _made.setdefault(number, utc_now())
    return Delivery(number, address(person), Send(whole), repeat=bool(repeat), key=key_of(number), since=since)


def key_of(number: int) -> str:
    """Return the key of a row's one part, as the core makes it."""
    return f"{number:024x}"


def text(words: str, *labels: str, voice: Voice = Voice.BOT) -> Content:
    return Content((Span(words),), voice=voice, choices=tuple(Choice(f"t-{label}", label) for label in labels))


@asynccontextmanager
async def open_house(
    wire: Wire, inbox: Notebook | None = None, library: Library | None = None, **settings: str
) -> AsyncIterator[House]:
    """Start the adapter against this wire; `inbox` may be one that an earlier house has filled."""
    house = House(wire, inbox or Notebook(), create(wire.settings(**settings)), library)
    await house.starts()
    try:
        yield house
    finally:
        await house.stops()
