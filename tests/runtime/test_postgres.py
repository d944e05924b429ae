import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from time import sleep

import psycopg
import pytest

from buddybot.config.tables import StoreSettings
from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.storage.postgres import PostgresSession, PostgresStore, open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.store.kernel.errors import KeyTrouble, StoreError
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from tests.store.cast import ANN, NOW, admit
from tests.waiting import PATIENT

SOON = 0.01
"""Seconds between two looks."""


@asynccontextmanager
async def opened(url: str, keys: Path) -> AsyncIterator[PostgresStore]:
    store = await open_postgres(url, keys, None)
    try:
        yield store
    finally:
        await store.close()


def put(name: str, tx: Tx) -> None:
    tx.timers.set(Timer("test", name, NOW))


def count(tx: Tx) -> int:
    """Add one to a number that is kept, in the way that two at a time get wrong unless they are kept apart."""
    found = tx.timers.find("count", "all")
    number = 1 if found is None else int(found.payload) + 1
    tx.timers.set(Timer("count", "all", NOW, payload=str(number)))
    return number


async def test_what_was_written_is_there_after_a_restart(database: str, places: StorePaths) -> None:
    async with opened(database, places.keys) as store:
        await store.write(partial(put, "one"))
    async with opened(database, places.keys) as store:
        assert [timer.subject for timer in await store.read(lambda tx: tx.timers.due(NOW, 9))] == ["one"]


async def test_a_poison_unit_rolls_back_alone(database: str, places: StorePaths) -> None:
    async with opened(database, places.keys) as store:
        results = await asyncio.gather(
            store.write(partial(put, "one")),
            store.write(lambda tx: tx.db.run("DELETE FROM nowhere")),
            store.write(partial(put, "two")),
            return_exceptions=True,
        )
        assert [type(result) for result in results] == [type(None), psycopg.errors.UndefinedTable, type(None)]
        assert len(await store.read(lambda tx: tx.timers.due(NOW, 9))) == 2


async def test_who_loses_against_another_writer_tries_again(database: str, places: StorePaths) -> None:
    meetings = 0

    def meet(tx: Tx) -> int:
        """Read the number, let a rival change it, then write what follows from the old one."""
        nonlocal meetings
        found = tx.timers.find("count", "all")
        meetings += 1
        if meetings <= 3:
            rival.execute("UPDATE timer SET payload = (payload::bigint + 1)::text WHERE kind = 'count'")
        number = int(found.payload) + 1 if found else 0
        tx.timers.set(Timer("count", "all", NOW, payload=str(number)))
        return number

    async with opened(database, places.keys) as store:
        await store.write(count)
        with psycopg.connect(database, autocommit=True) as rival:
            assert await store.write(meet) == 5
        assert meetings == 4


async def test_two_who_queue_for_one_person_never_share_a_place(database: str, places: StorePaths) -> None:
    met = 0

    def add(tx: Tx) -> None:
        nonlocal met
        met += 1
        tx.outbox.waiting(ANN)
        if met == 1:
            rival.execute(
                "INSERT INTO outbox (recipient, place, platform, identity, rank, kind, state, held, created_at, due_at,"
                " sealed) VALUES ('ann', 1, 'web', 'main', 1, 'send', 'waiting', 0, 0, 0, '')"
            )
        tx.outbox.add(ANN, Send(Content((Span("hello"),))), NOW)

    async with opened(database, places.keys) as store:
        await store.write(partial(admit, ANN))
        with psycopg.connect(database, autocommit=True) as rival:
            await store.write(add)
        rows = await store.read(lambda tx: tx.db.rows("SELECT place FROM outbox ORDER BY place"))
    assert (rows, met) == ([(1,), (2,)], 2)


async def test_who_never_wins_is_told(database: str, places: StorePaths) -> None:
    def meet(tx: Tx) -> None:
        tx.timers.find("count", "all")
        rival.execute("UPDATE timer SET payload = (payload::bigint + 1)::text WHERE kind = 'count'")
        tx.timers.set(Timer("count", "all", NOW, payload="0"))

    async with opened(database, places.keys) as store:
        await store.write(count)
        with psycopg.connect(database, autocommit=True) as rival, pytest.raises(StoreError, match="too busy"):
            await store.write(meet)
        assert await store.write(count) > 1


async def test_reading_can_change_nothing(database: str, places: StorePaths) -> None:
    async with opened(database, places.keys) as store:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await store.read(partial(put, "sneaked in"))
        assert await store.read(lambda tx: tx.timers.due(NOW, 9)) == []


async def test_a_second_bot_on_the_same_database_is_refused(database: str, places: StorePaths) -> None:
    async with opened(database, places.keys):
        with pytest.raises(StoreError, match="another buddybot is using this database"):
            await open_postgres(database, places.keys, None)
    async with opened(database, places.keys) as store:
        assert await store.write(count) == 1


