"""Carries out what the outbox holds: in order for each recipient, at the same time for all of them.

One worker a recipient, as long as they have something due.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from buddybot.adapter import Adapter
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Delivery, Mark
from buddybot.domain.kernel.world import World
from buddybot.runtime.delivery.absences import Absences
from buddybot.runtime.delivery.calls import AdapterCalls
from buddybot.runtime.delivery.observer import (
    Absent,
    Arrived,
    Broken,
    DeliveryObserver,
    Failed,
    GivenUp,
    Job,
    LeftToOthers,
    Outcome,
)
from buddybot.runtime.delivery.opening import deliveries_of
from buddybot.runtime.delivery.partition import Partition
from buddybot.runtime.delivery.recording import OutcomeRecorder
from buddybot.runtime.delivery.settling import Settlement
from buddybot.runtime.delivery.volatiles import NO_ROW, Volatiles, job_of, make_rows
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.outbox import Parcel
from buddybot.store.tx import Tx
from buddybot.store.volatile import Volatile

LOOK_AGAIN = timedelta(seconds=30)
"""Somebody who is away is tried again after this even without a sign of life."""
LANDING = 1.0
"""Seconds that deliveries under way have to end when the bot stops."""
BROKE_OFF = timedelta(seconds=5)
"""After which the worker of a recipient begins again that a bug or the disk has ended."""
START = datetime(1970, 1, 1, tzinfo=UTC)

log = logging.getLogger(__name__)


class Dispatcher:
    """Runs the workers."""

    def __init__(
        self,
        store: GroupStore,
        world: World,
        adapters: Mapping[str, Adapter],
        outcomes: DeliveryObserver,
        partition: Partition | None = None,
    ) -> None:
        self._store, self._world, self._adapters = store, world, adapters
        self._partition = partition or Partition(adapters)
        self._workers: dict[MemberId, asyncio.Task[None]] = {}
        self._absent = Absences()
        self._poked: set[MemberId] = set()
        self._ready: dict[MemberId, Job] = {}
        """What was claimed as it was queued, until its recipient's worker takes it in the next moment."""
        self._volatile = Volatiles()
        self._stumbled: dict[MemberId, datetime] = {}
        """Whose worker broke off, and when it is tried again."""
        self._seen_until = START
        self._settlement = Settlement(world, outcomes, self._partition)
        self._recorder = OutcomeRecorder(store, self._settlement)
        self._calls = AdapterCalls(world, adapters, self._partition, self._recorder, self._absent)
        self._stopping = False
        store.open_claimed = self._settlement.open_claimed
        store.on_seen = self.find
        store.on_ready = self.take
        store.on_woken = self.wake
        store.on_volatile = self.tell

    async def start(self) -> None:
        """After a restart, mark what may have arrived, and start on everything due."""
        await self._store.write(self._settlement.restart)
        await self.look()

    async def look(self) -> None:
        """Start on whatever came due since the last look, and on those away for a while."""
        now = self._world.now()
        after = min(self._seen_until, now)
        self.wake(set(await self._store.read(lambda tx: self._partition.due(tx, after, now))))
        self._seen_until = now  # only now: what came due while nothing could be read is looked at by the next look
        self.wake(self._absent.overdue(now, LOOK_AGAIN))
        await self._partition.look()
        for member in [member for member, again in self._stumbled.items() if not now < again <= now + BROKE_OFF]:
            del self._stumbled[member]
            self.wake({member})

    def take(self, jobs: Mapping[MemberId, Job]) -> None:
        """Spare whoever has no worker yet the look for what is theirs; `wake` begins it."""
        for member, job in jobs.items():
            if member not in self._workers and member not in self._absent and not self._stopping:
                self._ready[member] = job

    def wake(self, members: set[MemberId]) -> None:
        """Make sure that each of them has a worker."""
        for member in set() if self._stopping else members:
            if member in self._absent:
                continue
            if member in self._workers:
                self._poked.add(member)
            else:
                self._begin(member)

    def tell(self, volatiles: Sequence[Volatile]) -> None:
        """Show what has no row, after the rows of whoever it is for."""
        for one in volatiles:
            self._volatile.add(one)
            if one.recipient not in self._workers and not self._stopping:
                self._begin(one.recipient, looks=False)

    def _begin(self, member: MemberId, *, looks: bool = True) -> None:
        self._workers[member] = asyncio.create_task(self._work(member, looks=looks), name="delivery")

    def awake(self, address: Address) -> None:
        """Somebody who was away is back."""
        self.wake(self._absent.back(address))

    def find(self, seen_at: Mapping[MemberId, Address]) -> None:
        """Deliver at once to whoever was away at one app and is at another now."""
        self.wake(self._absent.moved(seen_at))

    async def idle(self) -> None:
        """Return when no worker has anything to do."""
        while self._workers:
            await asyncio.gather(*self._workers.values())

    async def stop(self) -> None:
        """Let what is under way land, then stop; only what did not land counts as a possible repeat next time."""
        self._stopping = self._settlement.stopping = True
        workers = list(self._workers.values())
        if workers:
            await asyncio.wait(workers, timeout=LANDING)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await self._partition.stop()
        flying = tuple(self._calls.flying)
        await self._store.write(lambda tx: self._rest(tx, flying))

    def _rest(self, tx: Tx, flying: Sequence[int]) -> None:
        make_rows(tx, self._volatile.take(), self._world)
        tx.outbox.rest(flying)

    async def _work(self, member: MemberId, *, looks: bool) -> None:
        try:
            job: Job | Broken | None = self._ready.pop(member, None)
            if job is None and looks:
                job = await self._recorder.claim_next(member)
            while (job is not None or member in self._poked or member in self._volatile) and not self._stopping:
                if job is None and member not in self._poked:
                    await self._tell(self._volatile.first(member))
                    continue
                self._poked.discard(member)
                if job is None:
                    job = await self._recorder.claim_next(member)
                    continue
                if isinstance(job, Job) and isinstance(job.effect, Mark):
                    self._volatile.outdate(member, job.effect)
                outcome = GivenUp(job.why) if isinstance(job, Broken) else await self._carry_out(job)
                settled, job = job, await self._recorder.record(job, outcome)
                self._calls.flying.discard(settled.parcel.id)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the border "dispatcher": one recipient's trouble stays theirs
            log.error("delivery stopped for one recipient: %s", type(error).__name__)
            self._stumbled[member] = self._world.now() + BROKE_OFF
        finally:
            del self._workers[member]
            if member in self._poked:
                self._poked.discard(member)
                self.wake({member})
            elif member in self._volatile and not self._stopping:
                self._begin(member, looks=False)

    async def _tell(self, one: Volatile) -> None:
        """Show it; where that can't be now, or its platform is not here, it becomes a row."""
        here = one.address.platform in self._adapters and one.recipient not in self._absent
        outcome = await self._carry_out(job_of(one, self._world)) if here else Absent()
        self._calls.flying.discard(NO_ROW)
        self._volatile.done(one)
        if isinstance(outcome, Arrived | GivenUp):
            return
        wait = self._settlement.wait(0, outcome.seconds) if isinstance(outcome, Failed) else timedelta()
        await self._recorder.write(lambda tx: make_rows(tx, (one,), self._world, wait))

    async def _carry_out(self, job: Job) -> Outcome:
        member, outcome = job.parcel.recipient, await self._calls.carry_out(job)
        # They may be back already; or the process that has their newer line may have ended meanwhile.
        if isinstance(outcome, LeftToOthers) or (isinstance(outcome, Absent) and member not in self._absent):
            self._poked.add(member)
        return outcome

    def unpacked(self, tx: Tx, parcel: Parcel) -> tuple[Delivery, ...]:
        """Return what a row that another process shows is made of here; nothing where it does not open."""
        return deliveries_of(tx, parcel, self._adapters)
