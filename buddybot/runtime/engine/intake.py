"""Event intake: reads the words of what somebody did, then writes down all that follows in one transaction."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from weakref import WeakValueDictionary

from buddybot.domain.kernel.messages import Address, Inbound, Said
from buddybot.domain.kernel.utterances import spoken_words
from buddybot.domain.kernel.verdicts import Screening, unread
from buddybot.runtime.delivery.unkept import UnkeptWords
from buddybot.runtime.engine.fault_names import describe
from buddybot.runtime.engine.fragments import FragmentMemory, may_be_a_piece, with_pieces
from buddybot.runtime.media.arrivals import FileArrivals
from buddybot.runtime.second.advised import AdvisedScreener
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service import router
from buddybot.service.kernel.book import Book
from buddybot.service.kernel.turn import Turn
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.opened import OPENED
from buddybot.store.tx import Tx

log = logging.getLogger(__name__)


class EventIntake:
    """Takes in events; each person's keep their order."""

    def __init__(
        self,
        store: GroupStore,
        turn: Callable[[Tx], Turn],
        book: Book,
        advised: AdvisedScreener | None,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._turn, self._book, self._advised = store, turn, book, advised
        self.arrivals = FileArrivals(store, turn)
        """Photos and voice notes on their way in."""
        self.unkept: UnkeptWords | None = None
        """What speaks while nothing can be written down, once the house is put together."""
        self.try_again = 1.0
        """Seconds between two tries to write an event down while the disk is in trouble."""
        self.unread = 0
        """Messages that the screener broke on: they passed."""
        self._now = now
        self._fragments = FragmentMemory(OPENED.turn)
        self._in_order: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()
        self._troubled: set[Address] = set()
        """Those of whom something could not be written down yet: what they do next waits behind it."""

    @property
    def missed(self) -> int:
        """Messages that no second opinion came for in time."""
        return 0 if self._advised is None else self._advised.missed

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Handle an event and return when all that follows is on disk; a full disk delays it, never loses it."""
        with nullcontext() if self.unkept is None else self.unkept.watch(event, self._screen):
            await self._take_in_order(event, cursor)
        if isinstance(event, Said):
            self.arrivals.begin(event)
        self.arrivals.follow(event)

    async def _take_in_order(self, event: Inbound, cursor: tuple[str, str] | None) -> None:
        if event.origin.address in self._troubled and self.unkept is not None:
            self.unkept.trouble(event, self._screen(event), 0.0)
        # Advice takes a moment, and trouble of the disk a while: whatever waits, each person's events keep their order.
        async with self._in_order.setdefault(event.origin.address, asyncio.Lock()):
            if self._advised is None:
                screening = self._screen(event)
            else:
                screening = await self._screen_advised(event, self._advised)
            try:
                await self._take(event, cursor, screening)
            finally:
                self._troubled.discard(event.origin.address)

    async def _take(self, event: Inbound, cursor: tuple[str, str] | None, screening: Screening | None) -> None:
        if not await self._written(lambda turn: router.handle(turn, event, screening), event, cursor, screening):
            await self._written(lambda turn: router.broken(turn, event), event, cursor, screening)
        self._fragments.keep_while(OPENED.turn)

    async def _written(
        self,
        what: Callable[[Turn], None],
        event: Inbound,
        cursor: tuple[str, str] | None,
        screening: Screening | None,
    ) -> bool:
        """Write down what follows from an event; False when a bug kept it from happening, all of it."""
        began = asyncio.get_running_loop().time()
        while True:
            try:
                await self._store.write(lambda tx: self._handle(tx, what, event, cursor))
            except StoreError as error:
                self._troubled.add(event.origin.address)
                log.error("an event waits: %s", str(error))
                if self.unkept is not None:
                    self.unkept.trouble(event, screening, asyncio.get_running_loop().time() - began)
                await asyncio.sleep(self.try_again)
            except Exception as error:  # noqa: BLE001 - the border "inbound put": the sender must hear of any bug
                log.error("an event failed: %s", describe(error))
                return False
            else:
                if self.unkept is not None:
                    self.unkept.over(event.origin.address)
                return True

    def _handle(self, tx: Tx, what: Callable[[Turn], None], event: Inbound, cursor: tuple[str, str] | None) -> None:
        turn = self._turn(tx)
        what(turn)
        if cursor is not None:
            tx.inbox.move_cursor(event.origin.address.platform, *cursor, turn.now)

    def _screen(self, event: Inbound) -> Screening | None:
        """Read the words before the transaction."""
        return self._whole(event, self.read(spoken_words(event)))

    def _whole(self, event: Inbound, alone: Screening | None) -> Screening | None:
        """Read a short note with the short ones right before it, where it says nothing by itself."""
        if not isinstance(event, Said):
            return alone
        if alone is None or not may_be_a_piece(alone):
            self._fragments.forget(event.origin)
            return alone
        text = self._fragments.joined(event.origin, spoken_words(event), self._now())
        together = self.read(text) if text and self._hears_cry(text) else None
        return alone if together is None else with_pieces(alone, together)

    def _hears_cry(self, text: str) -> bool:
        """Return whether a phrase tells of danger; where that breaks, each note stands for itself."""
        try:
            return self._book.screener is not None and self._book.screener.hears_cry(text)
        except Exception as error:  # noqa: BLE001 - the border "screener": a message must pass in any case
            log.error("notes could not be read together: %s", describe(error))
            return False

    def read(self, words: str) -> Screening | None:
        """Read words; a broken reader stops nothing: they count as unread."""
        if not words:
            return None
        try:
            return self._book.screen(words)
        except Exception as error:  # noqa: BLE001 - the border "screener": a cry for help must pass in any case
            self.unread += 1
            log.error("the screener failed: %s", describe(error))
            return unread("")

    async def _screen_advised(self, event: Inbound, advised: AdvisedScreener) -> Screening | None:
        """Read the words with a second opinion; whatever breaks, the message passes unread."""
        words = spoken_words(event)
        if not words:
            return None
        try:
            return self._whole(event, await advised.screen(words))
        except Exception as error:  # noqa: BLE001 - the border "screener": a cry for help must pass in any case
            self.unread += 1
            log.error("the screener failed: %s", describe(error))
            return unread("")
