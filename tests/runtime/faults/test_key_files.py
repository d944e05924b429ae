"""Keys and rows that do not belong together are noticed at the start, before anybody is erased."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.tx import Tx
from buddybot.testing import running
from tests.store.cast import ANN, BEN, NOW, admit


@pytest.fixture
def places(tmp_path: Path) -> StorePaths:
    return StorePaths(tmp_path / "bot.db", tmp_path / "keys", tmp_path / "backups")


def key_files(places: StorePaths) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(places.keys.glob("members.keys*"))}


def put_back(files: dict[Path, bytes]) -> None:
    for file, content in files.items():
        file.write_bytes(content)


def ids(tx: Tx) -> set[str]:
    return {row[0] for row in tx.db.rows("SELECT id FROM member")}


async def test_older_keys_than_the_database_erase_nobody(places: StorePaths) -> None:
    store = await open_sqlite(places, NOW)
    await store.write(partial(admit, ANN))
    await store.close()
    older = key_files(places)
    store = await open_sqlite(places, NOW)
    await store.write(partial(admit, BEN))
    await store.close()
    newer = key_files(places)
    put_back(older)
    with pytest.raises(KeyTrouble, match=r"older than the database: the keys of 1 members are missing.*put the newest"):
        await open_sqlite(places, NOW)
    put_back(newer)
    store = await open_sqlite(places, NOW)
    assert await store.read(ids) == {ANN, BEN}
    assert await store.read(lambda tx: tx.vault.knows(ANN) and tx.vault.knows(BEN))
    await store.close()


async def test_who_has_no_newer_key_file_may_say_so_once(places: StorePaths, caplog: pytest.LogCaptureFixture) -> None:
    store = await open_sqlite(places, NOW)
    await store.close()
    older = key_files(places)
    store = await open_sqlite(places, NOW)
    await store.write(partial(admit, ANN))
    await store.close()
    put_back(older)
    (places.keys / "erase-members-without-key").touch()
    store = await open_sqlite(places, NOW)
    await store.close()
    assert not (places.keys / "erase-members-without-key").exists()
    assert "1 members whose keys are lost are erased" in caplog.text


async def test_one_key_file_put_back_beside_the_newer_copy_is_brought_up_to_date(tmp_path: Path, book: Book) -> None:
    places = StorePaths(tmp_path / "bot.db", tmp_path / "keys", tmp_path / "backups")
    async with running(tmp_path, book=book) as bot:
        await bot.person("ann").says("hi")
    older = places.keys / "members.keys"
    content = older.read_bytes()
    async with running(tmp_path, book=book, platform=bot.platform, seed=2) as bot:
        await bot.person("ben").says("hi")
    older.write_bytes(content)
    async with running(tmp_path, book=book, seed=3) as bot:
        assert len(await bot.house.store.read(lambda tx: tx.members.all_ids())) == 2


async def test_an_erasure_that_was_cut_off_is_finished_at_the_next_start(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        await bot.person("ann").says("hi")
        (ann,) = await bot.house.store.read(lambda tx: tx.members.all_ids())
        whole = (tmp_path / "bot.db").read_bytes(), (tmp_path / "bot.db-wal").read_bytes()
        await bot.house.store.write(lambda tx: tx.members.forget(ann))
    (tmp_path / "bot.db").write_bytes(whole[0])
    (tmp_path / "bot.db-wal").write_bytes(whole[1])
    (tmp_path / "bot.db-shm").unlink(missing_ok=True)
    async with running(tmp_path, book=book, seed=2) as bot:
        assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_a_damaged_write_ahead_log_is_noticed(places: StorePaths, caplog: pytest.LogCaptureFixture) -> None:
    store = await open_sqlite(places, NOW)
    await store.write(partial(admit, ANN))
    raw = places.database.read_bytes(), places.database.with_name("bot.db-wal").read_bytes()
    await store.write(partial(admit, BEN))
    await store.close()
    places.database.write_bytes(raw[0])
    places.database.with_name("bot.db-wal").write_bytes(bytes(8) + raw[1][8:])
    places.database.with_name("bot.db-shm").unlink(missing_ok=True)
    store = await open_sqlite(places, NOW)
    assert "keys of 2 people who are not in the database" in caplog.text
    await store.close()
    caplog.clear()
    store = await open_sqlite(places, NOW)
    assert "who are not in the database" not in caplog.text
    await store.close()


async def test_a_lost_key_is_one_members_trouble(tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture) -> None:
    async with running(tmp_path, book=book) as bot:
        await bot.person("ann").says("hi")
        (ann,) = await bot.house.store.read(lambda tx: tx.members.all_ids())
        await bot.person("ben").says("hi")
    for file in ("members.keys", "members.keys.copy"):
        db = sqlite3.connect(tmp_path / "keys" / file)
        db.execute("UPDATE key SET wrapped = zeroblob(60) WHERE name = ?", (f"member:{ann}",))
        db.commit()
        db.close()
    async with running(tmp_path, book=book, platform=bot.platform, seed=2) as bot:
        await bot.person("ann").says("hi")
        await bot.person("ben").says("/help")
        await bot.wait(hours=30)
        assert "Here is what you can do" in bot.person("ben").sees()[-1]
        assert ann in await bot.house.store.read(lambda tx: tx.members.all_ids())
        late = await bot.house.store.read(lambda tx: tx.timers.due(bot.clock.now(), 10))
        assert late == []
    assert f"members.keys of member:{ann} is damaged" in caplog.text
