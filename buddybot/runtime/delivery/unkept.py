"""Speaks to people while nothing can be written down: help at once, and in a while that their words wait.

What is said here is in no outbox: each is tried once, and the event itself is handled when the store is there again.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from buddybot.adapter import (
    Adapter,
    Away,
    BackgroundTasks,
    Content,
    Delivery,
    Inbound,
    Invoked,
    Pressed,
    Rejected,
    RetryLater,
    Said,
    Send,
    Unreachable,
)
from buddybot.domain.kernel.messages import Address
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.kernel.world import World
from buddybot.runtime.delivery.calls import LITTLE_PATIENCE
from buddybot.runtime.delivery.opening import DIGITS, part_key
from buddybot.runtime.delivery.present import present
from buddybot.service.crisis.standby import asks_for_help, help_from_memory, words_wait
from buddybot.service.kernel.book import Book

log = logging.getLogger(__name__)


class UnkeptWords:
    """What is said without the store: a card of help to each who asks for one, one sentence to all others."""

    def __init__(self, adapters: Mapping[str, Adapter], book: Book, world: World) -> None:
        """Take the adapters themselves: a lease that ran out while the server is away keeps no help from anybody."""
        self._adapters, self._book, self._world = adapters, book, world
        self._told: set[tuple[Address, str]] = set()
        self._tasks = BackgroundTasks(log)
        self.late = 3.0
        """Seconds after which help comes from memory though nothing tells of trouble: a server may just say nothing."""
        self.a_while = 5.0
        """Seconds that words wait before their author hears of it: most trouble is over by then."""

    def trouble(self, event: Inbound, screening: Screening | None, waited: float) -> None:
        """Say what can be said to whoever did this, once; `waited` is for how many seconds it waits already."""
        origin = event.origin
        if origin.place is not None or not isinstance(event, Said | Pressed | Invoked):
            return
        if asks_for_help(self._book, event, screening):
            self._once(origin.address, origin.event, help_from_memory(self._book, origin.locale, self._world.now()))
        elif waited >= self.a_while:
            self._once(origin.address, "", words_wait(self._book, origin.locale, self._world.now()))

    @contextmanager
    def watch(self, event: Inbound, screen: Callable[[Inbound], Screening | None]) -> Iterator[None]:
        """Speak where handling an event takes long, whatever it waits for: a server that hangs, or what came before."""
        loop = asyncio.get_running_loop()
        began = loop.time()

        moments = iter(sorted((self.late, self.a_while)))
        timers: list[asyncio.TimerHandle] = []

        def speak() -> None:
            wait()
            self.trouble(event, screen(event), loop.time() - began)

        def wait() -> None:
            # One timer after the other: nearly always the first is cancelled, and each costs.
            timers.extend(loop.call_at(began + after, speak) for after in islice(moments, 1))

        wait()
        try:
            yield
        finally:
            timers[-1].cancel()

    def over(self, address: Address) -> None:
        """Begin anew with the next trouble: what they did is written down."""
        if self._told:
            self._told = {one for one in self._told if one[0] != address}

    async def stop(self) -> None:
        """Say no more."""
        await self._tasks.end()

    def _once(self, address: Address, event: str, content: Content) -> None:
        if (address, event) not in self._told:
            self._told.add((address, event))
            self._tasks.run(self._show(address, content))

    async def _show(self, address: Address, content: Content) -> None:
        if (adapter := self._adapters.get(address.platform)) is None:
            return
        name = self._world.new_id()
        for at, effect in enumerate(present(Send(content), adapter.capabilities)):
            key = part_key(name, at)
            try:
                async with asyncio.timeout(LITTLE_PATIENCE):
                    await adapter.deliver(Delivery(int(key[:DIGITS], 16), address, effect, key=key))
            except (Away, Rejected, RetryLater, TimeoutError, Unreachable) as error:
                log.warning("help from memory did not arrive: %s", type(error).__name__)
                return
