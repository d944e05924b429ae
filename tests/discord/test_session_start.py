import asyncio

from tests.discord.house import Notebook, open_house
from tests.discord.wire import Wire, until


async def test_a_note_right_behind_a_new_session_costs_one_look_into_its_history(wire: Wire) -> None:
    ann, inbox = wire.person("ann"), Notebook()
    async with open_house(wire, inbox) as house:
        gateway = house.adapter._gateway
        assert gateway is not None
        # The first session's own reading must be over, or it counts as a look of the second.
        await until(lambda: "directs" in gateway._readings and gateway._readings["directs"].done())
        await ann.says("missed", live=False)
        gateway.directs.learn(ann.channel, str(ann.user.id))

        async def note() -> None:
            async with gateway._catch_up.turn(ann.channel):
                pass

        # The library starts a task for each event in the order they came: the session's first, then the message's.
        gateway.dispatch("shard_connect", 0)
        await asyncio.create_task(note())
        await until(inbox.texts)
        await asyncio.sleep(0.2)  # time for a second look, if there were one
        looks = [each for each in wire.rest.log if each.method == "GET" and "/messages" in each.path]
    assert inbox.texts() == ["missed"]
    assert len(looks) == 1
