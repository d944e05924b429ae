"""Encrypted archive: scrypt makes a key of a passphrase, AES-256-GCM seals the content in chunks (STREAM construction).

    buddybot-backup 1                        the magic line, what this is, and its version
    {"made_at": ..., "house": ..., ...}      the head: a line of JSON, readable by anybody, and bound to every chunk
    chunk chunk ... chunk                    64 KiB of compressed content each, with 16 bytes of tag

The nonce of a chunk is its number and whether it is the last. So a chunk that is altered, moved, left out or taken from
another archive does not open, and a file that was cut is found out, also where it was cut between two chunks.
"""

import hashlib
import hmac
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_bytes
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from buddybot.store.kernel.errors import StoreError

MAGIC = b"buddybot-backup 1\n"
CHUNK = 64 * 1024
COST = 17
"""scrypt's work as a power of two: 128 MiB and about half a second for each guess at the passphrase."""
DEAREST = 22
_TAG, _NUMBER, _KEY, _SALT = 16, 11, 32, 16
_LONGEST_HEAD = 4096


@dataclass(frozen=True, slots=True)
class ArchiveHead:
    """What an archive says of itself to anybody: nothing of a person, and nothing secret."""

    made_at: str
    house: str
    """The name of the key file that goes with it."""
    salt: str
    check: str
    """A hash of the key, which tells a wrong passphrase from an altered file."""
    cost: int = COST


class ArchiveFault(StoreError):
    """The archive can't be opened: no archive, a wrong passphrase, cut or altered; the text says which."""


def write_archive(source: Path, target: BinaryIO, passphrase: str, *, made_at: str, house: str, cost: int) -> None:
    """Compress and seal a file into an archive."""
    salt = token_bytes(_SALT)
    key, check = _derived(passphrase, salt, cost)
    line = json.dumps(asdict(ArchiveHead(made_at, house, salt.hex(), check, cost))).encode() + b"\n"
    target.write(MAGIC + line)
    cipher, bound, number = AESGCM(key), MAGIC + line, 0
    waiting = b""
    for piece in _compressed(source):
        waiting += piece
        while len(waiting) > CHUNK:
            target.write(cipher.encrypt(_nonce(number, last=False), waiting[:CHUNK], bound))
            waiting, number = waiting[CHUNK:], number + 1
    target.write(cipher.encrypt(_nonce(number, last=True), waiting, bound))


def read_head(file: BinaryIO, path: Path) -> tuple[ArchiveHead, bytes]:
    """Return what an archive says of itself, and the bytes that every chunk is bound to."""
    magic, line = file.read(len(MAGIC)), file.readline(_LONGEST_HEAD)
    if magic != MAGIC:
        raise ArchiveFault(f"{path}: this is no backup of this version of buddybot: choose another file")
    try:
        head = _head(json.loads(line))
        bytes.fromhex(head.salt)
    except ValueError:
        raise ArchiveFault(f"{path}: the head of this backup is altered: use another one") from None
    return head, magic + line


def open_archive(path: Path, target: BinaryIO, passphrase: str) -> ArchiveHead:
    """Open an archive whole into `target`, or refuse it in a sentence; what was written before a fault is no good."""
    with path.open("rb") as file:
        head, bound = read_head(file, path)
        key, check = _derived(passphrase, bytes.fromhex(head.salt), head.cost)
        if not hmac.compare_digest(check, head.check):
            raise ArchiveFault(f"{path}: the passphrase does not fit this backup: use the one it was made with")
        expand = zlib.decompressobj()
        try:
            target.writelines(expand.decompress(chunk) for chunk in _opened(file, AESGCM(key), bound))
            target.write(expand.flush())
        except (InvalidTag, zlib.error):
            raise ArchiveFault(f"{path}: this backup is cut or altered, and is not used: take another one") from None
        return head


def _head(found: object) -> ArchiveHead:
    match found:
        case {"made_at": str(at), "house": str(house), "salt": str(salt), "check": str(check), "cost": int(cost)}:
            if 1 <= cost <= DEAREST:
                return ArchiveHead(at, house, salt, check, cost)
    raise ValueError


def _opened(file: BinaryIO, cipher: AESGCM, bound: bytes) -> Iterator[bytes]:
    number, chunk = 0, file.read(CHUNK + _TAG)
    while True:
        following = file.read(CHUNK + _TAG)
        yield cipher.decrypt(_nonce(number, last=not following), chunk, bound)
        if not following:
            return
        number, chunk = number + 1, following


def _compressed(source: Path) -> Iterator[bytes]:
    squeeze = zlib.compressobj()
    with source.open("rb") as file:
        while piece := file.read(CHUNK):
            yield squeeze.compress(piece)
    yield squeeze.flush()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NUMBER, "big") + bytes([last])


def _derived(passphrase: str, salt: bytes, cost: int) -> tuple[bytes, str]:
    made = Scrypt(salt=salt, length=2 * _KEY, n=1 << cost, r=8, p=1).derive(passphrase.encode())
    return made[:_KEY], hashlib.sha256(made[_KEY:]).hexdigest()
