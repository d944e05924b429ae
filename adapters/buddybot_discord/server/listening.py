"""Event handlers: what discord.py tells of messages, reactions and clicks becomes what people did."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import discord

from buddybot import adapter as core
from buddybot_discord.files import reported
from buddybot_discord.inbound import asking, beside_of, chosen, is_talk, words_of
from buddybot_discord.interactions import Click, ClickAnswer, RecentClick
from buddybot_discord.markup import anonymous
from buddybot_discord.server.membership import MemberListener
from buddybot_discord.server.threads import UNTITLED, KnownThread, titled

_SECONDS_TO_ANSWER = 0.5
"""Discord waits three, and so does whoever pressed: what is not written down by then is written down behind it."""


class DiscordListener(MemberListener):
    """One bot account. Buttons, lists and forms carry their whole state, so none of them dies with a restart."""

    # ── Messages ────────────────────────────────────────────────────────────────────────

    async def on_message(self, message: discord.Message) -> None:
        """Report a message, behind those of its channel that were missed."""
        await self._looked_up(message)
        if self._is_ours(message):
            if message.guild is None:
                self.clicks.pop(str(message.author.id), None)
            async with self._catch_up.turn(message.channel.id):
                await self._catch_up.put(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Report an edit; previews that Discord adds later are none."""
        message = payload.message
        await self._looked_up(message)
        if self._is_ours(message) and message.edited_at is not None:
            event = f"{message.id}:edit:{message.edited_at.timestamp()}"
            # Asking who it was may take long: what others say there does not wait for it.
            who = await self._who(event, message.author, self.places.at(message.channel.id))
            begun = self.places.threads.begins(message.id, payload.channel_id)
            text = anonymous(words_of(message) if begun is None else titled(begun, words_of(message)))
            name = self.places.named(payload.channel_id, message.id)
            async with self._catch_up.turn(payload.channel_id):
                await self._inbox.put(core.Edited(who, name, text, beside_of(message)))

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
                await self._inbox.put(core.Deleted(who, self.places.named(channel, message)))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Report a reaction, or an empty one where it was taken away; a custom emoji would name its server."""
        place = self.places.read_at(payload.channel_id)
        mine = self.user is not None and payload.user_id == self.user.id
        by_bot = payload.member is not None and payload.member.bot
        if (payload.guild_id is not None and place is None) or mine or by_bot or payload.emoji.id is not None:
            return
        # The same reaction may come and go many times, and Discord gives it no id; twice the same does no harm.
        event = core.unique_event(f"{payload.message_id}:react")
        emoji = "" if payload.event_type == "REACTION_REMOVE" else str(payload.emoji)
        if place is None:
            self.directs.learn(payload.channel_id, str(payload.user_id))
        who = await self._who(event, payload.member or payload.user_id, place)
        async with self._catch_up.turn(payload.channel_id):
            message = self.places.named(payload.channel_id, payload.message_id)
            await self._inbox.put(core.Reacted(who, message, emoji))

    on_raw_reaction_remove = on_raw_reaction_add

    def _is_ours(self, message: discord.Message) -> bool:
        return is_talk(message, placed=self.places.read_at(message.channel.id) is not None)

    async def _looked_up(self, message: discord.Message) -> None:
        """See whether a channel that the library can't place is a thread of ours."""
        if message.guild is not None and isinstance(message.channel, discord.PartialMessageable):
            await self.places.threads.look_up(message.channel.id)

    # ── Threads ─────────────────────────────────────────────────────────────────────────

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Report what a new thread is called; the first message of a forum's post says it with its own words."""
        self._catch_up.begun(thread.id)
        await self._titled(self.places.threads.learnt(thread))

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Report another title."""
        talk = self.places.threads.learnt(after)
        if before.name != after.name:
            await self._renamed(talk)

    async def on_thread_join(self, thread: discord.Thread) -> None:
        """Read the title of a thread that was brought back: it may have been changed with that."""
        known = self.places.threads.at(thread.id)
        talk = self.places.threads.learnt(thread)
        if known is None or known.name != talk.name:
            await self._renamed(talk)

    async def _renamed(self, talk: KnownThread) -> None:
        """Report it as an edit by whoever opened the thread: Discord does not say who changed it."""
        place, threads = self.places.read_at(talk.parent), self.places.threads
        mine = self.user is not None and talk.owner == self.user.id
        if place is None or mine or talk.name in self._untitled():
            return
        is_post = threads.is_forum(talk.parent)
        who = await self._who(core.unique_event(f"{talk.id}:title"), talk.owner, place)
        text = await threads.whole(talk) if is_post else talk.name
        message = await threads.answered(talk) if is_post else talk.title
        await self._inbox.put(core.Edited(who, message, anonymous(text)))

    def _untitled(self) -> set[str]:
        return {self._reads.words(locale, UNTITLED) for locale in self._reads.locales()}

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Report that the thread of a case is gone, or one of a place with all that stood in it."""
        if self.cases.keeps(near := self.cases.place_near(payload.parent_id)):
            await self.thread_lost(payload.thread_id, near)
            return
        guild = self.get_guild(payload.guild_id)
        if self.places.posts.lost(payload.thread_id) and guild is not None:
            await self.pauses.patiently(lambda: self._built(guild))
        if (place := self.places.read_at(payload.parent_id)) is not None:
            address = core.Address("discord", self._settings.identity, place.account)
            who = core.Origin(f"{payload.thread_id}:delete", address, place=place)
            prefix = f"{payload.thread_id}."
            await self._inbox.put(core.Deleted(who, core.MessageId(prefix), prefix))

    async def thread_lost(self, thread: int, place: core.Place | None) -> None:
        """Report a thread of cases, or its first message, that somebody deleted."""
        if place is not None:
            address = core.Address("discord", self._settings.identity, place.account)
            who = core.Origin(f"{thread}:delete", address, place=place)
            await self._inbox.put(core.Deleted(who, core.MessageId(str(thread))))

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

    def _shown(self, click: Click, message: core.MessageId) -> core.ReportedFile | None:
        """Return how the file of a message of ours in this DM can be had, if it holds one."""
        if (channel := click.channel_id) is None or not message.isdecimal():
            return None
        find = partial(self.directs.file_in, channel, int(message))
        return reported(message, find, self._settings.api, self._settings.timeout)

    async def _record(self, click: Click, doing: core.Inbound) -> None:
        """Write it down; a button that asks for texts received gets them from the DM's own history."""
        data: Mapping[str, object] = click.data or {}
        if isinstance(doing, core.Pressed) and not doing.text and "target_id" not in data:
            asked = asking(chosen(data)[0])
            if asked and asked["share"]:
                text, filed = await self.directs.received(doing.origin.address, int(asked["share"]))
                doing = replace(
                    doing, text=text, shown=self._shown(click, core.MessageId(str(filed))) if filed else None
                )
        elif isinstance(doing, core.Pressed) and doing.message and click.guild_id is None:
            doing = replace(doing, shown=self._shown(click, doing.message))
        await self._inbox.put(doing, self.registry.take_mark())
