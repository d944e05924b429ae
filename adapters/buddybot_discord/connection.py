"""The gateway connection: sessions that begin, resume and end, what is read back after each, and our servers."""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, MutableMapping
from dataclasses import replace
from functools import partial

import discord
import yarl
from discord.abc import User

from buddybot import adapter as core
from buddybot_discord.catchup import CatchUp
from buddybot_discord.directs import DirectChannels
from buddybot_discord.inbound import is_talk, origin, said, words_of
from buddybot_discord.interactions import Interactions, RecentClick
from buddybot_discord.markup import anonymous
from buddybot_discord.presence import Presence
from buddybot_discord.server.cases import CaseThreads
from buddybot_discord.server.enforcement import AutoMod
from buddybot_discord.server.guilds import unknown_channels, unshown
from buddybot_discord.server.places import ServerPlaces
from buddybot_discord.server.registration import CommandRegistry
from buddybot_discord.server.setup import SetUp
from buddybot_discord.server.threads import KnownThread, titled
from buddybot_discord.settings import DISCORDS_OWN
from buddybot_discord.settings import Settings as DiscordSettings
from buddybot_discord.timing import CodePauses, ServerClock

log = logging.getLogger(__name__)
_MOST_CLICKS, _CLICK_SECONDS = 10_000, 15 * 60
"""Clicks of a server remembered: a click can be followed up for a quarter of an hour."""
_INSTALL = "https://discord.com/oauth2/authorize"
"""Where anybody adds an application to their own account, and can write to it without a server in common."""
_OPEN = core.ChannelKind.OPEN
_AT_ONCE = 4
"""Servers that are set up at the same time."""
_NOT_IN = (
    "the bot is not in the server {id} of the settings, so there are no channels; check the id, and invite the bot "
    "there as docs/discord.md says, or take the server out of the settings"
)


def intents_for(settings: DiscordSettings, reads: core.Reads) -> discord.Intents:
    """Ask for what is used: direct messages carry their text without the privileged intent; open channels don't."""
    intents = discord.Intents.none()
    intents.guilds = intents.dm_messages = intents.dm_reactions = True
    if settings.served:
        intents.guild_messages = intents.guild_reactions = True
        is_open = any(each.kind is _OPEN and settings.served.show(each) for each in reads.channels())
        intents.message_content = intents.members = intents.auto_moderation_execution = is_open
    return intents


class _AgainError(Exception):
    """The library wants to try to connect once more."""


