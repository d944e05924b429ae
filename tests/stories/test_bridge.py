"""One channel on Telegram and on Discord: both adapters, both pretend platforms, one core."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from buddybot_discord import create as create_discord

from buddybot.adapter import COMMANDS, Channel, ChannelKind, utc_now
from buddybot.domain.kernel.verdicts import Label, Outcome, Verdict
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, TestBot, running
from tests.discord import people as discord_people
from tests.discord.guilds import Room
from tests.discord.town import all_rights
from tests.discord.wire import Wire, open_wire
from tests.discord.world import Written
from tests.stories.reading import asks_for, scripted
from tests.stories.wires import OnDiscord, OnTelegram, comes_in, until
from tests.telegram.groups import Group
from tests.telegram.house import adapter_for
from tests.telegram.wire import FakeTelegram

NIGHTS = Channel("nights", "Nights")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
ASK = "who's got blues, dm me"
SCRIPT = {ASK: asks_for(Verdict(Outcome.HOLD, "sourcing_ask"), Label.SOURCING)}
QUICK = dict.fromkeys(("per_second", "per_recipient_second", "per_group_minute"), "60000")


@dataclass(slots=True)
class Bridge:
    """A forum on Telegram, a server on Discord, and the bot between them."""

    fake: FakeTelegram
    wire: Wire
    forum: Group
    bot: TestBot

    def room(self, key: str) -> Room:
        assert self.wire.world.guild is not None
        return self.wire.world.guild.named(key)

    def written(self, key: str) -> list[Written]:
        """What stands in the channel on Discord beside what is pinned."""
        room = self.room(key)
        found = [one for one in self.wire.world.written.values() if one.channel == room.id and one.id not in room.pins]
        return sorted(found, key=lambda one: one.id)

    def shown(self, key: str) -> list[str]:
        return [one.content.replace("\\", "") for one in self.written(key)]

    async def on_discord(self, name: str) -> discord_people.Person:
        """Somebody in the server who may write in the lobby."""
        person = self.wire.person(name)
        await person.comes()
        await until(lambda: not person.rights(self.room("lobby")).send_messages)
        await person.presses("I read the rules", room=self.room("lobby"))
        await until(lambda: person.rights(self.room("lobby")).send_messages)
        return person


@pytest.fixture
async def bridge(tmp_path: Path, book: Book) -> AsyncIterator[Bridge]:
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(FakeTelegram())
        wire = await stack.enter_async_context(open_wire())
        forum, guild = fake.group(-1001), wire.world.open_guild(bot_may=all_rights())
        telegram = adapter_for(fake, group="-1001", **QUICK)
        discord_ = create_discord(wire.settings(guild=str(guild.id)))
        book = scripted(replace(book, channels=(NIGHTS, LOBBY)), SCRIPT)
        clock = Clock(utc_now())
        bot = await stack.enter_async_context(
            running(tmp_path, book=book, clock=clock, others=(telegram, discord_)),
        )
        engine = bot.house.engine
        tasks = [
            asyncio.create_task(one.run(AdapterInbox(engine, one.platform), COMMANDS, engine))
            for one in (telegram, discord_)
        ]
        try:
            for key in ("nights", "lobby"):
                await until(lambda key=key: any(room.name == key and room.pins for room in guild.rooms.values()))  # type: ignore[misc]
            await until(lambda: len(forum.pinned) == 2 and fake.world.allowed)
            yield Bridge(fake, wire, forum, bot)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def test_an_open_channel_is_one_room(bridge: Bridge) -> None:
    ann, ben = bridge.fake.person("ann"), await bridge.on_discord("ben")
    note = ann.posts(bridge.forum, "good evening", "Lobby")
    await until(lambda: any("good evening" in text for text in bridge.shown("lobby")))
    copy = next(one for one in bridge.written("lobby") if "good evening" in one.content)
    assert "ann" not in copy.content.lower().split()
    await ben.says_in(bridge.room("lobby"), "evening to you")
    await until(lambda: any("evening to you" in text for text in bridge.forum.sees("Lobby")))
    answer = bridge.forum.finds("evening to you", "Lobby")
    assert "ben" not in answer.text.lower().split()
    ann.rewrites(note, "good night")
    await until(lambda: any("good night" in text for text in bridge.shown("lobby")))
    ann.reacts_in(bridge.forum, answer, "\N{THUMBS UP SIGN}")
    theirs = next(one for one in bridge.written("lobby") if one.content == "evening to you")
    await until(lambda: any(who for who in theirs.reactions.values()))


async def test_what_breaks_a_rule_reaches_no_other_platform(bridge: Bridge) -> None:
    ann = bridge.fake.person("ann")
    ann.posts(bridge.forum, ASK, "Lobby")
    ann.posts(bridge.forum, "good evening", "Lobby")
    await until(lambda: any("good evening" in text for text in bridge.shown("lobby")))
    assert not any(ASK in text for text in (*bridge.shown("lobby"), *bridge.forum.sees("Lobby")))
    await until(lambda: any("asking for drugs" in text for text in ann.sees()))


async def test_an_anonymous_channel_has_one_alias_for_one_person_on_both(bridge: Bridge) -> None:
    await comes_in(OnTelegram(bridge.fake, "ann"))
    ann = bridge.fake.person("ann")
    ann.says("/write nights can't sleep again")
    await until(lambda: any("can't sleep again" in text for text in bridge.shown("nights")))
    await until(lambda: any("can't sleep again" in text for text in bridge.forum.sees("Nights")))
    here = bridge.forum.finds("can't sleep again", "Nights").text.partition(":")[0]
    assert any(here in text for text in bridge.shown("nights"))
    ben = OnDiscord(bridge.wire, "ben")
    await ben.person.comes()
    await comes_in(ben)
    await ben.says("/write nights me neither")
    await until(lambda: any("me neither" in text for text in bridge.forum.sees("Nights")))
    assert not any("ben" in text.lower().split() for text in bridge.forum.sees("Nights"))
