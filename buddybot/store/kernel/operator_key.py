"""The operator's key: 32 random bytes that wrap every other key, in a file of its own or in the environment."""

import re
from pathlib import Path
from secrets import token_bytes

from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.private_files import make_private, open_to_others

KEY_BYTES = 32
_HEX = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")


def operator_key(path: Path, given: str | None = None, *, fresh: bool) -> bytes:
    """Return the operator's key: `given` (64 hex digits, from the environment) if there is one, else the file's.

    Only where `fresh` says that there is no data yet is a missing file made. A new key for old data would lock everyone
    out of it for good.
    """
    if given is not None:
        return _read(given, "the environment")
    if path.exists():
        if open_to_others(path):
            raise KeyTrouble(f"{path}: others on this machine can read the operator's key: run `chmod 600 {path}`")
        return _read(_text(path), str(path))
    if not fresh:
        raise KeyTrouble(f"{path}: the operator's key is missing, and the data can't be read without it: put it back")
    make_private(path)
    path.write_text(token_bytes(KEY_BYTES).hex() + "\n", encoding="ascii")
    return _read(_text(path), str(path))


def next_key_file(folder: Path) -> Path:
    """Return where the new operator's key lies while a change of it is under way."""
    return folder / "operator.key.next"


def next_key(folder: Path) -> bytes | None:
    """Return the new operator's key of a change that is under way, or was cut off; None where there is none."""
    place = next_key_file(folder)
    return operator_key(place, fresh=False) if place.exists() and place.stat().st_size else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="latin-1")
    except OSError as error:
        raise KeyTrouble(
            f"{path}: the operator's key can't be read ({error.strerror}): let this user read it"
        ) from error


def _read(text: str, source: str) -> bytes:
    if not _HEX.fullmatch(text.strip()):
        raise KeyTrouble(f"{source}: this is no operator's key (64 hex digits): put the right one there")
    return bytes.fromhex(text.strip())