class DiscordConnection(discord.AutoShardedClient):
    """The library's client with its life cycle; `DiscordListener` adds what people say and press."""

    def __init__(
        self, settings: DiscordSettings, inbox: core.Inbox, commands: tuple[core.Command, ...], reads: core.Reads
    ) -> None:
        self.clock, self.pauses, self._presence = ServerClock(), CodePauses(), Presence(settings, reads)
        self.clock.trace.on_request_end.append(self.pauses.heard)
        super().__init__(
            intents=intents_for(settings, reads),
            shard_count=settings.shards,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=30,
            http_trace=self.clock.trace,
            status=self._presence.at_first(),
        )
        self._settings, self._inbox, self._table, self._reads = settings, inbox, commands, reads
        self._readings: dict[str, asyncio.Task[None]] = {}
        self.clicks: MutableMapping[str, RecentClick] = core.expiring(_MOST_CLICKS, _CLICK_SECONDS)
        """The last click of each person in a server: the way to them where their DM is closed."""
        self.notices = core.Notices(log, "discord")
        self.registry = CommandRegistry(self, settings, inbox, reads, self.notices)
        self.directs = DirectChannels(self, self.pauses)
        self.places = ServerPlaces(self, inbox, reads, settings, self.notices, self.pauses)
        self._interactions = Interactions(settings, commands, reads, self.places.named)
        self.cases = CaseThreads(self, self.places, settings, reads, self.notices)
        self._set_up = SetUp(self, self.places, settings, reads)
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._catch_up = CatchUp(
            self, self.directs, inbox, settings, self._read, self.places, self.pauses, self._shard_at
        )
        self._connecting = False
        self._building = asyncio.Semaphore(_AT_ONCE)

    def give_up(self, error: BaseException | None) -> None:
        """End the adapter's run with this error; what breaks off because of its end is none."""
        if not self.broken.done() and not self.is_closed() and error is not None:
            self.broken.set_exception(error)

    async def setup_hook(self) -> None:
        """Register our application commands, if they changed since Discord was last told."""
        if self._settings.shards is None and self._settings.gateway != DISCORDS_OWN:
            # With a count of its own the library connects to the gateway of the settings, else to Discord's.
            self.shard_count, _, _ = await self.http.get_bot_gateway()
        if self._settings.served:
            await self.places.book.load()
        await self.registry.everybody(self._table)
        await self._inbox.known_as(self._settings.identity, f"{_INSTALL}?client_id={self.application_id}")

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Leave Discord the pause it wants between two new sessions."""
        del shard_id
        if not initial:
            await asyncio.sleep(self._settings.identify_pause)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Try in a loop until the gateway answers.

        The library calls itself once more at each try, inside the handler of the last: its call stack, and what it
        logs, would grow with the tries until the process ends.
        """
        if self._connecting:
            raise _AgainError
        self._connecting = True
        try:
            while not await self._connected(gateway, shard_id, initial=initial):
                initial = False
        finally:
            self._connecting = False

    async def _connected(self, gateway: yarl.URL, shard_id: int, *, initial: bool) -> bool:
        try:
            await super().launch_shard(gateway, shard_id, initial=initial)
        except _AgainError as again:
            self.notices.say(
                f"the gateway can't be reached ({type(again.__context__).__name__}); I try every five seconds until it "
                "can. Check the network, the setting gateway, and https://discordstatus.com"
            )
            return False
        return True

    async def close(self) -> None:
        """Say that the bot will be back, and stop reading."""
        await self._presence.goodbye(self)
        for reading in self._readings.values():
            reading.cancel()
        await super().close()

    # ── Sessions ────────────────────────────────────────────────────────────────────────

    async def on_shard_connect(self, shard_id: int) -> None:
        """Read what was missed as soon as a new session listens; all direct messages come on shard 0."""
        self._catch_up.begin(shard_id)
        await self._presence.after(self, shard_id, self._missed_on(shard_id))

    async def _missed_on(self, shard_id: int) -> None:
        if shard_id == 0:
            await self._read_back("directs", self._catch_up.everyone())

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Read again after a resumed session: its replay is Discord's best effort."""
        await self.on_shard_connect(shard_id)
        served = [guild for each in self._settings.served if (guild := self.get_guild(each.id)) is not None]
        for guild in served:
            if self._shard_of(guild) == shard_id:
                await self._read_places(guild)

    def _shard_of(self, guild: discord.Guild | None) -> int:
        """Return the shard that tells of a server; direct messages all come on shard 0."""
        return 0 if guild is None else (guild.id >> 22) % (self.shard_count or 1)

    def _shard_at(self, channel: int) -> int:
        return self._shard_of(self.places.guild_of(channel))

    async def _read_places(self, guild: discord.Guild) -> None:
        rooms, threads = self.places.read(guild=guild.id), self.places.threads
        # How far the channels were read is noted before they are read on: a thread may be older than what comes now.
        read = await self._catch_up.read_so_far(rooms)
        talks = threads.active(guild, rooms)
        self._catch_up.expect({talk.id: (read[talk.parent], talk.newest) for talk in talks})
        await self._read_back(f"places:{guild.id}", self._catch_up.all_of([*rooms, *(talk.id for talk in talks)]))
        for room in filter(self.places.has_threads, rooms):
            away = await threads.archived(room)
            self._catch_up.expect({talk.id: (read[room], talk.newest) for talk in away})
            await self._read_back(f"archived:{room}", self._catch_up.all_of(talk.id for talk in away))
            talks += away
        for talk in talks:
            if 0 < read[talk.parent] < talk.id:
                await self._titled(talk)

    async def _titled(self, talk: KnownThread) -> None:
        """Report what a new thread is called, where that says more than the message it stands under."""
        place = self.places.read_at(talk.parent)
        mine = self.user is not None and talk.owner == self.user.id
        if (
            place is None
            or mine
            or self.places.threads.is_forum(talk.parent)
            or await self.places.threads.is_echo(talk)
        ):
            return
        who = await self._who(f"{talk.id}:title", talk.owner, place)
        await self._inbox.put(core.Said(who, anonymous(talk.name), talk.title))

    async def _read_back(self, what: str, reading: Coroutine[None, None, None]) -> None:
        if (before := self._readings.get(what)) is not None:
            before.cancel()
        self._readings[what] = asyncio.create_task(reading)
        with contextlib.suppress(asyncio.CancelledError):
            await self._readings[what]

    # ── The servers with the channels ───────────────────────────────────────────────────

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Find or make the places once the server is known, and read what was said there meanwhile."""
        if (settings := self._settings.served.at(guild.id)) is not None:
            # There may be a cry in what was said meanwhile: no setting up that Discord puts off comes before it.
            await self._read_places(guild)
            await self.pauses.patiently(partial(self._built, guild))
            await self.places.strays()
            await self._read_places(guild)
            await self.pauses.patiently(lambda: self.registry.of_server(settings, self._table))
            if self._settings.automod and (read := set(self.places.read(_OPEN, guild=guild.id))):
                automod = AutoMod(self.http, self._reads, settings, self.notices)
                await self.pauses.patiently(lambda: automod.sync(guild, read))
            await self.pauses.patiently(partial(self.cases.prepare, guild))

    async def _built(self, guild: discord.Guild) -> None:
        """Set a server's places up; of two hundred servers a few at a time, or nothing else would get a word in."""
        async with self._building:
            await self.places.build(guild)

    on_guild_join = on_guild_available  # let in just now

    async def on_ready(self) -> None:
        """Say which servers of the settings the bot is not in; their places are gone."""
        for each in self._settings.served:
            if self.get_guild(each.id) is None:
                self.notices.say(_NOT_IN.format(id=each.id))
        for odd in (unknown_channels, unshown):
            for sentence in odd(self._settings.served, self._reads.channels()):
                self.notices.say(sentence)
        await self.places.strays()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Report that all places are gone."""
        await self.places.left(guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Report that a place is gone; of the threads in a forum the library tells one by one."""
        self.cases.forums.forget(channel.id)
        self.places.threads.forums.discard(channel.id)
        await self.places.closed(channel.id)

    # ── Who said what ───────────────────────────────────────────────────────────────────

    async def _who(self, event: str, user: User | int, place: core.Place | None) -> core.Origin:
        """Say who did it. In a place their roles count, so they are asked for where Discord left them out."""
        guild = None if place is None else self.places.guild_of(place)
        if place is not None and guild is not None and not isinstance(user, discord.Member):
            account = user if isinstance(user, int) else user.id
            user = await self.pauses.patiently(lambda: guild.fetch_member(account)) or account
        return origin(event, self._settings, user, place=place)

    async def _read(self, message: discord.Message) -> core.Said | None:
        """Translate a message; None where it is none of our business."""
        place = self.places.read_at(message.channel.id)
        if not is_talk(message, placed=place is not None):
            return None
        if place is not None:
            who = await self._who(str(message.id), message.author, place)
            return await self._placed(message, said(message, who, self._settings))
        self.directs.learn(message.channel.id, str(message.author.id))
        who = await self._who(str(message.id), message.author, place)
        return said(message, self._with_chat(who, message.channel.id), self._settings)

    async def _placed(self, message: discord.Message, event: core.Said) -> core.Said:
        """Name a message of a place by where it stands; in a thread it answers the beginning, or what it names."""
        channel, threads, text = message.channel.id, self.places.threads, event.text
        reply = None if event.reply_to is None else self.places.named(channel, event.reply_to)
        if (begun := threads.begins(message.id, channel)) is not None:
            text = anonymous(titled(begun, words_of(message)))
        elif reply is None and (talk := threads.at(channel)) is not None:
            reply = await threads.answered(talk)
        return replace(event, message=self.places.named(channel, message.id), text=text, reply_to=reply)

    def words(self, locale: str, key: str) -> str:
        """Return a sentence of the bot's own."""
        return self._reads.words(locale, key)

    def _with_chat(self, who: core.Origin, channel: int | None) -> core.Origin:
        """Have the core keep the id of a DM beside its person's address, once: so no restart need open it."""
        account = who.address.account
        if channel is None or self.directs.recall(who.address) != channel or not (chat := self.directs.unkept(account)):
            return who
        return replace(who, address=replace(who.address, chat=chat))
