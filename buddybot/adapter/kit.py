"""Shared helpers of adapters: retry, background tasks, log-once notices, bounded caches, the wall clock, event ids."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, MutableMapping
from datetime import UTC, datetime
from typing import TypeVar

from cachetools import LRUCache, TTLCache

from buddybot.adapter.failures import RetryLater
from buddybot.adapter.port import Reads

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


# ── Time and ids ────────────────────────────────────────────────────────────────────────


def utc_now() -> datetime:
    """Return the wall clock in UTC, for a platform that wants a date of its own clock.

    The one place where adapters read it: prefer the time that the platform's own event carries.
    """
    return datetime.now(UTC)  # noqa: TID251 - the core's clock is none of an adapter's business, the platform's is


def unique_event(what: str) -> str:
    """Return a random event id that never comes twice: for doings to which the platform gives no id."""
    return f"{what}:{secrets.token_hex(8)}"


# ── Words ───────────────────────────────────────────────────────────────────────────────


def words_or(reads: Reads, locale: str, key: str, default: str = "") -> str:
    """Return an optional string of the interface, or the default where no language has it."""
    try:
        return reads.words(locale, key)
    except KeyError:
        return default


# ── Retry ───────────────────────────────────────────────────────────────────────────────


def backoff(first: float = 0.1, most: float = 15.0) -> Iterator[float]:
    """Yield exponential back-off: seconds to wait after each failure in a row, doubling up to `most`."""
    pause = first
    while True:
        yield pause
        pause = min(pause * 2, most)


async def until_answered(
    call: Callable[[], Awaitable[T]],
    *,
    failures: tuple[type[Exception], ...],
    meaning: Callable[[Exception], Exception],
    pauses: Iterable[float] | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> T:
    """Retry with exponential back-off until the platform answers: for what an adapter reads or sets up by itself.

    `meaning` translates one of the library's `failures` as for `Adapter.deliver`. After a `RetryLater` the call is made
    again, no sooner than the platform asked for; anything else is raised. What the core sends has its own patience:
    never call this in `deliver`.
    """
    for pause in pauses or backoff():
        try:
            return await call()
        except failures as error:
            meant = meaning(error)
            if not isinstance(meant, RetryLater):
                # Without its cause: libraries write tokens and addresses into some of theirs.
                raise meant from (error.__cause__ if meant is error else None)
            await sleep(max(pause, meant.seconds or 0))
    raise TimeoutError("the platform did not answer within the tries allowed")


async def until_read(call: Callable[[], Awaitable[T]]) -> T:
    """Retry with exponential back-off until an `Inbox` can be read: the database may be away for a while."""
    for pause in backoff():
        try:
            return await call()
        except RetryLater:
            await asyncio.sleep(pause)
    raise AssertionError("it has patience for ever")


# ── What nobody waits for ───────────────────────────────────────────────────────────────


class BackgroundTasks:
    """Background tasks of an adapter: what fails is logged by its kind alone, and all of them end with the adapter."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._running: set[asyncio.Task[None]] = set()

    def run(self, doing: Coroutine[None, None, None]) -> None:
        """Begin one."""
        task = asyncio.create_task(doing)
        self._running.add(task)
        task.add_done_callback(self._over)

    async def end(self, grace: float = 1.0) -> None:
        """Let them end for so many seconds; then cancel them."""
        if running := set(self._running):
            await asyncio.wait(running, timeout=grace)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # No traceback: what failed could stand in it, and be somebody's words.
            self._log.error("something in the background failed (%s)", type(error).__name__)


# ── The operator ────────────────────────────────────────────────────────────────────────


class Notices:
    """Log-once warnings for the operator: a lasting fault is named when it is met first, and the work goes on."""

    def __init__(self, log: logging.Logger, platform: str) -> None:
        self._log, self._platform = log, platform
        self._said: set[str] = set()

    def say(self, sentence: str) -> None:
        """Warn, unless exactly this was said before. Never put a text or an account of a member into it."""
        if sentence not in self._said:
            self._said.add(sentence)
            self._log.warning("%s: %s", self._platform, sentence)

    def forget(self) -> None:
        """Say everything once more: something changed that may have mended or broken it."""
        self._said.clear()


# ── Memory ──────────────────────────────────────────────────────────────────────────────


def lru(most: int) -> MutableMapping[K, V]:
    """Return an LRU cache: beyond `most` entries the one used longest ago goes, not all of them."""
    return LRUCache(most)


def expiring(most: int, seconds: float) -> MutableMapping[K, V]:
    """Return a TTL cache: an entry is forgotten after so many seconds, the oldest early beyond `most`."""
    return TTLCache(most, seconds)
