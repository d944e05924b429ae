"""Cache of decoded rows: what was opened with a member's key, by the bytes it was opened from, until any key goes.

The key is asked for before anything is taken from here, so a destroyed one makes its rows unreadable at once; and
whenever a key is destroyed, or one that was just made is taken back, everything is dropped.
"""

from collections.abc import Hashable
from threading import Lock
from typing import Final

MOST: Final = 2048
"""Entries of one generation; two are kept, so that what is in use stays when the older one goes."""


class OpenedCache:
    """Two-generation cache (a cheap LRU). What is kept is shared by all threads: values that can't be changed."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._new: dict[Hashable, object] = {}
        self._old: dict[Hashable, object] = {}
        self.turn = 0
        """How often everything was dropped: whoever opens something asks before, and says it when they keep it."""

    def __len__(self) -> int:
        """Return how many entries there are, those of the older generation too."""
        return len(self._new) + len(self._old)

    def find(self, name: Hashable) -> object:
        """Return what is kept under this name, None where nothing is."""
        found = self._new.get(name)
        if found is None and (found := self._old.get(name)) is not None:
            self.keep(name, found, self.turn)
        return found

    def keep(self, name: Hashable, found: object, turn: int) -> None:
        """Keep what was opened, unless everything was dropped since `turn`: its key may be the one that went."""
        with self._lock:
            if turn != self.turn:
                return
            if len(self._new) >= self._most:
                self._old, self._new = self._new, {}
            self._new[name] = found

    def drop(self) -> None:
        """Forget everything."""
        with self._lock:
            self.turn += 1
            self._new, self._old = {}, {}


OPENED = OpenedCache()
