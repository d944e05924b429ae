"""The key file: every member's own key and every hour's text keys, apart from the database and from its backups.

Destroying a key erases what was sealed under it, in the database and in every backup of it. So the keys live in a small
SQLite file of their own (rollback journal, deleted content overwritten), each wrapped by the operator's key. The only
copy of that file is attached to it and changes in the same transaction: nothing versioned, nothing left behind.
"""

import logging
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from secrets import token_bytes, token_hex
from threading import RLock

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from buddybot.store.kernel.errors import FIXES, DamagedValueError, KeyTrouble, kind_of
from buddybot.store.kernel.key_copies import (
    DAMAGE,
    NONCE,
    TURN,
    FoundKeys,
    check_usable,
    erasure_hash,
    read_keys,
    reconciled,
    restore_advice,
    unwrap_by,
    unwrap_key,
)
from buddybot.store.kernel.opened import OPENED
from buddybot.store.kernel.operator_key import KEY_BYTES, next_key
from buddybot.store.kernel.private_files import make_private

_REMEMBERED = 8192
_HOUR_DIGITS = 10
LAST_HOUR = 10**_HOUR_DIGITS - 1
TURN_BYTES = 8

LOOKUP, OURS, NAME = "bot:lookup", "bot:ours", "bot:name"
"""Keys of the whole bot: one hashes what must be found again, one seals what belongs to no member, one is no secret:
the database remembers it, so that it can't be opened with the key file of another."""


def member_name(member: str) -> str:
    """Return what a member's key is filed under."""
    return f"member:{member}"


class Lasts(StrEnum):
    """How long the text keys of an hour last; the value is what they are filed under."""

    A_DAY = "hour"
    """What waits for its author's own decision, or for an answer."""
    UNDELIVERED = "wait"
    """What is on its way: as long as the operator lets it wait."""


def hour_name(hour: int, lasts: Lasts = Lasts.A_DAY) -> str:
    """Return what a text key of an hour (counted since 1970) is filed under; sorts by time."""
    return f"{lasts}:{hour:0{_HOUR_DIGITS}}"


MEMBERS = (member_name(""), member_name("\U0010ffff"))
log = logging.getLogger(__name__)


