"""Encrypted online backup: a snapshot sealed under a lock, opened again to prove it, and only then given its name.

Members' keys are not in it. They go to one file elsewhere that is brought up to date in place (`key_export`), so that
whoever is erased can't be read in any backup, however old.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from buddybot.config.tables import StoreSettings
from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.keeping.archive import open_archive, read_head, write_archive
from buddybot.runtime.keeping.last_backup import note_backup
from buddybot.runtime.keeping.locks import ArchiveFault, ArchiveLock
from buddybot.runtime.keeping.snapshot import take_snapshot
from buddybot.runtime.storage.key_places import keys_to_read
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble, StoreError
from buddybot.store.kernel.private_files import make_private
from buddybot.store.kernel.sealing import Vault
from buddybot.store.key_export import house_of, lasting, write_wrapped
from buddybot.store.key_store import KeyReader
from buddybot.store.keyring import refuse_other_keys

SUFFIX = ".bbk"
SAMPLE = 50
"""Members whose record is opened to prove that database and keys go together."""


@dataclass(frozen=True, slots=True)
class BackupOrder:
    """Where a backup goes, under which lock, and how many of this house stay there."""

    folder: Path
    lock: ArchiveLock
    keep: int
    keys_to: Path | None = None


@dataclass(frozen=True, slots=True)
class BackupMade:
    """What came of it."""

    path: Path
    members: int
    opened: int
    dropped: int


async def make_backup(settings: StoreSettings, operator: str | None, order: BackupOrder, now: datetime) -> BackupMade:
    """Make a backup, prove it, let go of the oldest; whatever goes wrong leaves those there are, and nothing half."""
    with closing(keys_to_read(settings, operator)) as keys, scratch(order.folder) as work:
        await take_snapshot(settings, operator, work / "snapshot")
        with said_of(order.folder):
            return _archived(settings, keys, order, work, now)


def _archived(settings: StoreSettings, keys: KeyReader, order: BackupOrder, work: Path, now: datetime) -> BackupMade:
    add_erased(work / "snapshot", keys.erased())
    house, part = keys.need("bot:name").decode(), work / "part"
    make_private(part)
    with part.open("wb") as file:
        secret = write_archive(work / "snapshot", file, order.lock, made_at=now.isoformat(), house=house)
        file.flush()
        os.fsync(file.fileno())
    make_private(work / "proof")
    with (work / "proof").open("wb") as file:
        open_archive(part, file, secret)
    members, opened = open_sample(work / "proof", keys, settings.keys)
    if order.keys_to is not None:
        export_keys(settings.keys, order.keys_to, house, keys)
    target = order.folder / f"buddybot-{now:%Y%m%dT%H%M%S}{SUFFIX}"
    part.replace(target)
    _synced(order.folder)
    note_backup(settings.keys, now)
    return BackupMade(target, members, opened, _dropped(order.folder, house, order.keep))


def open_sample(database: Path, keys: KeyReader, folder: Path) -> tuple[int, int]:
    """Open a restored database with its keys: return how many members it has, and how many of a sample opened."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as file:
        if file.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise StoreError(f"{database}: what came out of the backup is no whole database: make another one")
        db = Db(file.execute, Vault(keys))
        refuse_other_keys(db, folder)
        (members,) = file.execute("SELECT count(*) FROM member").fetchone()
        step = max(1, members // SAMPLE)
        sample = db.rows("SELECT id, private FROM member ORDER BY id")[::step][:SAMPLE]
        opened = sum(_opens(db.vault, row[0], row[1]) for row in sample)
        if sample and not opened:
            raise StoreError(f"{folder}: with these keys no member's record opens: put the right key file there")
        return members, opened


def _opens(vault: Vault, member: str, sealed: bytes) -> bool:
    try:
        return vault.open(MemberId(member), "private", sealed) is not None
    except DamagedValueError:
        return False


def export_keys(folder: Path, target: Path, house: str, keys: KeyReader) -> None:
    """Bring the one copy of the keys outside up to date; never that of another house, nor back to an older state."""
    if target.resolve().parent == folder.resolve():
        raise KeyTrouble(f"{target}: this is the folder of the keys themselves: choose a place on another disk")
    if target.exists() and target.stat().st_size:
        if house_of(target) != house:
            raise KeyTrouble(f"{target}: here are keys of another house: choose another file")
        if keys.read_elsewhere(target).turn > keys.turn:
            raise KeyTrouble(f"{target}: these keys are newer than those the bot uses: look which are the right ones")
    wrapped, erased = keys.wrapped()
    write_wrapped(target, lasting(wrapped), erased, house)


def add_erased(database: Path, erased: set[bytes]) -> None:
    """Put the list of destroyed keys beside the data, so that it comes back with them."""
    with closing(sqlite3.connect(database)) as file, file:
        file.execute("CREATE TABLE erased_key (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID")
        file.executemany("INSERT INTO erased_key VALUES (?)", [(one,) for one in sorted(erased)])


def take_erased(database: Path) -> set[bytes]:
    """Take that list out again."""
    with closing(sqlite3.connect(database)) as file, file:
        found = {row[0] for row in file.execute("SELECT hash FROM erased_key")}
        file.execute("DROP TABLE erased_key")
    return found


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Yield a private folder on the same disk, gone at the end with all that is in it."""
    with said_of(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = tempfile.TemporaryDirectory(prefix=".buddybot-", dir=folder)
    with made as name:
        yield Path(name)


@contextmanager
def said_of(folder: Path) -> Iterator[None]:
    """Turn trouble of the disk into a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(
            f"{folder}: the backup can't be written ({why}): make room, or give this user the right to write there;"
            " the backups there are were not touched"
        ) from error


def _dropped(folder: Path, house: str, keep: int) -> int:
    """Let go of the oldest backups of this house, by the time in their names."""
    ours = [path for path in sorted(folder.glob(f"buddybot-*{SUFFIX}")) if _house(path) == house]
    for path in ours[:-keep]:
        path.unlink()
    return len(ours[:-keep])


def _house(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return read_head(file, path)[0].house
    except (ArchiveFault, OSError):
        return ""


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
