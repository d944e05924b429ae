"""One bot account's sessions with Discord's gateway, and its one server: what begins, ends and is read back."""

import asyncio
import contextlib
import sys
from collections.abc import Coroutine

import discord

from buddybot.adapter import ChannelKind, Command, Inbox, Origin, Place, Reads, Said
from buddybot_discord.automod import drawn, keep
from buddybot_discord.catchup import CatchUp
from buddybot_discord.commands import application_commands, fingerprint
from buddybot_discord.directs import Directs, patiently
from buddybot_discord.places import Places
from buddybot_discord.rights import Rights
from buddybot_discord.settings import Settings
from buddybot_discord.translate import is_talk, origin, said

_BLOCKED = "discord-blocked"
"""Locale string: what AutoMod says to whom it holds back, at most 150 characters."""


def intents_for(settings: Settings, reads: Reads) -> discord.Intents:
    """Ask for what is used: direct messages carry their text without the privileged intent; open channels don't."""
    intents = discord.Intents.none()
    intents.guilds = intents.dm_messages = intents.dm_reactions = True
    if settings.guild:
        intents.guild_messages = intents.guild_reactions = True
        is_open = any(each.kind is ChannelKind.OPEN for each in reads.channels())
        intents.message_content = intents.members = intents.auto_moderation_execution = is_open
    return intents


class Session(discord.AutoShardedClient):
    """The library's client, without what people do."""

    def __init__(self, settings: Settings, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        super().__init__(
            intents=intents_for(settings, reads),
            shard_count=settings.shards,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=30,
        )
        self._settings, self._inbox, self._table, self._reads = settings, inbox, commands, reads
        self._commands_mark: tuple[str, str] | None = None
        self._readings: dict[str, asyncio.Task[None]] = {}
        self.directs, self.rights = Directs(self), Rights()
        self.places = Places(self, inbox, reads, settings, self.rights)
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._catch_up = CatchUp(self, self.directs, inbox, settings, self._read)

    def give_up(self, error: BaseException | None) -> None:
        """End the adapter's run with this error; what breaks off because of its end is none."""
        if not self.broken.done() and not self.is_closed() and error is not None:
            self.broken.set_exception(error)

    async def setup_hook(self) -> None:
        """Tell Discord our commands, if they changed since it was last told."""
        await self.places.load()
        drawn = application_commands(self._table, self._reads)
        mark = (f"discord:commands:{self._settings.identity}", fingerprint(drawn))
        if await self._inbox.cursor(mark[0]) != mark[1]:
            assert self.application_id is not None, "known after login"
            await self.http.bulk_upsert_global_commands(self.application_id, drawn)
            self._commands_mark = mark

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Leave Discord the pause it wants between two new sessions."""
        del shard_id
        if not initial:
            await asyncio.sleep(self._settings.identify_pause)

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """Stop rather than lose what people did: what could not be recorded is read again at the next start."""
        del event_method
        self.give_up(sys.exc_info()[1])

    async def close(self) -> None:
        """Stop reading back, too."""
        for reading in self._readings.values():
            reading.cancel()
        await super().close()

    # ── Sessions ────────────────────────────────────────────────────────────────────────

    async def on_shard_connect(self, shard_id: int) -> None:
        """Read what was missed as soon as a new session listens; all direct messages come on shard 0."""
        if shard_id in {0, self._shard}:
            self._catch_up.begin()
        if shard_id == 0:
            await self._read_back("directs", self._catch_up.everyone())

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Read again after a resumed session: its replay is Discord's best effort."""
        await self.on_shard_connect(shard_id)
        if shard_id == self._shard:
            await self._read_back("places", self._catch_up.all_of(self.places.read()))

    @property
    def _shard(self) -> int:
        """The shard that tells of our server."""
        return (self._settings.guild >> 22) % (self.shard_count or 1)

    async def _read_back(self, what: str, reading: Coroutine[None, None, None]) -> None:
        if (before := self._readings.get(what)) is not None:
            before.cancel()
        self._readings[what] = asyncio.create_task(reading)
        with contextlib.suppress(asyncio.CancelledError):
            await self._readings[what]

    # ── The server with the channels ────────────────────────────────────────────────────

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Find or make the places once the server is known, and read what was said there meanwhile."""
        if guild.id == self._settings.guild:
            await patiently(lambda: self.places.build(guild))
            if self._settings.automod and (read := self.places.read(kind=ChannelKind.OPEN)):
                staff, words = self._settings.moderators | self._settings.leads, self._reads.words("en", _BLOCKED)
                rules = drawn(guild, self._reads.filters(), set(read), staff, words)
                await patiently(lambda: keep(self.http, guild.id, rules, self.rights))
            await self._read_back("places", self._catch_up.all_of(self.places.read()))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Do the same where the bot was let in just now."""
        await self.on_guild_available(guild)

    async def on_ready(self) -> None:
        """Say it when the server of the settings is none of ours."""
        if self._settings.guild and self.get_guild(self._settings.guild) is None:
            self.rights.say(
                "the bot is not in the server of the setting guild, so it has no channels; check the id, and invite "
                "the bot there as docs/discord.md says"
            )
            await self.places.gone()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Tell that all places are gone."""
        if guild.id == self._settings.guild:
            await self.places.gone()

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Tell that a place is gone."""
        await self.places.closed(channel.id)

    # ── Who said what ───────────────────────────────────────────────────────────────────

    async def _who(self, event: str, user: discord.abc.User | int, place: Place | None) -> Origin:
        """Say who did it. In a place their roles count, so they are asked for where Discord left them out."""
        if isinstance(user, discord.Member) or place is None:
            return origin(event, self._settings, str(user) if isinstance(user, int) else user, place=place)
        account = user if isinstance(user, int) else user.id
        guild = self.get_guild(self._settings.guild)
        member = await patiently(lambda: guild.fetch_member(account)) if guild else None
        return origin(event, self._settings, member or str(account), place=place)

    async def _read(self, message: discord.Message) -> Said | None:
        """Make of a message what is reported; None where it is none of our business."""
        place = self.places.read_at(message.channel.id)
        if not is_talk(message, placed=place is not None):
            return None
        if place is None:
            self.directs.learn(message.channel.id, str(message.author.id))
        return said(message, await self._who(str(message.id), message.author, place))

    def _is_ours(self, message: discord.Message) -> bool:
        return is_talk(message, placed=self.places.read_at(message.channel.id) is not None)
