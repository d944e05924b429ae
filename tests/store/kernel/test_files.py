import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.runtime.storage import copies as backups
from buddybot.runtime.storage.copies import back_up
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.sqlite import StorePaths, open_keys, open_sqlite
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.keys import KeyFile
from buddybot.store.kernel.migrations import Migration, apply, migrations, pending
from buddybot.store.kernel.private_files import Lock, make_private, open_to_others
from buddybot.store.kernel.sealing import Vault
from tests.store.cast import ANN, NOW, admit

STEPS = [
    Migration(1, "0001_one.sql", "CREATE TABLE one (x INTEGER); -- first\nCREATE TABLE two (y INTEGER);"),
    Migration(2, "0002_two.sql", "ALTER TABLE one ADD COLUMN z INTEGER"),
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    yield opened
    opened.close()


@pytest.fixture
def db(connection: sqlite3.Connection, tmp_path: Path) -> Iterator[Db]:
    keys = KeyFile(tmp_path / "keys", tmp_path / "copy", bytes(32), fresh=True)
    yield Db(connection.execute, Vault(keys))
    keys.close()


# ── Migrations ──────────────────────────────────────────────────────────────────────────


def test_each_step_is_applied_once_and_in_order(db: Db) -> None:
    for step in pending(db, STEPS[:1], "bot.db"):
        apply(db, step)
    assert pending(db, STEPS, "bot.db") == STEPS[1:]
    apply(db, STEPS[1])
    assert pending(db, STEPS, "bot.db") == []
    db.run("INSERT INTO one (x, z) VALUES (1, 2)")
    assert db.rows("SELECT y FROM two") == []


def test_a_step_of_a_newer_version_is_refused(db: Db) -> None:
    for step in pending(db, STEPS, "bot.db"):
        apply(db, step)
    with pytest.raises(StoreError, match=r"bot\.db: step 0002_two\.sql was made by a newer buddybot"):
        pending(db, STEPS[:1], "bot.db")


def test_a_changed_step_is_refused(db: Db) -> None:
    apply_all = pending(db, STEPS, "bot.db")
    for step in apply_all:
        apply(db, step)
    changed = [Migration(1, "0001_one.sql", STEPS[0].script + " "), STEPS[1]]
    with pytest.raises(StoreError, match=r"bot\.db: step 0001_one\.sql was made from a file that differs"):
        pending(db, changed, "bot.db")


@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_shipped_steps_have_a_number_each_and_go_up(dialect: str) -> None:
    numbers = [step.number for step in migrations(dialect)]
    assert numbers == sorted(set(numbers))


def test_both_dialects_make_the_same_tables() -> None:
    def columns(dialect: str) -> list[list[str]]:
        # Only PostgreSQL names constraints and sequences by the table that they were made with.
        every = [line for step in migrations(dialect) for line in step.script.splitlines()]
        lines = [line.split() for line in every if "RENAME CONSTRAINT" not in line and "ALTER SEQUENCE" not in line]
        return [line[:2] if line[:1] == ["CREATE"] else line[:1] for line in lines if line and line[0] != "--"]

    names = [[word.strip(",;") for word in line] for line in columns("sqlite")]
    assert names == [[word.strip(",;") for word in line] for line in columns("postgres")]


# ── Backups ─────────────────────────────────────────────────────────────────────────────


def test_a_backup_is_whole_private_and_only_the_newest_stay(connection: sqlite3.Connection, tmp_path: Path) -> None:
    connection.execute("CREATE TABLE one (x INTEGER)")
    folder = newest = tmp_path / "backups"
    for number in range(backups.KEPT + 3):
        connection.execute("INSERT INTO one VALUES (?)", (number,))
        newest = back_up(connection, folder, "before-0002", NOW + timedelta(seconds=number))
    found = sorted(folder.iterdir())
    assert len(found) == backups.KEPT
    assert found[-1] == newest
    assert not any(open_to_others(file) for file in found)
    copy = sqlite3.connect(newest)
    assert copy.execute("SELECT COUNT(*) FROM one").fetchone() == (backups.KEPT + 3,)
    copy.close()


def test_a_half_written_backup_is_never_taken_for_one(connection: sqlite3.Connection, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    first = back_up(connection, folder, "x", NOW)
    first.with_suffix(".part").write_bytes(b"left behind by a crash")
    first.unlink()
    assert back_up(connection, folder, "x", NOW) == first
    assert [file.name for file in folder.iterdir()] == [first.name]


def test_a_backup_that_can_not_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    closed = sqlite3.connect(":memory:")
    closed.close()
    folder = tmp_path / "backups"
    with pytest.raises(StoreError, match="the backup can't be written"):
        back_up(closed, folder, "x", NOW)
    assert list(folder.iterdir()) == []


@pytest.fixture
def places(tmp_path: Path) -> StorePaths:
    return StorePaths(tmp_path / "bot.db", tmp_path / "keys", tmp_path / "backups")


async def filled(places: StorePaths) -> GroupStore:
    store = await open_sqlite(places, NOW)
    await store.write(partial(admit, ANN))
    await store.write(lambda tx: tx.outbox.add(ANN, Send(Content((Span("canary"),))), NOW))
    return store


async def test_a_backup_is_made_before_a_migration_of_a_database_that_has_data(places: StorePaths) -> None:
    make_private(places.database)
    keys = open_keys(places, fresh=True)
    old = sqlite3.connect(places.database, isolation_level=None)
    first, *others = pending(Db(old.execute, Vault(keys)), migrations("sqlite"), "bot.db")
    apply(Db(old.execute, Vault(keys)), first)
    old.close()
    keys.close()
    store = await open_sqlite(places, NOW)
    await store.close()
    made = sorted(file.name.rpartition("-before-")[2] for file in places.backups.iterdir())
    assert made == [f"{others[0].number:04}.db"]


async def test_a_new_database_needs_no_backup(places: StorePaths) -> None:
    store = await open_sqlite(places, NOW)
    await store.close()
    assert not places.backups.exists()


async def test_backups_hold_nothing_readable_and_an_erased_member_is_unreadable_in_them(places: StorePaths) -> None:
    store = await filled(places)
    sealed = await store.write(lambda tx: tx.vault.seal(ANN, "private", b"canary"))
    raw = sqlite3.connect(places.database)
    backup = back_up(raw, places.backups, "x", NOW)
    raw.close()
    assert b"canary" not in backup.read_bytes()
    assert b"account of ann" not in backup.read_bytes()
    await store.write(lambda tx: tx.members.forget(ANN))
    await store.close()
    places.database.write_bytes(backup.read_bytes())
    store = await open_sqlite(places, NOW)
    assert await store.read(lambda tx: tx.vault.open(ANN, "private", sealed)) is None
    assert await store.read(lambda tx: tx.members.address(ANN)) is None
    await store.close()


# ── Private files, one process ──────────────────────────────────────────────────────────


def test_a_file_is_made_once_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    assert make_private(path)
    path.write_text("kept")
    assert not make_private(path)
    assert path.read_text() == "kept"
    assert not open_to_others(path)
    path.chmod(0o644)
    assert open_to_others(path)


def test_only_one_at_a_time_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with Lock(path), pytest.raises(StoreError, match=r"another buddybot is using this database .*bot\.db\.lock"):
        Lock(path)
    Lock(path).release()


def test_a_lock_that_can_not_be_opened_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bot.db.lock").mkdir()
    with pytest.raises(StoreError, match=r"bot\.db\.lock: can't be opened"):
        Lock(tmp_path / "bot.db")


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(StoreError, match=r"var is a file, not a folder"):
        make_private(tmp_path / "var" / "bot.db")
