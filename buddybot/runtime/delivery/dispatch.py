"""Carries out what the outbox holds: in order for each recipient, at the same time for all of them.

One worker a recipient, as long as they have something due. Settling one delivery and claiming the next is one
transaction, so a busy recipient costs one commit a message, shared with everybody else's. What is shown in several
parts is written down part by part: after a fault only the missing ones go out, each under a key of its own.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from buddybot.adapter import Adapter, Away, Effect, HandedOver, PartlyDeleted, Rejected, RetryLater, Unreachable
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import (
    Address,
    Delivery,
    Edit,
    Mark,
    MessageId,
    Purge,
    React,
    Retract,
    Send,
    ThreadPost,
)
from buddybot.domain.kernel.world import World
from buddybot.runtime.delivery.absences import Absences
from buddybot.runtime.delivery.observer import (
    Absent,
    Arrived,
    Broken,
    DeliveryObserver,
    Failed,
    GivenUp,
    Job,
    LeftToOthers,
    Lost,
    Outcome,
)
from buddybot.runtime.delivery.pacer import Pacer
from buddybot.runtime.delivery.partition import Partition
from buddybot.runtime.delivery.present import present
from buddybot.runtime.delivery.volatiles import NO_ROW, Volatiles, job_of, make_rows
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble, StoreError
from buddybot.store.kernel.outbox import LONGEST_WAIT, Parcel, Undelivered
from buddybot.store.kernel.receipts import Part
from buddybot.store.tx import Tx
from buddybot.store.volatile import Volatile

T = TypeVar("T")

ATTEMPTS = 8
FIRST_WAIT, LONGEST_BACKOFF = timedelta(seconds=1), timedelta(minutes=10)
FRESH = timedelta(minutes=1)
"""Older rows are asked again whether their reader sleeps."""
LOOK_AGAIN = timedelta(seconds=30)
"""Somebody who is away is tried again after this even without a sign of life."""
PATIENCE, LITTLE_PATIENCE = 60.0, 10.0
"""Seconds after which an adapter that says nothing is taken not to know; a mark or a reaction may keep notes waiting
for less."""
LANDING = 1.0
"""Seconds that deliveries under way have to end when the bot stops."""
TRY_AGAIN = 1.0
"""Seconds between two tries to record an outcome while the disk is in trouble."""
BROKE_OFF = timedelta(seconds=5)
"""After which the worker of a recipient begins again that a bug or the disk has ended."""
DIGITS = 13
"""Of a key, for a number that a browser holds exactly: 52 bits."""
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
        self._store, self._world, self._adapters, self._outcomes = store, world, adapters, outcomes
        self._partition = partition or Partition(adapters)
        self._workers: dict[MemberId, asyncio.Task[None]] = {}
        self._absent = Absences()
        self._poked: set[MemberId] = set()
        self._volatile = Volatiles()
        self._stumbled: dict[MemberId, datetime] = {}
        """Whose worker broke off, and when it is tried again."""
        self._pacers = {name: Pacer(adapter.capabilities) for name, adapter in adapters.items()}
        self._seen_until = START
        self._flying: set[int] = set()
        self._stopping = False
        store.on_woken = self.wake
        store.on_volatile = self.tell

    async def start(self) -> None:
        """After a restart, mark what may have arrived, and start on everything due."""
        await self._store.write(self._restarted)
        await self.look()

    def _restarted(self, tx: Tx) -> None:
        self._outcomes.interrupted(tx)
        tx.outbox.restarted()

    async def look(self) -> None:
        """Start on whatever came due since the last look, and on those away for a while."""
        now = self._world.now()
        after, self._seen_until = min(self._seen_until, now), now
        self.wake(set(await self._store.read(lambda tx: self._partition.due(tx, after, now))))
        self.wake(self._absent.overdue(now, LOOK_AGAIN))
        await self._partition.look()
        for member in [member for member, again in self._stumbled.items() if not now < again <= now + BROKE_OFF]:
            del self._stumbled[member]
            self.wake({member})

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

    async def idle(self) -> None:
        """Return when no worker has anything to do."""
        while self._workers:
            await asyncio.gather(*self._workers.values())

    async def stop(self) -> None:
        """Let what is under way land, then stop; only what did not land counts as a possible repeat next time."""
        self._stopping = True
        workers = list(self._workers.values())
        if workers:
            await asyncio.wait(workers, timeout=LANDING)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        await self._partition.stop()
        flying = tuple(self._flying)
        await self._store.write(lambda tx: self._rest(tx, flying))

    def _rest(self, tx: Tx, flying: Sequence[int]) -> None:
        make_rows(tx, self._volatile.take(), self._world)
        tx.outbox.rest(flying)

    async def _work(self, member: MemberId, *, looks: bool) -> None:
        try:
            job = await self._store.write(lambda tx: self._next(tx, member)) if looks else None
            while (job is not None or member in self._poked or member in self._volatile) and not self._stopping:
                if job is None and member not in self._poked:
                    await self._tell(self._volatile.first(member))
                    continue
                self._poked.discard(member)
                if job is None:
                    job = await self._store.write(lambda tx: self._next(tx, member))
                    continue
                if isinstance(job, Job) and isinstance(job.effect, Mark):
                    self._volatile.outdate(member, job.effect)
                outcome = GivenUp(job.why) if isinstance(job, Broken) else await self._carry_out(job)
                settled, job = job, await self._record(job, outcome)
                self._flying.discard(settled.parcel.id)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the border "dispatcher": one recipient's trouble stays theirs
            log.error("delivery stopped for one recipient: %s", type(error).__name__)  # noqa: TRY400 - no values in logs
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
        self._flying.discard(NO_ROW)
        self._volatile.done(one)
        if isinstance(outcome, Arrived | GivenUp):
            return
        wait = self._wait(0, outcome.seconds) if isinstance(outcome, Failed) else timedelta()
        await self._written(lambda tx: make_rows(tx, (one,), self._world, wait))

    async def _record(self, job: Job | Broken, outcome: Outcome) -> Job | Broken | None:
        """Bring the outcome to disk, however long that takes: else the next look would send it all over again."""
        try:
            return await self._written(partial(self._settled, job, outcome))
        except Exception as error:  # noqa: BLE001 - the border "dispatcher": what the service makes of it fails alone
            log.error("an outcome had no consequence: %s", type(error).__name__)  # noqa: TRY400 - no values in logs
            return await self._written(partial(self._settled, job, outcome, consequences=False))

    async def _written(self, closure: Callable[[Tx], T]) -> T:
        """Write until the disk takes it."""
        while True:
            try:
                return await self._store.write(closure)
            except StoreError as error:
                log.error("an outcome waits: %s", str(error))  # noqa: TRY400 - the sentence says it all
                await asyncio.sleep(TRY_AGAIN)

    # ── Inside a transaction ────────────────────────────────────────────────────────────

    def _next(self, tx: Tx, member: MemberId) -> Job | Broken | None:
        """Claim the next row that can be carried out; rows about messages that are gone go too."""
        now = self._world.now()
        while (parcel := tx.outbox.next(member, now)) is not None:
            try:
                job = self._opened(tx, parcel)
            except KeyTrouble:
                raise
            except (StoreError, DamagedValueError, ValueError, LookupError) as error:
                # A damaged value is no trouble of the disk: trying again won't mend it.
                log.error("outbox row %s (%s) is damaged: %s", parcel.id, parcel.kind, type(error).__name__)  # noqa: TRY400
                return Broken(parcel)
            if job is None and tx.outbox.outlived(parcel):
                return Broken(parcel, Undelivered.EXPIRED)  # a crash came between its hour's key and its row
            if job is None:
                tx.outbox.delivered(parcel)
                continue
            if not self._partition.serves(tx, job.address):
                return None  # not configured just now: it waits, and expires like all others; or another process's
            if parcel.spares and parcel.created < now - FRESH:
                # Put off by a platform, kept by a bot that was down, or its reader crossed zones: it is another hour.
                until = self._outcomes.spared(tx, parcel, job.address)
                if until is not None:
                    tx.outbox.hold(parcel, until)
                    continue
            claimed = tx.outbox.claim(parcel, self._world.new_id())
            return replace(job, parcel=claimed, behind=self._partition.claimed(tx, claimed, job.address, now))
        return None

    def _opened(self, tx: Tx, parcel: Parcel) -> Job | None:
        """Unseal a row and find out where it goes; None where there is nothing left to do."""
        member, effect = parcel.recipient, tx.outbox.effect(parcel)
        about = effect.note if isinstance(effect, Edit | Retract | React | Mark | ThreadPost) else None
        shown = None if about is None else tx.receipts.shown(member, about)
        address = tx.members.address(member, "" if shown is None else shown[1])
        message = _at(address, shown)
        missing = about is not None and message is None and not isinstance(effect, ThreadPost)
        if effect is None or address is None or missing:
            return None
        answers = effect.content.reply_to if isinstance(effect, Send) else None
        reply_to = _at(address, tx.receipts.shown(member, answers) if answers else None)
        after = (tx.outbox.shown(parcel) or tx.receipts.newest(member, address)) if parcel.unknown else None
        return Job(parcel, address, effect, message, reply_to, after)

    def unpacked(self, tx: Tx, parcel: Parcel) -> tuple[Delivery, ...]:
        """Return what a row that another process shows is made of here; nothing where it does not open."""
        try:
            job = self._opened(tx, parcel)
        except (DamagedValueError, ValueError, LookupError):
            return ()
        adapter = None if job is None else self._adapters.get(job.address.platform)
        if job is None or adapter is None:
            return ()
        parts = present(job.effect, adapter.capabilities)
        return tuple(_part(job, effect, at) for at, effect in enumerate(parts))

    def _settled(
        self, job: Job | Broken, outcome: Outcome, tx: Tx, *, consequences: bool = True
    ) -> Job | Broken | None:
        """Record what became of a job, and claim the recipient's next; without consequences, the outbox alone."""
        now, parcel = self._world.now(), job.parcel
        if not tx.outbox.ours(parcel):
            return None  # this process was taken for dead meanwhile: another one has it
        match outcome:
            case Arrived(message, left):
                self._arrived(tx, job, message)
                if tx.outbox.delivered(parcel) and consequences:
                    self._outcomes.delivered(tx, parcel)
                    self._left_standing(tx, job, left)
            case Absent() | LeftToOthers():
                self._put_back(tx, job, outcome, consequences=consequences)
                return None
            case Lost(shown):
                self._lost(tx, job, shown, consequences=consequences)
            case GivenUp(why):
                self._give_up(tx, job, why, consequences=consequences)
            case Failed(seconds, unknown, counts):
                if counts and parcel.attempts + 1 >= ATTEMPTS:
                    self._give_up(tx, job, Undelivered.TRIED, consequences=consequences)
                else:
                    tx.outbox.later(parcel, now + self._wait(parcel.attempts, seconds), unknown=unknown)
        following = None if self._stopping else self._next(tx, parcel.recipient)
        if following is None:
            tx.outbox.pass_on(parcel.recipient)
        return following

    def _lost(self, tx: Tx, job: Job | Broken, shown: MessageId | None, *, consequences: bool) -> None:
        """Settle what was shown all the same, unless another app of theirs can have it to keep."""
        recipient = job.parcel.recipient
        seen = shown is not None and len(tx.members.addresses(recipient)) == 1
        if seen:
            self._arrived(tx, job, shown)
            tx.outbox.delivered(job.parcel)
        if consequences and isinstance(job, Job):
            self._left_standing(tx, job)
            self._outcomes.unreachable(tx, recipient, job.address, shown=seen)
        elif not seen:
            tx.outbox.forget(recipient)

    def _put_back(self, tx: Tx, job: Job | Broken, outcome: Absent | LeftToOthers, *, consequences: bool) -> None:
        """Let a row that nobody took wait for them to be back, or for the process where they are."""
        tx.outbox.unclaim(job.parcel)
        if isinstance(outcome, LeftToOthers):
            tx.outbox.pass_on(job.parcel.recipient)
        elif isinstance(job, Job):
            tx.members.elsewhere(job.parcel.recipient, job.address)
            if consequences:
                self._outcomes.missed(tx, job.parcel, job.address)

    def _arrived(self, tx: Tx, job: Job | Broken, message: MessageId | None) -> None:
        if (
            isinstance(job, Job)
            and message
            and isinstance(job.effect, Send | ThreadPost)
            and job.effect.note is not None
        ):
            tx.receipts.put(
                job.parcel.recipient, message, job.effect.note, Part.COPY, self._world.now(), at=job.address
            )

    def _give_up(self, tx: Tx, job: Job | Broken, why: Undelivered, *, consequences: bool) -> None:
        tx.outbox.park(job.parcel)
        if consequences:
            self._outcomes.parked(tx, job.parcel, why)
            self._left_standing(tx, job)

    def _left_standing(self, tx: Tx, job: Job | Broken, left: int | None = None) -> None:
        """Let whoever asked know of messages that were not deleted, all of them where none was."""
        if isinstance(job, Job) and isinstance(job.effect, Purge) and left != 0:
            self._outcomes.left_standing(tx, job.parcel, job.effect, left or len(job.effect.messages))

    def _wait(self, attempts: int, seconds: float | None) -> timedelta:
        """Back off twice as long each time, with jitter so that many recipients don't come back at once."""
        if seconds is not None:
            return min(timedelta(seconds=seconds), LONGEST_WAIT)
        wait = min(FIRST_WAIT * int(2 ** min(attempts, 16)), LONGEST_BACKOFF)
        return wait * self._world.rng.uniform(0.8, 1.2)

    # ── Outside ─────────────────────────────────────────────────────────────────────────

    async def _carry_out(self, job: Job) -> Outcome:
        member = job.parcel.recipient
        self._absent.begin(member, job.address)
        try:
            return await self._deliver(job)
        except Away:
            if not self._absent.missed(member, job.address, self._world.now()):
                self._poked.add(member)
            return Absent()
        except HandedOver:
            self._poked.add(member)  # should the other process have ended meanwhile
            return LeftToOthers()
        finally:
            self._absent.end(member, job.address)

    async def _deliver(self, job: Job) -> Outcome:
        """Show every part that is not known to have arrived; `Away` and `HandedOver` go on to the caller."""
        adapter, parcel = self._adapters[job.address.platform], job.parcel
        parts = present(job.effect, adapter.capabilities)
        first = parcel.parts if parcel.parts < len(parts) else 0
        made, unknown = job.after, parcel.unknown
        try:
            for at, effect in enumerate(parts[first:], first):
                made = await self._show(adapter, job, effect, at, repeat=unknown, after=made)
                unknown = False
                if at + 1 < len(parts):
                    await self._written(partial(_advanced, parcel, at + 1, made))
                    self._flying.discard(parcel.id)
        except RetryLater as error:
            if error.limited and error.seconds:
                self._pacers[adapter.platform].limited(job.address, error.seconds)
            return Failed(error.seconds, unknown=error.unknown, counts=error.seconds is None)
        except (Away, HandedOver):
            raise
        except PartlyDeleted as error:
            return Arrived(None, error.left)
        except Unreachable as error:
            return Lost(error.shown)
        except Rejected as error:
            log.warning("outbox row %s (%s) was refused for good: %s", parcel.id, parcel.kind, str(error))
            return GivenUp(Undelivered.REFUSED)
        except Exception as error:  # noqa: BLE001 - the border "dispatcher": a bug in an adapter must not stop others
            log.error("delivery failed: %s", type(error).__name__)  # noqa: TRY400 - a traceback could hold a text
            return Failed(unknown=True, counts=True)
        return Arrived(made if parts else None)

    async def _show(
        self, adapter: Adapter, job: Job, effect: Effect, at: int, *, repeat: bool, after: MessageId | None
    ) -> MessageId:
        parcel, shown = job.parcel, isinstance(effect, Send | Edit | ThreadPost)
        pacer = self._pacers[adapter.platform]
        request = await pacer.turn(job.address, parcel.priority, shown=shown)
        if not self._partition.standing:
            pacer.answered(request)
            raise RetryLater
        self._flying.add(parcel.id)
        # Another note with the same words is known by its receipt, an earlier part by its id: no clock need be asked.
        since = parcel.created if parcel.note is None and at == 0 else None
        whole = replace(_part(job, effect, at), repeat=repeat, after=after, since=since)
        try:
            async with asyncio.timeout(LITTLE_PATIENCE if parcel.kind in {"mark", "react"} else PATIENCE):
                return await self._partition.deliver(adapter, whole, behind=job.behind, kept=parcel.id != NO_ROW)
        finally:
            pacer.answered(request)


def _advanced(parcel: Parcel, parts: int, message: MessageId, tx: Tx) -> None:
    tx.outbox.advance(parcel, parts, message)


def _part(job: Job, effect: Effect, at: int) -> Delivery:
    """Return one part of a job as every process makes it: by its number a browser knows a repeat."""
    key = part_key(job.parcel.key, at)
    return Delivery(int(key[:DIGITS], 16), job.address, effect, job.message, job.reply_to, key=key)


def part_key(key: str, part: int) -> str:
    """Return what names one part of a row to a platform: 24 hex digits."""
    return hashlib.blake2s(f"{key}.{part}".encode(), digest_size=12).hexdigest()


def _at(address: Address | None, shown: tuple[MessageId, str] | None) -> MessageId | None:
    """Return the platform's id of a note, if the member has it at this address and not on another platform."""
    if address is None or shown is None:
        return None
    message, route = shown
    return message if route in {"", f"{address.platform}/{address.identity}"} else None
