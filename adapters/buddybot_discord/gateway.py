"""Listening: the library's client, whose events become what people did."""

import asyncio
import contextlib
import sys
from collections.abc import Coroutine, Mapping
from dataclasses import replace

import discord

from buddybot.adapter import (
    SHARED,
    Address,
    ChannelKind,
    Command,
    Deleted,
    Edited,
    Inbound,
    Inbox,
    Joined,
    Left,
    MessageId,
    Origin,
    Place,
    Pressed,
    Reacted,
    Reads,
    Said,
)
from buddybot_discord.automod import drawn, keep
from buddybot_discord.catchup import CatchUp
from buddybot_discord.clicks import Answer, Click, Clicks, Door
from buddybot_discord.commands import application_commands, fingerprint
from buddybot_discord.directs import Directs, patiently
from buddybot_discord.markup import heard
from buddybot_discord.places import Places
from buddybot_discord.rights import Rights
from buddybot_discord.settings import Settings
from buddybot_discord.translate import anonymous, asking, chosen, is_talk, origin, said

_SECONDS_TO_ANSWER = 2.0
"""Discord waits three."""
_BLOCKED = "discord-blocked"
"""Locale string: what AutoMod says to whom it holds back, at most 150 characters."""
_LOOK_BACK = 100
"""Messages of a DM searched for what a buddy said."""


def intents_for(settings: Settings, reads: Reads) -> discord.Intents:
    """Ask for what is used: direct messages carry their text without the privileged intent; open channels don't."""
    intents = discord.Intents.none()
    intents.guilds = intents.dm_messages = intents.dm_reactions = True
    if settings.guild:
        intents.guild_messages = intents.guild_reactions = True
        is_open = any(each.kind is ChannelKind.OPEN for each in reads.channels())
        intents.message_content = intents.members = intents.auto_moderation_execution = is_open
    return intents


