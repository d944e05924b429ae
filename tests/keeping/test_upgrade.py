"""Upgrades: old schemas go on, one that fails half-way leaves no trace, and nothing goes backwards."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.keeping import placing
from buddybot.runtime.storage import sqlite
from buddybot.runtime.storage.opening import open_store
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.migrations import Migration, migrations
from buddybot.testing import MORNING, running
from tests.keeping.crowded import backed_up, got_back, people_the_house, store_in

GOOD = Migration(9001, "9001_good.sql", "CREATE TABLE good (x INTEGER); INSERT INTO good VALUES (1)")
BAD = Migration(9002, "9002_bad.sql", "CREATE TABLE half (x INTEGER); INSERT INTO nowhere VALUES (1)")


def everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as file:
        return [line for line in file.iterdump() if "keyring" not in line]


async def test_an_upgrade_that_fails_half_way_brings_its_copy_back_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(tmp_path) as bot:
        await people_the_house(bot, 4)
    before = everything(tmp_path / "bot.db")
    monkeypatch.setattr(  # steps of a version to come
        sqlite, "migrations", lambda dialect: [*migrations(dialect), GOOD, BAD]
    )
    with pytest.raises(StoreError, match=r"failed at step 9002_bad\.sql .*: the database is again as it was before"):
        await open_store(store_in(tmp_path), MORNING, None)
    assert everything(tmp_path / "bot.db") == before
    monkeypatch.undo()
    async with running(tmp_path, platform=bot.platform) as again:
        await again.person("p0").says("still here")
        assert again.person("p1").hears() == ["Alias 0 1: still here"]


async def test_a_new_database_that_can_not_be_made_says_at_which_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "migrations", lambda dialect: [*migrations(dialect), BAD])  # steps of a version to come
    with pytest.raises(StoreError, match=r"failed at step 9002_bad\.sql .*: make room"):
        await open_store(store_in(tmp_path), MORNING, None)


async def test_a_downgrade_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(  # steps of a version to come
        sqlite, "migrations", lambda dialect: [*migrations(dialect), GOOD]
    )
    await (await open_store(store_in(tmp_path), MORNING, None)).close()
    monkeypatch.undo()
    with pytest.raises(StoreError, match=r"9001_good\.sql was made by a newer buddybot: run that one, or restore"):
        await open_store(store_in(tmp_path), MORNING, None)


async def test_a_backup_of_an_older_version_is_brought_up_to_date_by_the_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, outside = tmp_path / "old", tmp_path / "new", tmp_path / "outside"
    async with running(old) as bot:
        await people_the_house(bot, 4)
        made = await backed_up(old, outside)
    for module in (sqlite, placing):
        monkeypatch.setattr(  # steps of a version to come
            module, "migrations", lambda dialect: [*migrations(dialect), GOOD]
        )
    assert (await got_back(new, made, outside, old / "keys" / "operator.key")).members == 4
    store = await open_store(store_in(new), MORNING, None)
    try:
        assert await store.read(lambda tx: tx.db.rows("SELECT x FROM good")) == [(1,)]
        assert await store.read(lambda tx: tx.members.by_id(MemberId("member-000001"))) is not None
    finally:
        await store.close()


@pytest.mark.parametrize("number", [step.number for step in migrations("sqlite")])
async def test_a_database_of_every_earlier_schema_is_upgraded(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A house that was started at that step, with somebody in it as far as there are tables for people."""
    steps = [one for one in migrations("sqlite") if one.number <= number]
    monkeypatch.setattr(sqlite, "migrations", lambda _dialect: steps)  # steps of an older version
    monkeypatch.setattr(sqlite, "bind_keys", lambda _db, _folder: None)  # its table came later
    await (await open_store(store_in(tmp_path), MORNING, None)).close()
    monkeypatch.undo()
    async with running(tmp_path) as bot:
        await people_the_house(bot, 2)
        await bot.person("p0").says("hello")
        assert bot.person("p1").hears() == ["Alias 0 1: hello"]
