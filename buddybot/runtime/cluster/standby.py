"""Active and standby: an adapter that runs only while this process has the lease on its bot account.

Two processes with the token of one account are no mistake: the second one stands by, and takes over when the first is
gone, or when the first serves more accounts than its share and gives this one back. One whose server is away listens
on, though it may send nothing from the outbox: whoever asks for help in a crisis meanwhile gets it from memory. It
stops once the server says that another process has the account.
"""

import asyncio
import logging
from contextlib import suppress

from buddybot.adapter import Adapter, Command, Delivery, HandedOver, Inbox, MessageId, Reads, RetryLater
from buddybot.runtime.cluster.leases import Lease

LANDING = 5.0
"""Seconds for what is on its way to a platform, before the account is given back."""
log = logging.getLogger(__name__)


class StandbyAdapter:
    """An adapter behind a lease."""

    def __init__(self, adapter: Adapter, lease: Lease) -> None:
        self.platform, self.capabilities = adapter.platform, adapter.capabilities
        self._adapter, self._lease = adapter, lease
        self._said = False
        self._flying, self._landed = 0, asyncio.Event()

    @property
    def standing_by(self) -> bool:
        """Whether another process serves this account."""
        return not self._lease.held

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Run it whenever the lease is held, for ever; stop it once it is another's, or is to be given back."""
        while True:
            await self._wait()
            running = asyncio.create_task(self._adapter.run(inbox, commands, reads), name=f"served {self.platform}")
            elsewhere = asyncio.create_task(self._lease.elsewhere(), name="lease")
            asked = asyncio.create_task(self._lease.asked(), name="asked for")
            try:
                await asyncio.wait({running, elsewhere, asked}, return_when=asyncio.FIRST_COMPLETED)
                if running.done():
                    await running
                    return
                if not elsewhere.done():
                    await self._land()
            finally:
                for task in (running, elsewhere, asked):
                    task.cancel()
                await asyncio.gather(running, elsewhere, asked, return_exceptions=True)
            await self._part()

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Carry it out while the lease is held; what was claimed for it goes to whoever it was given back to."""
        if not self._lease.held:
            raise HandedOver if self._lease.handed_over else RetryLater
        self._flying += 1
        try:
            return await self._adapter.deliver(delivery)
        finally:
            self._flying -= 1
            if not self._flying:
                self._landed.set()

    async def _land(self) -> None:
        """Begin nothing new, and let what is under way land."""
        self._lease.rest()
        self._landed.clear()
        if self._flying:
            with suppress(TimeoutError):
                async with asyncio.timeout(LANDING):
                    await self._landed.wait()

    async def _part(self) -> None:
        """Give it back, or say that it was lost."""
        if self._lease.standing:
            await self._lease.give_back()
            log.info("%s: another process serves this account from now on", self.platform)
        else:
            log.warning("%s: this process was away for too long, so it serves this account no longer", self.platform)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(2.0):
                await self._lease.won()
        except TimeoutError:
            if not self._said:
                log.info("%s: another process serves this account: this one stands by", self.platform)
                self._said = True
            await self._lease.won()
