"""A whole bot in this process, its members on the wire of one platform: what is typed and shown goes over real sockets.

Time and chance belong to the test, as everywhere; people are brought to where a conversation starts by the bot's own
door, so that only the conversation itself has to be typed.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, cast

from aiohttp import ClientSession, CookieJar
from buddybot_discord import create as discord_adapter
from buddybot_telegram import create as telegram_adapter
from buddybot_web import WebAdapter, sessions
from buddybot_web.settings import read_settings

from buddybot.adapter import (
    COMMANDS,
    Adapter,
    Address,
    Command,
    Delivery,
    Edit,
    Inbound,
    Inbox,
    MessageId,
    Reads,
    Retract,
    Send,
    Span,
    Voice,
)
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, ShownMessage, TestBot, running
from tests.discord.wire import open_wire
from tests.stories.wires import OnDiscord, OnTelegram, OnWeb, until
from tests.telegram.wire import FakeTelegram

Client: TypeAlias = OnDiscord | OnTelegram | OnWeb
Coming: TypeAlias = Callable[[int], Awaitable[tuple[Client, str]]]
"""Lets the nth person come; returns their client, and their account there."""
FAST = {"per_second": "1000", "per_recipient_second": "1000"}


class Line:
    """An adapter with an ear on it: it keeps what was delivered to whom, and counts what came in."""

    def __init__(self, inner: Adapter) -> None:
        self.inner, self.platform, self.capabilities = inner, inner.platform, inner.capabilities
        self.shown: dict[str, list[ShownMessage]] = {}
        self.heard = 0
        self.last: Address | None = None
        self._inbox: Inbox | None = None

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        self._inbox = inbox
        await self.inner.run(cast("Inbox", self), commands, reads)

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        assert self._inbox is not None
        await self._inbox.put(event, cursor)
        self.heard, self.last = self.heard + 1, event.origin.address

    def __getattr__(self, name: str) -> object:
        return getattr(self._inbox, name)

    async def deliver(self, delivery: Delivery) -> MessageId:
        made = await self.inner.deliver(delivery)
        chat = self.shown.setdefault(delivery.address.account, [])
        match delivery.effect:
            case Send(content):
                chat.append(ShownMessage(made, content))
            case Edit(_, content):
                for one in chat:
                    one.content = content if one.id == delivery.message else one.content
            case Retract():
                for one in chat:
                    one.gone = one.gone or one.id == delivery.message
            case _:
                pass
        return made


@dataclass(slots=True)
class OnTheWire(Person):
    """Somebody who types into a client; what they see is what stands there."""

    client: Client | None = None
    line: Line | None = None
    account: str = ""

    @property
    def address(self) -> Address:
        assert self.line is not None
        identity = {"telegram": "4242", "web": "web"}.get(self.line.platform, "main")
        return Address(self.line.platform, identity, self.account)

    async def does(self, event: Inbound) -> None:
        assert self.line is not None
        await AdapterInbox(self.bot.house.engine, self.line.platform).put(event)
        await self.bot.settle()

    async def says(self, text: str, reply_to: ShownMessage | None = None, event: str | None = None) -> MessageId:
        if reply_to is not None or event is not None:
            return await Person.says(self, text, reply_to, event)
        await self._over(lambda client: client.says(text))
        return MessageId(text)

    async def presses(self, *labels: str) -> None:
        for label in labels:
            await self._over(lambda client: client.presses(label))

    async def edits(self, message: MessageId, text: str) -> None:
        await self._over(lambda client: client.edits(message, text))

    async def _over(self, doing: Callable[[Client], Awaitable[None]]) -> None:
        assert self.client is not None
        assert self.line is not None
        before = self.line.heard
        await doing(self.client)
        await until(lambda: self.line is not None and self.line.heard > before)
        await self.bot.settle()

    def chat(self) -> list[ShownMessage]:
        assert self.line is not None
        kept = [one for one in self.line.shown.get(self.account, []) if not one.gone]
        return [found for one in kept if (found := self._as_it_stands(one)) is not None]

    def _as_it_stands(self, one: ShownMessage) -> ShownMessage | None:
        """Return a message with the words that the client really shows; None where it is not there."""
        text = words_at(self.client, one.id)
        if text is None or (one.content.voice is Voice.MEMBER and one.content.text in text):
            return one if text is not None else None
        return replace(one, content=replace(one.content, spans=(Span(text),)))


def words_at(client: Client | None, message: MessageId) -> str | None:
    """Return what stands in a client's message, without the signs of its markup."""
    match client:
        case OnDiscord(person=person):
            return next((one.content.replace("\\", "") for one in person.inbox() if str(one.id) == message), None)
        case OnTelegram(person=person):
            return next((one.text for one in person.notes() if str(one.id) == message), None)
        case OnWeb():
            return client.text_of(message)
        case None:
            return None


