"""Presence: "here" while the bot listens and has read what it missed, "back soon" before and after. Nothing of members.

Discord shows it under the bot's name, to everybody, so it says no more than that.
"""

import asyncio
import contextlib
from collections.abc import Coroutine

import discord

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES
from buddybot_discord.settings import Settings as DiscordSettings

HERE, BACK_SOON = "discord-here", "discord-back-soon"
"""Locale strings: what stands under the bot's name, at most 128 characters."""
_LONGEST_READING = 60.0
"""Seconds after which the bot is called here although some history is still to be read: it answers long since."""
_GOODBYE = 1.0
"""Seconds that the last word may take."""


class Presence:
    """The bot's status in Discord, in the language of its first server."""

    def __init__(self, settings: DiscordSettings, reads: core.Reads) -> None:
        self._reads, self.is_shown = reads, settings.presence
        self._language = next((each.language for each in settings.served if each.language), "en")

    def at_first(self) -> discord.Status | None:
        """Return what each new session begins with: the library names no custom status there as Discord wants it."""
        return discord.Status.idle if self.is_shown else None

    async def after(self, client: discord.AutoShardedClient, shard: int, reading: Coroutine[None, None, None]) -> None:
        """Read what was missed, and say that the bot is here once that is done, or takes long."""
        task = asyncio.ensure_future(reading)
        await self._show(client, BACK_SOON, shard)
        await asyncio.wait({task}, timeout=_LONGEST_READING)
        await self._show(client, HERE, shard)
        await task

    async def goodbye(self, client: discord.AutoShardedClient) -> None:
        """Say "back soon" on every session, as far as they still carry it."""
        if not client.is_closed():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_GOODBYE):
                    await self._show(client, BACK_SOON)

    async def _show(self, client: discord.AutoShardedClient, key: str, shard: int | None = None) -> None:
        if not self.is_shown:
            return
        status = discord.Status.online if key == HERE else discord.Status.idle
        words = discord.CustomActivity(name=self._reads.words(self._language, key))
        with contextlib.suppress(*FAILURES, discord.DiscordException, KeyError):  # a session may just have gone
            await client.change_presence(activity=words, status=status, shard_id=shard)
