"""Read-only view of the key file, for a second process beside the running bot: it sees each change, and makes none.

Every key is looked up anew in the file that the bot writes, so that one destroyed a moment ago does not open here.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import RLock
from typing import Self

from buddybot.store.kernel.errors import KeyTrouble
from buddybot.store.kernel.key_copies import TURN, FoundKeys, read_keys
from buddybot.store.kernel.keys import NAME, KeyFile, wraps_of
from buddybot.store.kernel.opened import OPENED
from buddybot.store.key_export import read_wrapped


class ReadingKeys(KeyFile):
    """The key file and its copy, opened so that SQLite itself refuses to write to them."""

    def __init__(self, path: Path, copy: Path, operator: bytes) -> None:
        """Open both files; neither is made, mended or changed."""
        for file in (path, copy):
            if not file.exists():
                raise KeyTrouble(f"{file}: the key file is missing: start the bot, which says what to do")
        self._path, self._copy = path, copy
        self._wrap, *self._other_wraps = wraps_of(operator, path.parent)
        self._lock = RLock()
        self.damaged = set()
        self._known = OrderedDict()
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            with self._sentences():
                self._db.execute("ATTACH DATABASE ? AS copy", (f"{copy.absolute().as_uri()}?mode=ro",))
            self.need(NAME)
        except BaseException:
            self._db.close()
            raise
        self.turn = int.from_bytes(self._whole(TURN) or b"", "big")

    @classmethod
    def beside(cls, folder: Path, operator: bytes) -> Self:
        """Open the keys of a folder to read."""
        return cls(folder / "members.keys", folder / "members.keys.copy", operator)

    def read_elsewhere(self, path: Path) -> FoundKeys:
        """Return what another key file holds that is wrapped by the same operator's key."""
        return read_keys(path, self._unwrap)

    def wrapped(self) -> tuple[dict[str, bytes], set[bytes]]:
        """Return all keys, wrapped as they are, and the hashes of those that were destroyed."""
        return read_wrapped(self._path)

    def erased(self) -> set[bytes]:
        """Return the hashes of destroyed keys; none in a file from before they were listed."""
        with self._lock, self._sentences():
            listed = self._db.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'erased'").fetchone()
        return super().erased() if listed else set()

    def find(self, name: str) -> bytes | None:
        """Return the key filed under this name, as the files say just now."""
        with self._lock:
            self._known.clear()
            return super().find(name)

    def rest(self) -> None:
        """Forget what was opened: nobody tells this process when a key is destroyed."""
        OPENED.drop()

    def change(self, put: Mapping[str, bytes], drop: Iterable[str] = (), *, counted: bool = True) -> dict[str, bytes]:
        """Refuse: what changes keys has to be asked of the bot."""
        del put, drop, counted
        raise KeyTrouble(f"{self._path}: keys can't be changed beside the running bot: stop it first")
