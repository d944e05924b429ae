"""Scheduler: APScheduler only ticks; what is due is written in our own tables, so a restart forgets nothing."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta, tzinfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from buddybot.runtime.cluster.roles import CALLS
from buddybot.runtime.delivery.callbacks import Callbacks
from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.engine import Engine
from buddybot.store.kernel.errors import StoreError

SECONDS = 1
OVERDUE = 3
"""Seconds of real time, whatever the wall clock says."""
_TICK = "tick"

log = logging.getLogger(__name__)


class Rearmed(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """A trigger that is re-armed tick by tick, from the present moment on.

    APScheduler's own interval lists every tick between the last one and now: after a clock's jump of a year that are
    thirty million.
    """

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """Return when to tick next."""
        return now + timedelta(seconds=SECONDS)


class Clockwork:
    """Ticks the engine and the dispatcher once a second, whatever the wall clock does."""

    def __init__(
        self, engine: Engine, dispatcher: Dispatcher, zone: tzinfo = UTC, *, callbacks: Callbacks | None = None
    ) -> None:
        self._engine, self._dispatcher, self._callbacks = engine, dispatcher, callbacks
        self._turn = asyncio.Lock()
        self._ticked = False
        self._watch: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(timezone=zone)
        # One tick at a time; one that comes late is done all the same.
        self._scheduler.add_job(self.tick, Rearmed(), id=_TICK, max_instances=1, coalesce=True, misfire_grace_time=None)

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()
        self._expect()

    async def stop(self) -> None:
        """Tick no more; a tick under way ends first, since the scheduler would cut it off and call that an error."""
        self._scheduler.pause()
        await asyncio.sleep(0)  # a tick that was just begun takes its turn
        async with self._turn:
            self._scheduler.shutdown(wait=False)
        if self._watch is not None:
            self._watch.cancel()

    async def tick(self) -> None:
        """Do what is due, then deliver what came of it."""
        self._ticked = True
        async with self._turn:
            await self._engine.tick()
            try:
                await self._dispatcher.look()
            except StoreError as error:
                log.error("deliveries wait: %s", str(error))
            if self._callbacks is not None and self._engine.leads(CALLS):
                await self._callbacks.look()

    def _expect(self) -> None:
        """Re-arm the job when no tick came for a while: a clock that was put back leaves the next one far ahead."""
        if not self._ticked:
            self._scheduler.reschedule_job(_TICK, trigger=Rearmed())
        self._ticked = False
        if self._watch is not None:
            self._watch.cancel()
        self._watch = asyncio.get_running_loop().call_later(OVERDUE, self._expect)
