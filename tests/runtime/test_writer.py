import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

import aiosqlite
import pytest

from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.runtime.storage.checkpoints import LARGE, ROWS
from buddybot.runtime.storage.group_commit import BATCH
from buddybot.runtime.storage.sqlite import SqliteStore, SqliteThread, StorePaths, check_version, in_words, open_sqlite
from buddybot.runtime.storage.units import PeriodicUnit
from buddybot.store.kernel.errors import KeyTrouble, StoreError
from buddybot.store.kernel.private_files import Lock
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from tests.store.cast import ANN, BEN, NOW, admit
from tests.waiting import PATIENT, comes

HERE = Path(__file__).parent


@pytest.fixture
def places(tmp_path: Path) -> StorePaths:
    return StorePaths(tmp_path / "bot.db", tmp_path / "keys", tmp_path / "backups")


@asynccontextmanager
async def opened(places: StorePaths) -> AsyncIterator[SqliteStore]:
    store = await open_sqlite(places, NOW)
    try:
        yield store
    finally:
        await store.close()


def put(name: str, tx: Tx) -> str:
    tx.timers.set(Timer("test", name, NOW))
    return name


def names(tx: Tx) -> set[str]:
    return {timer.subject for timer in tx.timers.due(NOW, 9999)}


# ── One transaction for all who wait ────────────────────────────────────────────────────


async def test_what_was_written_is_read(places: StorePaths) -> None:
    async with opened(places) as store:
        assert await store.write(partial(put, "one")) == "one"
        assert await store.read(names) == {"one"}


async def test_a_poison_unit_in_a_full_batch_rolls_back_alone(places: StorePaths) -> None:
    def poison(tx: Tx) -> None:
        put("poisoned", tx)
        tx.vault.seal(ANN, "test", b"x")
        raise ValueError("poison")

    async with opened(places) as store:
        units = [store.write(partial(put, str(number))) for number in range(BATCH - 1)]
        results = await asyncio.gather(*units[:100], store.write(poison), *units[100:], return_exceptions=True)
        assert isinstance(results[100], ValueError)
        assert await store.read(names) == {str(number) for number in range(BATCH - 1)}
        assert not await store.read(lambda tx: tx.vault.knows(ANN))


async def test_periodic_work_stands_in_no_batch_with_what_people_did_and_takes_turns(places: StorePaths) -> None:
    order = list[str]()

    def did(name: str, tx: Tx) -> None:
        order.append(put(name, tx))

    async with opened(places) as store:

        async def sweeps() -> None:
            await store.write(PeriodicUnit(partial(did, "sweep 1")))
            await store.write(partial(did, "a cry"))

        before = sum(store.latencies.counts)
        pieces = [store.write(PeriodicUnit(partial(did, f"sweep {number}"))) for number in (2, 3)]
        people = [store.write(partial(did, name)) for name in ("a note", "another")]
        await asyncio.gather(sweeps(), *pieces, *people)
        assert order == ["a note", "another", "sweep 1", "a cry", "sweep 2", "sweep 3"]
        assert sum(store.latencies.counts) - before == 5


async def test_a_mistake_in_sql_is_the_callers_own(places: StorePaths) -> None:
    async with opened(places) as store:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await store.write(lambda tx: tx.db.run("DELETE FROM nowhere"))
        with pytest.raises(sqlite3.IntegrityError):
            await store.write(lambda tx: tx.db.run("INSERT INTO keyring (one, name) VALUES (2, 'x')"))
        assert await store.write(partial(put, "next")) == "next"


async def test_a_caller_who_gives_up_does_not_undo_what_they_asked_for(places: StorePaths) -> None:
    gate = threading.Event()

    def slow(tx: Tx) -> None:
        gate.wait(10)
        put("slow", tx)

    async with opened(places) as store:
        first = asyncio.create_task(store.write(slow))
        await asyncio.sleep(0)
        waiting = asyncio.create_task(store.write(partial(put, "given up")))
        await asyncio.sleep(0)
        for task in (first, waiting):
            task.cancel()
        await asyncio.gather(first, waiting, return_exceptions=True)
        gate.set()
        await store.write(partial(put, "last"))
        assert await store.read(names) == {"slow", "given up", "last"}


async def test_a_writer_that_is_cancelled_before_it_begins_leaves_what_waits_to_the_next(places: StorePaths) -> None:
    async with opened(places) as store:
        first = asyncio.create_task(store.write(partial(put, "one")))
        await asyncio.sleep(0)
        assert store._drain is not None
        store._drain.cancel()
        await comes(store.settled())
        await comes(store.write(partial(put, "two")))
        await comes(first)
        assert len(await store.read(lambda tx: tx.timers.due(NOW, 9))) == 2


