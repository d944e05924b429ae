"""Upgrade of a SQLite schema, step by step, with a rollback of the whole: what fails half-way brings its copy back.

Each step is a transaction. One that fails in the middle of several would leave a schema between two versions, which
neither the new program nor the old one can use. So there is one copy from before the first step, and it is put back.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from buddybot.runtime.storage.batches import DbSession
from buddybot.runtime.storage.copies import back_up
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.migrations import Migration, apply


def upgrade(
    session: DbSession, connection: sqlite3.Connection, steps: list[Migration], backups: Path | None, now: datetime
) -> None:
    """Carry out the steps that a database still needs; `backups` is where its copy goes, None for one without data."""
    copy = None
    if steps and backups is not None:
        copy = back_up(connection, backups, f"before-{steps[0].number:04}", now)
    for step in steps:
        try:
            session.begin()
            apply(session.db, step)
            session.statement("COMMIT")
        except sqlite3.Error as error:
            if session.alive():
                session.statement("ROLLBACK")
            raise _failed(connection, step, copy, error) from error


def _failed(connection: sqlite3.Connection, step: Migration, copy: Path | None, error: sqlite3.Error) -> StoreError:
    why = f"the upgrade failed at step {step.name} ({error})"
    if copy is None:
        return StoreError(f"{why}: make room if the disk is full, delete the empty database, and start again")
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as kept:
            kept.backup(connection)
    except sqlite3.Error as trouble:
        return StoreError(f"{why}, and its copy can't be put back ({trouble}): copy {copy} over the database by hand")
    return StoreError(
        f"{why}: the database is again as it was before, from {copy}: start the older version of buddybot, make room if"
        " the disk is full, and report this"
    )
