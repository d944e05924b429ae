"""Exclusive leases: what one process alone may do at a time, such as serving a bot account or ringing the timers.

A lease is held for as long as its process is alive, and is free with its row: so there is one thing to renew, and one
to lose. Whoever lost it knows by its own clock before anybody else can have it.
"""

import asyncio
import logging

from psycopg.errors import ForeignKeyViolation

from buddybot.runtime.cluster.process_lease import ProcessLease
from buddybot.runtime.cluster.steward import Steward
from buddybot.store.processes import SEEK

log = logging.getLogger(__name__)


def account_lease(platform: str, identity: str) -> str:
    """Return the name of the lease on one bot account."""
    return f"account {platform}/{identity}"


class Lease:
    """One of them, as this process has it or waits for it."""

    def __init__(self, name: str, own: ProcessLease) -> None:
        self.name, self._own = name, own
        self._process = ""
        self._won, self._lost = asyncio.Event(), asyncio.Event()
        self._lost.set()

    @property
    def held(self) -> bool:
        """Whether this process has it, at this moment."""
        return bool(self._process) and self._process == self._own.id and self._own.standing

    async def won(self) -> None:
        """Return once this process has it."""
        await self._won.wait()

    async def lost(self) -> None:
        """Return once this process has it no longer."""
        await self._lost.wait()

    def take(self, process: str) -> None:
        """Have it, under this id."""
        self._process = process
        self._lost.clear()
        self._won.set()

    def drop(self) -> None:
        """Have it no longer."""
        self._process = ""
        self._won.clear()
        self._lost.set()


class Leases:
    """All that this process would have."""

    def __init__(self, steward: Steward, own: ProcessLease) -> None:
        self._steward, self._own = steward, own
        self._wanted: dict[str, Lease] = {}

    def want(self, name: str) -> Lease:
        """Return a lease, which is sought from now on."""
        return self._wanted.setdefault(name, Lease(name, self._own))

    def review(self) -> None:
        """Drop what was held under another id, or for longer than this process counts as alive."""
        for lease in self._wanted.values():
            if not lease.held:
                lease.drop()

    async def seek(self) -> None:
        """Take the first one that is free: one at a time, so that processes that start together share them out."""
        process = self._own.id
        for lease in self._wanted.values():
            if not lease.held and await self._took(lease.name, process):
                lease.take(process)
                return

    async def _took(self, name: str, process: str) -> bool:
        try:
            async with self._steward.asked() as connection:
                found = await connection.execute(SEEK, {"name": name, "id": process})
                epoch = await found.fetchone()
        except ForeignKeyViolation:
            self._own.leave()  # somebody found this process dead
            return False
        if epoch is None:
            return False
        log.info("this process has the lease %r from now on (number %d)", name, epoch[0])
        return True