async def test_closing_waits_for_what_was_accepted(places: StorePaths) -> None:
    store = await open_sqlite(places, NOW)
    written = [asyncio.create_task(store.write(partial(put, str(number)))) for number in range(600)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*written)
    async with opened(places) as again:
        assert len(await again.read(names)) == 600


async def test_reading_can_change_nothing(places: StorePaths) -> None:
    async with opened(places) as store:
        with pytest.raises(StoreError, match=r"it can.t be written to"):
            await store.read(partial(put, "sneaked in"))
        await store.read(lambda tx: tx.vault.seal(ANN, "test", b"x"))
        assert not await store.read(lambda tx: tx.vault.knows(ANN))


async def test_whoever_got_something_is_named_after_the_commit_and_only_then(places: StorePaths) -> None:
    woken: list[set[str]] = []

    def say(tx: Tx) -> None:
        tx.outbox.add(BEN, Send(Content((Span("hello"),))), NOW)

    def fail(tx: Tx) -> None:
        tx.outbox.add(ANN, Send(Content((Span("hello"),))), NOW)
        raise ValueError

    async with opened(places) as store:
        store.on_woken = lambda members: woken.append(set(members))
        for one in (ANN, BEN):
            await store.write(partial(admit, one))
        assert woken == []
        await asyncio.gather(store.write(say), store.write(fail), return_exceptions=True)
        assert woken == [{BEN}]


# ── Trouble ─────────────────────────────────────────────────────────────────────────────


async def test_a_full_disk_loses_only_what_does_not_fit_and_the_bot_goes_on(places: StorePaths) -> None:
    def big(tx: Tx) -> None:
        tx.timers.set(Timer("test", "big", NOW, payload="x" * 1_000_000))

    async with opened(places) as store:
        (pages,) = await store.write(lambda tx: tx.db.row("PRAGMA page_count")) or (0,)
        await store.write(lambda tx: tx.db.row(f"PRAGMA max_page_count = {pages + 60}"))
        results = await asyncio.gather(
            *(store.write(partial(put, str(number))) for number in range(10)),
            store.write(big),
            *(store.write(partial(put, str(number))) for number in range(10, 20)),
            return_exceptions=True,
        )
        assert [str(error) for error in results if isinstance(error, Exception)] == [
            f"{places.database}: the disk is full: make room; what was acknowledged is safe, and the rest goes on then"
        ]
        assert isinstance(results[10], StoreError)
        assert await store.read(names) == {str(number) for number in range(20)}
        await store.write(lambda tx: tx.db.row("PRAGMA max_page_count = 1000000"))
        await store.write(big)
        assert "big" in await store.read(names)


async def test_a_key_destroyed_in_a_batch_that_does_not_commit_is_still_there(places: StorePaths) -> None:
    def big(tx: Tx) -> None:
        tx.vault.destroy(ANN)
        tx.timers.set(Timer("test", "big", NOW, payload="x" * 1_000_000))

    async with opened(places) as store:
        sealed = await store.write(lambda tx: tx.vault.seal(ANN, "test", b"kept"))
        (pages,) = await store.write(lambda tx: tx.db.row("PRAGMA page_count")) or (0,)
        await store.write(lambda tx: tx.db.row(f"PRAGMA max_page_count = {pages + 20}"))
        with pytest.raises(StoreError, match="full"):
            await store.write(big)
        assert await store.read(lambda tx: tx.vault.open(ANN, "test", sealed)) == b"kept"


async def test_a_second_process_is_refused_in_a_sentence_and_the_next_one_after_it_is_let_in(
    places: StorePaths,
) -> None:
    async with opened(places):
        with pytest.raises(StoreError, match=r"bot\.db: another buddybot is using this database .*bot\.db\.lock"):
            await open_sqlite(places, NOW)
    async with opened(places) as store:
        assert await store.read(names) == set()


def test_a_second_process_really_is_another_process(places: StorePaths) -> None:
    lock = Lock(places.database)
    lock_file = "from buddybot.store.kernel.private_files import Lock; Lock(Path(sys.argv[1]))"
    code = f"import sys; from pathlib import Path; {lock_file}"
    done = subprocess.run(
        [sys.executable, "-c", code, str(places.database)], capture_output=True, text=True, check=False
    )
    assert "another buddybot is using this database" in done.stderr
    lock.release()


