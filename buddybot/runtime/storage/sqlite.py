"""The store on SQLite: one writing connection that commits in groups, one reading connection beside it."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import aiosqlite

from buddybot.runtime.storage.batches import DbSession
from buddybot.runtime.storage.checkpoints import LARGE, Checkpointer
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.units import Unit
from buddybot.runtime.storage.upgrading import upgrade
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import FIXES, StoreError, kind_of
from buddybot.store.kernel.keys import KeyFile
from buddybot.store.kernel.migrations import migrations, pending
from buddybot.store.kernel.operator_key import operator_key
from buddybot.store.kernel.private_files import Lock, make_private
from buddybot.store.kernel.sealing import Vault
from buddybot.store.keyring import bind_keys

T = TypeVar("T")
OLDEST = (3, 37, 0)
"""STRICT tables came with this version."""


@dataclass(frozen=True, slots=True)
class StorePaths:
    """Where things lie. `operator` is the operator's key as hex, if it comes from the environment."""

    database: Path
    keys: Path
    backups: Path
    operator: str | None = None


class SqliteSession:
    """One connection inside its thread."""

    def __init__(
        self, connection: sqlite3.Connection, vault: Vault, path: Path, checkpoints: Checkpointer | None = None
    ) -> None:
        """Take a connection; the one that writes has its log copied by `checkpoints`."""
        self._connection, self._path, self._checkpoints = connection, path, checkpoints
        self._unscrubbed = False
        self.vault = vault
        self.db = Db(connection.execute, vault, sole_writer=checkpoints is not None)
        self._version: tuple[int, ...] = ()

    def statement(self, sql: str) -> None:
        """Carry out BEGIN, COMMIT, ROLLBACK or a savepoint."""
        self._connection.execute(sql)

    def begin(self) -> None:
        """Begin, and take the write lock at once: a unit never waits for it half-way."""
        self._connection.execute("BEGIN IMMEDIATE")
        version = self._connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self.db.memo.clear()  # an operator's own tool wrote to the file
            self._version = version

    def alive(self) -> bool:
        """Whether the transaction still stands."""
        return self._connection.in_transaction

    def again(self, error: BaseException) -> bool:  # noqa: ARG002 - the protocol's; SQLite never asks to try again
        """Only PostgreSQL asks for another try."""
        return False

    def met(self) -> None:
        """Nobody else writes here."""

    def sentence(self, error: BaseException) -> StoreError | None:
        """Return trouble with the file or its disk in words."""
        return in_words(error, self._path) if isinstance(error, sqlite3.Error) else None

    def tell(self, batch: Sequence[Unit]) -> None:  # noqa: ARG002 - the protocol's; here is one process
        """Tell nobody: there is no other process."""
        self.db.signals.take()

    def remember(self) -> None:
        """Do nothing: a file can't lose an answer."""

    def stands(self) -> bool:
        """Return that what failed was not committed."""
        return False

    def committed(self, *, erased: bool) -> None:
        """After an erasure, empty the write-ahead log: what was erased may still lie in it."""
        self._unscrubbed = self._unscrubbed or erased
        if self._checkpoints is None:
            return
        if self._unscrubbed:
            with self._checkpoints.copying:
                # A reader in the middle of something keeps it from being emptied: then the next commit tries again.
                (busy, _, _) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._unscrubbed = bool(busy)
        else:
            self._checkpoints.follow(self._connection.total_changes)


class SqliteThread(aiosqlite.Connection):
    """aiosqlite's connection, lent whole to a closure inside its own thread: two hops a batch, not two a statement.

    aiosqlite has no public way for this; the version is pinned and a contract test watches `_execute` and `_conn`.
    """

    session: DbSession

    @property
    def raw(self) -> sqlite3.Connection:
        """The plain connection, for use inside its thread."""
        return self._conn

    async def run(self, fn: Callable[[DbSession], T]) -> T:
        """Call `fn` with the session in the connection's thread."""
        result: T = await self._execute(fn, self.session)  # type: ignore[no-untyped-call]  # aiosqlite left it bare
        return result