async def test_a_lost_connection_is_trouble_once_and_then_forgotten(database: str, places: StorePaths) -> None:
    async with opened(database, places.keys) as store:
        await store.write(partial(put, "one"))
        with psycopg.connect(database, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database()"
            )
        with pytest.raises(StoreError, match="the PostgreSQL server has trouble"):
            await store.write(partial(put, "lost"))
        with pytest.raises(StoreError, match="the PostgreSQL server has trouble"):
            await store.read(lambda tx: tx.timers.due(NOW, 9))
        await store.write(partial(put, "two"))
        assert {timer.subject for timer in await store.read(lambda tx: tx.timers.due(NOW, 9))} == {"one", "two"}


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_commit_whose_answer_is_lost_keeps_rows_and_keys_together(
    database: str, places: StorePaths, monkeypatch: pytest.MonkeyPatch, *, arrived: bool
) -> None:
    plain = PostgresSession.statement

    def cut(session: PostgresSession, sql: str) -> None:
        if sql != "COMMIT" or not session.vault.flushed:
            plain(session, sql)
            return
        if arrived:
            plain(session, sql)
        with psycopg.connect(database, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (session._connection.info.backend_pid,))
        while True:
            plain(session, "SELECT 1")

    @contextmanager
    def cut_off() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(PostgresSession, "statement", cut)  # only the session knows which statement was cut off
            yield

    async def known(store: PostgresStore) -> tuple[bool, bool]:
        return await store.read(lambda tx: (tx.members.stage(ANN) is not None, tx.vault.knows(ANN)))

    async with opened(database, places.keys) as store:
        with cut_off(), pytest.raises(StoreError, match="the PostgreSQL server has trouble"):
            await store.write(partial(admit, ANN))
        assert await known(store) == (arrived, arrived)
        if not arrived:
            await store.write(partial(admit, ANN))
        with cut_off(), pytest.raises(StoreError, match="the PostgreSQL server has trouble"):
            await store.write(lambda tx: tx.members.forget(ANN))
        assert await known(store) == (not arrived, not arrived)


async def test_a_server_that_is_not_there_is_a_sentence(places: StorePaths) -> None:
    with pytest.raises(StoreError, match=r"store\.url: the PostgreSQL server does not let us in") as refused:
        await open_postgres("postgresql://someone:secret@127.0.0.1:9/none", places.keys, None)
    assert "secret" not in str(refused.value)
    assert not places.keys.exists()


def stood_about(database: str, tx: Tx) -> None:
    """Do nothing for so long that the server ends the session, and wait until it has."""
    found = tx.db.row("SELECT pg_backend_pid()")
    assert found is not None
    tx.db.run("SET LOCAL idle_in_transaction_session_timeout = '10ms'")
    with psycopg.connect(database, autocommit=True) as other:
        for _ in range(int(PATIENT / SOON)):
            if other.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", (found[0],)).fetchone() is None:
                return
            sleep(SOON)
    raise AssertionError(found)


def reached_a_standby(_: str, tx: Tx) -> None:
    tx.db.run("SET LOCAL transaction_read_only = on")


@pytest.mark.parametrize(
    ("meet", "said"),
    [(stood_about, "idle-in-transaction timeout"), (reached_a_standby, "only reads now")],
    ids=["kept waiting by something else", "reached a standby"],
)
async def test_what_is_the_servers_trouble_is_no_mistake_of_ours(
    database: str, places: StorePaths, meet: Callable[[str, Tx], None], said: str
) -> None:
    def go_on(tx: Tx) -> None:
        meet(database, tx)
        put("never", tx)

    async with opened(database, places.keys) as store:
        with pytest.raises(StoreError, match=said):
            await store.write(go_on)
        await store.write(partial(put, "one"))
        assert [timer.subject for timer in await store.read(lambda tx: tx.timers.due(NOW, 9))] == ["one"]


def cut_off(database: str, tx: Tx) -> None:
    found = tx.db.row("SELECT pg_backend_pid()")
    assert found is not None
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (found[0],))


@pytest.mark.parametrize("lose", [stood_about, cut_off])
async def test_a_connection_that_is_lost_beside_a_mistake_of_ours_ends_nothing(
    database: str, places: StorePaths, lose: Callable[[str, Tx], None]
) -> None:
    def fail(tx: Tx) -> None:
        lose(database, tx)
        raise LookupError

    async with opened(database, places.keys) as store:
        for asked in (store.write, store.read):
            with pytest.raises(LookupError):
                await asked(fail)
        await store.write(partial(put, "one"))
        assert [timer.subject for timer in await store.read(lambda tx: tx.timers.due(NOW, 9))] == ["one"]


async def test_lost_keys_are_not_made_anew(database: str, places: StorePaths, tmp_path: Path) -> None:
    async with opened(database, places.keys):
        pass
    with pytest.raises(KeyTrouble, match="missing"):
        await open_postgres(database, tmp_path / "elsewhere", None)


async def test_the_keys_of_another_database_are_refused(database: str, places: StorePaths) -> None:
    async with opened(database, places.keys):
        pass
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE keyring SET name = 'other'")
    with pytest.raises(KeyTrouble, match="belong to another database"):
        await open_postgres(database, places.keys, None)


async def test_the_settings_choose_the_store(database: str, places: StorePaths, tmp_path: Path) -> None:
    for url in (database, f"sqlite:{tmp_path / 'bot.db'}"):
        keys = tmp_path / url.partition(":")[0]
        store = await open_store(StoreSettings(url=url, keys=keys, backups=places.backups), NOW, None)
        assert await store.write(count) == 1
        await store.close()


async def test_neither_texts_nor_accounts_are_readable_in_the_server(database: str, places: StorePaths) -> None:
    canaries = [text for word in ("canary", "account of ann") for text in (word, word.encode().hex())]
    async with opened(database, places.keys) as store:
        await store.write(partial(admit, ANN))
        await store.write(lambda tx: tx.outbox.add(ANN, Send(Content((Span("canary"),))), NOW))
        with psycopg.connect(database) as connection:
            for sql in (
                b"SELECT member::text FROM member",
                b"SELECT route::text FROM route",
                b"SELECT outbox::text FROM outbox",
            ):
                whole = "".join(row[0] for row in connection.execute(sql))
                assert "ann" in whole
                assert not [word for word in canaries if word in whole]
