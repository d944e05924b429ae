"""Lets time pass: APScheduler only ticks; what is due is written in our own tables, so a restart forgets nothing."""

import asyncio

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.engine import Engine

SECONDS = 1


class Clockwork:
    """Ticks the engine and the dispatcher once a second."""

    def __init__(self, engine: Engine, dispatcher: Dispatcher) -> None:
        self._engine, self._dispatcher = engine, dispatcher
        self._turn = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        # One tick at a time; ticks missed while the machine slept count as one.
        self._scheduler.add_job(self.tick, "interval", seconds=SECONDS, max_instances=1, coalesce=True)

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; a tick under way ends first, since the scheduler would cut it off and call that an error."""
        self._scheduler.pause()
        await asyncio.sleep(0)  # a tick that was just begun takes its turn
        async with self._turn:
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Do what is due, then deliver what came of it."""
        async with self._turn:
            await self._engine.tick()
            await self._dispatcher.look()
