"""Key files of a backup's recipient: X25519 keys in PEM, the identity for a safe, its public half for the server."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from buddybot.config import ConfigError
from buddybot.runtime.keeping.locks import MOST_RECIPIENTS, Identity, Recipients
from buddybot.store.kernel.private_files import make_private, open_to_others

PUBLIC = ".pub"


def new_identity(file: Path) -> Path:
    """Make a key pair; return where its public half lies, beside the identity."""
    public = file.with_name(f"{file.name}{PUBLIC}")
    for one in (file, public):
        if one.exists():
            raise ConfigError(f"{one}: there is one already, and backups may need it: choose another name")
    key = X25519PrivateKey.generate()
    try:
        make_private(file)
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    except OSError as error:
        raise ConfigError(f"{file}: it can't be written ({error.strerror}): choose another place") from error
    return public


def recipients(files: list[Path]) -> Recipients:
    """Read the public keys that a backup is made for."""
    if len(files) > MOST_RECIPIENTS:
        raise ConfigError(f"--recipient can be given {MOST_RECIPIENTS} times at most")
    return Recipients(tuple(_public(file) for file in files))


def identity(file: Path) -> Identity:
    """Read the private key that opens a backup."""
    if file.exists() and open_to_others(file):
        raise ConfigError(f"{file}: others can read this identity: run: chmod 600 {file}")
    try:
        key = load_pem_private_key(_bytes(file), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, X25519PrivateKey):
        raise ConfigError(f"{file}: this is no identity: give the file that `buddybot backup --new-identity` wrote")
    return Identity(key)


def _public(file: Path) -> X25519PublicKey:
    try:
        key = load_pem_public_key(_bytes(file))
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, X25519PublicKey):
        raise ConfigError(f"{file}: this is no recipient: give the file that ends in {PUBLIC}, beside the identity")
    return key


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: it can't be read ({error.strerror}): look there") from error
