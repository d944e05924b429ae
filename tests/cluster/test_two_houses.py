"""Two processes in one house, as far as that can be played in one: who serves an account, and who takes over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count

import psycopg
import pytest

from buddybot.adapter import Adapter, Capabilities, Command, Content, Inbox, MessageId, Reads, Send, Span
from buddybot.domain.kernel.messages import Address, Delivery, Invoked, Origin, PushAddress
from buddybot.runtime.cluster.process_lease import FencedError
from buddybot.runtime.cluster.roles import CALLS, CLOCKWORK
from buddybot.runtime.house import House
from buddybot.runtime.storage.postgres import PostgresSession, PostgresStore, open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.db import stamp
from buddybot.store.tx import Tx
from tests.cluster.asking import ask, count_out
from tests.store.cast import ANN, admit
from tests.waiting import PATIENT, comes

ADDRESS = Address("web", "main", "somebody")


class Account:
    """A bot account that shows whatever it is given, or holds it until it is let go."""

    platform, identity = "web", "main"

    def __init__(self) -> None:
        self.capabilities = Capabilities()
        self.shown: list[tuple[str, bool]] = []
        self.served, self.ended = asyncio.Event(), asyncio.Event()
        self.begun, self.changed = asyncio.Event(), asyncio.Event()
        self.gate: asyncio.Event | None = None
        self.inbox: Inbox | None = None

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        self.inbox = inbox
        assert commands
        assert reads.locales()
        self.served.set()
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self.ended.set()

    async def deliver(self, delivery: Delivery) -> MessageId:
        assert isinstance(delivery.effect, Send)
        self.begun.set()
        if self.gate is not None:
            await self.gate.wait()
        self.shown.append((delivery.effect.content.text, delivery.repeat))
        self.changed.set()
        return MessageId(str(len(self.shown)))

    async def has_shown(self, *expected: tuple[str, bool]) -> None:
        async with asyncio.timeout(PATIENT):
            while self.shown != list(expected):
                self.changed.clear()
                await self.changed.wait()

    async def has_shown_something(self, words: str) -> None:
        async with asyncio.timeout(PATIENT):
            while not any(words in text for text, _ in self.shown):
                self.changed.clear()
                await self.changed.wait()


class Calling(Account):
    """One that can call devices."""

    def __init__(self) -> None:
        super().__init__()
        self.capabilities = Capabilities(calls=True)

    async def call(self, push: PushAddress, text: str) -> None:
        raise AssertionError(push, text)


def come(tx: Tx) -> None:
    admit(ANN, tx)
    tx.db.run("UPDATE member SET seen_at = :now", now=stamp(system_world().now()))


class Process:
    """One of them."""

    def __init__(self, store: PostgresStore, book: Book, account: Account | None = None) -> None:
        self.store, self.account = store, account or Account()
        self.house = House(store, system_world(), book, self.accounts())
        self.running = asyncio.create_task(self.house.run())

    def accounts(self) -> dict[str, Adapter]:
        return {"web": self.account}

    @property
    def id(self) -> str:
        assert self.store.membership is not None
        return self.store.membership.own.id

    async def tells(self, *words: str) -> None:
        def add(tx: Tx) -> None:
            for one in words:
                tx.outbox.add(ANN, Send(Content((Span(one),))), system_world().now())

        async with asyncio.timeout(PATIENT):
            while True:
                try:
                    return await self.store.write(add)
                except FencedError:
                    await asyncio.sleep(0.05)  # as the engine does: it has a new id in a moment

    async def pause(self) -> Callable[[], None]:
        """Keep its heart waiting for the connection by which it beats, until what is returned is called."""
        assert self.store.membership is not None
        in_use = self.store.membership._steward._lock
        await comes(in_use.acquire(), self.running)
        return in_use.release

    async def ends(self) -> None:
        if not self.running.done():
            self.running.cancel()
            with suppress(asyncio.CancelledError):
                await comes(self.running)
            await comes(self.store.close())


@asynccontextmanager
async def process(
    database: str, places: StorePaths, book: Book, account: Account | None = None
) -> AsyncIterator[Process]:
    one = Process(await open_postgres(database, places.keys, None, shared=True), book, account)
    try:
        yield one
    finally:
        await one.ends()


async def test_one_process_serves_an_account_and_delivers_what_the_other_commits(
    database: str, places: StorePaths, book: Book
) -> None:
    async with process(database, places, book) as one:
        await comes(one.account.served.wait(), one.running)
        await one.store.write(come)
        async with process(database, places, book) as other:
            await other.tells("hello", "again")
            await one.account.has_shown(("hello", False), ("again", False))
            assert not other.account.served.is_set()
            assert [(line.name, line.standby) for line in other.house.platforms()] == [("web", True)]
            assert [(line.name, line.standby) for line in one.house.platforms()] == [("web", False)]
            await one.ends()
            await comes(other.account.served.wait(), other.running)
            await other.tells("still here")
            await other.account.has_shown(("still here", False))


async def test_whoever_takes_over_repeats_only_what_may_have_arrived_and_keeps_the_order(
    database: str, places: StorePaths, book: Book
) -> None:
    async with process(database, places, book) as one:
        await comes(one.account.served.wait(), one.running)
        await one.store.write(come)
        async with process(database, places, book) as other:
            one.account.gate = asyncio.Event()
            await other.tells("first", "second")
            await comes(one.account.begun.wait(), one.running)
            resume = await one.pause()
            await count_out(database, one.id)
            await other.account.has_shown(("first", True), ("second", False))
            resume()
            one.account.gate.set()
            await one.account.has_shown(("first", False))
            await comes(one.account.ended.wait(), one.running)
            await one.tells("third")
            await other.account.has_shown(("first", True), ("second", False), ("third", False))
            await comes(other.house.dispatcher.idle(), other.running)
            assert await ask(database, "SELECT * FROM outbox") == []
        assert one.account.shown == [("first", False)]


async def test_what_was_claimed_before_ones_own_death_goes_on_under_a_new_claim_alone(
    database: str, places: StorePaths, book: Book
) -> None:
    """It was away in the middle of a long note, and had its account back before anybody else took it."""
    account = Account()
    account.capabilities, account.gate = Capabilities(max_text=10), asyncio.Event()
    async with process(database, places, book, account) as one:
        await comes(account.served.wait(), one.running)
        await one.store.write(come)
        await one.tells("aaaa aaaa bbbb bbbb")
        await comes(account.begun.wait(), one.running)
        assert one.store.membership is not None
        before = one.id
        await count_out(database, before)
        one.store.membership.own.leave()
        one.store.membership.hurry()
        async with asyncio.timeout(PATIENT):
            while one.id == before or one.house.platforms()[0].standby:
                await asyncio.sleep(0.01)
        account.gate.set()
        await account.has_shown(("aaaa aaaa", False), ("aaaa aaaa", True), ("bbbb bbbb", False))
        await comes(one.house.dispatcher.idle(), one.running)
        assert await ask(database, "SELECT * FROM outbox") == []


async def test_what_was_committed_without_an_answer_is_shown_once(
    database: str, places: StorePaths, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What became of a note, and the next claim, is committed, and the connection cut before anybody hears so."""
    plain, commits = PostgresSession.statement, count()

    def unheard(session: PostgresSession, sql: str) -> None:
        plain(session, sql)
        if sql == "COMMIT" and next(commits) < 2:  # the first try and the second
            with psycopg.connect(database, autocommit=True) as server:
                server.execute("SELECT pg_terminate_backend(%s)", (session._connection.info.backend_pid,))
            while True:
                plain(session, "SELECT 1")

    async with process(database, places, book) as one:
        one.house.dispatcher._recorder.try_again = 0.01
        await comes(one.account.served.wait(), one.running)
        await one.store.write(come)
        one.account.gate = asyncio.Event()
        await one.tells("first", "second", "third")
        await comes(one.account.begun.wait(), one.running)
        monkeypatch.setattr(PostgresSession, "statement", unheard)  # only the session knows which answer was lost
        one.account.gate.set()
        await one.account.has_shown(("first", False), ("second", False), ("third", False))
        await comes(one.house.dispatcher.idle(), one.running)


