"""Group commit: all closures that wait become one transaction, each in a savepoint of its own.

One commit, one sync to disk, however many callers. A closure that fails rolls back alone; the others stand.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.runtime.delivery.observer import Job
from buddybot.runtime.storage import batches
from buddybot.runtime.storage.batches import DbSession, Thread, read_once
from buddybot.runtime.storage.units import PendingWrite, Unit, still_first
from buddybot.store.key_store import KeyStore
from buddybot.store.tx import Tx
from buddybot.store.volatile import Volatile

if TYPE_CHECKING:
    from buddybot.runtime.cluster.membership import Membership
    from buddybot.runtime.cluster.turnstile import Turnstile

T = TypeVar("T")
BATCH = 256


class Latencies:
    """Histogram of how long commits took."""

    BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

    def __init__(self) -> None:
        self.counts = [0] * (len(self.BOUNDS) + 1)
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        """Count one commit."""
        self.counts[bisect_left(self.BOUNDS, seconds)] += 1
        self.seconds += seconds


class GroupStore:
    """The store: one writer that commits in groups, one reader beside it."""

    keys: KeyStore
    """The key file that both of them use."""
    membership: "Membership | None" = None
    """This process as one of several on this database; None where it is the only one."""
    turnstile: "Turnstile | None" = None
    """How many transactions were begun and tried again, where other writers can be met; None on SQLite."""

    def __init__(self, writer: Thread, reader: Thread) -> None:
        self._writer, self._reader = writer, reader
        self._waiting: list[Unit] = []
        self._waiting_aside: list[Unit] = []
        self._was_aside = True
        self._drain: asyncio.Task[None] | None = None
        self.latencies = Latencies()
        self.on_seen: Callable[[Mapping[MemberId, Address]], None] = _nobody_seen
        """Called after a commit, before all others, with where those who have several apps were just now."""
        self.on_woken: Callable[[set[MemberId]], None] = _nobody
        """Called after a commit with those who have something new to be shown."""
        self.on_ready: Callable[[Mapping[MemberId, Job]], None] = _nobody_ready
        """Called after a commit, before `on_woken`, with what was claimed for some of those and is open already."""
        self.open_claimed: Callable[[Tx], Mapping[MemberId, Job]] = _as_they_are
        """Called in the writer's thread inside a transaction to open what it claimed as it was queued."""
        self.on_volatile: Callable[[list[Volatile]], None] = _nobody_told
        """Called after a commit with what is to be shown without a row of its own, after `on_woken`."""
        self.on_cases: Callable[[Tx], None] = _as_it_is
        """Called in the writer's thread inside a transaction that changed cases, to add what follows from that."""
        self.on_worked: Callable[[], None] = _nothing
        """Called after a commit that changed a case or its record."""
        self.on_moved: Callable[[set[MemberId]], None] = _nobody
        """Called in the writer's thread after each transaction, with those whose place in the pool may have changed."""

    async def write(self, fn: Callable[[Tx], T]) -> T:
        """Run a closure in a transaction; return when it is on disk. It still commits if the caller is cancelled."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        unit = PendingWrite(fn, done, self.on_cases, self.open_claimed)
        (self._waiting_aside if unit.aside else self._waiting).append(unit)
        if self._drain is None or self._drain.done():  # one that was cancelled before it began has said nothing
            self._drain = asyncio.create_task(self._drain_all(), name="writer")
        return await done

    async def read(self, fn: Callable[[Tx], T]) -> T:
        """Run a closure that only reads, beside the writer."""
        result: T = await self._reader.run(lambda session: read_once(session, fn))
        return result

    async def settled(self) -> None:
        """Return when nothing waits to be committed."""
        while self._drain is not None and not self._drain.done():
            await asyncio.gather(self._drain, return_exceptions=True)

    def break_off(self) -> None:
        """Break off whatever is asked of a server that says nothing, as the bot stops; a file always answers."""

    async def close(self) -> None:
        """Commit what waits, and let go of the database."""
        await self.settled()
        await self._reader.close()
        await self._writer.close()

    async def _drain_all(self) -> None:
        try:
            while self._waiting or self._waiting_aside:
                # Whoever the last commit let go on may write again at once: then that is part of this one.
                await asyncio.sleep(0)
                batch = self._next_batch()
                began = perf_counter()
                try:
                    await self._writer.run(partial(self._run, batch))
                except BaseException as error:
                    for unit in batch:
                        unit.error = error
                    raise
                finally:
                    self.latencies.add(perf_counter() - began)
                    for unit in batch:
                        unit.settle()
                    self._follow([unit for unit in batch if unit.error is None])
        finally:
            self._drain = None

    def _next_batch(self) -> list[Unit]:
        """Return all that people did, or one piece of periodic work by itself: in turn where both wait."""
        if self._waiting_aside and not (self._waiting and self._was_aside):
            self._was_aside = True
            return [self._waiting_aside.pop(0)]
        self._was_aside = False
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        return batch

    def _follow(self, units: Sequence[Unit]) -> None:
        """Tell whoever listens what was committed."""
        seen = {member: address for unit in units for member, address in unit.seen_at.items()}
        if seen:
            self.on_seen(seen)
        woken = {member for unit in units for member in unit.woken}
        if woken:
            self.on_ready(still_first(units))
            self.on_woken(woken)
        volatile = [one for unit in units for one in unit.volatile]
        if volatile:
            self.on_volatile(volatile)
        if any(unit.worked for unit in units):
            self.on_worked()

    def _run(self, batch: list[Unit], session: DbSession) -> None:
        session.db.cut = False
        try:
            batches.run_batch(session, batch)
        finally:
            if session.db.cut:
                for unit in batch:
                    unit.ready = {}  # what one queued, another may have taken back
            # Committed or not: a unit may have shown what it changed to the crowd, and then been rolled back.
            self.on_moved(session.db.moves.settle())


def _nobody(_members: set[MemberId]) -> None:
    """Stand in until somebody listens."""


def _nobody_seen(_at: Mapping[MemberId, Address]) -> None:
    """Stand in until somebody delivers."""


def _nobody_ready(_jobs: Mapping[MemberId, Job]) -> None:
    """Stand in until somebody delivers."""


def _as_they_are(_tx: Tx) -> Mapping[MemberId, Job]:
    """Stand in until somebody delivers."""
    return {}


def _nobody_told(_volatile: list[Volatile]) -> None:
    """Stand in until somebody shows them."""


def _as_it_is(_tx: Tx) -> None:
    """Stand in until somebody follows cases."""


def _nothing() -> None:
    """Stand in until somebody listens."""