@pytest.mark.parametrize("found", [(3, 36, 0), (3, 8, 3)])
def test_an_old_sqlite_is_refused(found: tuple[int, ...]) -> None:
    with pytest.raises(StoreError, match=r"SQLite 3\.\d+\.\d is too old"):
        check_version(found)
    check_version((3, 37, 0))


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:100],
        lambda whole: b"\xff" * 40 + whole[40:],
        lambda whole: whole[:4096] + b"\xa5" * 4096 + whole[8192:],
    ],
    ids=["half of it", "hardly any of it", "flipped header", "flipped page"],
)
async def test_a_damaged_database_is_refused_whole(places: StorePaths, damage: Callable[[bytes], bytes]) -> None:
    async with opened(places) as store:
        await store.write(lambda tx: [put(str(number), tx) for number in range(500)])
    whole = places.database.read_bytes()
    places.database.write_bytes(damage(whole))
    with pytest.raises(StoreError, match=r"bot\.db: this is not a whole database: restore the newest backup"):
        await open_sqlite(places, NOW)
    places.database.write_bytes(whole)
    async with opened(places) as store:
        assert len(await store.read(names)) == 500


async def test_a_lost_or_emptied_database_is_not_quietly_begun_anew(places: StorePaths) -> None:
    async with opened(places) as store:
        await store.write(partial(admit, ANN))
    places.database.write_bytes(b"")
    with pytest.raises(StoreError, match="missing or empty: put it back"):
        await open_sqlite(places, NOW)


async def test_a_first_start_that_failed_can_be_mended_and_tried_again(places: StorePaths) -> None:
    with pytest.raises(KeyTrouble, match="the environment: this is no operator's key"):
        await open_sqlite(StorePaths(places.database, places.keys, places.backups, "nonsense"), NOW)
    async with opened(places) as store:
        assert await store.read(names) == set()


async def test_the_wrong_operators_key_is_refused(places: StorePaths) -> None:
    async with opened(places):
        pass
    (places.keys / "operator.key").write_text("00" * 32)
    with pytest.raises(KeyTrouble, match="does not fit this key file"):
        await open_sqlite(places, NOW)


async def test_the_keys_of_another_database_are_refused(places: StorePaths, tmp_path: Path) -> None:
    other = StorePaths(tmp_path / "other.db", tmp_path / "other-keys", tmp_path / "backups")
    for each in (places, other):
        async with opened(each):
            pass
    with pytest.raises(KeyTrouble, match="these keys belong to another database"):
        await open_sqlite(StorePaths(places.database, other.keys, places.backups), NOW)


@contextmanager
def anyone() -> Iterator[None]:
    """Be a user without rights over others' files; root ignores a file's mode."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


async def test_a_folder_that_can_not_be_written_to_is_refused() -> None:
    folder = Path("/")
    with anyone(), pytest.raises(StoreError, match=r"bot.db: can't be made .*give this user the right"):
        await open_sqlite(StorePaths(folder / "bot.db", folder / "keys", folder / "backups"), NOW)


async def test_a_database_that_can_not_be_written_to_is_refused(places: StorePaths) -> None:
    async with opened(places):
        pass
    connection = sqlite3.connect(f"file:{places.database}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as refused:
        connection.execute("DELETE FROM keyring")
    connection.close()
    assert "give this user the right" in str(in_words(refused.value, places.database))


# ── Nothing lost, nothing left behind ───────────────────────────────────────────────────

WRITER = """
import asyncio, sys
from functools import partial
from pathlib import Path
from buddybot.runtime.storage.units import PeriodicUnit
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.store.kernel.timers import Timer
from tests.store.cast import NOW

async def client(store, number):
    for count in range(100000):
        name = f"{number}-{count}"
        await store.write(lambda tx: tx.timers.set(Timer("test", name, NOW)))
        print(name, flush=True)

async def main():
    root = Path(sys.argv[1])
    store = await open_sqlite(StorePaths(root / "bot.db", root / "keys", root / "backups"), NOW)
    await asyncio.gather(*(client(store, number) for number in range(8)))

