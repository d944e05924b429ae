"""Accounts are shared out again where a process comes back after another took over all, in good order and once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from buddybot.adapter import Adapter
from buddybot.runtime.storage.postgres import open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.service.kernel.book import Book
from tests.cluster.test_two_houses import HEARD, Account, Process, come


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
        await asyncio.wait_for(asyncio.gather(one.account.served.wait(), one.second.served.wait()), HEARD)
        await one.store.write(come)
        one.account.gate = asyncio.Event()
        await one.tells("first", "second")
        await asyncio.wait_for(one.account.begun.wait(), HEARD)
        async with serving_two(database, places, book) as other:
            assert other.store.membership is not None
            other.store.membership.leases.stands_by = 0.0
            await asyncio.wait_for(asked(one), HEARD)
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
        await asyncio.wait_for(only.won(), HEARD)
        store.membership.leases.spare("account web/main")
        assert (only.held, only.asked_for) == (True, False)
    finally:
        await store.close()
