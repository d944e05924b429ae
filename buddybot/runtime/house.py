"""The whole bot, put together: store, engine, dispatcher, clockwork and adapters, started and stopped as one."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from buddybot.adapter import COMMANDS, Adapter, AdapterError, Caller
from buddybot.domain.kernel.world import World
from buddybot.domain.moderation.vitals import PlatformVitals
from buddybot.runtime.clockwork import Clockwork
from buddybot.runtime.delivery.callbacks import Callbacks
from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.delivery.unkept import UnkeptWords
from buddybot.runtime.engine import AdapterInbox, Engine
from buddybot.runtime.engine.outcomes import ServiceOutcomes
from buddybot.runtime.rounds import Matchmaker
from buddybot.runtime.second.advised import AdvisedScreener
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.supervisor import SupervisedAdapter
from buddybot.service.kernel.book import Book

if TYPE_CHECKING:
    from buddybot.runtime.cluster.participant import Participant

# These write whole addresses, parameters or bodies below this level: tokens and texts among them.
QUIET_LOGGERS = (
    "httpx",
    "httpcore",
    "aiosqlite",
    "aiohttp",
    "telegram",
    "discord",
    "apscheduler",
    "asyncio",
    "psycopg",
)

NOTICE = 3.0
"""Seconds between the word to the proxies and the stop: longer than between two of their looks."""
log = logging.getLogger(__name__)


def quieten() -> None:
    """Keep libraries' logs free of what must never be in one, whatever level the operator asked for."""
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


class House:
    """Everything that runs in one process."""

    def __init__(
        self,
        store: GroupStore,
        world: World,
        book: Book,
        adapters: Mapping[str, Adapter],
        matchmaker: Matchmaker | None = None,
        *,
        advised: AdvisedScreener | None = None,
        pretended: Collection[str] = (),
    ) -> None:
        """Put it together; without a matchmaker rounds are the plain ones, in a thread.

        Adapters that are `pretended` reach nobody: a bot that has no others left is over.
        """
        self.store = store
        given = adapters
        self._participant = participant = _participant(store, adapters)
        adapters = adapters if participant is None else participant.adapters
        self._adapters = {name: SupervisedAdapter(name, one, self._gave_up) for name, one in adapters.items()}
        self._deaf = asyncio.Event()
        self._real = [adapter for name, adapter in self._adapters.items() if name not in pretended]
        self.engine = Engine(store, world, book, matchmaker, advised=advised)
        self.engine.platforms = frozenset(adapters)
        self.engine.formed = frozenset(name for name, one in adapters.items() if one.capabilities.forms is not None)
        self.engine.roomed = frozenset(name for name, one in adapters.items() if one.capabilities.rooms)
        self.engine.threaded = frozenset(name for name, one in adapters.items() if one.capabilities.case_threads)
        self.engine.troubles = self._troubles
        callers = {name: one for name, one in given.items() if one.capabilities.calls and isinstance(one, Caller)}
        self.engine.calling = frozenset(callers)
        self.callbacks = Callbacks(store, self.engine.turn, callers)
        partition = None if participant is None else participant.partition
        outcomes = ServiceOutcomes(self.engine.turn)
        self.dispatcher = Dispatcher(store, world, self._adapters, outcomes, partition)
        self.engine.dispatcher = self.dispatcher
        self.unkept = self.engine.intake.unkept = UnkeptWords(given, book, world)
        if participant is not None:
            participant.connect(self.engine, self.dispatcher)

    async def begin(self) -> None:
        """Finish what a crash cut off, then deliver what waits."""
        await self.engine.start()
        await self.dispatcher.start()

    async def run(self) -> None:
        """Serve until cancelled, or until no adapter can go on."""
        quieten()
        await self.begin()
        clockwork = Clockwork(self.engine, self.dispatcher, callbacks=self.callbacks)
        clockwork.start()
        try:
            await self._receive()
        finally:
            await clockwork.stop()
            await self.engine.rounds.stop()
            await self.engine.arrivals.stop()
            await self.callbacks.stop()
            await self.unkept.stop()
            await self.dispatcher.stop()

    def take_leave(self) -> float:
        """Have proxies send people elsewhere from now on; return for how many seconds to serve on until they do."""
        self.engine.leaving = True
        shared = any(adapter.capabilities.shared for adapter in self._adapters.values())
        return NOTICE if shared and self._participant is not None else 0.0

    async def _receive(self) -> None:
        """Run all adapters; when all have given up, the bot stops: one that hears nobody is worse than none."""
        tasks = [
            asyncio.create_task(adapter.run(AdapterInbox(self.engine, name), COMMANDS, self.engine), name=name)
            for name, adapter in self._adapters.items()
        ]
        try:
            await self._deaf.wait()
            raise self._ending()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _gave_up(self) -> bool:
        """Return whether any adapter goes on after one gave up."""
        if all(adapter.problem is not None for adapter in self._real):
            self._deaf.set()
        return not self._deaf.is_set()

    def _ending(self) -> Exception:
        """Return why the bot stops: a bug as it is, where one alone ended it; else the sentences of all adapters."""
        problems = [adapter.problem for adapter in self._real]
        if len(problems) == 1 and problems[0] is not None and not isinstance(problems[0], AdapterError):
            return problems[0]
        return AdapterError("\n".join(self._troubles()))

    def platforms(self) -> tuple[PlatformVitals, ...]:
        """Return how each adapter is."""
        standby = frozenset[str]() if self._participant is None else self._participant.standing_by()
        unparsed = self.engine.unparsed
        return tuple(
            replace(one.vitals, standby=name in standby, unparsed=unparsed[name])
            for name, one in self._adapters.items()
        )

    def _troubles(self) -> tuple[str, ...]:
        """Return what is wrong with each adapter that rests."""
        return tuple(adapter.trouble for adapter in self._adapters.values() if adapter.trouble)


def _participant(store: GroupStore, adapters: Mapping[str, Adapter]) -> "Participant | None":
    """Take a part among several processes, if there are; the driver of PostgreSQL is imported only then."""
    if store.membership is None:
        return None
    from buddybot.runtime.cluster.participant import Participant

    return Participant(store, store.membership, adapters)


@contextlib.asynccontextmanager
async def closing(store: GroupStore) -> AsyncIterator[GroupStore]:
    """Close the store at the end, whatever happened: its threads outlive the loop otherwise."""
    try:
        yield store
    finally:
        await store.close()
