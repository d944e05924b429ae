"""Signing key of a server, in a private file of its own: made the first time, and kept."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from buddybot.adapter.failures import AdapterError
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.private_files import make_private, open_to_others


def signing_key(path: Path) -> bytes:
    """Return the P-256 key in this file as PEM; a missing file is made, for its owner alone.

    Raises `AdapterError` with a sentence where others can read it, or it can't be made.
    """
    try:
        fresh = make_private(path)
    except StoreError as error:
        raise AdapterError(str(error)) from error
    if fresh or not path.stat().st_size:
        made = generate_private_key(SECP256R1())
        path.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    if open_to_others(path):
        raise AdapterError(f"{path}: others can read this key; run: chmod 600 {path}")
    return path.read_bytes()
