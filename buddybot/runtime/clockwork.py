"""Scheduler: one tick a second. What is due is written in our own tables, so a restart forgets nothing."""

import asyncio
import contextlib
import logging

from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.engine import Engine, describe

SECONDS = 1.0
"""Between two ticks; the loop counts them by the monotonic clock, so no jump of the wall clock stops or floods it."""

log = logging.getLogger(__name__)


class Clockwork:
    """Ticks the engine and the dispatcher once a second, whatever the wall clock does."""

    def __init__(self, engine: Engine, dispatcher: Dispatcher) -> None:
        self._engine, self._dispatcher = engine, dispatcher
        self._running: asyncio.Task[None] | None = None
        self._ticking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to tick."""
        self._running = asyncio.create_task(self._run(), name="clockwork")

    async def stop(self) -> None:
        """Tick no more; a tick under way ends first."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        if self._ticking is not None:
            await asyncio.wait({self._ticking})

    async def tick(self) -> None:
        """Do what is due, then deliver what came of it."""
        await self._engine.tick()
        await self._dispatcher.look()

    async def _run(self) -> None:
        while True:
            # A task of its own: what goes wrong in it ends this tick and not the next, and stopping doesn't cut it off.
            self._ticking = asyncio.create_task(self.tick(), name="tick")
            await asyncio.wait({self._ticking})
            if (error := self._ticking.exception()) is not None:
                log.error("a tick failed: %s", describe(error))
            await asyncio.sleep(SECONDS)
