"""Snapshot: one consistent state of the database, written to a SQLite file while the bot goes on.

SQLite copies itself (VACUUM INTO, from a connection that can't write: one read transaction, and no page of what was
deleted comes along). From PostgreSQL the rows are read in one REPEATABLE READ transaction. So a backup has one form,
whatever it was made from and whatever it is restored into, and no program of the server's own version is needed.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from buddybot.config.tables import StoreSettings
from buddybot.runtime.storage.reading import open_to_read
from buddybot.runtime.storage.sqlite import in_words
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import FIXES, StoreError, kind_of
from buddybot.store.kernel.migrations import RECORD, apply, migrations
from buddybot.store.kernel.private_files import make_private
from buddybot.store.rows import Side, copy_rows
from buddybot.store.tx import Tx


async def take_snapshot(settings: StoreSettings, operator: str | None, target: Path) -> None:
    """Write the database as it is now to a new SQLite file."""
    make_private(target)
    if settings.url.startswith("sqlite:"):
        _copied(Path(settings.url.removeprefix("sqlite:")), target)
        return
    store = await open_to_read(settings, operator)
    try:
        await store.read(lambda tx: _rows_into(tx, target))
    finally:
        await store.close()


def _copied(source: Path, target: Path) -> None:
    if not source.exists():
        raise StoreError(f"{source}: there is no database to keep: start the bot once, or look at store.url")
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as file:
            file.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        where = target if kind_of(error) == "FULL" else source
        raise in_words(error, where) or StoreError(f"{where}: no copy can be written ({error}): make room") from error


def _rows_into(tx: Tx, target: Path) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as file:
        copy = Db(file.execute, tx.vault)
        try:
            file.execute("BEGIN")
            copy.run(RECORD)
            for step in migrations("sqlite"):
                apply(copy, step)
            copy_rows(Side(tx.db, sqlite=False), Side(copy, sqlite=True))
            file.execute("COMMIT")
        except sqlite3.Error as error:
            raise in_words(error, target) or StoreError(f"{target}: {FIXES['FULL']}") from error