@dataclass(slots=True)
class Town:
    """A bot on one platform, and how somebody new comes to it."""

    bot: TestBot
    line: Line
    comes: Callable[[int], Awaitable[tuple[Client, str]]]
    number: int = 0

    async def person(self, name: str, locale: str) -> OnTheWire:
        """Let somebody come who was never here, under a name that is used again and again."""
        self.number += 1
        client, account = await self.comes(self.number)
        return OnTheWire(self.bot, name, locale=locale, client=client, line=self.line, account=account)


@asynccontextmanager
async def town(folder: Path, book: Book, platform: str) -> AsyncIterator[Town]:
    """Run a bot with one real adapter, and members on the other end of its line; moderators are on the fake."""
    async with AsyncExitStack() as stack:
        inner, comes = await PLATFORMS[platform](stack)
        line = Line(inner)
        bot = await stack.enter_async_context(running(folder, book=book, others=(line,)))
        serving = asyncio.create_task(line.run(AdapterInbox(bot.house.engine, platform), COMMANDS, bot.house.engine))
        try:
            yield Town(bot, line, comes)
        finally:
            serving.cancel()
            outcome = (await asyncio.gather(serving, return_exceptions=True))[0]
        assert isinstance(outcome, asyncio.CancelledError), outcome


async def _discord(stack: AsyncExitStack) -> tuple[Adapter, Coming]:
    wire = await stack.enter_async_context(open_wire())

    async def comes(number: int) -> tuple[Client, str]:
        client = OnDiscord(wire, f"someone{number}")
        await client.arrives()
        return client, str(client.person.user.id)

    return discord_adapter(wire.settings()), comes


async def _telegram(stack: AsyncExitStack) -> tuple[Adapter, Coming]:
    fake = await stack.enter_async_context(FakeTelegram())

    async def comes(number: int) -> tuple[Client, str]:
        client = OnTelegram(fake, f"someone{number}")
        return client, str(client.person.account)

    return telegram_adapter({"token": fake.world.token, "base_url": fake.url, **FAST}), comes


async def _web(stack: AsyncExitStack) -> tuple[Adapter, Coming]:
    adapter = WebAdapter(read_settings({"port": "0", "proxy": "127.0.0.1"}))

    async def comes(number: int) -> tuple[Client, str]:
        await until(lambda: adapter.url)
        # Everybody at home somewhere else: a network may ask for so much in so many seconds.
        there = {"X-Forwarded-For": f"10.0.{number // 200}.{number % 200}"}
        jar = CookieJar(unsafe=True)
        session = await stack.enter_async_context(ClientSession(cookie_jar=jar, headers=there))
        client = OnWeb(adapter.url, session)
        await client.arrives()
        stack.push_async_callback(client.goes)
        secret = sessions.secret_in(next(one.value for one in jar))
        assert secret is not None
        return client, sessions.account(secret)

    return adapter, comes


PLATFORMS: dict[str, Callable[[AsyncExitStack], Awaitable[tuple[Adapter, Coming]]]] = {
    "discord": _discord,
    "telegram": _telegram,
    "web": _web,
}
