"""Encrypted archive: AES-256-GCM seals the content in chunks (STREAM construction), under a key that a lock makes.

    buddybot-backup 1                        the magic line, what this is, and its version (2: for recipients' keys)
    {"made_at": ..., "house": ..., ...}      the head: a line of JSON, readable by anybody, and bound to every chunk
    chunk chunk ... chunk                    64 KiB of compressed content each, with 16 bytes of tag

The nonce of a chunk is its number and whether it is the last. So a chunk that is altered, moved, left out or taken from
another archive does not open, and a file that was cut is found out, also where it was cut between two chunks.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from buddybot.runtime.keeping.locks import (
    ArchiveFault,
    ArchiveHead,
    ArchiveLock,
    ArchiveOpener,
    ContentSecret,
    read_lock,
)

MAGIC, MAGIC_SEALED = b"buddybot-backup 1\n", b"buddybot-backup 2\n"
CHUNK = 64 * 1024
_TAG, _NUMBER = 16, 11
_LONGEST_HEAD = 4096


def write_archive(source: Path, target: BinaryIO, lock: ArchiveLock, *, made_at: str, house: str) -> ContentSecret:
    """Compress and seal a file into an archive; return the secret by which whoever made it can open it once more."""
    secret, head = lock.lock(made_at, house)
    line = json.dumps({name: value for name, value in asdict(head).items() if value}).encode() + b"\n"
    bound = (MAGIC_SEALED if head.sealed else MAGIC) + line
    target.write(bound)
    cipher, number = AESGCM(secret.key), 0
    waiting = b""
    for piece in _compressed(source):
        waiting += piece
        while len(waiting) > CHUNK:
            target.write(cipher.encrypt(_nonce(number, last=False), waiting[:CHUNK], bound))
            waiting, number = waiting[CHUNK:], number + 1
    target.write(cipher.encrypt(_nonce(number, last=True), waiting, bound))
    return secret


def read_head(file: BinaryIO, path: Path) -> tuple[ArchiveHead, bytes]:
    """Return what an archive says of itself, and the bytes that every chunk is bound to."""
    magic, line = file.read(len(MAGIC)), file.readline(_LONGEST_HEAD)
    if magic not in {MAGIC, MAGIC_SEALED}:
        raise ArchiveFault(f"{path}: this is no backup of this version of buddybot: choose another file")
    try:
        head = read_lock(json.loads(line))
    except (ValueError, TypeError):
        head = None
    if head is None or bool(head.sealed) != (magic == MAGIC_SEALED):
        raise ArchiveFault(f"{path}: the head of this backup is altered: use another one")
    return head, magic + line


def open_archive(path: Path, target: BinaryIO, opener: ArchiveOpener) -> ArchiveHead:
    """Open an archive whole into `target`, or refuse it in a sentence; what was written before a fault is no good."""
    with path.open("rb") as file:
        head, bound = read_head(file, path)
        secret = opener.secret(head, path)
        expand = zlib.decompressobj()
        try:
            target.writelines(expand.decompress(chunk) for chunk in _opened(file, AESGCM(secret.key), bound))
            target.write(expand.flush())
        except (InvalidTag, zlib.error):
            raise ArchiveFault(f"{path}: this backup is cut or altered, and is not used: take another one") from None
        return head


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
