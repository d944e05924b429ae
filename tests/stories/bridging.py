"""One channel on Telegram and on Discord: both adapters, both pretend platforms, one core."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from buddybot_discord import create as create_discord

from buddybot.adapter import COMMANDS, Channel, ChannelKind, utc_now
from buddybot.domain.kernel.verdicts import Screening
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, TestBot, running
from tests.discord import people as discord_people
from tests.discord.guilds import Guild, Room
from tests.discord.town import all_rights
from tests.discord.wire import Wire, open_wire
from tests.discord.world import Written
from tests.stories.reading import scripted
from tests.stories.wires import until
from tests.telegram.groups import Group
from tests.telegram.house import adapter_for
from tests.telegram.wire import FakeTelegram

NIGHTS = Channel("nights", "Nights")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
QUICK = dict.fromkeys(("per_second", "per_recipient_second", "per_group_minute"), "60000")


@dataclass(slots=True)
class Bridge:
    """A forum on Telegram, a server on Discord, and the bot between them."""

    fake: FakeTelegram
    wire: Wire
    forum: Group
    bot: TestBot

    @property
    def guild(self) -> Guild:
        assert self.wire.world.guild is not None
        return self.wire.world.guild

    def room(self, key: str) -> Room:
        return self.guild.named(key)

    def is_set_up(self, key: str) -> bool:
        """Whether a channel stands on Discord with what is pinned there, in a forum as a post."""
        rooms = [room for room in self.guild.rooms.values() if room.name == key]
        return any(room.pins or any(post.flags for post in self.guild.threads(of=room.id)) for room in rooms)

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


@asynccontextmanager
async def bridged(
    folder: Path, book: Book, script: Mapping[str, Screening], channels: tuple[Channel, ...] = (NIGHTS, LOBBY)
) -> AsyncIterator[Bridge]:
    """Run the bot on both platforms, with a place for each channel, until the story is over."""
    async with AsyncExitStack() as stack:
        fake = await stack.enter_async_context(FakeTelegram())
        wire = await stack.enter_async_context(open_wire())
        forum, guild = fake.group(-1001), wire.world.open_guild(bot_may=all_rights())
        telegram = adapter_for(fake, group="-1001", **QUICK)
        discord_ = create_discord(wire.settings(guild=str(guild.id), moderators="Mods"))
        told = scripted(replace(book, channels=channels), script)
        bot = await stack.enter_async_context(
            running(folder, book=told, clock=Clock(utc_now()), others=(telegram, discord_)),
        )
        engine = bot.house.engine
        tasks = [
            asyncio.create_task(one.run(AdapterInbox(engine, one.platform), COMMANDS, engine))
            for one in (telegram, discord_)
        ]
        bridge = Bridge(fake, wire, forum, bot)
        try:
            for one in channels:
                await until(lambda: bridge.is_set_up(one.key))
            await until(lambda: len(forum.pinned) == len(channels) and fake.world.allowed)
            yield bridge
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
