"""The key file: every member's own key and every hour's text key, apart from the database and from its backups.

Destroying a key erases what was sealed under it, in the database and in every backup of it. So the keys live in a small
SQLite file of their own (rollback journal, deleted content overwritten), each wrapped by the operator's key. The only
copy of that file is attached to it and changes in the same transaction: nothing versioned, nothing left behind.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_bytes, token_hex
from threading import RLock

from cachetools import LRUCache
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.operator_key import KEY_BYTES
from buddybot.store.kernel.private_files import make_private

_NONCE = 12
_REMEMBERED = 8192
_HOUR_DIGITS = 10

LOOKUP, OURS, NAME = "bot:lookup", "bot:ours", "bot:name"
"""Keys of the whole bot: one hashes what must be found again, one seals what belongs to no member, one is no secret:
the database remembers it, so that it can't be opened with the key file of another."""


def member_name(member: str) -> str:
    """Return what a member's key is filed under."""
    return f"member:{member}"


def hour_name(hour: int) -> str:
    """Return what the text key of an hour (counted since 1970) is filed under; sorts by time."""
    return f"hour:{hour:0{_HOUR_DIGITS}}"


class KeyFile:
    """All keys there are. Safe from several threads; what was put is on disk, what was dropped is not."""

    def __init__(self, path: Path, copy: Path, operator: bytes, *, fresh: bool) -> None:
        """Open it; a missing one is made only where `fresh` says that no data exists yet."""
        if not fresh and not (path.exists() and path.stat().st_size):
            raise KeyTrouble(
                f"{path}: the key file is missing, the data can't be read without it: {_restore(path, copy)}"
            )
        made = make_private(path)
        make_private(copy)
        self._path, self._copy = path, copy
        self._wrap = AESGCM(operator)
        self._lock = RLock()
        self.damaged: set[tuple[str, str]] = set()
        """Values sealed under these keys that did not open; kept here, since every session has a `Vault` of its own."""
        self._known: LRUCache[str, bytes] = LRUCache(_REMEMBERED)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
            if made or self.find(NAME) is None:
                self.change({LOOKUP: token_bytes(KEY_BYTES), OURS: token_bytes(KEY_BYTES), NAME: token_hex(8).encode()})
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Forget all keys in memory and let go of the file."""
        with self._lock:
            self._known.clear()
            self._db.close()

    def find(self, name: str) -> bytes | None:
        """Return the key filed under this name, or None when there is none (any more)."""
        with self._lock:
            if (known := self._known.get(name)) is not None:
                return known
            with self._sentences():
                row = self._db.execute("SELECT wrapped FROM main.key WHERE name = ?", (name,)).fetchone()
            if row is None:
                return None
            key = self._unwrap(name, row[0])
            self._known[name] = key
            return key

    def need(self, name: str) -> bytes:
        """Return a key that must be there."""
        key = self.find(name)
        if key is None:
            raise KeyTrouble(f"{self._path}: the key {name} is missing: {_restore(self._path, self._copy)}")
        return key

    def change(self, put: Mapping[str, bytes], drop: Iterable[str] = ()) -> dict[str, bytes]:
        """Write some keys and destroy others, in both files at once; return what was there, so it can be undone."""
        with self._lock:
            drop = tuple(drop)
            taken = {name: key for name in (*drop, *put) if (key := self.find(name)) is not None}
            wrapped = [(name, self._wrapped(name, key)) for name, key in put.items()]
            with self._transaction():
                for file in ("main", "copy"):
                    self._db.executemany(f"DELETE FROM {file}.key WHERE name = ?", [(name,) for name in drop])
                    self._db.executemany(
                        f"INSERT INTO {file}.key VALUES (?, ?)"
                        " ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped",
                        wrapped,
                    )
            for name in drop:
                self._known.pop(name, None)
            self._known.update(put)
            return taken

    def inhabited(self) -> bool:
        """Say whether any member has a key here: then there is, or was, a database that goes with it."""
        with self._lock, self._sentences():
            first, after = member_name(""), member_name("\U0010ffff")
            row = self._db.execute(
                "SELECT 1 FROM main.key WHERE name BETWEEN ? AND ? LIMIT 1", (first, after)
            ).fetchone()
            return row is not None

    def hour(self, hour: int) -> bytes:
        """Return the text key of this hour; made, and on disk, when it is the first time."""
        with self._lock:
            key = self.find(hour_name(hour))
            if key is None:
                key = token_bytes(KEY_BYTES)
                self.change({hour_name(hour): key})
            return key

    def drop_hours(self, before: int) -> int:
        """Destroy the text keys of all hours before this one; return how many went."""
        with self._lock:
            with self._sentences():
                found = self._db.execute(
                    "SELECT name FROM main.key WHERE name >= ? AND name < ?", (hour_name(0), hour_name(max(before, 0)))
                ).fetchall()
            if found:
                self.change({}, [row[0] for row in found])
            return len(found)

    def _prepare(self) -> None:
        with self._sentences():
            self._db.execute("ATTACH DATABASE ? AS copy", (str(self._copy),))
            for file in ("main", "copy"):
                self._db.execute(f"PRAGMA {file}.journal_mode = DELETE")
                self._db.execute(f"PRAGMA {file}.synchronous = FULL")
                self._db.execute(f"PRAGMA {file}.secure_delete = ON")
        with self._transaction():
            for file in ("main", "copy"):
                self._db.execute(
                    f"CREATE TABLE IF NOT EXISTS {file}.key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL)"
                    " STRICT, WITHOUT ROWID"
                )
            self._db.execute("DELETE FROM copy.key WHERE (name, wrapped) NOT IN (SELECT name, wrapped FROM main.key)")
            self._db.execute("INSERT INTO copy.key SELECT * FROM main.key WHERE true ON CONFLICT (name) DO NOTHING")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._sentences():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk may have rolled it back already
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise KeyTrouble(
                f"{self._path}: the key file or its copy can't be used ({error}): {_restore(self._path, self._copy)}"
            ) from error

    def _wrapped(self, name: str, key: bytes) -> bytes:
        nonce = token_bytes(_NONCE)
        return nonce + self._wrap.encrypt(nonce, key, name.encode())

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        try:
            return self._wrap.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], name.encode())
        except InvalidTag as error:
            raise KeyTrouble(
                f"{self._path}: the operator's key does not fit this key file: put back the key it was made with"
            ) from error


def _restore(path: Path, copy: Path) -> str:
    return f"stop the bot and copy {copy} to {path}, or put the file back from where you keep it"