asyncio.run(main())
"""


@pytest.mark.parametrize("after", [1, 57, 400])
async def test_kill_nine_loses_nothing_that_was_acknowledged(places: StorePaths, after: int) -> None:
    acknowledged = killed_writer(places, after)
    async with opened(places) as store:
        rows = await store.read(lambda tx: tx.db.rows("SELECT subject FROM timer"))
    assert len(acknowledged) >= after
    assert set(acknowledged) <= {row[0] for row in rows}


def killed_writer(places: StorePaths, after: int) -> list[str]:
    """Return what a writer said was on disk before it was killed."""
    acknowledged: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(places.database.parent)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE.parent.parent,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            acknowledged.append(line.strip())
            if len(acknowledged) == after:
                process.send_signal(signal.SIGKILL)
    return acknowledged


async def test_after_an_erasure_no_file_holds_what_was_sealed(places: StorePaths) -> None:
    async with opened(places) as store:
        await store.write(partial(admit, ANN))
        (sealed,) = await store.read(lambda tx: tx.db.row("SELECT account FROM route")) or (b"",)

        def holding() -> set[str]:
            files = [file for file in places.database.parent.rglob("*") if file.is_file()]
            return {file.name for file in files if sealed in file.read_bytes()}

        assert holding() == {"bot.db-wal"}
        await store.write(lambda tx: tx.members.forget(ANN))
        assert holding() == set()


async def test_a_reader_in_the_middle_only_delays_the_scrubbing(places: StorePaths) -> None:
    async with opened(places) as store:
        await store.write(partial(admit, ANN))
        (sealed,) = await store.read(lambda tx: tx.db.row("SELECT account FROM route")) or (b"",)
        other = sqlite3.connect(places.database, isolation_level=None)
        other.execute("BEGIN")
        other.execute("SELECT * FROM route").fetchall()
        await store.write(lambda tx: tx.db.row("PRAGMA busy_timeout = 1"))
        await store.write(lambda tx: tx.members.forget(ANN))
        wal = places.database.with_name("bot.db-wal")
        assert sealed in wal.read_bytes()
        other.close()
        await store.write(partial(put, "anything"))
        assert sealed not in wal.read_bytes()


async def test_an_erasure_waits_for_the_copy_under_way_and_leaves_nothing_in_the_log(places: StorePaths) -> None:
    async with opened(places) as store:
        await store.write(partial(admit, ANN))
        (sealed,) = await store.read(lambda tx: tx.db.row("SELECT account FROM route")) or (b"",)
        wal = places.database.with_name("bot.db-wal")
        with store._checkpoints.copying:
            erasing = asyncio.create_task(store.write(lambda tx: tx.members.forget(ANN)))
            async with asyncio.timeout(PATIENT):
                while await store.read(lambda tx: tx.db.row("SELECT account FROM route")):
                    await asyncio.sleep(0)
            assert sealed in wal.read_bytes()
            assert not erasing.done()
        await erasing
        assert sealed not in wal.read_bytes()


async def test_the_log_is_copied_beside_the_writer(places: StorePaths) -> None:
    def many(tx: Tx) -> None:
        for number in range(ROWS):
            tx.timers.set(Timer("test", f"{number}", NOW))

    async with opened(places) as store:
        before = places.database.stat().st_size
        with store._checkpoints.copying:
            await store.write(many)  # committed, while nothing can be copied
            assert places.database.stat().st_size == before
        async with asyncio.timeout(PATIENT):
            while places.database.stat().st_size == before:
                await asyncio.sleep(0.001)
        log = await store.write(lambda tx: tx.db.row("PRAGMA wal_autocheckpoint"))
        assert log == (LARGE,)
    assert not places.database.with_name("bot.db-wal").exists()


async def test_all_files_are_private(places: StorePaths) -> None:
    async with opened(places) as store:
        await store.write(partial(put, "one"))
        files = [file for file in places.database.parent.rglob("*") if file.is_file()]
        assert len(files) >= 6
        assert [file for file in files if file.stat().st_mode & 0o077] == []


async def test_aiosqlite_still_has_what_we_borrow(places: StorePaths) -> None:
    connection = SqliteThread(lambda: sqlite3.connect(places.database), iter_chunk_size=1)
    assert isinstance(connection, aiosqlite.Connection)
    await connection
    try:
        assert isinstance(connection._conn, sqlite3.Connection)
        here = threading.get_ident()
        there = await connection._execute(threading.get_ident)  # type: ignore[no-untyped-call]  # what we borrow
        assert there == connection._thread.ident != here
    finally:
        await connection.close()


async def test_the_promises_are_switched_on(places: StorePaths) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")

    def found(tx: Tx) -> list[object]:
        return [(tx.db.row(f"PRAGMA {name}") or ("",))[0] for name in pragmas]

    async with opened(places) as store:
        assert await store.write(found) == ["wal", 2, 1, 1]
        sql = "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"
        assert await store.read(lambda tx: tx.db.rows(sql)) == [("migration",)]
