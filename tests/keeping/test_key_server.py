"""Keys in a database of their own: moved there and back, beside a backup, after a loss, and what the doctor finds."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from buddybot.config.tables import StoreSettings
from buddybot.runtime.keeping.backup import make_backup
from buddybot.runtime.keeping.rekey import Rekeying
from buddybot.runtime.keeping.restore import RestoreOrder, restore_backup
from buddybot.runtime.key_server.server import KeyServer
from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.operator_key import operator_key
from buddybot.testing import MORNING, FakePlatform, running
from tests.keeping.crowded import LOCK, order, people_the_house, store_in
from tests.keeping.kept import settled, shell


@pytest.fixture
def another(database: str, server: str) -> Iterator[Callable[[str], str]]:
    """Yield what makes more databases on the same server."""
    base = database.partition("?")[0].rpartition("/")[2]
    made: list[str] = []

    def make(name: str) -> str:
        made.append(f"{base}_{name}")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]}".encode())
        return server.replace("/postgres?", f"/{made[-1]}?")

    yield make
    with psycopg.connect(server, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


async def talks_on(folder: Path, url: str, key_server: str, seed: int, platform: FakePlatform) -> None:
    async with running(folder, url=url, key_server=key_server, seed=seed, platform=platform) as bot:
        await bot.person("p0").says(f"still here {seed}")
        assert bot.person("p1").hears()[-1:] == [f"Alias 0 1: still here {seed}"]


async def test_keys_move_into_a_database_and_back_and_people_talk_on(
    database: str, another: Callable[[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apart, house = another("keys"), tmp_path / "house"
    settled(house, database)
    async with running(house, url=database) as bot:
        await people_the_house(bot, 4)
    assert await shell(house, "move", "--keys-to", database) == 1
    assert "this is the main database itself" in capsys.readouterr().err
    assert await shell(house, "move", "--keys-to", apart) == 0
    assert await shell(house, "move", "--keys-to", apart) == 1
    assert "here are keys already" in capsys.readouterr().err
    for name in ("members.keys", "members.keys.copy"):
        (house / "keys" / name).rename(house / name)
    settled(house, database, apart)
    await talks_on(house, database, apart, 2, bot.platform)
    assert await shell(house, "check") == 0
    assert await shell(house, "rekey") == 0
    assert await shell(house, "move", "--keys-to", str(house / "keys")) == 0
    with closing(KeyServer(apart, operator_key(house / "keys" / "operator.key", fresh=False), house, fresh=False)):
        settled(house, database)
        await talks_on(house, database, "", 3, bot.platform)


async def test_a_house_is_got_back_with_its_keys_from_the_one_copy_outside(
    database: str, another: Callable[[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apart, house, new = another("keys"), tmp_path / "house", tmp_path / "new"
    settled(house, database, apart)
    wanted = order(tmp_path)
    async with running(house, url=database, key_server=apart) as bot:
        await people_the_house(bot, 4)
        made = await make_backup(store_on(house, database, apart), None, wanted, MORNING)
        assert await shell(house, "doctor") == 1
        told = capsys.readouterr()
        assert "on the same server as the main database" in told.out + told.err
    url, keys = another("new"), another("new_keys")
    places = store_on(new, url, keys)
    bare = RestoreOrder(made.path, LOCK, None, house / "keys" / "operator.key")
    with pytest.raises(KeyTrouble, match="say with --keys"):
        await restore_backup(places, None, bare, MORNING)
    assert (await restore_backup(places, None, replace(bare, keys=wanted.keys_to), MORNING)).members == 4
    await talks_on(new, url, keys, 2, bot.platform)


def store_on(folder: Path, url: str, key_server: str) -> StoreSettings:
    return store_in(folder, url).model_copy(update={"key_server": key_server})


async def test_the_operators_key_is_not_changed_while_other_processes_need_the_old_one(
    database: str, tmp_path: Path
) -> None:
    async def nothing(_request: str, _asked: object) -> dict[str, object]:
        return {}

    operator = bytes(range(32))
    with closing(KeyServer(database, operator, tmp_path, fresh=True)) as keys:
        with closing(KeyServer(database, operator, tmp_path, fresh=False)):
            told = await Rekeying(keys, tmp_path, nothing, from_environment=True).answer("rekey", {})
            assert "1 other processes use these keys" in str(told["fault"])
        told = await Rekeying(keys, tmp_path, nothing, from_environment=True).answer("rekey", {})
        assert told["keys"] == 3
