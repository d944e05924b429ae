"""Discord's time: the pauses it asks for, which every loop and every delivery keeps, and its clock.

Rejected requests count: ten thousand in ten minutes get the address of the bot blocked. So the first one to be told
speaks for all, and whoever waits for the same tries again one after the other.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from types import SimpleNamespace
from typing import TypeVar

import aiohttp
import discord

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES, FLAGGED, OPENING_TOO_FAST, asked_for, is_for_all, trouble

T = TypeVar("T")

_TOO_MANY = 429


class Doing(Enum):
    """What is asked of Discord, as far as its pauses tell one from the other."""

    OPENING = auto()
    """A direct message with somebody."""
    WRITING = auto()
    """In a direct message."""
    READING = auto()
    """Looking up, reading back and setting up: all that the adapter does by itself."""


_STOPPED_BY = {OPENING_TOO_FAST: {Doing.OPENING}, FLAGGED: {Doing.OPENING, Doing.WRITING}}


class CodePauses:
    """Shared back-off: until when what is to be left alone."""

    def __init__(self) -> None:
        self._until: dict[Doing, float] = {}
        self._opening = asyncio.Lock()

    def note(self, error: Exception, doing: Doing) -> None:
        """Keep what a failed call asked for. A limit of one channel is no matter of others who write."""
        meant = trouble(error)
        if not isinstance(meant, core.RetryLater) or not meant.seconds:
            return
        alone = set() if doing is Doing.WRITING else {doing}
        self._stop(
            set(Doing) if is_for_all(error) else _STOPPED_BY.get(getattr(error, "code", 0), alone), meant.seconds
        )

    async def heard(self, _: aiohttp.ClientSession, __: SimpleNamespace, answer: aiohttp.TraceRequestEndParams) -> None:
        """Keep a limit of the whole account: the library says of one that it does not wait out only how long it is."""
        headers = answer.response.headers
        if answer.response.status == _TOO_MANY and headers.get("X-RateLimit-Scope") == "global":
            self._stop(Doing, asked_for(headers))

    def _stop(self, what: Iterable[Doing], seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        for each in what:
            self._until[each] = max(self._until.get(each, 0.0), until)

    def left(self, doing: Doing) -> float:
        """Return the seconds for which this is to be left alone."""
        return max(self._until.get(doing, 0.0) - asyncio.get_running_loop().time(), 0.0)

    def check(self, doing: Doing) -> None:
        """Raise as Discord would, if somebody who was before us has just been told to wait."""
        if (left := self.left(doing)) > 0:
            raise discord.RateLimited(left)

    async def patiently(
        self,
        call: Callable[[], Awaitable[T]],
        doing: Doing = Doing.READING,
        turn: Callable[[], Awaitable[None]] | None = None,
    ) -> T | None:
        """Retry until Discord answers, and what is kept can be read; None where it refuses for good.

        Each try waits for its `turn`, where there is one.
        """

        async def once() -> T:
            await asyncio.sleep(self.left(doing))
            if turn is not None:
                await turn()
            if doing is Doing.OPENING:
                async with self._opening:
                    return await self._noted(call, doing)
            return await self._noted(call, doing)

        try:
            failures = (*FAILURES, core.RetryLater)
            return await core.until_answered(once, failures=failures, meaning=trouble, pauses=core.backoff(5, 60))
        except (*FAILURES, core.Unreachable, core.Rejected):
            return None

    async def _noted(self, call: Callable[[], Awaitable[T]], doing: Doing) -> T:
        self.check(doing)
        try:
            return await call()
        except FAILURES as error:
            self.note(error, doing)
            raise


class ServerClock:
    """Offset to Discord's clock, from the date of each answer: so our moments compare with Discord's ids."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._answered)

    async def _answered(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, answer: aiohttp.TraceRequestEndParams
    ) -> None:
        try:
            date = parsedate_to_datetime(answer.response.headers["Date"]).replace(tzinfo=UTC)
        except (KeyError, ValueError, TypeError):
            return
        # It knows whole seconds, cut off: what is compared with an id may lie up to a second too early.
        self._ahead = date - core.utc_now()

    def snowflake(self, moment: datetime | None) -> int:
        """Return the id that a message made there at this moment of ours has at least; 0 where the moment can't be."""
        if moment is None or moment > core.utc_now():
            return 0
        return discord.utils.time_snowflake(moment + self._ahead)
