"""The adapter at work against the pretend Telegram, with a small inbox in place of the core."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from buddybot_telegram import create
from buddybot_telegram.adapter import Telegram

from buddybot.adapter import COMMANDS, Address, Content, Delivery, Effect, Inbound, MessageId, Send, Span
from buddybot.testing import NoFiles, NoPlaces
from tests.telegram.people import Person
from tests.telegram.wire import FakeTelegram
from tests.waiting import PATIENT

WORDS = {
    "may-be-a-repeat": "(may be a repeat)",
    "telegram-description": "A peer to talk to.",
    "telegram-short-description": "Talk to a peer.",
    "telegram-tag-moderator": "moderator",
    "telegram-taken-back": "(taken back)",
}


@dataclass(slots=True)
class Book(NoFiles):
    """An inbox that remembers; `open` holds puts back while cleared."""

    events: list[Inbound] = field(default_factory=list)
    tried: list[Inbound] = field(default_factory=list)
    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        assert cursor is None
        self.tried.append(event)
        await self.open.wait()
        if event.origin.event not in {known.origin.event for known in self.events}:
            self.events.append(event)

    async def cursor(self, key: str) -> str | None:
        raise AssertionError(key)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        raise AssertionError(platform, identity)

    async def threads(self, address: Address) -> Mapping[str, str]:
        return {key: thread for (account, key), thread in self.kept.items() if account == address.account and thread}

    async def keep_thread(self, address: Address, conversation: str, thread: str) -> None:
        self.kept[address.account, conversation] = thread

    def awake(self, address: Address) -> None:
        raise AssertionError(address)


@dataclass(frozen=True, slots=True)
class Shelf(NoPlaces):
    """The words: English, and Spanish help texts."""

    languages: tuple[str, ...] = ("en", "es")
    bare: bool = False

    def words(self, locale: str, key: str) -> str:
        if key.startswith("command-"):
            return f"{locale}: {key.removeprefix('command-')}"
        if self.bare:
            raise KeyError(key)
        return WORDS[key]

    def locales(self) -> tuple[str, ...]:
        return self.languages


def adapter_for(fake: FakeTelegram, **more: str) -> Telegram:
    """Make the adapter; it gives up no request, however slow the machine, where a test does not say how soon.

    What it gave up would be tried again later, and never where the test's clock stands still.
    """
    adapter = create({"token": fake.world.token, "base_url": fake.url, "timeout_seconds": str(PATIENT), **more})
    assert isinstance(adapter, Telegram)
    return adapter


@asynccontextmanager
async def sending(fake: FakeTelegram, **more: str) -> AsyncIterator[Telegram]:
    """The adapter without its `run`: it can deliver all the same."""
    adapter = adapter_for(fake, **more)
    try:
        yield adapter
    finally:
        await adapter._api.close_connections()


@asynccontextmanager
async def running(
    fake: FakeTelegram, book: Book, shelf: Shelf | None = None, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Telegram]:
    """Run the adapter until the block ends; it must still be well by then."""
    adapter = adapter_for(fake, **(settings or {}))
    task = asyncio.create_task(adapter.run(book, COMMANDS, shelf or Shelf()))
    try:
        yield adapter
    finally:
        alive = not task.done()
        task.cancel()
        outcome = (await asyncio.gather(task, return_exceptions=True))[0]
    assert alive, outcome


def to(
    person: Person,
    effect: Effect | str,
    message: int | None = None,
    *,
    reply_to: int | None = None,
    repeat: bool = False,
) -> Delivery:
    """Make a delivery to this person; a text is a plain message of the bot."""
    if isinstance(effect, str):
        effect = Send(Content((Span(effect),)))
    address = Address("telegram", "4242", str(person.account))
    return Delivery(1, address, effect, _id(message), _id(reply_to), repeat)


def _id(message: int | None) -> MessageId | None:
    return None if message is None else MessageId(str(message))
