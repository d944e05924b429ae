"""Export of the key file: one copy outside, brought up to date in place, so that a destroyed key is gone there too.

What is left out are the keys of text on its way: such text may not be read any more after a day, and a copy that is
made once a week would keep it readable for a week. With the keys goes the list of what was erased: hashes of destroyed
keys, which say nothing of anybody, and by which an older key file, put back, loses those keys again.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from buddybot.store.kernel.errors import FIXES, KeyTrouble, kind_of
from buddybot.store.kernel.private_files import make_private

LASTING = ("bot:", "member:")
"""What the names of the keys begin with that a copy outside holds."""


def lasting(keys: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return those of these keys that a copy outside holds."""
    return {name: one for name, one in keys.items() if name.startswith(LASTING)}


def read_wrapped(path: Path) -> tuple[dict[str, bytes], set[bytes]]:
    """Return all keys of a key file, wrapped as they are, and the hashes of those that were destroyed."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as file:
            file.execute("BEGIN")
            keys = dict(file.execute("SELECT name, wrapped FROM key"))
            listed = file.execute("SELECT 1 FROM sqlite_master WHERE name = 'erased'").fetchone()
            erased = {row[0] for row in file.execute("SELECT hash FROM erased")} if listed else set()
    except sqlite3.Error as error:
        raise _words(error, path) from error
    return keys, erased


def house_of(path: Path) -> str:
    """Return the name of the house that a copy outside is of; empty where it does not say."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as file:
            row = file.execute("SELECT name FROM house").fetchone()
    except sqlite3.Error:
        return ""
    return "" if row is None else str(row[0])


def write_wrapped(path: Path, keys: Mapping[str, bytes], erased: Iterable[bytes], house: str) -> None:
    """Bring a copy to exactly these keys, in one transaction; what leaves it is overwritten. Erasures only add up.

    The copy says whose it is in the clear: that name is no secret, and holds when the operator's key was changed.
    """
    make_private(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            for pragma in ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON"):
                file.execute(f"PRAGMA {pragma}")
            file.execute("BEGIN IMMEDIATE")
            for table, column in (
                ("key", "name TEXT PRIMARY KEY, wrapped BLOB NOT NULL"),
                ("erased", "hash BLOB PRIMARY KEY"),
            ):
                file.execute(f"CREATE TABLE IF NOT EXISTS {table} ({column}) STRICT, WITHOUT ROWID")
            file.execute("CREATE TABLE IF NOT EXISTS house (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
            file.execute("INSERT INTO house VALUES (?) ON CONFLICT DO NOTHING", (house,))
            held = dict(file.execute("SELECT name, wrapped FROM key"))
            gone = [(name,) for name in held.keys() - keys.keys()]
            file.executemany("DELETE FROM key WHERE name = ?", gone)
            changed = [(name, one) for name, one in keys.items() if held.get(name) != one]
            file.executemany(
                "INSERT INTO key VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped", changed
            )
            file.executemany("INSERT INTO erased VALUES (?) ON CONFLICT DO NOTHING", [(one,) for one in erased])
            file.execute("COMMIT")
    except sqlite3.Error as error:
        raise _words(error, path) from error


def _words(error: sqlite3.Error, path: Path) -> KeyTrouble:
    kind = kind_of(error)
    return KeyTrouble(f"{path}: {FIXES.get(kind, f'the keys can not be read or written here ({error})')}")
