"""Three shards for real: three gateway sessions, servers told of on theirs, direct messages on the first."""

from collections.abc import AsyncIterator

import pytest

from buddybot.adapter import Opened
from tests.discord.guilds import Guild
from tests.discord.house import Notebook
from tests.discord.test_servers import Servers, served
from tests.discord.town import LOBBY, all_rights
from tests.discord.wire import Wire, until

MANY = 3


@pytest.fixture
def guilds(wire: Wire) -> tuple[Guild, ...]:
    """A server on each shard."""
    wire.sessions.shards = MANY
    return tuple(wire.world.open_guild(bot_may=all_rights((LOBBY,)), shard=(at, MANY)) for at in range(MANY))


@pytest.fixture
async def servers(wire: Wire, guilds: tuple[Guild, ...]) -> AsyncIterator[Servers]:
    async with served(wire, guilds, channels=(LOBBY,)) as opened:
        yield opened


def reads(wire: Wire, guild: Guild) -> int:
    """Count the looks into the history of a server's channel."""
    return len(wire.asked("GET", f"/channels/{guild.named('lobby').id}/messages"))


async def test_each_shard_has_a_session_of_its_own_and_tells_of_its_servers(wire: Wire, servers: Servers) -> None:
    assert sorted(each.shard for each in wire.sessions.all) == [0, 1, 2]
    assert wire.sessions.log.count("identify") == MANY
    told = {each.shard: [event for event, _ in each.sent].count("GUILD_CREATE") for each in wire.sessions.all}
    assert told == {0: 1, 1: 1, 2: 1}
    ann = wire.person("ann")
    for number, guild in enumerate(servers.guilds):
        await ann.comes(into=guild)
        await ann.says_in(guild.named("lobby"), f"on shard {number}")
    await ann.says("in private")
    await until(lambda: len(servers.inbox.texts()) == MANY + 1)
    assert set(servers.inbox.texts()) == {"on shard 0", "on shard 1", "on shard 2", "in private"}


async def test_a_shard_s_session_that_is_lost_is_resumed_and_the_others_hear_nothing_of_it(
    wire: Wire, servers: Servers
) -> None:
    ann, (first, second, third) = wire.person("ann"), servers.guilds
    for guild in servers.guilds:
        await ann.comes(into=guild)
    await ann.says("before")
    await ann.says_in(third.named("lobby"), "also before")
    await until(lambda: len(servers.inbox.texts()) == 2)
    looks = [reads(wire, guild) for guild in (first, third)]
    await wire.sessions.drop(shard=1)
    await ann.says_in(second.named("lobby"), "while it was cut")
    await ann.says("and the others go on")
    await ann.says_in(third.named("lobby"), "as we do")
    await until(lambda: len(servers.inbox.texts()) == 5)
    assert wire.sessions.log.count("resume") == 1
    assert wire.sessions.log.count("identify") == MANY
    assert [reads(wire, guild) for guild in (first, third)] == looks, "there was no gap there"


async def test_where_a_shard_s_session_can_t_be_resumed_its_servers_alone_are_read_back(
    wire: Wire, servers: Servers
) -> None:
    ann, (first, second, third) = wire.person("ann"), servers.guilds
    await ann.comes(into=second)
    await ann.says_in(second.named("lobby"), "before")
    await until(lambda: servers.inbox.texts() == ["before"])
    looks = [reads(wire, guild) for guild in (first, third)]
    await wire.sessions.drop(shard=1, resumable=False)
    for number in range(3):
        await ann.says_in(second.named("lobby"), f"missed {number}", live=False)
    await until(lambda: len(servers.inbox.texts()) == 4)
    assert servers.inbox.texts() == ["before", "missed 0", "missed 1", "missed 2"]
    assert wire.sessions.log.count("identify") == MANY + 1
    assert [reads(wire, guild) for guild in (first, third)] == looks
    await ann.says("in private")
    await until(lambda: "in private" in servers.inbox.texts())


async def test_after_a_restart_every_shard_finds_its_places_again(wire: Wire, guilds: tuple[Guild, ...]) -> None:
    inbox = Notebook()
    async with served(wire, guilds, inbox=inbox, channels=(LOBBY,)):
        pass
    ann = wire.person("ann")
    await ann.comes(into=guilds[2])
    await ann.says_in(guilds[2].named("lobby"), "meanwhile", live=False)
    async with served(wire, guilds, inbox=inbox, channels=(LOBBY,)):
        await until(lambda: inbox.texts() == ["meanwhile"])
    assert len([each for each in inbox.events if isinstance(each, Opened)]) == MANY
