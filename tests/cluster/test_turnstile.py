"""Writers of two processes on one database: whoever loses goes alone for a while, and nothing is lost meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Barrier, Event

import psycopg
import pytest

from buddybot.runtime.cluster.turnstile import ALONE, PASSED, Turnstile
from buddybot.runtime.storage.postgres import PostgresStore, open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.timers import Timer
from buddybot.store.keyring import bind_keys
from buddybot.store.tx import Tx
from tests.store.cast import NOW

SLOW = 30
"""Seconds for what takes a moment: a machine may be slow."""


def count(tx: Tx) -> None:
    """Add one to a number, in the way that two at a time get wrong unless they are kept apart."""
    found = tx.timers.find("count", "all")
    number = 1 if found is None else int(found.payload) + 1
    tx.timers.set(Timer("count", "all", NOW, payload=str(number)))


def counted(tx: Tx) -> int:
    found = tx.timers.find("count", "all")
    return 0 if found is None else int(found.payload)


class Skew:
    """Two who each note something only while the other has noted nothing: they touch no row of each other's."""

    def __init__(self) -> None:
        self._both = Barrier(2)
        self.tried = 0

    def note(self, own: str, other: str, tx: Tx) -> None:
        self.tried += 1
        alone = tx.timers.find("noted", other) is None
        if not self._both.broken and self.tried <= 2:
            self._both.wait(SLOW)
        if alone:
            tx.timers.set(Timer("noted", own, NOW))


@asynccontextmanager
async def two(database: str, places: StorePaths) -> AsyncIterator[tuple[PostgresStore, PostgresStore]]:
    first = await open_postgres(database, places.keys, None, shared=True)
    try:
        second = await open_postgres(database, places.keys, None, shared=True)
        try:
            yield first, second
        finally:
            await second.close()
    finally:
        await first.close()


async def meet(first: PostgresStore, second: PostgresStore) -> tuple[PostgresStore, PostgresStore]:
    """Have them meet once; return who lost and who won."""
    skew = Skew()
    await asyncio.gather(
        first.write(lambda tx: skew.note("a", "b", tx)), second.write(lambda tx: skew.note("b", "a", tx))
    )
    assert skew.tried == 3
    noted = await first.read(lambda tx: [tx.timers.find("noted", one) is not None for one in "ab"])
    assert sorted(noted) == [False, True]
    return (second, first) if noted[0] else (first, second)


def retried(store: PostgresStore) -> int:
    assert store.turnstile is not None
    return store.turnstile.retried


async def test_who_met_another_is_tried_again_once_and_has_the_next_turns_for_itself(
    database: str, places: StorePaths
) -> None:
    async with two(database, places) as (first, second):
        loser, winner = await meet(first, second)
        assert (retried(loser), retried(winner)) == (1, 0)
        inside, go_on, begun = Event(), Event(), list[str]()

        def hold(tx: Tx) -> None:
            inside.set()
            go_on.wait(SLOW)
            assert not begun
            count(tx)

        def beside(tx: Tx) -> None:
            begun.append("beside")
            count(tx)

        held = asyncio.create_task(loser.write(hold))
        await asyncio.to_thread(inside.wait, SLOW)
        waiting = asyncio.create_task(winner.write(beside))
        await asyncio.to_thread(until_somebody_waits, database)
        go_on.set()
        await asyncio.gather(held, waiting)
        assert (begun, retried(loser), retried(winner)) == (["beside"], 1, 0)
        assert await first.read(counted) == 2


def until_somebody_waits(database: str) -> None:
    """Return once somebody waits for a turn."""
    waiting = "SELECT 1 FROM pg_locks WHERE relation = 'migration'::regclass AND NOT granted"
    with psycopg.connect(database, autocommit=True) as connection:
        assert any(connection.execute(waiting).fetchone() for _ in range(100_000))


async def test_two_who_write_at_full_speed_lose_nothing_and_hardly_ever_try_again(
    database: str, places: StorePaths
) -> None:
    async with two(database, places) as both:
        await meet(*both)
        for _ in range(10):
            await asyncio.gather(*(one.write(count) for one in both for _ in range(10)))
        assert await both[0].read(counted) == 200
        for one in both:
            assert one.turnstile is not None
            assert one.turnstile.retried <= 1 + one.turnstile.begun / ALONE


async def test_who_can_not_have_the_lock_goes_on_without_it(database: str, places: StorePaths) -> None:
    async with two(database, places) as (first, second):
        with psycopg.connect(database) as paused:
            paused.execute("LOCK TABLE migration IN EXCLUSIVE MODE")
            for one in (first, second):
                assert one.turnstile is not None
                one.turnstile.patience = 0.01
            await first.write(count)
            await second.write(count)
            loser, winner = await meet(first, second)
            assert (retried(loser), retried(winner)) == (1, 0)
            assert await first.read(counted) == 2


def test_turns_alone_and_turns_without_a_lock_come_to_an_end() -> None:
    turnstile = Turnstile()
    assert b"ROW SHARE" in turnstile.beginning()
    turnstile.met()
    assert all(b" EXCLUSIVE" in turnstile.beginning() for _ in range(ALONE))
    assert b"ROW SHARE" in turnstile.beginning()
    turnstile.stuck()
    assert not any(b"LOCK" in turnstile.beginning() for _ in range(PASSED))
    assert b"ROW SHARE" in turnstile.beginning()
    assert (turnstile.begun, turnstile.retried) == (3 + ALONE + PASSED, 1)


async def test_a_process_that_starts_beside_one_at_work_tries_again(
    database: str, places: StorePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await open_postgres(database, places.keys, None, shared=True)
    met = list[str]()

    def bind_late(db: Db, folder: Path) -> None:
        if not met:
            db.row("SELECT turn FROM keyring")
            with psycopg.connect(database, autocommit=True) as other:
                other.execute("UPDATE keyring SET turn = turn + 1")
        met.append("started")
        bind_keys(db, folder)

    monkeypatch.setattr(  # another's turn in the middle of a start
        "buddybot.runtime.storage.postgres.bind_keys", bind_late
    )
    second = await open_postgres(database, places.keys, None, shared=True)
    try:
        assert met == ["started"] * 2
        await second.write(count)
        assert await first.read(counted) == 1
    finally:
        await second.close()
        await first.close()
