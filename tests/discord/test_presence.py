"""What stands under the bot's name: here, or back soon."""

from tests.discord.house import open_house
from tests.discord.wire import Wire, until

AWAY, HERE = "idle Back soon", "online Here for you"


async def test_the_bot_is_back_soon_until_it_read_what_it_missed_and_again_when_it_stops(wire: Wire) -> None:
    async with open_house(wire):
        await until(lambda: wire.sessions.presence == [AWAY, HERE])
    await until(lambda: wire.sessions.presence == [AWAY, HERE, AWAY])


async def test_a_new_session_says_it_anew_on_each_shard_and_a_resumed_one_keeps_it(wire: Wire) -> None:
    wire.sessions.shards = 2
    async with open_house(wire, shards="2"):
        await until(lambda: sorted(wire.sessions.presence) == [AWAY, AWAY, HERE, HERE])
        await wire.sessions.drop(shard=1, resumable=False)
        await until(lambda: wire.sessions.presence[4:] == [AWAY, HERE])


async def test_it_can_be_left_out(wire: Wire) -> None:
    async with open_house(wire, presence="none") as house:
        ann = wire.person("ann")
        await ann.says("hi")
        await until(house.inbox.texts)
    assert wire.sessions.presence == []
