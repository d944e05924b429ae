"""Event handlers: what discord.py tells of messages, reactions and clicks becomes what people did."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import discord

from buddybot import adapter as core
from buddybot_discord.connection import DiscordConnection
from buddybot_discord.inbound import asking, chosen, is_talk
from buddybot_discord.interactions import Click, ClickAnswer, RecentClick
from buddybot_discord.markup import anonymous

_SECONDS_TO_ANSWER = 2.0
"""Discord waits three."""


class DiscordListener(DiscordConnection):
    """One bot account. Buttons, lists and forms carry their whole state, so none of them dies with a restart."""

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
            # Asking who it was may take long: what others say there does not wait for it.
            who = await self._who(event, message.author, self.places.at(message.channel.id))
            async with self._catch_up.turn(payload.channel_id):
                await self._inbox.put(core.Edited(who, core.MessageId(str(message.id)), anonymous(message.content)))

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
        if self.cases.keeps(near := self._near(channel)):
            await self.thread_lost(message, near)
            return
        place = self.places.read_at(channel)
        account = place.account if place else None if guild else await self.directs.account_of(channel)
        if account is not None:
            address = core.Address("discord", self._settings.identity, account)
            who = core.Origin(f"{message}:delete", address, place=place)
            async with self._catch_up.turn(channel):
                await self._inbox.put(core.Deleted(who, core.MessageId(str(message))))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Report a reaction, or an empty one where it was taken away; a custom emoji would name its server."""
        place = self.places.read_at(payload.channel_id)
        mine = self.user is not None and payload.user_id == self.user.id
        if (payload.guild_id is not None and place is None) or mine or payload.emoji.id is not None:
            return
        # The same reaction may come and go many times, and Discord gives it no id; twice the same does no harm.
        event = core.unique_event(f"{payload.message_id}:react")
        emoji = "" if payload.event_type == "REACTION_REMOVE" else str(payload.emoji)
        if place is None:
            self.directs.learn(payload.channel_id, str(payload.user_id))
        who = await self._who(event, payload.member or payload.user_id, place)
        async with self._catch_up.turn(payload.channel_id):
            await self._inbox.put(core.Reacted(who, core.MessageId(str(payload.message_id)), emoji))

    on_raw_reaction_remove = on_raw_reaction_add

    def _is_ours(self, message: discord.Message) -> bool:
        return is_talk(message, placed=self.places.read_at(message.channel.id) is not None)

    # ── Commands, buttons, forms ────────────────────────────────────────────────────────

    async def on_interaction(self, click: Click) -> None:
        """Record it, then answer; if recording takes long, answer first, or Discord calls it failed."""
        if click.type is discord.InteractionType.autocomplete:
            await self._interactions.suggest(click)
            return
        if self._set_up.is_meant(click):
            await self._set_up.answer(click)
            return
        recent = RecentClick(click, at_team=self.cases.keeps(self._near(click.channel_id)))
        if click.guild_id is None and click.channel_id is not None:
            self.directs.learn(click.channel_id, str(click.user.id))
            self.clicks.pop(str(click.user.id), None)
        else:
            self.clicks[str(click.user.id)] = recent
        place = self._near(click.channel_id)
        if await self._interactions.opens_form(click, place):
            recent.answered.set()
            return
        doing = self._interactions.read(click, place)
        if not isinstance(doing, ClickAnswer) and click.guild_id is None:
            doing = replace(doing, origin=self._with_chat(doing.origin, click.channel_id))
        if isinstance(doing, ClickAnswer):
            await self._interactions.answer(recent, doing)
            recent.answered.set()
            return
        recording = asyncio.ensure_future(self._record(click, doing))
        await asyncio.wait({recording}, timeout=_SECONDS_TO_ANSWER)
        await self._interactions.answer(recent)
        recent.answered.set()
        await recording

    def _near(self, channel: int | None) -> core.Place | None:
        """Return the place that a channel or a thread belongs to."""
        parent = getattr(self.get_channel(channel or 0), "parent_id", None)
        return self.cases.place_near(channel, parent)

    async def _record(self, click: Click, doing: core.Inbound) -> None:
        """Write it down; a button that asks for texts received gets them from the DM's own history."""
        data: Mapping[str, object] = click.data or {}
        if isinstance(doing, core.Pressed) and not doing.text and "target_id" not in data:
            asked = asking(chosen(data)[0])
            if asked and asked["share"]:
                doing = replace(doing, text=await self.directs.received(doing.origin.address, int(asked["share"])))
        await self._inbox.put(doing, self.registry.take_mark())
