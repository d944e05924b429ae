"""Back-fill: what was said while nobody listened is read before anything newer of the same DM or channel."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import asynccontextmanager

import discord

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES, passes, patiently
from buddybot_discord.settings import Settings as DiscordSettings

_PAGE = 100
_MOST_RETRACTED = 10_000


class _Lane:
    """Spaces requests evenly; reading back must not use up what Discord allows for sending."""

    def __init__(self, per_second: float) -> None:
        self._gap, self._last = 1 / per_second, float("-inf")

    async def turn(self) -> None:
        now = asyncio.get_running_loop().time()
        self._last = max(self._last + self._gap, now)
        await asyncio.sleep(self._last - now)


class DirectChannels:
    """Registry of DM channels by account and back: learnt as they appear, and asked for where not known yet."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._channels: dict[str, int] = {}
        self._accounts: dict[int, str] = {}
        self.latest: dict[int, int] = {}
        """The newest message of a channel when it was opened."""
        self.retracted: MutableMapping[int, bool] = core.lru(_MOST_RETRACTED)
        """Messages we took away ourselves, until Discord says that they are gone."""

    def learn(self, channel: int, account: str) -> None:
        """Remember whose DM this is, and that it is in use."""
        self._accounts.pop(channel, None)
        self._channels[account], self._accounts[channel] = channel, account

    def known(self) -> tuple[int, ...]:
        """Return the channels this process has met, those used last first."""
        return tuple(reversed(self._accounts))

    async def channel_of(self, account: str) -> int:
        """Return the DM with this person, opened if need be."""
        if account not in self._channels:
            opened = await self._client.http.start_private_message(int(account))
            self.learn(int(opened["id"]), account)
            self.latest[int(opened["id"])] = int(opened.get("last_message_id") or 0)
        return self._channels[account]

    async def account_of(self, channel: int) -> str | None:
        """Return whose DM this is; None where it is nobody's."""
        if channel not in self._accounts:
            found = await patiently(lambda: self._client.http.get_channel(channel))
            match found:
                case {"recipients": [{"id": person}]}:
                    self.learn(channel, str(person))
                case _:
                    return None
        return self._accounts[channel]

    def forget(self, account: str) -> None:
        """Ask anew next time."""
        self._accounts.pop(self._channels.pop(account, 0), None)


class CatchUp:
    """Every new session may have a gap, so each DM is read once a session, newest DM first, from its cursor on.

    `report` makes of a message what is to be reported; None where it is none of our business.
    """

    def __init__(
        self,
        client: discord.Client,
        directs: DirectChannels,
        inbox: core.Inbox,
        settings: DiscordSettings,
        report: Callable[[discord.Message], Awaitable[core.Said | None]],
    ) -> None:
        self._client, self._directs, self._inbox, self._settings = client, directs, inbox, settings
        self._report = report
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
                reads.create_task(self._open(address.account))

    @asynccontextmanager
    async def turn(self, channel: int) -> AsyncIterator[None]:
        """Hold a DM's events in order, behind those missed."""
        async with self._turns[channel]:
            try:
                await self._catch_up(channel, self._live)
            except FAILURES as error:
                # What follows is reported without moving the cursor, so the gap stays known and is read later.
                if not passes(error):
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
            await self._inbox.put(event, (cursor_key(channel), str(message.id)))
            self._newest[channel] = message.id

    async def _open(self, account: str) -> None:
        async def once() -> int:
            await self._background.turn()
            return await self._directs.channel_of(account)

        if (channel := await patiently(once)) is not None:
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
                await self._inbox.put(event, (cursor_key(channel), str(message.id)))
                self._newest[channel] = message.id
        self._caught[channel] = session

    async def _missed(self, channel: int, lane: _Lane) -> AsyncIterator[discord.Message]:
        """Yield what came after the cursor; without one, what was said since the bot last spoke, oldest first."""
        direct = self._client.get_partial_messageable(channel)
        stored = await self._inbox.cursor(cursor_key(channel))
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


def cursor_key(channel: int) -> str:
    """Return the inbox's cursor key for how far a channel was read."""
    return f"discord:dm:{channel}"
