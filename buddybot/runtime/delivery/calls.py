"""Calls adapters: in turn, within a time limit, part by part; what they raise becomes an outcome.

What is shown in several parts is written down part by part: after a fault only the missing ones go out, each under a
key of its own.
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial

from buddybot.adapter import Adapter, Away, HandedOver, PartlyDeleted, Rejected, RetryLater, Unreachable
from buddybot.domain.kernel.messages import Edit, MessageId, Send, ThreadPost
from buddybot.domain.kernel.world import World
from buddybot.runtime.delivery.absences import Absences
from buddybot.runtime.delivery.observer import Absent, Arrived, Failed, GivenUp, Job, LeftToOthers, Lost, Outcome
from buddybot.runtime.delivery.opening import MessagePart, part_of, parts_of
from buddybot.runtime.delivery.pacer import Pacer
from buddybot.runtime.delivery.partition import Partition
from buddybot.runtime.delivery.recording import OutcomeRecorder
from buddybot.runtime.delivery.volatiles import NO_ROW
from buddybot.store.kernel.outbox import Undelivered
from buddybot.store.kernel.receipts import Part
from buddybot.store.tx import Tx

PATIENCE, LITTLE_PATIENCE = 60.0, 10.0
"""Seconds after which an adapter that says nothing is taken not to know; a mark or a reaction may keep notes waiting
for less."""

log = logging.getLogger(__name__)


class AdapterCalls:
    """Has one thing at a time shown to each recipient."""

    def __init__(
        self,
        world: World,
        adapters: Mapping[str, Adapter],
        partition: Partition,
        recorder: OutcomeRecorder,
        absent: Absences,
    ) -> None:
        self._world, self._adapters, self._partition, self._recorder = world, adapters, partition, recorder
        self._absent = absent
        self._pacers = {name: Pacer(adapter.capabilities) for name, adapter in adapters.items()}
        self.flying = recorder.flying

    async def carry_out(self, job: Job) -> Outcome:
        """Show it, and return what became of it."""
        member = job.parcel.recipient
        self._absent.begin(member, job.address)
        try:
            return await self._deliver(job)
        except Away:
            self._absent.missed(member, job.address, self._world.now())
            return Absent()
        except HandedOver:
            return LeftToOthers()
        finally:
            self._absent.end(member, job.address)

    async def _deliver(self, job: Job) -> Outcome:
        """Show every part that is not known to have arrived; `Away` and `HandedOver` go on to the caller."""
        adapter, parcel = self._adapters[job.address.platform], job.parcel
        parts = parts_of(job, adapter.capabilities)
        first = parcel.parts if parcel.parts < len(parts) else 0
        made, unknown = job.after, parcel.unknown
        try:
            for at, part in enumerate(parts[first:], first):
                made = await self._show(adapter, job, part, at, repeat=unknown, after=made)
                unknown = False
                if at + 1 < len(parts):
                    await self._recorder.write(partial(self._advanced, job, at + 1, made))
                    self.flying.discard(parcel.id)
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
            log.error("delivery failed: %s", type(error).__name__)
            return Failed(unknown=True, counts=True)
        return Arrived(made if parts else None)

    async def _show(
        self, adapter: Adapter, job: Job, part: MessagePart, at: int, *, repeat: bool, after: MessageId | None
    ) -> MessageId:
        parcel, shown = job.parcel, isinstance(part[0], Send | Edit | ThreadPost)
        pacer = self._pacers[adapter.platform]
        request = await pacer.turn(job.address, parcel.priority, shown=shown)
        if not self._partition.stands(parcel):
            pacer.answered(request)
            raise RetryLater
        self.flying.add(parcel.id)
        # Another note with the same words is known by its receipt, an earlier part by its id: no clock need be asked.
        since = parcel.created if parcel.note is None and at == 0 else None
        whole = part_of(job, part, at, repeat=repeat, after=after, since=since)
        try:
            async with asyncio.timeout(LITTLE_PATIENCE if parcel.kind in {"mark", "react"} else PATIENCE):
                return await self._partition.deliver(adapter, whole, behind=job.behind, kept=parcel.id != NO_ROW)
        finally:
            pacer.answered(request)

    def _advanced(self, job: Job, parts: int, message: MessageId, tx: Tx) -> None:
        tx.outbox.advance(job.parcel, parts, message)
        if isinstance(job.effect, Send) and job.effect.note is not None:
            at, now = job.address, self._world.now()
            tx.receipts.put(job.parcel.recipient, message, job.effect.note, Part.COPY, now, at=at, piece=parts)
