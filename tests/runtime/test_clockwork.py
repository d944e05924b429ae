import asyncio
from datetime import timedelta

import pytest

from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.runtime.clockwork import Clockwork
from buddybot.runtime.engine import Engine
from buddybot.runtime.world import system_world
from buddybot.store.tx import Tx
from buddybot.testing import TestBot


class Slow(Engine):
    """Takes its time over a tick."""

    begun: asyncio.Event
    go_on: asyncio.Event
    ended = False

    async def tick(self) -> None:
        self.begun.set()
        await self.go_on.wait()
        self.ended = True


class Watched(Engine):
    """An engine that says when it was ticked."""

    ticked: asyncio.Event

    async def tick(self) -> None:
        await super().tick()
        self.ticked.set()


async def test_a_tick_delivers_what_came_due(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    seen = len(ann.sees())
    now = bot.clock.now()

    def queue(tx: Tx) -> None:
        (member,) = tx.members.all_ids()
        tx.outbox.add(member, Send(Content((Span("good morning"),))), now, due=now + timedelta(seconds=1))

    await bot.house.store.write(queue)
    bot.clock.at = now + timedelta(seconds=1)
    await Clockwork(bot.house.engine, bot.house.dispatcher).tick()
    await bot.house.dispatcher.idle()
    assert ann.sees()[seen:] == ["good morning"]


async def test_it_ticks_by_itself_until_it_is_stopped(bot: TestBot) -> None:
    engine = Watched(bot.house.store, system_world(), bot.house.engine._book)
    engine.ticked = asyncio.Event()
    clockwork = Clockwork(engine, bot.house.dispatcher)
    clockwork.start()
    await engine.ticked.wait()
    await clockwork.stop()


class Failing(Watched):
    """An engine whose first tick hits a bug."""

    failed = False

    async def tick(self) -> None:
        if not self.failed:
            self.failed = True
            raise RuntimeError("secret words")
        await super().tick()


async def test_a_tick_that_fails_is_named_in_the_log_and_the_next_one_comes(
    bot: TestBot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("buddybot.runtime.clockwork.SECONDS", 0)
    engine = Failing(bot.house.store, system_world(), bot.house.engine._book)
    engine.ticked = asyncio.Event()
    clockwork = Clockwork(engine, bot.house.dispatcher)
    clockwork.start()
    await engine.ticked.wait()
    await clockwork.stop()
    assert "a tick failed: RuntimeError at" in caplog.text
    assert "secret words" not in caplog.text


async def test_a_clock_that_never_began_can_be_stopped(bot: TestBot) -> None:
    await Clockwork(bot.house.engine, bot.house.dispatcher).stop()


async def test_a_tick_under_way_ends_before_the_clock_stands(bot: TestBot, caplog: pytest.LogCaptureFixture) -> None:
    engine = Slow(bot.house.store, system_world(), bot.house.engine._book)
    engine.begun, engine.go_on = asyncio.Event(), asyncio.Event()
    clockwork = Clockwork(engine, bot.house.dispatcher)
    clockwork.start()
    await engine.begun.wait()
    stopping = asyncio.create_task(clockwork.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    engine.go_on.set()
    await stopping
    assert engine.ended
    assert "Traceback" not in caplog.text


def test_the_real_world_has_a_zone_and_never_says_an_id_twice() -> None:
    world = system_world()
    assert world.now().utcoffset() == timedelta()
    assert len({world.new_id() for _ in range(1000)}) == 1000
    assert 0 <= world.rng.random() < 1
