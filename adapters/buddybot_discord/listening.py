"""Event handlers: what discord.py tells of messages, reactions and clicks becomes what people did."""

import asyncio
from collections.abc import Mapping, MutableMapping
from dataclasses import replace

import discord

from buddybot import adapter as core
from buddybot_discord.connection import DiscordConnection
from buddybot_discord.errors import patiently
from buddybot_discord.inbound import asking, chosen, is_talk
from buddybot_discord.interactions import Click, ClickAnswer, Interactions, RecentClick
from buddybot_discord.markup import anonymous, heard
from buddybot_discord.settings import Settings as DiscordSettings

_SECONDS_TO_ANSWER = 2.0
"""Discord waits three."""
_LOOK_BACK = 100
"""Messages of a DM searched for what a buddy said."""
_MOST_CLICKS, _CLICK_SECONDS = 10_000, 15 * 60
"""Clicks of a server remembered: a click can be followed up for a quarter of an hour."""


class DiscordListener(DiscordConnection):
    """One bot account. Buttons, lists and forms carry their whole state, so none of them dies with a restart."""

    def __init__(
        self, settings: DiscordSettings, inbox: core.Inbox, commands: tuple[core.Command, ...], reads: core.Reads
    ) -> None:
        super().__init__(settings, inbox, commands, reads)
        self.clicks: MutableMapping[str, RecentClick] = core.expiring(_MOST_CLICKS, _CLICK_SECONDS)
        """The last click of each person in a server: the way to them where their DM is closed."""
        self._interactions = Interactions(settings, commands, reads)

    # ── Messages ────────────────────────────────────────────────────────────────────────

    async def on_message(self, message: discord.Message) -> None:
        """Report a message, behind those of its channel that were missed."""
        if self._is_ours(message):
            if message.guild is None:
                self.clicks.pop(str(message.author.id), None)
            async with self._catch_up.turn(message.channel.id):
                await self._catch_up.put(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Report an edit; previews that Discord adds later are none."""
        message = payload.message
        if self._is_ours(message) and message.edited_at is not None:
            event = f"{message.id}:edit:{message.edited_at.timestamp()}"
            who = await self._who(event, message.author, self.places.at(message.channel.id))
            edited = core.Edited(who, core.MessageId(str(message.id)), anonymous(message.content))
            await self._report(payload.channel_id, edited)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Report a message taken back."""
        await self._deleted(payload.message_id, payload.channel_id, payload.guild_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Report each."""
        for message in payload.message_ids:
            await self._deleted(message, payload.channel_id, payload.guild_id)

    async def _deleted(self, message: int, channel: int, guild: int | None) -> None:
        """Discord does not say by whom: in private only its author and we can have done it, in a place anybody."""
        if self.directs.retracted.pop(message, False):
            return
        place = self.places.read_at(channel)
        account = place.account if place else None if guild else await self.directs.account_of(channel)
        if account is not None:
            address = core.Address("discord", self._settings.identity, account)
            who = core.Origin(f"{message}:delete", address, place=place)
            await self._report(channel, core.Deleted(who, core.MessageId(str(message))))

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
        event = core.unique_event(f"{payload.message_id}:react")
        who = await self._who(event, payload.member or payload.user_id, place)
        if place is None:
            self.directs.learn(payload.channel_id, str(payload.user_id))
        await self._report(payload.channel_id, core.Reacted(who, core.MessageId(str(payload.message_id)), emoji))

    async def on_automod_action(self, execution: discord.AutoModAction) -> None:
        """Report what AutoMod kept from being said: there may be a cry in it, and its author should hear why."""
        place = self.places.read_at(execution.channel_id)
        blocked = execution.action.type is discord.AutoModRuleActionType.block_message
        if place is not None and blocked and execution.content:
            # It never became a message, so it gets a snowflake of ours.
            message = core.MessageId(str(discord.utils.time_snowflake(core.utc_now())))
            who = await self._who(f"automod:{message}", execution.user_id, place)
            await self._inbox.put(core.Said(who, anonymous(execution.content), message))

    def _is_ours(self, message: discord.Message) -> bool:
        return is_talk(message, placed=self.places.read_at(message.channel.id) is not None)

    async def _report(self, channel: int, event: core.Inbound) -> None:
        async with self._catch_up.turn(channel):
            await self._inbox.put(event)

    # ── Commands, buttons, forms ────────────────────────────────────────────────────────

    async def on_interaction(self, click: Click) -> None:
        """Record it, then answer; if recording takes long, answer first, or Discord calls it failed."""
        if click.type is discord.InteractionType.autocomplete:
            await self._interactions.suggest(click)
            return
        recent = self._remembered(click)
        doing = self._interactions.read(click, self.places.at(click.channel_id))
        if isinstance(doing, ClickAnswer):
            await self._interactions.answer(click, doing)
            recent.answered.set()
            return
        recording = asyncio.ensure_future(self._record(click, doing))
        await asyncio.wait({recording}, timeout=_SECONDS_TO_ANSWER)
        await self._interactions.answer(click)
        recent.answered.set()
        await recording
        self._commands_mark = None

    def _remembered(self, click: Click) -> RecentClick:
        account, recent = str(click.user.id), RecentClick(click)
        if click.guild_id is None and click.channel_id is not None:
            self.directs.learn(click.channel_id, account)
            self.clicks.pop(account, None)
        else:
            self.clicks[account] = recent
        return recent

    async def _record(self, click: Click, doing: core.Inbound) -> None:
        """Write it down; a button that asks for texts received gets them from the DM's own history."""
        data: Mapping[str, object] = click.data or {}
        if isinstance(doing, core.Pressed) and not doing.text:
            asked = asking(chosen(data)[0])
            if asked and asked["share"]:
                doing = replace(doing, text=await self._received(str(click.user.id), int(asked["share"])))
        await self._inbox.put(doing, self._commands_mark)

    async def _received(self, account: str, count: int) -> str:
        """Return what a buddy said last, in the order it was said."""
        channel = await patiently(lambda: self.directs.channel_of(account))
        shown = await patiently(lambda: self.http.logs_from(channel, _LOOK_BACK)) if channel else None
        me = self.user.id if self.user else 0
        texts = [heard(each["content"]) for each in shown or () if int(each["author"]["id"]) == me]
        return core.SHARED.join(reversed([text for text in texts if text][:count]))
