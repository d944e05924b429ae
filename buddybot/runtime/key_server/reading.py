"""Read-only view of the key database, for a process beside the running ones: it remembers no key, and makes none."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import RLock

from cachetools import LRUCache

from buddybot.runtime.key_server.link import KeyLink
from buddybot.runtime.key_server.server import FITS_NOT, KeyServer
from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.key_copies import TURN, FoundKeys, read_keys
from buddybot.store.kernel.keys import NAME, TURN_BYTES, wraps_of
from buddybot.store.kernel.sealing import forget_ciphers


class ReadingServer(KeyServer):
    """The key database, on a connection that can't write."""

    def __init__(self, url: str, operator: bytes, folder: Path) -> None:
        self._wrap, *self._other_wraps = wraps_of(operator, folder)
        self._lock = RLock()
        self._link = KeyLink(url, reading=True)
        self._known = LRUCache(1)
        self._using, self._leaving, self._owed = {}, {}, []
        self.damaged, self.process = set(), ""
        trouble = "store.keys: there are no keys in this database: name the right one"
        if self._link.rows("SELECT 1 WHERE to_regclass('key_change') IS NOT NULL"):
            trouble = "" if self._whole(NAME) is not None else FITS_NOT
        if trouble:
            self._link.close()
            raise KeyTrouble(trouble)

    def close(self) -> None:
        """Hang up."""
        self._link.close()
        forget_ciphers()

    def rest(self) -> None:
        """Forget what the transaction made of keys: nobody tells this process when one is destroyed."""
        super().rest()
        forget_ciphers()

    def read_elsewhere(self, path: Path) -> FoundKeys:
        """Return what a key file holds that is wrapped by the same operator's key."""
        return read_keys(path, self._unwrap)

    def wrapped(self) -> tuple[dict[str, bytes], set[bytes]]:
        """Return all keys, wrapped as they are, and the hashes of those that were destroyed, as a key file has them."""
        keys: dict[str, bytes] = dict(self._rows("SELECT name, wrapped FROM key"))
        return {**keys, TURN: self._wrapped(TURN, self.turn.to_bytes(TURN_BYTES, "big"))}, self.erased()

    def lost(self) -> int:
        """Return how many keys do not open."""
        names = [row[0] for row in self._rows("SELECT name FROM key")]
        return sum(self._whole(name) is None for name in names)

    def change(self, put: Mapping[str, bytes], drop: Iterable[str] = (), *, counted: bool = True) -> dict[str, bytes]:
        """Refuse: what changes keys has to be asked of the bot."""
        del put, drop, counted
        raise KeyTrouble("store.keys: keys can't be changed beside the running bot: stop it first")
