"""This process as one of several: its lease, its heartbeat and its ear, kept up as long as the store is open."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from secrets import token_hex

from buddybot.runtime.cluster.bus import Bus
from buddybot.runtime.cluster.leases import Leases
from buddybot.runtime.cluster.process_lease import LEASE, ProcessLease
from buddybot.runtime.cluster.registry import ProcessRegistry
from buddybot.runtime.cluster.skew import ClockSkew
from buddybot.runtime.cluster.steward import TROUBLE, Steward
from buddybot.runtime.steady_clock import seconds_passed, wall_clock
from buddybot.store.news import News

BEAT = 0.05
"""Of a lease: how often it looks whether its own is to be renewed, and whether another's is over."""

FIRST_ANSWERS = 10.0
"""Seconds until it is registered and hears of the others."""

log = logging.getLogger(__name__)


class Membership:
    """What a store that is shared brings along, as `store.membership`.

    `own` says under which id this process works and whether it may; `registry.living()` who else is alive; by `bus`
    they tell each other things; `leases` are what one alone may do; `skew` knows the server's time.
    """

    def __init__(
        self,
        url: str,
        *,
        lease: float = LEASE,
        uptime: Callable[[], float] = seconds_passed,
        wall: Callable[[], datetime] = wall_clock,
    ) -> None:
        self.own = ProcessLease(uptime, lease)
        self.skew = ClockSkew(wall)
        self._steward = Steward(url)
        self.registry = ProcessRegistry(self._steward, self.own, self.skew, _new_id)
        self.bus = Bus(url, self.own, self._steward)
        self.leases = Leases(self._steward, self.own)
        self.bus.on(News.SPARED, self._spare)
        self._hurried = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._well = True

    async def begin(self, patience: float = FIRST_ANSWERS) -> None:
        """Register, listen, and go on with both; a server that does not let it in time is a `TimeoutError`."""
        try:
            async with asyncio.timeout(patience):
                await self.registry.beat()
                listening = asyncio.Event()
                self._tasks = [
                    asyncio.create_task(self._beat_on(), name="heartbeat"),
                    asyncio.create_task(self.bus.listen(listening.set), name="bus"),
                ]
                await listening.wait()
                living = await self.registry.living()
        except BaseException:
            await self._stop_tasks()
            await self._steward.close()
            raise
        log.info("store.shared: this process is one of %d that run this house", len(living))

    async def end(self) -> None:
        """Leave in good order; a server that is away notices by itself."""
        await self._stop_tasks()
        with suppress(*TROUBLE):
            await self.registry.leave()
        await self._steward.close()

    async def _stop_tasks(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def hurry(self) -> None:
        """Look at once which leases are free."""
        self._hurried.set()

    async def _beat_on(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.own.lease * BEAT):
                    await self._hurried.wait()
            self._hurried.clear()
            self.leases.review()
            try:
                await self.registry.beat()
                self.leases.review()
                await self.leases.seek()
                if (account := await self.leases.envied()) is not None:
                    await self.bus.send(News.SPARED, account)
            except TROUBLE as error:
                if self._well:
                    log.error("store.url: this process can't say that it is alive (%s)", type(error).__name__)
                self._well = False
            else:
                self._well = True

    def _spare(self, _process: str, accounts: tuple[str, ...]) -> None:
        for one in accounts:
            self.leases.spare(one)


def _new_id() -> str:
    return token_hex(12)
