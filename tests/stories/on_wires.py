"""A bot in this process on both pretend platforms at the level of the wire, with a clock that the story moves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from buddybot_discord import create as create_discord

from buddybot.adapter import COMMANDS
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import TestBot, running
from tests.discord.wire import Wire, open_wire
from tests.stories.wires import OnDiscord, OnTelegram, Talker, comes_in, until
from tests.telegram.house import adapter_for
from tests.telegram.wire import FakeTelegram

QUICK = dict.fromkeys(("per_second", "per_recipient_second", "per_group_minute"), "60000")


@dataclass(slots=True)
class Wires:
    """Both platforms, and the bot between them."""

    fake: FakeTelegram
    wire: Wire
    bot: TestBot

    def discord(self, name: str) -> OnDiscord:
        return OnDiscord(self.wire, name)

    def telegram(self, name: str) -> OnTelegram:
        return OnTelegram(self.fake, name)

    async def wait(self, **span: float) -> None:
        """Let time pass once everything said so far has arrived."""
        await self.fake.settled()
        await self.bot.settle()
        await self.bot.wait(**span)

    async def meet(self, ann: Talker, ben: Talker) -> None:
        """Bring two people to an open room."""
        for one in (ann, ben):
            await comes_in(one)
        await self.wait(hours=1, seconds=1)
        for one in (ann, ben):
            await gets(one, one.presses("Say hello"), "")
        for one in (ann, ben):
            await until(lambda: times(one, "Your chat is open here"))


def reads(who: Talker) -> list[str]:
    """Return what the bot has on their screen, as the client shows it: without what only keeps signs plain."""
    return [one.replace("\\", "") for one in who.sees()]


def times(who: Talker, text: str) -> int:
    """Return how many messages on their screen say this."""
    return sum(text in one for one in reads(who))


async def gets(who: Talker, doing: Awaitable[object], then: str, *, to: Talker | None = None) -> str:
    """Do something, and wait for a new message that says this, to them or to somebody else; return it."""
    reader = to or who
    before = times(reader, then)
    await doing
    try:
        await until(lambda: times(reader, then) > before)
    except AssertionError:
        raise AssertionError(f"waited for {then!r}, saw {reads(reader)[-4:]}") from None
    return next(one for one in reversed(reads(reader)) if then in one)


async def taps(who: Talker, *labels: str) -> None:
    """Press one button after the other, each once what it answers has come."""
    for label in labels:
        await until(lambda: label in who.labels())
        await gets(who, who.presses(label), "")


@asynccontextmanager
async def on_wires(folder: Path, book: Book | None = None) -> AsyncIterator[Wires]:
    """Run the bot on both platforms until the story is over."""
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(FakeTelegram())
        wire = await stack.enter_async_context(open_wire())
        adapters = (adapter_for(fake, **QUICK), create_discord(wire.settings()))
        bot = await stack.enter_async_context(running(folder, book=book, others=adapters))
        engine = bot.house.engine
        tasks = [asyncio.create_task(one.run(AdapterInbox(engine, one.platform), COMMANDS, engine)) for one in adapters]
        try:
            await until(lambda: wire.sessions.all and fake.world.allowed)
            yield Wires(fake, wire, bot)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
