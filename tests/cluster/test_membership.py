"""Processes that share a database: who is alive, what the dead leave behind, and what they hear of one another."""

import asyncio
import os
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import psycopg
import pytest

from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.runtime.cluster.bus import MOST, notices
from buddybot.runtime.cluster.membership import Membership
from buddybot.runtime.cluster.process_lease import FencedError, ProcessLease
from buddybot.runtime.cluster.steward import NO_ANSWER, connect
from buddybot.runtime.storage.postgres import PostgresStore, open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.store.kernel.errors import StoreError, StoreInUse
from buddybot.store.kernel.timers import Timer
from buddybot.store.news import News
from buddybot.store.tx import Tx
from tests.cluster.asking import ask, count_out
from tests.store.cast import ANN, NOW, admit
from tests.store.fixtures import Reused, hang_up
from tests.waiting import PATIENT, comes

MEMBER = (
    "INSERT INTO member (id, stage, locale, joined_at, seen_at, consent, private)"
    " VALUES ('ann', 'home', 'en', 0, 0, '', '')"
)


@asynccontextmanager
async def shared(database: str, places: StorePaths) -> AsyncIterator[tuple[PostgresStore, Membership]]:
    store = await open_postgres(database, places.keys, None, shared=True)
    assert store.membership is not None
    try:
        yield store, store.membership
    finally:
        await store.close()


@asynccontextmanager
async def beside(database: str) -> AsyncIterator[Membership]:
    """Another process, as far as the others see it."""
    other = Membership(database)
    await other.begin()
    try:
        yield other
    finally:
        await other.end()


def heard(membership: Membership, signal: News) -> "asyncio.Queue[tuple[str, tuple[str, ...]]]":
    found: asyncio.Queue[tuple[str, tuple[str, ...]]] = asyncio.Queue()
    membership.bus.on(signal, lambda process, subjects: found.put_nowait((process, subjects)))
    return found


async def test_who_shares_and_who_is_alone_refuse_each_other(database: str, places: StorePaths) -> None:
    async with shared(database, places):
        with pytest.raises(StoreInUse, match="another buddybot"):
            await open_postgres(database, places.keys, None)
    with psycopg.connect(database) as connection:
        hang_up(connection)  # a server lets go of a lock a moment after whoever held it is gone
    alone = await open_postgres(database, places.keys, None)
    with pytest.raises(StoreInUse, match=r"store\.shared"):
        await open_postgres(database, places.keys, None, shared=True)
    await alone.close()


async def test_each_process_knows_who_is_alive(database: str, places: StorePaths) -> None:
    async with shared(database, places) as (_, one):
        async with beside(database) as other:
            assert await one.registry.living() == await other.registry.living() == {one.own.id, other.own.id}
        assert await one.registry.living() == {one.own.id}


async def test_whoever_leaves_in_the_moment_that_news_comes_leaves(made_database: Reused) -> None:
    """Another process that ends is news too: those that end together hear of each other just then."""
    for moments in range(4):
        one = Membership(made_database.address)
        await one.begin()
        await asyncio.sleep(0)  # it waits for news
        one.hurry()
        for _ in range(moments):
            await asyncio.sleep(0)
        await comes(one.end())


async def test_what_a_transaction_woke_is_heard_by_the_others_once_it_is_committed(
    database: str, places: StorePaths
) -> None:
    def add(tx: Tx) -> None:
        admit(ANN, tx)
        tx.outbox.add(ANN, Send(Content((Span("hello"),))), NOW)

    def fail(tx: Tx) -> None:
        admit(ANN, tx)
        tx.outbox.add(ANN, Send(Content((Span("never"),))), NOW)
        raise LookupError

    async with shared(database, places) as (store, one), beside(database) as other:
        woken, own = heard(other, News.WOKEN), heard(one, News.WOKEN)
        with pytest.raises(LookupError):
            await store.write(fail)
        await store.write(add)
        await one.bus.send(News.WOKEN, "sentinel")
        assert await comes(woken.get()) == (one.own.id, (ANN,))
        assert await comes(woken.get()) == (one.own.id, ("sentinel",))
        await other.bus.send(News.WOKEN, "from the other")
        assert await comes(own.get()) == (other.own.id, ("from the other",))


async def test_what_a_dead_process_had_claimed_may_have_arrived_and_nothing_else(
    database: str, places: StorePaths
) -> None:
    def add(tx: Tx) -> None:
        admit(ANN, tx)
        for words in ("one", "two", "three"):
            tx.outbox.add(ANN, Send(Content((Span(words),))), NOW)

    async with shared(database, places) as (store, one), beside(database) as other:
        ended = heard(one, News.PROCESSES)
        await store.write(add)
        for place, owner in ((1, other.own.id), (2, one.own.id)):
            await ask(database, "UPDATE outbox SET state = 'claimed', owner = %s WHERE place = %s", owner, place)
        dead = other.own.id
        await count_out(database, dead)
        while (await comes(ended.get()))[0]:
            pass
        rows = await ask(database, "SELECT state, owner FROM outbox ORDER BY place")
        assert rows == [("unknown", ""), ("claimed", one.own.id), ("waiting", "")]
        assert dead not in await one.registry.living()


