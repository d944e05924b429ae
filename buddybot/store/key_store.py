"""The interface of whatever keeps keys: a file of this machine, or a database that several processes share."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from buddybot.store.kernel.key_copies import FoundKeys
from buddybot.store.kernel.keys import Lasts


class KeyStore(Protocol):
    """All keys there are. Safe from several threads; what was put is on disk, what was dropped is not."""

    damaged: set[tuple[str, str]]
    """Values sealed under these keys that did not open; kept here, since every session has a `Vault` of its own."""

    @property
    def shared(self) -> bool:
        """Return whether other processes may use the same keys at the same time."""

    @property
    def turn(self) -> int:
        """How often the keys were changed."""

    def find(self, name: str) -> bytes | None:
        """Return the key filed under this name, None when there is none (any more); `DamagedValueError` when lost."""

    def need(self, name: str) -> bytes:
        """Return a key that must be there."""

    def between(self, first: str, last: str) -> frozenset[str]:
        """Return the names of keys from the one to the other, both among them; nothing is unwrapped."""

    def members(self) -> list[str]:
        """Return everybody and everything that has a key of its own, by the name of its owner."""

    def inhabited(self) -> bool:
        """Return whether any member has a key here: then there is, or was, a database that goes with it."""

    def hour(self, hour: int, lasts: Lasts = Lasts.A_DAY) -> bytes:
        """Return a text key of this hour, the same for every process; made, and on disk, when it is the first time."""

    def hours(self, lasts: Lasts) -> list[int]:
        """Return the hours that have a text key, the first one first."""

    def drop_hours(self, hours: Iterable[int], lasts: Lasts) -> int:
        """Destroy the text keys of these hours; return how many went."""

    def change(self, put: Mapping[str, bytes], drop: Iterable[str] = (), *, counted: bool = True) -> dict[str, bytes]:
        """Write some keys and destroy others, all at once; return what was destroyed, so it can be undone."""

    def undo(self, replaced: Mapping[str, bytes], made: Iterable[str]) -> None:
        """Take a change back: the database did not commit."""

    def rest(self) -> None:
        """Hear that the calling thread's transaction is over: it holds no key any more."""

    def awaited(self, number: int | None) -> int | None:
        """Return the number of a change that some process may not have heard of; None once all of them have.

        Without a number, ask about everything up to now; ask again with the number that is returned.
        """

    def erased(self) -> set[bytes]:
        """Return the hashes of all keys that were ever destroyed here."""

    def erase_again(self, hashes: Iterable[bytes]) -> int:
        """Destroy every key whose hash is among these, and remember them all; return how many keys that were."""

    def wrap_by(self, new: bytes) -> None:
        """Wrap whatever is written from now on by a new operator's key; what is wrapped by the old one still opens."""

    def rewrap(self, after: str, most: int) -> tuple[str, int] | None:
        """Wrap the next keys, in the order of their names, by the newest operator's key; None when there are no more.

        Return the last name looked at, and how many were wrapped. A key that opens no more stays as it is.
        """

    def settle_wrapping(self) -> int:
        """Let go of older operator's keys where nothing needs them any more; return how many keys still do."""

    def others(self) -> int:
        """Return how many other living processes use these keys just now."""

    def close(self) -> None:
        """Forget all keys in memory and let go of what they lie in."""


class KeyReader(KeyStore, Protocol):
    """The same keys as a process sees them that makes no change to them."""

    def read_elsewhere(self, path: Path) -> FoundKeys:
        """Return what a key file holds that is wrapped by the same operator's key."""

    def wrapped(self) -> tuple[dict[str, bytes], set[bytes]]:
        """Return all keys, wrapped as they are, and the hashes of those that were destroyed."""
