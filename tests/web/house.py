"""A running web chat with a small inbox in place of the core: it records what people did, and pushes what they see."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count

from buddybot_web import WebAdapter
from buddybot_web.push import PushDoor
from buddybot_web.settings import read_settings

from buddybot.adapter import COMMANDS, Address, Choice, Content, Delivery, Effect, Inbound, MessageId, Send, Span, Voice
from buddybot.content import content_dir
from buddybot.content.words import load_words
from buddybot.testing import NoPlaces, NoThreads
from tests.waiting import PATIENT


class Notebook(NoThreads):
    """`Inbox` that keeps events by id, as the core does, and waits as it does while the disk is full."""

    def __init__(self) -> None:
        self.events: list[Inbound] = []
        self.woken: list[Address] = []
        self.has_room = asyncio.Event()
        self.has_room.set()
        self.waiting = 0

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        assert cursor is None
        self.waiting += 1
        await self.has_room.wait()
        self.waiting -= 1
        if event.origin.event not in {known.origin.event for known in self.events}:
            self.events.append(event)

    async def cursor(self, key: str) -> str | None:
        raise AssertionError(key)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        raise AssertionError(platform, identity)

    def awake(self, address: Address) -> None:
        self.woken.append(address)


class Library(NoPlaces):
    """`Reads` over the real words; a command whose help is written elsewhere is named by its key."""

    def __init__(self) -> None:
        self._words = load_words(content_dir() / "locales")
        self.well = True

    def standing(self) -> bool:
        return self.well

    def words(self, locale: str, key: str) -> str:
        return self._words.say(locale, key) if key.startswith("web-") or self._words.has(key) else key

    def calls_for_help(self, text: str) -> bool:
        return super().calls_for_help(text) or text == "help me"

    def locales(self) -> tuple[str, ...]:
        return ("en", "pt-BR")


class House:
    """The adapter at work, and its inbox."""

    def __init__(self, adapter: WebAdapter) -> None:
        self.adapter, self.inbox, self.reads, self.numbers = adapter, Notebook(), Library(), count(1)

    @property
    def url(self) -> str:
        return self.adapter.url

    async def show(self, address: Address, effect: Effect, message: str | None = None, reply: str | None = None) -> str:
        about, answers = (MessageId(found) if found else None for found in (message, reply))
        return await self.adapter.deliver(Delivery(next(self.numbers), address, effect, about, answers))

    async def say(self, address: Address, text: str, *choices: str, voice: Voice = Voice.BOT, author: str = "") -> str:
        made = tuple(Choice(label, label) for label in choices)
        return await self.show(address, Send(Content((Span(text),), voice, author, made)))


@asynccontextmanager
async def open_house(
    settings: Mapping[str, str] | None = None,
    ack_seconds: float = 30,
    first_seconds: float = 10,
    door: PushDoor | None = None,
) -> AsyncIterator[House]:
    adapter = WebAdapter(read_settings({"port": "0", **(settings or {})}), ack_seconds, first_seconds, door)
    house = House(adapter)
    serving = asyncio.create_task(adapter.run(house.inbox, COMMANDS, house.reads))
    await until(lambda: bool(adapter.url) or serving.done())
    try:
        if serving.done():
            await serving
        yield house
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def until(fact: Callable[[], bool]) -> None:
    """Wait for something that must come; a bug ends in a time-out, not in a hang."""
    async with asyncio.timeout(PATIENT):
        while not fact():
            await asyncio.sleep(0.01)
