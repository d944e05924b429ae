"""Active and standby: an adapter that runs only while this process has the lease on its bot account.

Two processes with the token of one account are no mistake: the second one stands by, and takes over when the first is
gone.
"""

import asyncio
import logging

from buddybot.adapter import Adapter, Command, Delivery, Inbox, MessageId, Reads, RetryLater
from buddybot.runtime.cluster.leases import Lease

log = logging.getLogger(__name__)


class StandbyAdapter:
    """An adapter behind a lease."""

    def __init__(self, adapter: Adapter, lease: Lease) -> None:
        self.platform, self.capabilities = adapter.platform, adapter.capabilities
        self._adapter, self._lease = adapter, lease
        self._said = False

    @property
    def standing_by(self) -> bool:
        """Whether another process serves this account."""
        return not self._lease.held

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Run it whenever the lease is held, for ever; stop it as soon as it is lost."""
        while True:
            await self._wait()
            running = asyncio.create_task(self._adapter.run(inbox, commands, reads), name=f"served {self.platform}")
            lost = asyncio.create_task(self._lease.lost(), name="lease")
            try:
                await asyncio.wait({running, lost}, return_when=asyncio.FIRST_COMPLETED)
                if running.done():
                    await running
                    return
            finally:
                for task in (running, lost):
                    task.cancel()
                await asyncio.gather(running, lost, return_exceptions=True)
            log.warning("%s: this process was away for too long, so it serves this account no longer", self.platform)

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Carry it out while the lease is held."""
        if not self._lease.held:
            raise RetryLater
        return await self._adapter.deliver(delivery)

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._lease.won(), timeout=2.0)
        except TimeoutError:
            if not self._said:
                log.info("%s: another process serves this account: this one stands by", self.platform)
                self._said = True
            await self._lease.won()
