"""New accounts: limited by network, made in groups, and never at the cost of a cry for help."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from buddybot_web import WebAdapter
from buddybot_web.newcomers import Newcomers
from buddybot_web.settings import read_settings

from buddybot.adapter import COMMANDS
from buddybot.runtime.engine import AdapterInbox
from buddybot.testing import running
from tests.web.house import House, open_house, until
from tests.web.visitor import Visitor, client_id, visit

TOGETHER = 12
HERE, ELSEWHERE = {"X_Forwarded_For": "192.0.2.1"}, {"X_Forwarded_For": "192.0.2.2"}


def changes(folder: Path) -> int:
    """Return how often the key file was written, as SQLite counts it in the file's header."""
    return int.from_bytes((folder / "keys" / "members.keys").read_bytes()[24:28], "big")


async def test_keys_of_those_who_come_together_are_made_in_a_few_changes(tmp_path: Path) -> None:
    adapter = WebAdapter(read_settings({"port": "0"}))
    async with running(tmp_path, others=(adapter,)) as bot, AsyncExitStack() as stack:
        serving = asyncio.create_task(adapter.run(AdapterInbox(bot.house.engine, "web"), COMMANDS, bot.house.engine))
        await until(lambda: bool(adapter.url) or serving.done())
        visitors = [await stack.enter_async_context(visit(House(adapter))) for _ in range(TOGETHER)]
        before = changes(tmp_path)
        assert await asyncio.gather(*(one.do("join") for one in visitors)) == [204] * TOGETHER
        assert changes(tmp_path) - before <= TOGETHER // 2
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_a_network_that_makes_accounts_is_slowed_down_and_others_are_not() -> None:
    async with open_house({"proxy": "127.0.0.1"}) as house, AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visit(house)) for _ in range(40)]
        answers = await asyncio.gather(*(_joins(one) for one in visitors))
        assert answers.count(204) == 30
        late = visitors[answers.index(429)]
        assert (await late.post("do/say", {"id": client_id(), "text": "hi"}, **HERE))[0] == 429
        cry = await late.post("do/invoke", {"id": client_id(), "command": "crisis"}, **HERE)
        assert cry == (204, {}), "a cry of somebody new is heard all the same"
        known = visitors[answers.index(204)]
        assert (await known.post("do/say", {"id": client_id(), "text": "hi"}, **HERE))[0] == 204
        other = await stack.enter_async_context(visit(house))
        assert (await other.post("do/join", {"id": client_id()}, **ELSEWHERE))[0] == 204


async def _joins(visitor: Visitor) -> int:
    return (await visitor.post("do/join", {"id": client_id()}, **HERE))[0]


def test_known_people_cost_a_network_nothing() -> None:
    newcomers = Newcomers()
    newcomers.arrived("ann")
    assert [newcomers.take("ann", "flat", cry=False) for _ in range(100)] == [0] * 100
    assert [newcomers.take(str(n), "flat", cry=False) > 0 for n in range(31)] == [False] * 30 + [True]
    assert newcomers.take("ann", "flat", cry=False) == 0
    assert newcomers.take("new", "flat", cry=True) == 0
    assert newcomers.take("new", "elsewhere", cry=False) == 0
