"""Ann on the pretend Telegram with Ben on another platform, and the whole bot between them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from buddybot_telegram.adapter import Telegram

from buddybot.adapter import COMMANDS, Address, Content, Send, Span, utc_now
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, TestBot, running
from buddybot.testing import Person as Somebody
from tests.stories.wires import OnTelegram, comes_in, until
from tests.telegram.house import adapter_for
from tests.telegram.people import Person
from tests.telegram.wire import FakeTelegram

QUICK = dict.fromkeys(("per_second", "per_recipient_second", "per_group_minute"), "60000")


@dataclass(slots=True)
class Line:
    """Ann on the pretend Telegram with Ben on another platform, and the bot between them."""

    fake: FakeTelegram
    bot: TestBot
    ann: Person
    ben: Somebody
    adapter: Telegram
    running: "list[asyncio.Task[None]]" = field(default_factory=list)

    async def starts(self) -> None:
        """Run the adapter, anew where one runs."""
        await self.stops()
        begun = self._begun()
        engine = self.bot.house.engine
        self.running = [asyncio.create_task(self.adapter.run(AdapterInbox(engine, "telegram"), COMMANDS, engine))]
        await until(lambda: self._begun() > begun)

    def _begun(self) -> int:
        return len([*self.fake.asked("deleteWebhook"), *self.fake.asked("setWebhook")])

    async def stops(self) -> None:
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)

    async def meets(self) -> str:
        """Bring the two to an open room; return Ben's alias, which names the topic."""
        await comes_in(OnTelegram(self.fake, "ann"))
        await self.ben.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
        await self.bot.wait(hours=1, seconds=1)
        self.ann.presses("Say hello")
        await self.fake.settled()
        await self.ben.taps("offer.*.yes")
        await self.ben.says("hello over there")
        await self.bot.settle()
        return next(text for text in self.ann.sees() if "hello over there" in text).partition(":")[0]

    async def goes_on(self) -> None:
        """Let the bot say something by itself, about no talk."""
        who, now = Address("telegram", "4242", str(self.ann.account)), self.bot.clock.now()
        member = await self.bot.house.store.read(lambda tx: tx.members.by_address(who))
        assert member is not None
        said = Send(Content((Span("A word from the house."),)))
        await self.bot.house.store.write(lambda tx: tx.outbox.add(member.id, said, now))
        await self.bot.settle()

    async def hears(self, text: str) -> None:
        """Wait until Ben was passed on this, last."""
        await until(lambda: self.ben.hears()[-1:] and self.ben.hears()[-1].endswith(text))


@asynccontextmanager
async def connected(
    folder: Path, book: Book, *, topics: bool, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Line]:
    """Run it all until the block ends."""
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(FakeTelegram())
        fake.world.has_topics(on=topics)
        adapter = adapter_for(fake, **QUICK, **(settings or {}))
        bot = await stack.enter_async_context(running(folder, book=book, clock=Clock(utc_now()), others=(adapter,)))
        made = Line(fake, bot, fake.person("ann"), bot.person("ben"), adapter)
        await made.starts()
        try:
            yield made
        finally:
            await made.stops()
