"""Copy of an empty store: its schema is made once a process, and every new folder begins with the same files.

To make the tables takes four times as long as to open them, and there are thousands of tests.
"""

import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from buddybot.runtime.storage.sqlite import StorePaths, open_keys, open_sqlite
from buddybot.store.kernel.private_files import make_private

DATABASE, KEYS = "bot.db", "keys"
_made: list[bytes] = []


async def lay_out(folder: Path, now: datetime) -> None:
    """Put an empty database and new keys into a folder, unless it has either."""
    places = _places(folder)
    if places.database.exists() or places.keys.exists():
        return
    if not _made:
        with tempfile.TemporaryDirectory() as made:
            await (await open_sqlite(_places(Path(made)), now)).close()
            _made.append(_nobodys(_places(Path(made)).database))
    make_private(places.database)
    places.database.write_bytes(_made[0])
    open_keys(places, fresh=True).close()


def _places(folder: Path) -> StorePaths:
    return StorePaths(folder / DATABASE, folder / KEYS, folder / "backups")


def _nobodys(database: Path) -> bytes:
    """Return what is in the file once it is not bound to its keys: no two houses have the same."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM keyring")
    return database.read_bytes()