class KeyFile:
    """All keys there are. Safe from several threads; what was put is on disk, what was dropped is not."""

    shared = False
    """Whether other processes may use the same keys at the same time."""

    def __init__(self, path: Path, copy: Path, operator: bytes, *, fresh: bool) -> None:
        """Open it; a missing one is made only where `fresh` says that no data exists yet."""
        self._path, self._copy = path, copy
        self._wrap, *self._other_wraps = wraps_of(operator, path.parent)
        self._lock = RLock()
        self.turn = 0
        """How often the keys were changed."""
        self.damaged: set[tuple[str, str]] = set()
        """Values sealed under these keys that did not open; kept here, since every session has a `Vault` of its own."""
        self._known: OrderedDict[str, bytes] = OrderedDict()
        """Keys in memory, the first read going first; looked into without the lock, a dozen times a note."""
        if not fresh and not (path.exists() and path.stat().st_size):
            advice = restore_advice(FoundKeys(path), read_keys(copy, self._unwrap))
            raise KeyTrouble(f"{path}: the key file is missing, the data can't be read without it: {advice}")
        made = make_private(path)
        make_private(copy)
        keys = self._checked()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(keys)
            if made or self.find(NAME) is None:
                self.change({LOOKUP: token_bytes(KEY_BYTES), OURS: token_bytes(KEY_BYTES), NAME: token_hex(8).encode()})
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Forget all keys in memory and let go of the file."""
        with self._lock:
            self._known.clear()
            OPENED.drop()
            self._db.close()

    def find(self, name: str) -> bytes | None:
        """Return the key filed under this name, None when there is none (any more); `DamagedValueError` when lost."""
        if (known := self._known.get(name)) is not None:
            return known
        with self._lock:
            with self._sentences():
                row = self._db.execute("SELECT wrapped FROM main.key WHERE name = ?", (name,)).fetchone()
                if row is None:
                    return None
                other = self._db.execute("SELECT wrapped FROM copy.key WHERE name = ?", (name,)).fetchone()
            try:
                key = self._unwrap(name, row[0])
            except DamagedValueError:
                self.damaged.add((self._path.name, name))
                if other is None:
                    raise
                key = self._unwrap(name, other[0])
            self._remember({name: key})
            return key

    def need(self, name: str) -> bytes:
        """Return a key that must be there."""
        try:
            key = self.find(name)
        except DamagedValueError:
            key = None
        if key is None:
            raise KeyTrouble(
                f"{self._path}: the key {name} is missing or damaged, in the copy too: put the file back from where you"
                " keep it"
            )
        return key

    def change(self, put: Mapping[str, bytes], drop: Iterable[str] = (), *, counted: bool = True) -> dict[str, bytes]:
        """Write some keys and destroy others, in both files at once; return what was there, so it can be undone.

        Changes are `counted` where the database changes with them, which tells later whether one of the two is older.
        """
        with self._lock:
            drop = tuple(drop)
            taken = {name: key for name in (*drop, *put) if (key := self._whole(name)) is not None}
            turn = self.turn + int(counted)
            for name in drop:
                self._known.pop(name, None)  # before it goes: whoever looks without the lock finds nothing, and waits
            with self._transaction():
                self._write({**put, TURN: turn.to_bytes(TURN_BYTES, "big")}, drop)
                self._remember_erased(
                    [taken[name] for name in drop if name in taken and name.startswith(MEMBERS[0])], put.values()
                )
            self.turn = turn
            self._remember(put)
            return taken

    def between(self, first: str, last: str) -> frozenset[str]:
        """Return the names of keys from the one to the other, both among them; nothing is unwrapped."""
        with self._lock, self._sentences():
            rows = self._db.execute("SELECT name FROM main.key WHERE name BETWEEN ? AND ?", (first, last)).fetchall()
            return frozenset(row[0] for row in rows)

    def members(self) -> list[str]:
        """Return everybody and everything that has a key of its own, by the name of its owner."""
        with self._lock, self._sentences():
            rows = self._db.execute("SELECT name FROM main.key WHERE name BETWEEN ? AND ?", MEMBERS).fetchall()
            return [row[0].removeprefix(member_name("")) for row in rows]

    def inhabited(self) -> bool:
        """Return whether any member has a key here: then there is, or was, a database that goes with it."""
        return bool(self.members())

    def hour(self, hour: int, lasts: Lasts = Lasts.A_DAY) -> bytes:
        """Return a text key of this hour; made, and on disk, when it is the first time or the one there is lost."""
        with self._lock:
            name = hour_name(hour, lasts)
            key = self._whole(name)
            if key is None:
                key = token_bytes(KEY_BYTES)
                self.change({name: key}, counted=False)
            return key

    def undo(self, replaced: Mapping[str, bytes], made: Iterable[str]) -> None:
        """Take a change back: the database did not commit."""
        self.change(replaced, made, counted=False)

    def rest(self) -> None:
        """Do nothing: no other process has to know what this one holds."""

    def awaited(self, number: int | None) -> int | None:  # noqa: ARG002 - the protocol's
        """Return None: what is destroyed here is forgotten at once by the one process there is."""
        return None

    def others(self) -> int:
        """Return how many other living processes use these keys: a file has one."""
        return 0

    def erased(self) -> set[bytes]:
        """Return the hashes of all keys that were ever destroyed here."""
        with self._lock, self._sentences():
            return {row[0] for row in self._db.execute("SELECT hash FROM main.erased")}

    def erase_again(self, hashes: Iterable[bytes]) -> int:
        """Destroy every key whose hash is among these, and remember them all; return how many keys that were.

        So whoever was erased after this file was copied away is erased in it as well.
        """
        with self._lock:
            known = self.erased() | set(hashes)
            with self._sentences():
                names = [row[0] for row in self._db.execute("SELECT name FROM main.key")]
            gone = [name for name in names if (key := self._whole(name)) is not None and erasure_hash(key) in known]
            self.change({}, gone)
            with self._transaction():
                for file in ("main", "copy"):
                    for one in known:
                        self._db.execute(f"INSERT INTO {file}.erased VALUES (?) ON CONFLICT DO NOTHING", (one,))
            return len(gone)

    def hours(self, lasts: Lasts) -> list[int]:
        """Return the hours that have a text key, the first one first."""
        names = self.between(hour_name(0, lasts), hour_name(LAST_HOUR, lasts))
        return sorted(int(name.rpartition(":")[2]) for name in names)

    def drop_hours(self, hours: Iterable[int], lasts: Lasts) -> int:
        """Destroy the text keys of these hours; return how many went."""
        names = [hour_name(hour, lasts) for hour in hours]
        if names:
            self.change({}, names, counted=False)
        return len(names)

    # ── Change of the operator's key ────────────────────────────────────────────────────

    def wrap_by(self, new: bytes) -> None:
        """Wrap whatever is written from now on by a new operator's key; what is wrapped by the old one still opens."""
        with self._lock:
            self._other_wraps = [self._wrap, *self._other_wraps]
            self._wrap = AESGCM(new)

    def rewrap(self, after: str, most: int) -> tuple[str, int] | None:
        """Wrap the next keys, in the order of their names, by the newest operator's key; None when there are no more.

        Return the last name looked at, and how many were wrapped. A key that opens no more stays as it is.
        """
        with self._lock:
            with self._sentences():
                sql = "SELECT name FROM main.key WHERE name > ? ORDER BY name LIMIT ?"
                names = [row[0] for row in self._db.execute(sql, (after, most))]
            whole = {name: key for name in names if (key := self._whole(name)) is not None}
            with self._transaction():
                self._write(whole, ())
        return (names[-1], len(whole)) if names else None

    def settle_wrapping(self) -> int:
        """Let go of older operator's keys where nothing needs them any more; return how many keys still do."""
        with self._lock, self._sentences():
            found = self._db.execute("SELECT name, wrapped FROM main.key UNION ALL SELECT name, wrapped FROM copy.key")
            needed = sum(self._needs_older(name, wrapped) for name, wrapped in found.fetchall())
            if not needed:
                self._other_wraps = []
            return needed

    def _needs_older(self, name: str, wrapped: bytes) -> bool:
        try:
            unwrap_key(self._wrap, self._path, name, wrapped)
        except DamagedValueError:
            return self._opens(name, wrapped)
        return False

    # ── At the start ────────────────────────────────────────────────────────────────────

    def _checked(self) -> dict[str, bytes] | None:
        """Open every key in both files; return those there are to be, or None where both have them already."""
        main, copy = read_keys(self._path, self._unwrap), read_keys(self._copy, self._unwrap)
        check_usable(main, copy, name=NAME)
        keys = reconciled(main, copy)
        for one, other in ((main, copy), (copy, main)):
            lost = len(one.damaged - other.keys.keys())
            if one.broken or one.damaged:
                what = "the whole file" if one.broken else f"{len(one.damaged)} keys"
                log.error("%s: %s damaged; mended from %s, but for %d that are lost", one.path, what, other.path, lost)
            if one.broken:
                one.path.write_bytes(b"")
                one.path.with_name(f"{one.path.name}-journal").unlink(missing_ok=True)
        self.turn = max(main.turn, copy.turn)
        self.damaged = {(self._path.name, name) for name in (main.damaged | copy.damaged) - keys.keys()}
        return None if main.keys == copy.keys == keys and not main.damaged | copy.damaged else keys

    def _prepare(self, keys: Mapping[str, bytes] | None) -> None:
        with self._sentences():
            self._db.execute("ATTACH DATABASE ? AS copy", (str(self._copy),))
            for file in ("main", "copy"):
                self._db.execute(f"PRAGMA {file}.journal_mode = DELETE")
                self._db.execute(f"PRAGMA {file}.synchronous = FULL")
                self._db.execute(f"PRAGMA {file}.secure_delete = ON")
        with self._transaction():
            for file in ("main", "copy"):
                for table in ("key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL)", "erased (hash BLOB PRIMARY KEY)"):
                    self._db.execute(f"CREATE TABLE IF NOT EXISTS {file}.{table} STRICT, WITHOUT ROWID")
            for one, other in (("main", "copy"), ("copy", "main")):
                self._db.execute(
                    f"INSERT INTO {one}.erased SELECT hash FROM {other}.erased WHERE 1 ON CONFLICT DO NOTHING"
                )
            if keys is not None:
                self._even_out(keys)

    def _even_out(self, keys: Mapping[str, bytes]) -> None:
        """Bring both files to the same keys, where they are not; what is lost stays there as it is, to be told of."""
        for file in ("main", "copy"):
            held = dict(self._db.execute(f"SELECT name, wrapped FROM {file}.key"))
            for name in held.keys() - keys.keys():
                if self._opens(name, held[name]):
                    self._db.execute(f"DELETE FROM {file}.key WHERE name = ?", (name,))
            for name, key in keys.items():
                if name not in held or not self._opens(name, held[name]):
                    self._put(file, name, self._wrapped(name, key))

    # ── One transaction over both files ─────────────────────────────────────────────────

    def _write(self, put: Mapping[str, bytes], drop: Iterable[str]) -> None:
        wrapped = [(name, self._wrapped(name, key)) for name, key in put.items()]
        for file in ("main", "copy"):
            self._db.executemany(f"DELETE FROM {file}.key WHERE name = ?", [(name,) for name in drop])
            for name, one in wrapped:
                self._put(file, name, one)

    def _remember_erased(self, destroyed: Iterable[bytes], kept: Iterable[bytes]) -> None:
        """List destroyed keys by their hash: of 32 random bytes it says nothing, and no older file brings them back."""
        gone, back = [(erasure_hash(key),) for key in destroyed], [(erasure_hash(key),) for key in kept]
        for file in ("main", "copy"):
            self._db.executemany(f"INSERT INTO {file}.erased VALUES (?) ON CONFLICT DO NOTHING", gone)
            self._db.executemany(f"DELETE FROM {file}.erased WHERE hash = ?", back)

    def _put(self, file: str, name: str, wrapped: bytes) -> None:
        self._db.execute(
            f"INSERT INTO {file}.key VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped",
            (name, wrapped),
        )

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
            kind = kind_of(error)
            fix = f"it or its copy is damaged ({error}): start the bot anew, it mends what opens and names the file"
            if kind not in DAMAGE:
                fix = FIXES.get(kind, f"the disk has trouble ({error}): look at its log")
            raise KeyTrouble(f"{self._path}: {fix}") from error

    # ── Wrapping ────────────────────────────────────────────────────────────────────────

    def _remember(self, keys: Mapping[str, bytes]) -> None:
        """Keep keys in memory, those read last."""
        self._known.update(keys)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _whole(self, name: str) -> bytes | None:
        """Return a key that opens; None where there is none, or it is lost."""
        try:
            return self.find(name)
        except DamagedValueError:
            return None

    def _opens(self, name: str, wrapped: bytes) -> bool:
        try:
            self._unwrap(name, wrapped)
        except DamagedValueError:
            return False
        return True

    def _wrapped(self, name: str, key: bytes) -> bytes:
        nonce = token_bytes(NONCE)
        return nonce + self._wrap.encrypt(nonce, key, name.encode())

    def _unwrap(self, name: str, wrapped: bytes) -> bytes:
        return unwrap_by((self._wrap, *self._other_wraps), self._path, name, wrapped)


def wraps_of(operator: bytes, folder: Path) -> list[AESGCM]:
    """Return what wraps keys: by the operator's key, and by the new one where a change to it was cut off."""
    new = next_key(folder)
    return [AESGCM(key) for key in (operator, new) if key is not None]
