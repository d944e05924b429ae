"""Makes the turn of one transaction: the store inside it, and what the service may know of the house around it."""

from datetime import datetime

from buddybot.domain.kernel.world import World
from buddybot.runtime.crowd import LiveCrowd
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel.book import Book
from buddybot.service.kernel.turn import Turn
from buddybot.store.tx import Tx


class TurnMaker:
    """What all turns of one process have in common."""

    def __init__(self, store: GroupStore, world: World, book: Book) -> None:
        self.store, self._world, self._book = store, world, book
        self._crowd = LiveCrowd(book.weights)
        self.platforms = frozenset[str]()
        """Where people are, once the house is put together."""
        self.calling: frozenset[str] = frozenset()
        """Platforms that can call a device whose person is not there."""
        self.roomed: frozenset[str] = frozenset()
        """Platforms that draw a room for each conversation."""
        self.formed: frozenset[str] = frozenset()
        """Platforms that draw forms."""
        self.threaded: frozenset[str] = frozenset()
        """Platforms that keep a thread for each case where moderators are."""

    def now(self) -> datetime:
        """Return the moment it is."""
        return self._world.now()

    def turn(self, tx: Tx) -> Turn:
        """Return the turn of one transaction."""
        now = self._world.now()
        tx.timers.now = now
        return Turn(
            tx,
            self._world,
            self._book,
            now,
            self._crowd,
            platforms=self.platforms,
            calling=self.calling,
            roomed=self.roomed,
            formed=self.formed,
            threaded=self.threaded,
        )
