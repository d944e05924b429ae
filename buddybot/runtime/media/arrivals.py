"""Files on their way in: fetched, made anew and handed to the core, beside the messages, which never wait for one.

The core has written down beforehand that a file is expected; whatever breaks here, its timer tells the author.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from functools import partial
from weakref import WeakValueDictionary

from buddybot.adapter import NotFetched, expiring
from buddybot.domain.kernel.messages import (
    Address,
    Inbound,
    IncomingFile,
    Invoked,
    MediaFile,
    NoteId,
    Pressed,
    ReportedFile,
    Said,
)
from buddybot.domain.moderation import file_evidence
from buddybot.domain.talk.media import MOST_IN, PHOTO, VOICE, FileTrouble
from buddybot.runtime.media.decoding import made_apart
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation.desk import reported_files
from buddybot.service.talk import media
from buddybot.store.tx import Tx

FETCHING = 45.0
"""Seconds that a platform has to give a file."""
AT_ONCE = 2
MOST_WAITING = 40
"""Files under way; who sends one more is told to try again."""
MOST_REPORTERS, REPORTING, MOST_POINTED_AT = 1_000, 3600.0, 6
"""People who point at a file, how long that is remembered in memory alone, and how many of each."""
KINDS = {"image/jpeg": PHOTO, "audio/ogg": VOICE}

log = logging.getLogger(__name__)


class FileArrivals:
    """Fetches what is expected, two at a time, each person's files in their order."""

    def __init__(self, store: GroupStore, turn: Callable[[Tx], Turn]) -> None:
        self._store, self._turn = store, turn
        self.made_anew: Callable[[str, bytes], Awaitable[MediaFile | FileTrouble]] = made_apart
        """What takes a file apart; a test may do it in its own process."""
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._in_order: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()
        self._running: set[asyncio.Task[None]] = set()
        self._pointed_at: MutableMapping[Address, tuple[ReportedFile, ...]] = expiring(MOST_REPORTERS, REPORTING)

    def begin(self, event: Said) -> None:
        """Begin with the file of an event that is on disk; nothing happens where the core expects none."""
        if event.file is not None:
            self._start(self._take(event, event.file), "a file")

    def _start(self, doing: Coroutine[None, None, None], name: str) -> None:
        task = asyncio.create_task(doing, name=name)
        self._running.add(task)
        task.add_done_callback(self._over)

    def follow(self, event: Inbound) -> None:
        """Note which file somebody points at; once they shared it in a report, it is fetched for the case."""
        address = event.origin.address
        if isinstance(event, Pressed | Invoked) and event.shown is not None:
            before = self._pointed_at.get(address, ())
            self._pointed_at[address] = (*before, event.shown)[-MOST_POINTED_AT:]
        if address in self._pointed_at:
            self._start(self._report(address), "a reported file")

    async def idle(self) -> None:
        """Return when no file is under way."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def stop(self) -> None:
        """Give up what is under way: after the next start its author is told."""
        for task in self._running:
            task.cancel()
        await self.idle()

    def _over(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a file was lost: %s", type(error).__name__)  # no values in logs

    async def _take(self, event: Said, file: IncomingFile) -> None:
        async with self._in_order.setdefault(event.origin.address, asyncio.Lock()):
            note = await self._store.read(lambda tx: media.expected(self._turn(tx), event))
            if note is not None:
                made = await self._made(file)
                await self._store.write(partial(self._arrived, note, made))

    def _arrived(self, note: NoteId, made: MediaFile | FileTrouble, tx: Tx) -> None:
        media.take_arrived(self._turn(tx), note, made)

    async def _made(self, file: IncomingFile) -> MediaFile | FileTrouble:
        if len(self._running) > MOST_WAITING:
            return FileTrouble.BUSY
        async with self._slots:
            data = await _fetched(file)
            return FileTrouble.LOST if data is None else await self.made_anew(file.kind, data)

    # ── What is reported ────────────────────────────────────────────────────────────────

    async def _report(self, address: Address) -> None:
        async with self._in_order.setdefault(address, asyncio.Lock()):
            files = {one.message: one for one in self._pointed_at.get(address, ())}
            meant = await self._store.read(
                lambda tx: reported_files.pointed_file(self._turn(tx), address, tuple(files))
            )
            if meant is None:
                return
            self._pointed_at.pop(address, None)
            made = await self._proven(files[meant])
            if isinstance(made, MediaFile):
                await self._store.write(lambda tx: reported_files.attach_file(self._turn(tx), address, meant, made))

    async def _proven(self, file: ReportedFile) -> MediaFile | FileTrouble:
        """Fetch what the platform shows in a message of ours, and take it apart like a file that somebody sends."""
        async with self._slots:
            data = await _fetched(file)
            if data is None:
                return FileTrouble.LOST
            kind = KINDS.get(file_evidence.type_of(data))
            return FileTrouble.BROKEN if kind is None else await self.made_anew(kind, data)


async def _fetched(file: IncomingFile | ReportedFile) -> bytes | None:
    try:
        async with asyncio.timeout(FETCHING):
            return await file.fetch(MOST_IN)
    except (NotFetched, TimeoutError):
        return None