async def test_one_whose_server_is_away_listens_on_and_gives_help_until_another_has_the_account(
    database: str, places: StorePaths, book: Book
) -> None:
    async with process(database, places, book) as one:
        one.house.engine.intake.try_again = 0.05
        await comes(one.account.served.wait(), one.running)
        assert one.account.inbox is not None
        resume = await one.pause()
        assert one.store.membership is not None
        one.store.membership.own.leave()  # by its own clock its time is over: for all it knows nobody can write
        crying = asyncio.create_task(one.account.inbox.put(Invoked(Origin("e1", ADDRESS), "crisis")))
        await one.account.has_shown_something("Part of me is down just now")
        assert not one.account.ended.is_set()
        async with process(database, places, book) as other:
            await count_out(database, one.id)
            await comes(other.account.served.wait(), other.running)
            resume()
            await comes(one.account.ended.wait(), one.running)
            await comes(crying)
            await other.account.has_shown_something("Find A Helpline")


async def test_devices_are_called_by_one_process_that_can(database: str, places: StorePaths, book: Book) -> None:
    async with process(database, places, book) as one:
        await comes(one.account.served.wait(), one.running)
        async with process(database, places, book, Calling()) as other, asyncio.timeout(PATIENT):
            while not other.house.engine.leads(CALLS):
                await asyncio.sleep(0.01)
            assert one.house.engine.leads(CLOCKWORK)
            assert not one.house.engine.leads(CALLS)
