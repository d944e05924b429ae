"""Supervisor of one adapter: restarts it with exponential back-off when it gives up, so that its trouble stays its own.

The other platforms go on meanwhile. What is to be delivered on a platform that rests is put off and counts as no
attempt, so that nothing is given up for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from buddybot.adapter import (
    Adapter,
    AdapterError,
    Command,
    Delivery,
    Inbox,
    MessageId,
    Reads,
    RetryLater,
    backoff,
)
from buddybot.domain.moderation.vitals import PlatformVitals
from buddybot.runtime.engine import describe

FIRST_REST, LONGEST_REST = 30.0, 600.0
STEADY = 60.0
"""Seconds after which an adapter that runs again is taken to be well."""

log = logging.getLogger(__name__)


class SupervisedAdapter:
    """An adapter that rests when it can't go on, and is run again."""

    def __init__(
        self,
        name: str,
        adapter: Adapter,
        gave_up: Callable[[], bool],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        steady: float = STEADY,
    ) -> None:
        """Start nothing yet. `gave_up` hears each time that it can't go on, and says whether anybody else does."""
        self.name, self.platform, self.capabilities = name, adapter.platform, adapter.capabilities
        self.problem: Exception | None = None
        """Why it gave up last; None while it is well."""
        self._adapter, self._gave_up, self._sleep, self._steady = adapter, gave_up, sleep, steady
        self._rests_until = 0.0
        self._delivered, self._seconds = 0, 0.0

    @property
    def vitals(self) -> PlatformVitals:
        """How it is: its trouble, and how long its deliveries took in all."""
        return PlatformVitals(self.name, self.trouble, self._delivered, self._seconds)

    @property
    def trouble(self) -> str:
        """What is wrong, in words for the operator; empty while all is well."""
        match self.problem:
            case None:
                return ""
            case AdapterError():
                return "\n".join(f"adapters.{self.name}: {line}" for line in str(self.problem).splitlines())
            case error:
                return f"adapters.{self.name}: it failed ({describe(error)})"

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Run it for ever."""
        rests = backoff(FIRST_REST, LONGEST_REST)
        while True:
            task = asyncio.create_task(self._adapter.run(inbox, commands, reads), name=self.name)
            try:
                _, running = await asyncio.wait({task}, timeout=self._steady)
                if running:
                    self._recovered()
                    rests = backoff(FIRST_REST, LONGEST_REST)
                    await asyncio.wait({task})
            finally:
                if not task.done():
                    task.cancel()
                    await asyncio.gather(task, return_exceptions=True)
            await self._rest(_problem(task), next(rests))

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Carry it out, unless the adapter rests: then later, uncounted."""
        left = self._rests_until - asyncio.get_running_loop().time()
        if left > 0:
            raise RetryLater(left)
        began = asyncio.get_running_loop().time()
        message = await self._adapter.deliver(delivery)
        self._delivered, self._seconds = self._delivered + 1, self._seconds + asyncio.get_running_loop().time() - began
        return message

    async def _rest(self, problem: Exception, pause: float) -> None:
        self.problem = problem
        self._rests_until = asyncio.get_running_loop().time() + pause
        if self._gave_up():
            log.error("%s", self.trouble)
            log.error("adapters.%s rests for %d seconds and tries again; the others go on", self.name, pause)
        await self._sleep(pause)
        self._rests_until = 0.0

    def _recovered(self) -> None:
        if self.problem is not None:
            log.warning("adapters.%s is well again", self.name)
        self.problem = None


def _problem(task: "asyncio.Task[None]") -> Exception:
    """Return what ended an adapter that should have gone on."""
    error = None if task.cancelled() else task.exception()
    return error if isinstance(error, Exception) else AdapterError("it stopped by itself; see the line before this one")
