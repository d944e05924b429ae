"""Brings outcomes of deliveries to disk, however long that takes: else the next look would send it all over again."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.delivery.observer import Broken, Job, Outcome
from buddybot.runtime.delivery.settling import Settlement
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.store.kernel.errors import StoreError
from buddybot.store.tx import Tx

T = TypeVar("T")

log = logging.getLogger(__name__)


class OutcomeRecorder:
    """Writes what becomes of deliveries."""

    def __init__(self, store: GroupStore, settlement: Settlement) -> None:
        self._store, self._settlement = store, settlement
        self.flying = settlement.flying
        self.try_again = 1.0
        """Seconds between two tries to record an outcome while the disk is in trouble."""

    async def claim_next(self, member: MemberId) -> Job | Broken | None:
        """Claim what this member is to be shown next."""
        return await self._store.write(lambda tx: self._settlement.claim_next(tx, member))

    async def record(self, job: Job | Broken, outcome: Outcome) -> Job | Broken | None:
        """Record what became of it, and return what its recipient is to be shown next."""
        try:
            return await self.write(partial(self._settlement.settle, job, outcome))
        except Exception as error:  # noqa: BLE001 - the border "dispatcher": what the service makes of it fails alone
            log.error("an outcome had no consequence: %s", type(error).__name__)
            return await self.write(partial(self._settlement.settle, job, outcome, consequences=False))

    async def write(self, closure: Callable[[Tx], T]) -> T:
        """Write until the disk takes it."""
        while True:
            try:
                return await self._store.write(closure)
            except StoreError as error:
                log.error("an outcome waits: %s", str(error))
                await asyncio.sleep(self.try_again)
