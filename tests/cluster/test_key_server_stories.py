"""A whole bot whose keys lie in a database of their own: people talk, leave for good, and the key server goes away."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from buddybot.runtime.key_server.server import KeyServer
from buddybot.store.kernel.keys import member_name
from buddybot.store.kernel.operator_key import operator_key
from buddybot.testing import TestBot, running


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
        while not [one for one in ann.sees() if told in one]:
            await bot.wait(seconds=1)
        (erased,) = [name for name in members if other.find(member_name(name)) is None]
        assert known[erased] is not None
    finally:
        other.close()
    assert "Your buddy has left" in ben.sees()[-1]
