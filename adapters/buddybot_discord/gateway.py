"""Listening: the library's client, whose events become what people did."""

import asyncio
import contextlib
import sys

import discord

from buddybot.adapter import Command, Deleted, Edited, Inbox, MessageId, Reacted, Reads
from buddybot_discord.catchup import CatchUp
from buddybot_discord.clicks import Answer, Click, Clicks
from buddybot_discord.commands import application_commands, fingerprint
from buddybot_discord.directs import Directs
from buddybot_discord.settings import Settings
from buddybot_discord.translate import anonymous, is_talk, origin

_SECONDS_TO_ANSWER = 2.0
"""Discord waits three."""


class Gateway(discord.AutoShardedClient):
    """One bot account. Buttons, lists and forms carry their whole state, so none of them dies with a restart."""

    def __init__(self, settings: Settings, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        intents = discord.Intents.none()
        # Direct messages carry their text without the privileged intent.
        intents.guilds = intents.dm_messages = intents.dm_reactions = True
        super().__init__(
            intents=intents,
            shard_count=settings.shards,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=30,
        )
        self._settings, self._inbox, self._table, self._reads = settings, inbox, commands, reads
        self._commands_mark: tuple[str, str] | None = None
        self._reading: asyncio.Task[None] | None = None
        self.directs = Directs(self)
        self.doors: dict[str, Click] = {}
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._clicks = Clicks(settings.identity, commands, reads)
        self._catch_up = CatchUp(self, self.directs, inbox, settings)

    def give_up(self, error: BaseException | None) -> None:
        """End the adapter's run with this error."""
        if not self.broken.done() and error is not None:
            self.broken.set_exception(error)

    async def setup_hook(self) -> None:
        """Tell Discord our commands, if they changed since it was last told."""
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
        if self._reading is not None:
            self._reading.cancel()
        await super().close()

    # ── Sessions ────────────────────────────────────────────────────────────────────────

    async def on_shard_connect(self, shard_id: int) -> None:
        """Read what was missed as soon as a new session listens; all direct messages come on shard 0."""
        if shard_id == 0:
            await self._read_back()

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Read again after a resumed session: its replay is Discord's best effort."""
        await self.on_shard_connect(shard_id)

    async def _read_back(self) -> None:
        self._catch_up.begin()
        if self._reading is not None:
            self._reading.cancel()
        self._reading = asyncio.create_task(self._catch_up.everyone())
        with contextlib.suppress(asyncio.CancelledError):
            await self._reading

    # ── Direct messages ─────────────────────────────────────────────────────────────────

    async def on_message(self, message: discord.Message) -> None:
        """Report what was said."""
        if is_talk(message):
            self.directs.learn(message.channel.id, str(message.author.id))
            async with self._catch_up.turn(message.channel.id):
                await self._catch_up.put(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Report an edit; previews that Discord adds later are none."""
        message = payload.message
        if is_talk(message) and message.edited_at is not None:
            event = f"{message.id}:edit:{message.edited_at.timestamp()}"
            who = origin(event, self._settings.identity, message.author)
            async with self._catch_up.turn(payload.channel_id):
                await self._inbox.put(Edited(who, MessageId(str(message.id)), anonymous(message.content)))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Report a message taken back; Discord does not say by whom, but only its author and we can have done it."""
        if payload.message_id in self.directs.retracted:
            self.directs.retracted.discard(payload.message_id)
        elif payload.guild_id is None and (account := await self.directs.account_of(payload.channel_id)) is not None:
            who = origin(f"{payload.message_id}:delete", self._settings.identity, account)
            async with self._catch_up.turn(payload.channel_id):
                await self._inbox.put(Deleted(who, MessageId(str(payload.message_id))))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Report a reaction; a custom emoji would name the server it is from."""
        await self._reacted(payload, str(payload.emoji))

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Report a reaction taken away."""
        await self._reacted(payload, "")

    async def _reacted(self, payload: discord.RawReactionActionEvent, emoji: str) -> None:
        mine = self.user is not None and payload.user_id == self.user.id
        if payload.guild_id is not None or mine or payload.emoji.id is not None:
            return
        # The same reaction may come and go many times, and Discord gives it no id; twice the same does no harm.
        moment = discord.utils.time_snowflake(discord.utils.utcnow())
        event = f"{payload.message_id}:react:{emoji}:{moment}"
        who = origin(event, self._settings.identity, str(payload.user_id))
        self.directs.learn(payload.channel_id, str(payload.user_id))
        async with self._catch_up.turn(payload.channel_id):
            await self._inbox.put(Reacted(who, MessageId(str(payload.message_id)), emoji))

    # ── Commands, buttons, forms ────────────────────────────────────────────────────────

    async def on_interaction(self, interaction: Click) -> None:
        """Record it, then answer; if recording takes long, answer first, or Discord calls it failed."""
        account = str(interaction.user.id)
        if interaction.guild_id is None and interaction.channel_id is not None:
            self.directs.learn(interaction.channel_id, account)
        else:
            for late in [who for who, door in self.doors.items() if door.is_expired()]:
                del self.doors[late]
            self.doors[account] = interaction
        doing = self._clicks.read(interaction)
        if not isinstance(doing, Answer):
            recording = asyncio.ensure_future(self._inbox.put(doing, self._commands_mark))
            await asyncio.wait({recording}, timeout=_SECONDS_TO_ANSWER)
            await self._clicks.answer(interaction)
            await recording
            self._commands_mark = None
        else:
            await self._clicks.answer(interaction, doing)
