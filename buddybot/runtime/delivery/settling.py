"""What a delivery does inside a transaction: claims a recipient's next row, and records what became of the last.

Settling one delivery and claiming the next is one transaction, so a busy recipient costs one commit a message, shared
with everybody else's.
"""

import logging
from dataclasses import replace
from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import MessageId, Purge, Send, ThreadPost
from buddybot.domain.kernel.world import World
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
from buddybot.runtime.delivery.opening import addressed, open_row
from buddybot.runtime.delivery.partition import Partition
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble, StoreError
from buddybot.store.kernel.outbox import LONGEST_WAIT, Undelivered
from buddybot.store.kernel.receipts import Part
from buddybot.store.tx import Tx

ATTEMPTS = 8
FIRST_WAIT, LONGEST_BACKOFF = timedelta(seconds=1), timedelta(minutes=10)
FRESH = timedelta(minutes=1)
"""Older rows are asked again whether their reader sleeps."""

log = logging.getLogger(__name__)


class Settlement:
    """Units of work about rows of the outbox."""

    def __init__(self, world: World, outcomes: DeliveryObserver, partition: Partition) -> None:
        self._world, self._outcomes, self._partition = world, outcomes, partition
        self.flying: set[int] = set()
        """Rows of which something was given to a platform, and what became of it is not recorded yet."""
        self.stopping = False
        """Whether the bot stops: then nothing more is claimed."""

    def restart(self, tx: Tx) -> None:
        """After a restart, mark what may have arrived."""
        self._outcomes.interrupted(tx)
        tx.outbox.restarted()

    def open_claimed(self, tx: Tx) -> dict[MemberId, Job]:
        """Address what was claimed as it was queued, while it is at hand; what can't be now is looked for later."""
        found = dict[MemberId, Job]()
        for member, (parcel, effect) in tx.outbox.claimed.items():
            try:
                job = addressed(tx, parcel, effect)
            except (KeyTrouble, DamagedValueError, ValueError, LookupError):
                continue
            if job is not None and self._partition.serves(tx, job.address):
                found[member] = job
        return found

    def claim_next(self, tx: Tx, member: MemberId, *, settled: int = 0) -> Job | Broken | None:
        """Claim the next row that can be carried out; rows about messages that are gone go too.

        What became of the `settled` row is recorded in this transaction; of any other that is flying nobody knows.
        """
        now = self._world.now()
        while (parcel := tx.outbox.next(member, now)) is not None:
            if parcel.id in self.flying and parcel.id != settled:
                parcel = tx.outbox.doubt(parcel)
            try:
                job = open_row(tx, parcel)
            except KeyTrouble:
                raise
            except (StoreError, DamagedValueError, ValueError, LookupError) as error:
                # A damaged value is no trouble of the disk: trying again won't mend it.
                log.error("outbox row %s (%s) is damaged: %s", parcel.id, parcel.kind, type(error).__name__)
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
            claimed = tx.outbox.claim(parcel, parcel.key or self._world.new_id())
            behind = self._partition.claimed(tx, claimed, job.address, now)
            return job if claimed is parcel and not behind else replace(job, parcel=claimed, behind=behind)
        return None

    def settle(self, job: Job | Broken, outcome: Outcome, tx: Tx, *, consequences: bool = True) -> Job | Broken | None:
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
                    tx.outbox.later(parcel, now + self.wait(parcel.attempts, seconds), unknown=unknown)
        following = None if self.stopping else self.claim_next(tx, parcel.recipient, settled=parcel.id)
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

    def wait(self, attempts: int, seconds: float | None) -> timedelta:
        """Back off twice as long each time, with jitter so that many recipients don't come back at once."""
        if seconds is not None:
            return min(timedelta(seconds=seconds), LONGEST_WAIT)
        wait = min(FIRST_WAIT * int(2 ** min(attempts, 16)), LONGEST_BACKOFF)
        return wait * self._world.rng.uniform(0.8, 1.2)
