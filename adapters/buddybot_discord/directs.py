"""The direct messages with people: whose channel is whose."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from buddybot.adapter import RetryLater
from buddybot_discord.trouble import trouble

T = TypeVar("T")

FAILURES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What a call to Discord may end with."""
_PAUSE = 5.0
"""Seconds before a read that Discord could not answer is tried again."""


async def patiently(read: Callable[[], Awaitable[T]]) -> T | None:
    """Read until Discord answers; None where it refuses for good."""
    while True:
        try:
            return await read()
        except FAILURES as error:
            if not isinstance(trouble(error), RetryLater):
                return None
            await asyncio.sleep(_PAUSE)


class Directs:
    """Channels and accounts are learnt as they appear, and asked for where they are not known yet."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._channels: dict[str, int] = {}
        self._accounts: dict[int, str] = {}
        self.latest: dict[int, int] = {}
        """The newest message of a channel when it was opened."""
        self.retracted: set[int] = set()
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
