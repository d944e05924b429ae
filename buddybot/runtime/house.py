"""The whole bot, put together: store, engine, dispatcher, clockwork and adapters, started and stopped as one."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping

from buddybot.adapter import COMMANDS, Adapter, AdapterError
from buddybot.domain.kernel.world import World
from buddybot.runtime.clockwork import Clockwork
from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.engine import AdapterInbox, Engine
from buddybot.runtime.rounds import Matchmaker
from buddybot.runtime.second.advised import AdvisedScreener
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel.book import Book

# These write whole addresses, parameters or bodies below this level: tokens and texts among them.
QUIET_LOGGERS = (
    "httpx",
    "httpcore",
    "aiosqlite",
    "aiohttp",
    "telegram",
    "discord",
    "asyncio",
    "psycopg",
)

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
    ) -> None:
        """Put it together; without a matchmaker rounds are the plain ones, in a thread."""
        self.store, self.adapters = store, adapters
        self.engine = Engine(store, world, book, matchmaker, advised=advised)
        self.dispatcher = Dispatcher(store, world, adapters, self.engine)
        self.engine.dispatcher = self.dispatcher

    async def begin(self) -> None:
        """Finish what a crash cut off, then deliver what waits."""
        await self.engine.start()
        await self.dispatcher.start()

    async def run(self) -> None:
        """Serve until cancelled, or until an adapter can't go on."""
        quieten()
        await self.begin()
        clockwork = Clockwork(self.engine, self.dispatcher)
        clockwork.start()
        try:
            await self._receive()
        finally:
            await clockwork.stop()
            await self.engine.rounds.stop()
            await self.dispatcher.stop()

    async def _receive(self) -> None:
        """Run all adapters; when one stops, the bot stops: a deaf bot that looks alive is worse than none."""
        tasks = {
            asyncio.create_task(adapter.run(AdapterInbox(self.engine, name), COMMANDS, self.engine), name=name): name
            for name, adapter in self.adapters.items()
        }
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
                raise AdapterError(f"adapters.{tasks[task]}: it stopped by itself; see the line before this one")
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def closing(store: GroupStore) -> AsyncIterator[GroupStore]:
    """Close the store at the end, whatever happened: its threads outlive the loop otherwise."""
    try:
        yield store
    finally:
        await store.close()
