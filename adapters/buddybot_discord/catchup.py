"""Back-fill: what was said while nobody listened is read before anything newer of the same DM or channel."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import asynccontextmanager
from itertools import takewhile
from typing import TypeAlias

import discord
from discord import Client

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES, passes, patiently
from buddybot_discord.markup import heard
from buddybot_discord.settings import Settings as DiscordSettings

Report: TypeAlias = Callable[[discord.Message], Awaitable["core.Said | None"]]
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

    async def received(self, account: str, count: int) -> str:
        """Return what a buddy said last to this person, in the order it was said."""
        channel = await patiently(lambda: self.channel_of(account))
        shown = await patiently(lambda: self._client.http.logs_from(channel, _PAGE)) if channel else None
        me = self._client.user.id if self._client.user else 0
        texts = [heard(each["content"]) for each in shown or () if int(each["author"]["id"]) == me]
        return core.SHARED.join(reversed([text for text in texts if text][:count]))

    def forget(self, account: str) -> None:
        """Ask anew next time."""
        self._accounts.pop(self._channels.pop(account, 0), None)


class CatchUp:
    """Every new session may have a gap, so each DM is read once a session, newest DM first, from its cursor on.

    `report` makes of a message what is to be reported; None where it is none of our business.
    """

    def __init__(
        self, client: Client, directs: DirectChannels, inbox: core.Inbox, settings: DiscordSettings, report: Report
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

    async def all_of(self, whom: Iterable[int | str]) -> None:
        """Read these channels, and the DMs with these accounts."""
        async with asyncio.TaskGroup() as reads:
            for each in whom:
                reads.create_task(self._read(each))

    async def everyone(self) -> None:
        """Read all DMs we know of: a request for each not met yet, and one more where something was missed."""
        people = await self._inbox.correspondents("discord", self._settings.identity)
        await self.all_of([*self._directs.known(), *(each.account for each in people)])

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
        channel = message.channel.id
        in_order = self._caught.get(channel) == self._session and message.id > self._newest.get(channel, 0)
        await self._put(message, moves_on=in_order)

    async def _put(self, message: discord.Message, *, moves_on: bool) -> None:
        channel, event = message.channel.id, await self._report(message)
        if event is not None:
            await self._inbox.put(event, (cursor_key(channel), str(message.id)) if moves_on else None)
        if event is not None and moves_on:
            self._newest[channel] = message.id

    async def _read(self, whom: int | str) -> None:
        async def once() -> None:
            channel = whom
            if isinstance(channel, str):
                await self._background.turn()
                channel = await self._directs.channel_of(channel)
            async with self._turns[channel]:
                await self._catch_up(channel, self._background)

        await patiently(once)

    async def _catch_up(self, channel: int, lane: _Lane) -> None:
        session = self._session
        if self._caught.get(channel) == session:
            return
        async for message in self._missed(channel, lane):
            await self._put(message, moves_on=True)
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
        recent = [message async for message in direct.history(limit=_PAGE)]
        for message in reversed([*takewhile(lambda each: not each.author.bot, recent)]):
            yield message


def cursor_key(channel: int) -> str:
    """Return the inbox's cursor key for how far a channel was read."""
    return f"discord:dm:{channel}"
