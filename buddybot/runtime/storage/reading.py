"""Opens the store beside the running bot: a read-only connection, without the lock that keeps one process alone."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from buddybot.config.tables import StoreSettings
from buddybot.runtime.storage.batches import DbSession, Thread, read_once
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.key_places import keys_to_read
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.storage.sqlite import SqliteSession, SqliteThread, in_words
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import StoreError, StoreInUse
from buddybot.store.kernel.migrations import migrations, steps_missing
from buddybot.store.kernel.sealing import Vault
from buddybot.store.key_store import KeyStore
from buddybot.store.keyring import refuse_other_keys
from buddybot.store.tx import Tx

T = TypeVar("T")


class ReadableStore(Protocol):
    """A store as one sees it who only reads."""

    async def read(self, fn: Callable[[Tx], T]) -> T:
        """Run a closure that only reads."""


class ReadingStore:
    """The store of a process beside the bot: one connection that can't write."""

    def __init__(self, reader: Thread, keys: KeyStore) -> None:
        self._reader, self._keys = reader, keys

    async def read(self, fn: Callable[[Tx], T]) -> T:
        """Run a closure that only reads, on one state of the database."""
        result: T = await self._reader.run(lambda session: read_once(session, fn))
        return result

    async def close(self) -> None:
        """Let go of the database and of the keys."""
        await self._reader.close()
        self._keys.close()


@asynccontextmanager
async def reading(settings: StoreSettings, now: datetime, operator: str | None) -> AsyncIterator[ReadableStore]:
    """Open the store whole where the bot is stopped; beside the running bot, open it to read only."""
    store: GroupStore | ReadingStore
    try:
        store = await open_store(settings, now, operator)
    except StoreInUse:
        store = await open_to_read(settings, operator)
    try:
        yield store
    finally:
        await store.close()


async def open_to_read(settings: StoreSettings, operator: str | None) -> ReadingStore:
    """Open a read-only view of the database and its keys; refuse in one sentence what does not fit together."""
    keys = keys_to_read(settings, operator)
    try:
        if settings.url.startswith("sqlite:"):
            reader = await _sqlite_reader(Path(settings.url.removeprefix("sqlite:")), keys)
            dialect, whose = "sqlite", settings.url.removeprefix("sqlite:")
        else:
            reader = await _postgres_reader(settings.url, keys)
            dialect, whose = "postgres", "store.url"
    except BaseException:
        keys.close()
        raise
    store = ReadingStore(reader, keys)
    try:
        await reader.run(lambda session: read_once(session, lambda tx: _fitting(tx.db, dialect, whose, settings.keys)))
    except BaseException:
        await store.close()
        raise
    return store


def _fitting(db: Db, dialect: str, whose: str, folder: Path) -> None:
    if steps_missing(db, migrations(dialect), whose):
        raise StoreError(f"{whose}: the bot that runs is older than this command: start it anew, then try again")
    refuse_other_keys(db, folder)


async def _sqlite_reader(path: Path, keys: KeyStore) -> Thread:
    def connector() -> sqlite3.Connection:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=10)

    thread = SqliteThread(connector, iter_chunk_size=64)
    try:
        await thread
    except sqlite3.Error as error:
        raise in_words(error, path) or StoreError(f"{path}: {error}: restore the newest backup") from error
    session: DbSession = SqliteSession(thread.raw, Vault(keys), path)
    thread.session = session
    return thread


async def _postgres_reader(url: str, keys: KeyStore) -> Thread:
    from buddybot.runtime.storage.postgres import postgres_reader

    return await postgres_reader(url, keys)
