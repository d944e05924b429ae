"""A buddy on Discord in a topic of Telegram's private chat: real adapters, pretend platforms, one bot."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from buddybot_discord import create as create_discord

from buddybot.adapter import COMMANDS, utc_now
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, running
from tests.discord.wire import open_wire
from tests.stories.wires import OnDiscord, OnTelegram, comes_in, until
from tests.telegram.house import adapter_for
from tests.telegram.lines import QUICK
from tests.telegram.wire import FakeTelegram


async def test_marked_words_a_break_and_a_goodbye_look_native_on_both(tmp_path: Path, book: Book) -> None:
    async with AsyncExitStack() as stack:
        fake, wire = await stack.enter_async_context(FakeTelegram()), await stack.enter_async_context(open_wire())
        fake.world.has_topics()
        adapters = (adapter_for(fake, **QUICK), create_discord(wire.settings()))
        bot = await stack.enter_async_context(
            running(tmp_path, book=book, clock=Clock(utc_now()), others=adapters),
        )
        engine = bot.house.engine
        tasks = [asyncio.create_task(one.run(AdapterInbox(engine, one.platform), COMMANDS, engine)) for one in adapters]
        try:
            ann, ben = OnTelegram(fake, "ann"), OnDiscord(wire, "ben")
            await ben.arrives()
            for one in (ann, ben):
                await comes_in(one)
            await bot.wait(hours=1, seconds=1)
            for who in (ann, ben):
                await until(lambda: "Say hello" in who.labels())
                await who.presses("Say hello")
            await until(lambda: any("Your chat is open here" in text for text in ben.sees()))
            await ben.says("we had soup and then rice")
            await until(lambda: any("we had soup" in text for text in ann.sees()))
            copy = next(text for text in ann.sees() if "we had soup" in text)
            alias = copy.partition(":")[0]
            assert copy in ann.person.sees_in(alias)

            ann.person.says("which soup?", reply_to=copy, quote="soup", topic=alias)
            await until(lambda: any("which soup?" in text for text in ben.sees()))
            assert next(text for text in ben.sees() if "which soup?" in text).startswith("> soup\n**")

            await ben.says("/pause 3")
            await until(lambda: any("<t:" in text and ":D>" in text for text in ben.sees()))
            await ben.says("/resume")
            await ben.says("/goodbye")
            await until(lambda: "Just leave" in ben.labels())
            await ben.presses("Just leave")
            await until(lambda: f"{alias} (ended)" in ann.person.topics())
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
