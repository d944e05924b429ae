"""Listening: the library's events become what people did."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

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
    Pressed,
    Reacted,
    Reads,
    Said,
)
from buddybot_discord.clicks import Answer, Click, Clicks, Door
from buddybot_discord.directs import patiently
from buddybot_discord.markup import heard
from buddybot_discord.overwrites import change
from buddybot_discord.session import Session
from buddybot_discord.settings import Settings
from buddybot_discord.translate import anonymous, asking, chosen, origin

_SECONDS_TO_ANSWER = 2.0
"""Discord waits three."""
_LOOK_BACK = 100
"""Messages of a DM searched for what a buddy said."""


class Gateway(Session):
    """One bot account. Buttons, lists and forms carry their whole state, so none of them dies with a restart."""

    def __init__(self, settings: Settings, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        super().__init__(settings, inbox, commands, reads)
        self.doors: dict[str, Door] = {}
        self._clicks = Clicks(settings, commands, reads)

    # ── Messages ────────────────────────────────────────────────────────────────────────

    async def on_message(self, message: discord.Message) -> None:
        """Report what was said."""
        if self._is_ours(message):
            if message.guild is None:
                self.doors.pop(str(message.author.id), None)
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

    # ── People in the server ────────────────────────────────────────────────────────────

    async def on_member_join(self, member: discord.Member) -> None:
        """Tell of each open place that somebody new can see it."""
        await self._came_or_went(member, f"joined:{member.joined_at and member.joined_at.timestamp()}", Joined)

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Tell of each open place that somebody is gone."""
        if payload.guild_id == self._settings.guild:
            moment = discord.utils.time_snowflake(discord.utils.utcnow())
            await self._came_or_went(payload.user, f"left:{moment}", Left)
            for channel in self.places.read(kind=ChannelKind.OPEN):
                # A channel has room for a thousand people with permissions of their own; a removal stays.
                await patiently(partial(change, self.http, channel, payload.user, {"send_messages": None}))

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
            self.doors.pop(account, None)
        else:
            for late in [who for who, each in self.doors.items() if each.click.is_expired()]:
                del self.doors[late]
            self.doors[account] = door
        return door

    async def _record(self, click: Click, doing: Inbound) -> None:
        """Write it down; a button that asks for texts received gets them from the DM's own history."""
        data: Mapping[str, object] = click.data or {}
        asked = asking(chosen(data)[0]) if isinstance(doing, Pressed) and not doing.text else None
        if asked and asked["share"] and isinstance(doing, Pressed):
            doing = replace(doing, text=await self._received(str(click.user.id), int(asked["share"])))
        await self._inbox.put(doing, self._commands_mark)

    async def _received(self, account: str, count: int) -> str:
        """Return what a buddy said last, in the order it was said."""
        channel = await patiently(lambda: self.directs.channel_of(account))
        shown = await patiently(lambda: self.http.logs_from(channel, _LOOK_BACK)) if channel else None
        me = self.user.id if self.user else 0
        texts = [heard(each["content"]) for each in shown or () if int(each["author"]["id"]) == me]
        return SHARED.join(reversed([text for text in texts if text][:count]))
