"""What was said while nobody listened: read back before anything newer of the same DM or channel is reported."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

import discord

from buddybot.adapter import Inbox, RetryLater, Said
from buddybot_discord.directs import FAILURES, Directs, patiently
from buddybot_discord.settings import Settings
from buddybot_discord.trouble import trouble

_PAGE = 100


class _Lane:
    """Spaces requests evenly; reading back must not use up what Discord allows for sending."""

    def __init__(self, per_second: float) -> None:
        self._gap, self._last = 1 / per_second, float("-inf")

    async def turn(self) -> None:
        now = asyncio.get_running_loop().time()
        self._last = max(self._last + self._gap, now)
        await asyncio.sleep(self._last - now)


class CatchUp:
    """Every new session may have a gap, so each DM is read once a session, newest DM first, from its cursor on.

    `read` makes of a message what is to be reported; None where it is none of our business.
    """

    def __init__(
        self,
        client: discord.Client,
        directs: Directs,
        inbox: Inbox,
        settings: Settings,
        read: Callable[[discord.Message], Awaitable[Said | None]],
    ) -> None:
        self._client, self._directs, self._inbox, self._settings = client, directs, inbox, settings
        self._report = read
        self._session = 0
        self._caught: dict[int, int] = {}
        self._newest: dict[int, int] = {}
        # Who is writing right now need not wait for the reading of all others.
        self._live, self._background = _Lane(settings.per_second / 2), _Lane(settings.per_second / 2)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def begin(self) -> None:
        """Count a new session. This comes before its first message is handled, or that one's DM is read twice."""
        self._session += 1

    async def all_of(self, channels: Iterable[int]) -> None:
        """Read these."""
        async with asyncio.TaskGroup() as reads:
            for channel in channels:
                reads.create_task(self._read(channel))

    async def everyone(self) -> None:
        """Read all DMs we know of: a request for each not met yet, and one more where something was missed."""
        async with asyncio.TaskGroup() as reads:
            for channel in self._directs.known():
                reads.create_task(self._read(channel))
            for address in await self._inbox.correspondents("discord", self._settings.identity):
                await self._background.turn()
                reads.create_task(self._open(address.account))

    @asynccontextmanager
    async def turn(self, channel: int) -> AsyncIterator[None]:
        """Hold a DM's events in order, behind those missed."""
        async with self._turns[channel]:
            try:
                await self._catch_up(channel, self._live)
            except FAILURES as error:
                # What follows is reported without moving the cursor, so the gap stays known and is read later.
                if not isinstance(trouble(error), RetryLater):
                    self._caught[channel] = self._session
            yield

    async def put(self, message: discord.Message) -> None:
        """Report a message of this DM, and how far its reading has come."""
        channel, event = message.channel.id, await self._report(message)
        if event is None:
            return
        if self._caught.get(channel) != self._session or message.id <= self._newest.get(channel, 0):
            await self._inbox.put(event)
        else:
            await self._inbox.put(event, (_key(channel), str(message.id)))
            self._newest[channel] = message.id

    async def _open(self, account: str) -> None:
        channel = await patiently(lambda: self._directs.channel_of(account))
        if channel is not None:
            await self._read(channel)

    async def _read(self, channel: int) -> None:
        async def once() -> None:
            async with self._turns[channel]:
                await self._catch_up(channel, self._background)

        await patiently(once)

    async def _catch_up(self, channel: int, lane: _Lane) -> None:
        session = self._session
        if self._caught.get(channel) == session:
            return
        async for message in self._missed(channel, lane):
            if (event := await self._report(message)) is not None:
                await self._inbox.put(event, (_key(channel), str(message.id)))
                self._newest[channel] = message.id
        self._caught[channel] = session

    async def _missed(self, channel: int, lane: _Lane) -> AsyncIterator[discord.Message]:
        """Yield what came after the cursor; without one, what was said since the bot last spoke, oldest first."""
        direct = self._client.get_partial_messageable(channel)
        stored = await self._inbox.cursor(_key(channel))
        after = max(int(stored or 0), self._newest.get(channel, 0))
        if after and after >= self._directs.latest.pop(channel, after + 1):
            return
        await lane.turn()
        if after:
            async for message in direct.history(limit=None, after=discord.Object(after), oldest_first=True):
                yield message
            return
        unanswered: list[discord.Message] = []
        async for message in direct.history(limit=_PAGE):
            if message.author.bot:
                break
            unanswered.append(message)
        for message in reversed(unanswered):
            yield message


def _key(channel: int) -> str:
    return f"discord:dm:{channel}"
