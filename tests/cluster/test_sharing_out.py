"""Accounts are shared out again where a process comes back after another took over all, in good order and once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from buddybot.adapter import COMMANDS, Adapter
from buddybot.runtime.cluster.leases import Lease
from buddybot.runtime.cluster.process_lease import ProcessLease
from buddybot.runtime.cluster.standby import StandbyAdapter
from buddybot.runtime.storage.postgres import open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.service.kernel.book import Book
from tests.cluster.test_two_houses import Account, Process, come
from tests.waiting import comes
from tests.web.house import Library, Notebook


class SecondAccount(Account):
    """Another account of the house, after the first by its name."""

    platform = "wire"


class TwoAccounts(Process):
    """A process that is to serve both."""

    def accounts(self) -> dict[str, Adapter]:
        self.second = SecondAccount()
        return {"web": self.account, "wire": self.second}


@asynccontextmanager
async def serving_two(database: str, places: StorePaths, book: Book) -> AsyncIterator[TwoAccounts]:
    one = TwoAccounts(await open_postgres(database, places.keys, None, shared=True), book)
    try:
        yield one
    finally:
        await one.ends()


def holders(database: str) -> dict[str, str]:
    with psycopg.connect(database, autocommit=True) as server:
        rows = server.execute("SELECT name, owner FROM lease WHERE name LIKE 'account %' ORDER BY name").fetchall()
    return dict(rows)


async def test_who_serves_all_gives_one_account_back_once_what_is_under_way_has_landed(
    database: str, places: StorePaths, book: Book
) -> None:
    async with serving_two(database, places, book) as one:
        await comes(asyncio.gather(one.account.served.wait(), one.second.served.wait()), one.running)
        await one.store.write(come)
        one.account.gate = asyncio.Event()
        await one.tells("first", "second")
        await comes(one.account.begun.wait(), one.running)
        async with serving_two(database, places, book) as other:
            assert other.store.membership is not None
            other.store.membership.leases.stands_by = 0.0
            await comes(asked(one), other.running)
            assert holders(database)["account web/main"] == one.id
            assert not one.account.ended.is_set()
            one.account.gate.set()
            await other.account.has_shown(("second", False))
            assert one.account.shown == [("first", False)]
            assert one.account.ended.is_set()
            await other.tells("third")
            await other.account.has_shown(("second", False), ("third", False))
            assert holders(database) == {"account web/main": other.id, "account wire/main": one.id}
            for process in (one, other):
                assert process.store.membership is not None
                assert await process.store.membership.leases.envied() is None
            assert not one.second.ended.is_set()


async def asked(one: TwoAccounts) -> None:
    """Return once another process asked for the account that this one serves first."""
    assert one.store.membership is not None
    await one.store.membership.leases.want("account web/main").asked()


async def test_who_serves_one_account_keeps_it(database: str, places: StorePaths) -> None:
    store = await open_postgres(database, places.keys, None, shared=True)
    assert store.membership is not None
    store.membership.leases.stands_by = 0.0
    only = store.membership.leases.want("account web/main")
    try:
        await comes(only.won())
        store.membership.leases.spare("account web/main")
        assert (only.held, only.asked_for) == (True, False)
    finally:
        await store.close()


async def test_who_stops_in_the_moment_that_an_account_is_won_stops() -> None:
    """Another process that stopped just before gave it back."""
    for moments in range(5):
        own = ProcessLease(lambda: 0.0)
        own.take("one", own.now())
        account, lease = Account(), Lease("account web/main", own, _nobody)
        running = asyncio.create_task(StandbyAdapter(account, lease).run(Notebook(), COMMANDS, Library()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)  # it waits for the account
        lease.take("one")
        for _ in range(moments):
            await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await comes(running)


async def _nobody(_lease: str) -> None:
    """Stand in for a server."""
