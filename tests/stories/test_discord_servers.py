"""A channel over two servers of Discord and another platform: one room, one member, one team, a sanction in each."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from buddybot_discord import create

from buddybot.adapter import COMMANDS, Capabilities, utc_now
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Clock, FakePlace, FakePlatform, TestBot, running
from tests.discord.guilds import Guild
from tests.discord.people import Person
from tests.discord.town import all_rights
from tests.discord.wire import Wire, open_wire
from tests.stories.reading import scripted
from tests.stories.test_discord_server import ATTACK, BACK, LOBBY, NIGHTS, ROPE, SCRIPT, STAFF, hears
from tests.stories.wires import until


class Coalition:
    """Two servers, the bot, and the same channels on another platform."""

    def __init__(self, wire: Wire, north: Guild, south: Guild, bot: TestBot) -> None:
        self.wire, self.north, self.south, self.bot = wire, north, south, bot

    def shown(self, guild: Guild, key: str) -> list[str]:
        """What stands in a channel beside what is pinned."""
        room = guild.named(key)
        here = [each for each in self.wire.world.written.values() if each.channel == room.id]
        return [each.content.replace("\\", "") for each in here if each.id not in room.pins]

    async def let_in(self, name: str, *guilds: Guild) -> Person:
        """Somebody who may write in the lobby of these servers; they read the rules in the first."""
        person = self.wire.person(name)
        for guild in guilds:
            await person.comes(into=guild)
            await until(lambda: not person.rights(guild.named("lobby")).send_messages)
        language = "en" if guilds[0] is self.north else "es"
        label = self.bot.house.engine.words(language, "channel-enter")
        await person.presses(label, room=guilds[0].named("lobby"))
        for guild in guilds:
            await until(lambda: person.rights(guild.named("lobby")).send_messages)
        return person


def _is_up(guild: Guild, key: str) -> bool:
    return any(room.name == key and room.pins for room in guild.rooms.values())


@pytest.fixture
async def coalition(tmp_path: Path, book: Book) -> AsyncIterator[Coalition]:
    book = scripted(replace(book, channels=(NIGHTS, LOBBY, STAFF)), SCRIPT)
    other = FakePlatform("other", Capabilities(places=True))
    async with open_wire() as wire:
        north, south = (wire.world.open_guild(bot_may=all_rights()) for _ in range(2))
        north.role("Mods")
        tables = [
            {"id": north.id, "moderators": "Mods"},
            {"id": south.id, "channels": ["nights", "lobby"], "language": "es"},
        ]
        adapter = create(wire.settings(guilds=json.dumps(tables)))
        async with running(tmp_path, book=book, platform=other, others=(adapter,), clock=Clock(utc_now())) as bot:
            engine = bot.house.engine
            listening = asyncio.create_task(adapter.run(AdapterInbox(engine, "discord"), COMMANDS, engine))
            for guild, key in (
                (north, "nights"),
                (north, "lobby"),
                (north, "staff"),
                (south, "nights"),
                (south, "lobby"),
            ):
                await until(lambda: _is_up(guild, key))
            yield Coalition(wire, north, south, bot)
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening


@pytest.fixture
async def elsewhere(coalition: Coalition) -> dict[str, FakePlace]:
    return {key: await coalition.bot.place(key) for key in ("nights", "lobby")}


async def test_one_room_over_two_servers_and_another_platform(
    coalition: Coalition, elsewhere: dict[str, FakePlace]
) -> None:
    north, south = coalition.north, coalition.south
    ann = await coalition.let_in("ann", north, south)
    said = await ann.says_in(north.named("lobby"), "good evening all")
    await until(lambda: any("good evening all" in text for text in coalition.shown(south, "lobby")))
    await until(lambda: any("good evening all" in text for text in elsewhere["lobby"].sees()))
    assert len(coalition.shown(north, "lobby")) == 2, "the greeting of newcomers, and what she said herself"
    (crossed,) = [text for text in coalition.shown(south, "lobby") if "good evening" in text]
    assert crossed in elsewhere["lobby"].sees() or crossed.split(":")[0].strip("*") in elsewhere["lobby"].sees()[-1]
    second = await ann.says_in(south.named("lobby"), "and from here too")
    await until(lambda: any("and from here too" in text for text in coalition.shown(north, "lobby")))
    (back,) = [text for text in coalition.shown(north, "lobby") if "and from here too" in text]
    assert back.split(":")[0] == crossed.split(":")[0], "the same alias in both"
    answer = next(
        each for each in coalition.wire.world.written.values() if "good evening" in each.content and each is not said
    )
    await ann.edits(said, "good night all")
    await until(lambda: any("good night all" in text for text in coalition.shown(south, "lobby")))
    await until(lambda: any("good night all" in text for text in elsewhere["lobby"].sees()))
    await ann.deletes(said)
    await until(lambda: answer.id not in coalition.wire.world.written)
    assert second.id in coalition.wire.world.written
    assert any("good night" in text for text in elsewhere["lobby"].sees()) is False


async def test_each_server_is_spoken_to_in_its_language(coalition: Coalition, elsewhere: dict[str, FakePlace]) -> None:
    pins = {
        guild.id: coalition.wire.world.written[guild.named("lobby").pins[0]]
        for guild in (coalition.north, coalition.south)
    }
    assert "I read the rules" in str(pins[coalition.north.id].components)
    assert "I read the rules" not in str(pins[coalition.south.id].components)
    ben = coalition.bot.person("ben")
    await ben.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await ben.uses("write", channel="nights", words="anyone?")
    await until(lambda: any("anyone?" in text for text in coalition.shown(coalition.south, "nights")))
    await until(lambda: any("anyone?" in text for text in coalition.shown(coalition.north, "nights")))
    posts = [each for each in coalition.wire.world.written.values() if "anyone?" in each.content]
    labels = {each.channel: str(each.components) for each in posts}
    assert "Answer" in labels[coalition.north.named("nights").id]
    assert "Responder" in labels[coalition.south.named("nights").id]
    assert elsewhere["nights"].sees()


async def test_a_rest_holds_in_both_servers_and_a_cry_in_one_alarms_the_team_in_the_other(coalition: Coalition) -> None:
    north, south = coalition.north, coalition.south
    ann, ben = await coalition.let_in("ann", north, south), await coalition.let_in("ben", south)
    await ann.says_in(north.named("lobby"), ATTACK)
    await until(lambda: any("attack on a person" in text for text in hears(ann)))
    await ben.says_in(south.named("lobby"), BACK)
    await until(lambda: ann.user.id in north.silenced and ann.user.id in south.silenced)
    await until(lambda: ben.user.id in south.silenced)
    assert ben.user.id not in north.silenced, "he is not there"
    cleo = await coalition.let_in("cleo", south)
    said = await cleo.says_in(south.named("lobby"), ROPE)
    await until(lambda: coalition.shown(north, "staff"))
    assert said.id in coalition.wire.world.written
    await until(lambda: any("worried about you" in text or "Me preocupas" in text for text in hears(cleo)))


async def test_a_role_of_one_server_makes_no_moderator_in_the_other(coalition: Coalition) -> None:
    north, south = coalition.north, coalition.south
    mods = next(role for role in north.roles.values() if role.name == "Mods")
    mo = coalition.wire.person("mo")
    await mo.comes(mods, into=north)
    await mo.comes(south.role("Mods"), into=south)
    await mo.uses("mod queue", room=south.named("lobby"), stale=True)
    await until(mo.sees)
    refused = mo.sees()
    assert "moderators" in refused[-1].lower()
    await mo.uses("mod queue", room=north.named("lobby"))
    await until(lambda: len(mo.sees()) > len(refused))
    assert mo.sees()[-1] != refused[-1]
