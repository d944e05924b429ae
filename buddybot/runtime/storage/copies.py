"""Copies of the SQLite database, taken before each migration: whole, private, and only the newest few."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.private_files import make_private

KEPT = 5


def back_up(connection: sqlite3.Connection, folder: Path, name: str, now: datetime) -> Path:
    """Write a copy named after the moment; it appears under its name only when it is whole and on disk."""
    target = folder / f"{now:%Y%m%dT%H%M%S%f}-{name}.db"
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    make_private(part)
    try:
        connection.execute("VACUUM INTO ?", (str(part),))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            f"{target}: the backup can't be written ({error}): make room or give this user the right to write there"
        ) from error
    for old in sorted(folder.glob("*.db"))[:-KEPT]:
        old.unlink()
    return target