class Gateway(discord.AutoShardedClient):
    """One bot account. Buttons, lists and forms carry their whole state, so none of them dies with a restart."""

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
        self.doors: dict[str, Door] = {}
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._clicks = Clicks(settings, commands, reads)
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

    async def on_member_join(self, member: discord.Member) -> None:
        """Tell of each open place that somebody new can see it."""
        await self._came_or_went(member, f"joined:{member.joined_at and member.joined_at.timestamp()}", Joined)

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Tell of each open place that somebody is gone."""
        if payload.guild_id == self._settings.guild:
            moment = discord.utils.time_snowflake(discord.utils.utcnow())
            await self._came_or_went(payload.user, f"left:{moment}", Left)

    async def _came_or_went(self, user: discord.abc.User, when: str, event: type[Joined] | type[Left]) -> None:
        for place in () if user.bot else self.places.read(kind=ChannelKind.OPEN).values():
            await self._inbox.put(event(origin(f"{user.id}:{when}:{place.account}", self._settings, user, place=place)))

    async def on_automod_action(self, execution: discord.AutoModAction) -> None:
        """Report what AutoMod kept from being said: there may be a cry in it, and its author should hear why."""
        place = self.places.read_at(execution.channel_id)
        blocked = execution.action.type is discord.AutoModRuleActionType.block_message
        if place is not None and blocked and execution.content:
            event = f"automod:{discord.utils.time_snowflake(discord.utils.utcnow())}"
            who = await self._who(event, execution.user_id, place)
            await self._inbox.put(Said(who, anonymous(execution.content), MessageId(event.removeprefix("automod:"))))

    async def _who(self, event: str, user: discord.abc.User | int, place: Place | None) -> Origin:
        """Say who did it. In a place their roles count, so they are asked for where Discord left them out."""
        if isinstance(user, discord.Member) or place is None:
            return origin(event, self._settings, str(user) if isinstance(user, int) else user, place=place)
        account = user if isinstance(user, int) else user.id
        guild = self.get_guild(self._settings.guild)
        member = await patiently(lambda: guild.fetch_member(account)) if guild else None
        return origin(event, self._settings, member or str(account), place=place)

    # ── Messages ────────────────────────────────────────────────────────────────────────

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

    async def on_message(self, message: discord.Message) -> None:
        """Report what was said."""
        if self._is_ours(message):
            async with self._catch_up.turn(message.channel.id):
                await self._catch_up.put(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Report an edit; previews that Discord adds later are none."""
        message = payload.message
        if self._is_ours(message) and message.edited_at is not None:
            event = f"{message.id}:edit:{message.edited_at.timestamp()}"
            who = await self._who(event, message.author, self.places.at(message.channel.id))
            async with self._catch_up.turn(payload.channel_id):
                await self._inbox.put(Edited(who, MessageId(str(message.id)), anonymous(message.content)))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Report a message taken back."""
        await self._deleted(payload.message_id, payload.channel_id, payload.guild_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Report each."""
        for message in payload.message_ids:
            await self._deleted(message, payload.channel_id, payload.guild_id)

    async def _deleted(self, message: int, channel: int, guild: int | None) -> None:
        """Discord does not say by whom: in private only its author and we can have done it, in a place anybody."""
        if message in self.directs.retracted:
            self.directs.retracted.discard(message)
            return
        place = self.places.read_at(channel)
        account = place.account if place else None if guild else await self.directs.account_of(channel)
        if account is not None:
            address = Address("discord", self._settings.identity, account)
            async with self._catch_up.turn(channel):
                await self._inbox.put(
                    Deleted(Origin(f"{message}:delete", address, place=place), MessageId(str(message)))
                )

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Report a reaction; a custom emoji would name the server it is from."""
        await self._reacted(payload, str(payload.emoji))

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Report a reaction taken away."""
        await self._reacted(payload, "")

    async def _reacted(self, payload: discord.RawReactionActionEvent, emoji: str) -> None:
        place = self.places.read_at(payload.channel_id)
        mine = self.user is not None and payload.user_id == self.user.id
        if (payload.guild_id is not None and place is None) or mine or payload.emoji.id is not None:
            return
        # The same reaction may come and go many times, and Discord gives it no id; twice the same does no harm.
        moment = discord.utils.time_snowflake(discord.utils.utcnow())
        event = f"{payload.message_id}:react:{emoji}:{moment}"
        who = await self._who(event, payload.member or payload.user_id, place)
        if place is None:
            self.directs.learn(payload.channel_id, str(payload.user_id))
        async with self._catch_up.turn(payload.channel_id):
            await self._inbox.put(Reacted(who, MessageId(str(payload.message_id)), emoji))

    # ── Commands, buttons, forms ────────────────────────────────────────────────────────

    async def on_interaction(self, interaction: Click) -> None:
        """Record it, then answer; if recording takes long, answer first, or Discord calls it failed."""
        if interaction.type is discord.InteractionType.autocomplete:
            await self._clicks.suggest(interaction)
            return
        door = self._door(interaction)
        doing = self._clicks.read(interaction, self.places.at(interaction.channel_id))
        if not isinstance(doing, Answer):
            recording = asyncio.ensure_future(self._record(interaction, doing))
            await asyncio.wait({recording}, timeout=_SECONDS_TO_ANSWER)
            await self._clicks.answer(interaction)
            door.answered.set()
            await recording
            self._commands_mark = None
        else:
            await self._clicks.answer(interaction, doing)
            door.answered.set()

    def _door(self, click: Click) -> Door:
        account, door = str(click.user.id), Door(click)
        if click.guild_id is None and click.channel_id is not None:
            self.directs.learn(click.channel_id, account)
        else:
            for late in [who for who, each in self.doors.items() if each.click.is_expired()]:
                del self.doors[late]
            self.doors[account] = door
        return door

    async def _record(self, click: Click, doing: Inbound) -> None:
        """Write it down; a button that asks for texts received gets them from the DM's own history."""
        data: Mapping[str, object] = click.data or {}
        asked = asking(chosen(data)[0]) if isinstance(doing, Pressed) and not doing.text else None
        if asked and asked["share"] and isinstance(doing, Pressed) and click.channel_id:
            doing = replace(doing, text=await self._received(click.channel_id, int(asked["share"])))
        await self._inbox.put(doing, self._commands_mark)

    async def _received(self, channel: int, count: int) -> str:
        """Return what a buddy said last, in the order it was said."""
        shown = await patiently(lambda: self.http.logs_from(channel, _LOOK_BACK)) or []
        me = self.user.id if self.user else 0
        texts = [heard(each["content"]) for each in shown if int(each["author"]["id"]) == me]
        return SHARED.join(reversed([text for text in texts if text][:count]))