async def test_of_two_who_claim_one_row_at_once_one_has_it(database: str, places: StorePaths) -> None:
    met, tries = threading.Barrier(2), count()

    def claims(tx: Tx) -> bool:
        parcel = tx.outbox.next(ANN, NOW)
        if next(tries) < met.parties:
            met.wait(PATIENT)  # both have read before either writes
        return parcel is not None and bool(tx.outbox.claim(parcel, "key"))

    def add(tx: Tx) -> None:
        admit(ANN, tx)
        tx.outbox.add(ANN, Send(Content((Span("hello"),))), NOW)

    async with shared(database, places) as (store, _), shared(database, places) as (other, _):
        await store.write(add)
        assert sorted(await asyncio.gather(store.write(claims), other.write(claims))) == [False, True]


async def test_a_process_taken_for_dead_writes_nothing_until_it_has_a_new_id(database: str, places: StorePaths) -> None:
    def put(tx: Tx) -> None:
        tx.timers.set(Timer("test", "one", NOW))

    async with shared(database, places) as (store, one):
        before = one.own.id
        await count_out(database, before)
        with pytest.raises(FencedError):
            await store.write(put)
        assert await store.read(lambda tx: tx.timers.due(NOW, 9)) == []
        one.own.leave()
        await one.registry.beat()
        assert one.own.id != before
        await store.write(put)
        assert await one.registry.living() == {one.own.id}


async def test_two_who_make_the_same_at_once_meet_once_and_a_mistake_of_ours_stays_one(
    database: str, places: StorePaths
) -> None:
    tried = list[int]()

    def meet(tx: Tx) -> int:
        tried.append(len(tried))
        found = tx.db.row("SELECT count(*) FROM member WHERE id = 'ann'")
        if len(tried) == 1:
            with psycopg.connect(database, autocommit=True) as rival:
                rival.execute(MEMBER)
        if found == (0,) or len(tried) > 2:
            tx.db.run(MEMBER)
        return len(tried)

    async with shared(database, places) as (store, _):
        assert await store.write(meet) == 2
        with pytest.raises(psycopg.errors.UniqueViolation):
            await store.write(meet)
        assert len(tried) < 6


async def test_a_dead_process_whose_statement_waits_for_a_lock_is_taken_over_all_the_same(
    database: str, places: StorePaths
) -> None:
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait_for_a_lock(tx: Tx) -> None:
        loop.call_soon_threadsafe(begun.set)
        tx.db.run("SELECT pg_advisory_xact_lock(5)")

    async with shared(database, places) as (store, one), beside(database) as other:
        with psycopg.connect(database) as holder:
            holder.execute("SELECT pg_advisory_xact_lock(5)")
            waiting = asyncio.create_task(store.write(wait_for_a_lock))
            await comes(begun.wait(), waiting)
            dead = one.own.id
            with socket.socket(fileno=os.dup(store._writer.session._connection.fileno())) as line:  # type: ignore[attr-defined]  # a session on PostgreSQL
                line.shutdown(socket.SHUT_RDWR)  # what the server sees of a process that was killed
            with pytest.raises(StoreError):
                await comes(waiting)
            async with asyncio.timeout(PATIENT):
                while await ask(database, "SELECT 1 FROM process WHERE id = %s", dead):
                    await count_out(database, dead)
                    await asyncio.sleep(0.05)
            assert dead not in await other.registry.living()


async def test_whoever_stands_still_in_the_middle_of_a_takeover_holds_nobody_up_for_long(database: str) -> None:
    connection = await connect(database)
    async with connection, connection.cursor() as cursor:
        await cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert await cursor.fetchone() == (f"{NO_ANSWER:g}s",)


def test_a_process_that_was_paused_takes_itself_for_dead_before_the_others_do() -> None:
    uptime = [100.0]
    own = ProcessLease(lambda: uptime[0])
    standing = [own.standing]
    own.take("one", asked=own.now())
    for passed in (7.9, 0.2):
        uptime[0] += passed
        standing.append(own.standing)
    assert standing == [False, True, False]
    assert own.id == "one"


def test_a_long_list_goes_over_in_pieces_that_the_server_takes() -> None:
    members = {f"{number:024d}" for number in range(1000)}
    pieces = list(notices("one", {News.WOKEN: members, News.CASES: ()}))
    assert len(pieces) == 2 + 1000 * 27 // MOST
    assert all(len(piece.encode()) < 8000 for piece in pieces)
    assert sum(piece.count("0000") > 0 for piece in pieces) == len(pieces) - 1
