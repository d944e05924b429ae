"""Locks of an archive: its content key comes from a passphrase (scrypt), or is sealed to public keys (HPKE, RFC 9180).

A server that knows recipients' public keys alone makes backups that it can't open itself: whoever takes it over
reads none of them.
"""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from buddybot.store.kernel.errors import StoreError

COST, DEAREST = 17, 22
"""scrypt's work as a power of two: 128 MiB and about half a second for each guess; and the most that a head may ask."""
MOST_RECIPIENTS = 12
KEY = 32
_SALT = 16
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class ArchiveFault(StoreError):
    """The archive can't be opened: no archive, a wrong passphrase, cut or altered; the text says which."""


@dataclass(frozen=True, slots=True)
class ArchiveHead:
    """What an archive says of itself to anybody: nothing of a person, and nothing secret."""

    made_at: str
    house: str
    """The name of the key file that goes with it."""
    check: str
    """A hash of half of the content's secret, which tells a wrong key from an altered file."""
    salt: str = ""
    cost: int = 0
    sealed: tuple[str, ...] = ()
    """The content's secret, once for each recipient; empty where a passphrase opens it."""

    @property
    def bound(self) -> bytes:
        """Return what a sealed secret belongs to."""
        return f"buddybot-backup\n{self.made_at}\n{self.house}".encode()


class ArchiveLock(Protocol):
    """What a new archive is locked by."""

    def lock(self, made_at: str, house: str) -> "tuple[ContentSecret, ArchiveHead]":
        """Make a secret for the content; return it, and the head by which it is found again."""
        ...


class ArchiveOpener(Protocol):
    """What opens an archive."""

    def secret(self, head: ArchiveHead, path: Path) -> "ContentSecret":
        """Return the content's secret, or raise `ArchiveFault`."""
        ...


@dataclass(frozen=True, slots=True)
class ContentSecret:
    """The secret of one archive: half of it is the content's key. Whoever just made the archive proves it by this."""

    both: bytes

    @property
    def key(self) -> bytes:
        """Return the key of the content."""
        return self.both[:KEY]

    @property
    def check(self) -> str:
        """Return what stands in the head."""
        return hashlib.sha256(self.both[KEY:]).hexdigest()

    def secret(self, head: ArchiveHead, path: Path) -> "ContentSecret":
        """Return itself, where it fits."""
        return _fitting(self, head, path, "the passphrase does not fit this backup: use the one it was made with")


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A lock for which whoever knows the words has the key."""

    words: str
    cost: int = COST

    def lock(self, made_at: str, house: str) -> tuple[ContentSecret, ArchiveHead]:
        """Derive the secret with a new salt."""
        salt = token_bytes(_SALT)
        made = _derived(self.words, salt, self.cost)
        return made, ArchiveHead(made_at, house, made.check, salt.hex(), self.cost)

    def secret(self, head: ArchiveHead, path: Path) -> ContentSecret:
        """Derive the secret as it was derived then."""
        if head.sealed:
            raise ArchiveFault(f"{path}: this backup was made for a recipient: give their key with --identity")
        return _derived(self.words, bytes.fromhex(head.salt), head.cost).secret(head, path)


@dataclass(frozen=True, slots=True)
class Recipients:
    """A lock that each of these keys' owners opens, and nobody else: not who made the archive either."""

    keys: tuple[X25519PublicKey, ...]

    def lock(self, made_at: str, house: str) -> tuple[ContentSecret, ArchiveHead]:
        """Draw a secret, and seal it to each."""
        made = ContentSecret(token_bytes(2 * KEY))
        bound = ArchiveHead(made_at, house, "").bound
        sealed = tuple(_SUITE.encrypt(made.both, key, bound).hex() for key in self.keys)
        return made, ArchiveHead(made_at, house, made.check, sealed=sealed)


@dataclass(frozen=True, slots=True)
class Identity:
    """The private key of a recipient."""

    key: X25519PrivateKey

    def secret(self, head: ArchiveHead, path: Path) -> ContentSecret:
        """Open the one sealed secret that is for this key."""
        if not head.sealed:
            raise ArchiveFault(f"{path}: this backup was made with a passphrase: give that, not an identity")
        wrong = "this identity does not fit this backup: it was made for another recipient"
        for sealed in head.sealed:
            try:
                made = ContentSecret(_SUITE.decrypt(bytes.fromhex(sealed), self.key, head.bound))
            except (InvalidTag, ValueError):
                continue
            return _fitting(made, head, path, wrong)
        raise ArchiveFault(f"{path}: {wrong}")


def read_lock(found: object) -> ArchiveHead:
    """Return the head that this JSON is, of either kind; raise `ValueError` for any other."""
    match found:
        case {"made_at": str(at), "house": str(house), "salt": str(salt), "check": str(check), "cost": int(cost)}:
            if 1 <= cost <= DEAREST and bytes.fromhex(salt) is not None:
                return ArchiveHead(at, house, check, salt, cost)
        case {"made_at": str(at), "house": str(house), "check": str(check), "sealed": [*sealed]} if sealed:
            words = tuple(str(one) for one in sealed[:MOST_RECIPIENTS])
            if all(bytes.fromhex(one) for one in words):
                return ArchiveHead(at, house, check, sealed=words)
    raise ValueError


def _fitting(made: ContentSecret, head: ArchiveHead, path: Path, otherwise: str) -> ContentSecret:
    if hmac.compare_digest(made.check, head.check):
        return made
    raise ArchiveFault(f"{path}: {otherwise}")


def _derived(words: str, salt: bytes, cost: int) -> ContentSecret:
    return ContentSecret(Scrypt(salt=salt, length=2 * KEY, n=1 << cost, r=8, p=1).derive(words.encode()))
