"""Puts a whole SQLite file in the place that settings name: by its name, or row by row into a PostgreSQL database.

Both are empty before, or are refused, and both happen at once: a file is renamed, rows come in one transaction.
"""

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from buddybot.runtime.storage.sqlite import in_words
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.migrations import apply, migrations, pending
from buddybot.store.kernel.private_files import Lock, make_private
from buddybot.store.kernel.sealing import Vault
from buddybot.store.key_store import KeyStore
from buddybot.store.rows import Side, copy_rows, count_rows

if TYPE_CHECKING:
    from buddybot.runtime.storage.postgres import PostgresSession


def refuse_inhabited(database: Path) -> None:
    """Refuse a place where there is a database already: nothing is ever overwritten."""
    if database.exists() and database.stat().st_size:
        raise StoreError(f"{database}: here is a database already: move it away first, it is not overwritten")


def refuse_running(url: str) -> None:
    """Refuse a database that a bot is using."""
    if url.startswith("sqlite:"):
        database = Path(url.removeprefix("sqlite:"))
        make_private(database.with_name(f"{database.name}.lock"))
        Lock(database).release()
        return
    from buddybot.runtime.storage.postgres_connections import connect_alone
    from buddybot.runtime.storage.postgres_start import in_sentences

    with in_sentences():
        connect_alone(url).close()


def place_database(made: Path, url: str, keys: KeyStore) -> None:
    """Put the file in its place; a crash before the end leaves the place as it was."""
    if url.startswith("sqlite:"):
        _place_file(made, Path(url.removeprefix("sqlite:")))
        return
    try:
        with closing(sqlite3.connect(made, isolation_level=None)) as file:
            old = Db(file.execute, Vault(keys))
            file.execute("BEGIN")
            for step in pending(old, migrations("sqlite"), str(made)):
                apply(old, step)
            _fill_server(url, old, keys)
            file.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise in_words(error, made) or StoreError(f"{made}: {error}: take another backup") from error


def _place_file(made: Path, database: Path) -> None:
    make_private(database)
    with Lock(database):
        refuse_inhabited(database)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        for left in ("-wal", "-shm"):
            database.with_name(database.name + left).unlink(missing_ok=True)
        try:
            made.replace(database)
        except OSError as error:
            raise StoreError(f"{database}: can't be put there ({error.strerror}): look at its folder") from error


def _fill_server(url: str, old: Db, keys: KeyStore) -> None:
    """Copy every row into an empty database of a server, in one transaction, and count them there."""
    from buddybot.runtime.storage.postgres import PostgresSession
    from buddybot.runtime.storage.postgres_connections import connect_alone
    from buddybot.runtime.storage.postgres_start import in_sentences

    with in_sentences():
        _fill(PostgresSession(partial(connect_alone, url)), old, keys)


def _fill(session: "PostgresSession", old: Db, keys: KeyStore) -> None:
    try:
        session.unseal(keys)
        session.begin()
        for step in pending(session.db, migrations("postgres"), "store.url"):
            apply(session.db, step)
        _all_rows(old, session.db)
        session.statement("COMMIT")
    except BaseException:
        if session.alive():
            session.statement("ROLLBACK")
        raise
    finally:
        session.close()


def _all_rows(old: Db, new: Db) -> None:
    if sum(count_rows(new).values()):
        raise StoreError("store.url: there are rows in this database already: make an empty one, and name that")
    copied = copy_rows(Side(old, sqlite=True), Side(new, sqlite=False))
    if count_rows(new) != copied:
        raise StoreError("store.url: not every row arrived: nothing was written, try again")
