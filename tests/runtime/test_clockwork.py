import asyncio
import logging
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.runtime.clockwork import Clockwork, Rearmed
from buddybot.runtime.engine import Engine
from buddybot.runtime.house import quieten
from buddybot.runtime.world import system_world
from buddybot.store.kernel.errors import StoreError
from buddybot.store.tx import Tx
from buddybot.testing import TestBot
from tests.waiting import comes


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


async def test_what_came_due_while_nothing_could_be_read_goes_out_with_the_next_tick(
    bot: TestBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    seen, now = len(ann.sees()), bot.clock.now()

    def queue(tx: Tx) -> None:
        (member,) = tx.members.all_ids()
        tx.outbox.add(member, Send(Content((Span("good morning"),))), now, due=now + timedelta(seconds=1))

    await bot.house.store.write(queue)
    clockwork = Clockwork(bot.house.engine, bot.house.dispatcher)
    await clockwork.tick()
    bot.clock.at = now + timedelta(seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(bot.house.store, "read", away)  # a server that is away for one tick
        await clockwork.tick()
    assert "deliveries wait: the server is away" in caplog.text
    assert "Traceback" not in caplog.text
    bot.clock.at = now + timedelta(seconds=2)
    await clockwork.tick()
    await bot.house.dispatcher.idle()
    assert ann.sees()[seen:] == ["good morning"]


async def away(_: object) -> None:
    raise StoreError("the server is away")


class Jumping(tzinfo):
    """UTC on a machine whose clock was put forward or back."""

    jump = timedelta()

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta()

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, _: datetime | None) -> str:
        return "UTC"

    def fromutc(self, moment: datetime) -> datetime:
        return moment + self.jump


@pytest.mark.parametrize("days", [365, 36_500, -365])
async def test_a_clock_that_jumps_lists_nothing_and_the_next_tick_comes(bot: TestBot, days: int) -> None:
    engine, zone = Watched(bot.house.store, system_world(), bot.house.engine._book), Jumping()
    engine.ticked = asyncio.Event()
    clockwork = Clockwork(engine, bot.house.dispatcher, zone)
    clockwork.start()
    await comes(engine.ticked.wait())
    engine.ticked.clear()
    zone.jump = timedelta(days=days)
    clockwork._expect()
    clockwork._expect()  # no tick came between these two, as after a clock was put back
    await comes(engine.ticked.wait())
    await clockwork.stop()


def test_a_job_that_is_a_century_late_is_one_tick() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    scheduler = AsyncIOScheduler(timezone=UTC)
    job = scheduler.add_job(print, Rearmed(), next_run_time=now - timedelta(days=36_500))
    assert len(job._get_run_times(now)) == 1


async def test_it_ticks_by_itself_until_it_is_stopped(bot: TestBot) -> None:
    engine = Watched(bot.house.store, system_world(), bot.house.engine._book)
    engine.ticked = asyncio.Event()
    clockwork = Clockwork(engine, bot.house.dispatcher)
    clockwork.start()
    await comes(engine.ticked.wait())
    await clockwork.stop()


async def test_a_tick_under_way_ends_before_the_clock_stands(bot: TestBot, caplog: pytest.LogCaptureFixture) -> None:
    engine = Slow(bot.house.store, system_world(), bot.house.engine._book)
    engine.begun, engine.go_on = asyncio.Event(), asyncio.Event()
    clockwork = Clockwork(engine, bot.house.dispatcher)
    clockwork.start()
    await comes(engine.begun.wait())
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


async def test_a_tick_is_no_line_in_the_log(bot: TestBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    quieten()
    engine = Watched(bot.house.store, system_world(), bot.house.engine._book)
    engine.ticked = asyncio.Event()
    clockwork = Clockwork(engine, bot.house.dispatcher)
    clockwork.start()
    for _ in range(2):
        await comes(engine.ticked.wait())
        engine.ticked.clear()
    await clockwork.stop()
    assert caplog.messages == []
