"""Tamper-evident audit log: entries chained by keyed hashes. No content, only random references.

Each hash is keyed, so that someone with the database alone can't write a chain of their own. When old entries expire,
a signed mark keeps the number and hash they ended with: the rest still proves that nothing is missing after it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

Hash: TypeAlias = Callable[[bytes], bytes]
"""A keyed hash of some bytes."""

START = bytes(32)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line. `at` is microseconds since 1970, `detail` a code such as a rule or a step; never words."""

    number: int
    at: int
    who: str
    what: str
    item: str
    detail: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """A point of the chain, signed: where it begins after what expired, or where it ends now."""

    number: int
    hash: bytes
    signed: bytes


def link(keyed: Hash, before: bytes, number: int, at: int, words: tuple[str, str, str, str]) -> bytes:
    """Return the hash of one entry: every part with its length, so that nothing can move from one to another."""
    parts = [before, str(number).encode(), str(at).encode(), *(word.encode() for word in words)]
    return keyed(b"entry" + b"".join(len(part).to_bytes(4, "big") + part for part in parts))


def signature(keyed: Hash, name: str, number: int, hashed: bytes) -> bytes:
    """Return the signature of a chain end."""
    return keyed(f"mark:{name}:{number}:".encode() + hashed)


def trouble(keyed: Hash, begin: ChainEnd | None, end: ChainEnd | None, entries: Iterable[AuditEntry]) -> str | None:
    """Verify a log: return the first fault, or None when every entry is as it was written."""
    number, before = (0, START) if begin is None else (begin.number, begin.hash)
    for name, mark in (("begin", begin), ("end", end)):
        if mark is not None and signature(keyed, name, mark.number, mark.hash) != mark.signed:
            return f"the mark of the {name} was changed"
    for entry in entries:
        number += 1
        if entry.number != number:
            return f"entry {number} is missing"
        words = (entry.who, entry.what, entry.item, entry.detail)
        if link(keyed, before, entry.number, entry.at, words) != entry.hash:
            return f"entry {number} was changed"
        before = entry.hash
    last = (number, before) if number else None
    if (None if end is None else (end.number, end.hash)) != last:
        return "the log does not end where it ended"
    return None
