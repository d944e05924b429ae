"""Reconciliation of the key file with its copy: every key of both is opened before either is touched.

A file that can't be trusted must not be copied over one that can. So both are read apart, what opens in only one mends
the other key by key, and the file that was changed last says which keys there are.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from buddybot.store.kernel.errors import FIXES, DamagedValueError, KeyTrouble, kind_of

NONCE = 12
TURN = "bot:turn"
"""Filed with the keys: how often they were changed."""
DAMAGE = frozenset({"CORRUPT", "NOTADB", "ERROR"})
"""SQLite's names for a file whose content is wrong; any other trouble says nothing about what is in it."""
PATIENCE = 5.0
"""Seconds to wait for another program that holds a file."""
FITS_NOT = "the operator's key does not fit this key file: put back the key it was made with"


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """Content of one key file: keys that open, and names of those that don't. `broken`: it can't be read at all."""

    path: Path
    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    damaged: frozenset[str] = frozenset()
    broken: bool = False

    @property
    def turn(self) -> int:
        """How often its keys were changed; 0 in a file from before this was counted."""
        return int.from_bytes(self.keys.get(TURN, b""), "big")

    @property
    def whole(self) -> bool:
        """Return whether everything in it opens, and there is something in it."""
        return bool(self.keys) and not self.damaged and not self.broken


def erasure_hash(key: bytes) -> bytes:
    """Return what a destroyed key is listed by: of 32 random bytes it says nothing."""
    return hashlib.sha256(b"erased" + key).digest()


def unwrap_key(operator: AESGCM, path: Path, name: str, wrapped: bytes) -> bytes:
    """Open one key that is wrapped by the operator's; it is bound to its name."""
    try:
        return operator.decrypt(wrapped[:NONCE], wrapped[NONCE:], name.encode())
    except (InvalidTag, ValueError):
        raise DamagedValueError(path.name, name) from None


def unwrap_by(wraps: Sequence[AESGCM], path: Path, name: str, wrapped: bytes) -> bytes:
    """Open one key by the first of these that fits."""
    for one in wraps[:-1]:
        with suppress(DamagedValueError):
            return unwrap_key(one, path, name, wrapped)
    return unwrap_key(wraps[-1], path, name, wrapped)


def read_keys(path: Path, unwrap: Callable[[str, bytes], bytes], *, patience: float = PATIENCE) -> FoundKeys:
    """Open every key of one file; nothing is written to it."""
    if not path.exists():
        return FoundKeys(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=patience)) as file:
            if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'key'").fetchone() is None:
                return FoundKeys(path)
            if file.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return FoundKeys(path, broken=True)
            rows = file.execute("SELECT name, wrapped FROM key").fetchall()
    except sqlite3.Error as error:
        if (kind := kind_of(error)) in DAMAGE:
            return FoundKeys(path, broken=True)
        raise KeyTrouble(f"{path}: {FIXES.get(kind, f'the disk has trouble ({error}): look at its log')}") from error
    keys, damaged = dict[str, bytes](), set[str]()
    for name, wrapped in rows:
        try:
            keys[name] = unwrap(name, wrapped)
        except DamagedValueError:
            damaged.add(name)
    return FoundKeys(path, keys, frozenset(damaged))


def check_usable(main: FoundKeys, copy: FoundKeys, *, name: str) -> None:
    """Refuse in a sentence that names the file at fault what can't be mended without a person."""
    if not (main.keys or copy.keys) and (main.damaged or copy.damaged):
        raise KeyTrouble(f"{main.path}: {FITS_NOT}")
    if main.broken and not copy.keys:
        also = "and so is" if copy.broken else "and there is nothing in"
        raise KeyTrouble(
            f"{main.path}: the key file is damaged, {also} its copy {copy.path}: put it back from where you keep it"
        )
    names = {one.keys[name] for one in (main, copy) if name in one.keys}
    if len(names) > 1:
        raise KeyTrouble(f"{copy.path}: this is a copy of another database's keys: move it away, a new one is made")


def reconciled(main: FoundKeys, copy: FoundKeys) -> dict[str, bytes]:
    """Return every key there is to be: those of the file changed last, mended from the other where they are damaged."""
    newer, other = (main, copy) if main.turn >= copy.turn and not main.broken else (copy, main)
    keys = dict(newer.keys) | {name: other.keys[name] for name in newer.damaged if name in other.keys}
    if newer.turn == other.turn:
        # From before changes were counted, or never apart: what is in only one of them is rather kept than lost.
        keys = {**other.keys, **keys}
    return keys


def restore_advice(main: FoundKeys, copy: FoundKeys) -> str:
    """Return how to put a missing key file back: never from a copy that is damaged itself."""
    if copy.whole:
        return f"stop the bot and copy {copy.path} to {main.path}, or put the file back from where you keep it"
    return "put the file back from where you keep it"