class SqliteStore(GroupStore):
    """The store of a bot in one process."""

    def __init__(
        self, writer: SqliteThread, reader: SqliteThread, keys: KeyFile, lock: Lock, checkpoints: Checkpointer
    ) -> None:
        super().__init__(writer, reader)
        self.keys, self._lock, self._checkpoints = keys, lock, checkpoints

    async def close(self) -> None:
        """Commit what waits, close the files, let the next process in."""
        try:
            await self.settled()
            await asyncio.to_thread(self._checkpoints.close)  # whoever closes the database last copies the rest
            await super().close()
        finally:
            self.keys.close()
            self._lock.release()


async def open_sqlite(places: StorePaths, now: datetime) -> SqliteStore:
    """Open the store, bring its schema up to date, and refuse in one sentence whatever can't be used."""
    check_version(sqlite3.sqlite_version_info)
    path = places.database
    make_private(path)
    lock = Lock(path)
    try:
        fresh = not path.stat().st_size
        keys = open_keys(places, fresh=fresh)
    except BaseException:
        lock.release()
        raise
    threads: list[SqliteThread] = []
    checkpoints = Checkpointer(path)
    try:
        writer = await _connect(path, keys, threads, checkpoints)
        await writer.run(lambda session: _prepare(session, writer.raw, places, now, fresh=fresh))
        reader = await _connect(path, keys, threads)
        await reader.run(lambda session: session.statement("PRAGMA query_only = ON"))
    except sqlite3.Error as error:
        await _abandon(threads, keys, lock)
        raise in_words(error, path) or StoreError(f"{path}: {error}: restore the newest backup") from error
    except BaseException:
        await _abandon(threads, keys, lock)
        raise
    return SqliteStore(writer, reader, keys, lock, checkpoints)


def check_version(found: tuple[int, ...]) -> None:
    """Refuse a SQLite that lacks what the tables need."""
    if found < OLDEST:
        raise StoreError(
            f"SQLite {'.'.join(map(str, found))} is too old, 3.37 or newer is needed: install a newer Python, whose"
            " SQLite comes with it, or use PostgreSQL"
        )


def in_words(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Say what is wrong with the file or its disk; None for a mistake in our own SQL."""
    kind = kind_of(error)
    if kind in {"ERROR", "CONSTRAINT", "MISMATCH", "MISUSE", "RANGE", "TOOBIG"}:
        return None
    return StoreError(f"{path}: {FIXES.get(kind, f'the disk has trouble ({error}): look at its log')}")


def open_keys(places: StorePaths, *, fresh: bool) -> KeyFile:
    """Open the operator's key and the key file; both are made only when there is no data yet."""
    operator = operator_key(places.keys / "operator.key", places.operator, fresh=fresh)
    keys = KeyFile(places.keys / "members.keys", places.keys / "members.keys.copy", operator, fresh=fresh)
    if fresh and keys.inhabited():
        keys.close()
        raise StoreError(
            f"{places.keys}: here are keys of members, but their database is missing or empty: put it back, or"
            " move this folder away to start anew"
        )
    return keys


async def _connect(
    path: Path, keys: KeyFile, threads: list[SqliteThread], checkpoints: Checkpointer | None = None
) -> SqliteThread:
    def connector() -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None, timeout=10, cached_statements=512)

    thread = SqliteThread(connector, iter_chunk_size=64)
    await thread
    threads.append(thread)
    thread.session = SqliteSession(thread.raw, Vault(keys), path, checkpoints)
    return thread


def _prepare(
    session: DbSession, connection: sqlite3.Connection, places: StorePaths, now: datetime, *, fresh: bool
) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        session.statement(f"PRAGMA {pragma}")
    session.statement(f"PRAGMA wal_autocheckpoint = {LARGE}")
    if (found := session.db.row("PRAGMA quick_check(1)")) is None or found[0] != "ok":
        raise StoreError(f"{places.database}: {FIXES['CORRUPT']}")
    session.begin()
    steps = pending(session.db, migrations("sqlite"), str(places.database))
    session.statement("COMMIT")
    upgrade(session, connection, steps, None if fresh else places.backups, now)
    bind_keys(session.db, places.keys)
    places.database.chmod(0o600)


async def _abandon(threads: list[SqliteThread], keys: KeyFile, lock: Lock) -> None:
    for thread in threads:
        await thread.close()
    keys.close()
    lock.release()
