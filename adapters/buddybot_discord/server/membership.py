"""Event handlers: who came into a server and who left, what AutoMod held back, what was hidden from the bot."""

import secrets
from functools import partial

import discord
from discord.abc import User

from buddybot import adapter as core
from buddybot_discord.connection import DiscordConnection
from buddybot_discord.inbound import origin
from buddybot_discord.markup import anonymous
from buddybot_discord.server.permissions import change

_LOW = 22
"""Bits of a snowflake that say nothing of the moment."""
_OPEN = core.ChannelKind.OPEN
_HIDDEN = (
    "the channel {name} was hidden from the bot: what is said there is not heard, also no cry for help. Allow it View "
    "Channel in that channel's permissions"
)


class MemberListener(DiscordConnection):
    """One bot account, as far as it hears of people in its servers."""

    async def on_member_join(self, member: discord.Member) -> None:
        """Report to each open place that somebody new can see it."""
        joined = f"joined:{member.joined_at and member.joined_at.timestamp()}"
        await self._came_or_went(member, member.guild.id, joined, core.Joined)

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Report to each open place that somebody is gone."""
        await self._came_or_went(payload.user, payload.guild_id, core.unique_event("left"), core.Left)
        for channel in self.places.read(_OPEN, guild=payload.guild_id):
            # A channel has room for a thousand people with permissions of their own; a removal stays.
            await self.pauses.patiently(
                partial(
                    change,
                    self.http,
                    channel,
                    payload.user,
                    dict.fromkeys(("send_messages", "send_messages_in_threads")),
                )
            )

    async def on_guild_channel_update(self, _: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Say that a channel was hidden from the bot."""
        self._missing_sight(after.guild)

    async def on_guild_role_update(self, _: discord.Role, after: discord.Role) -> None:
        """Say which channels a change of a role hides from the bot."""
        self._missing_sight(after.guild)

    def _missing_sight(self, guild: discord.Guild) -> None:
        """Name the places that the bot no longer sees: Discord just stops telling of what is said there."""
        for channel in self.places.read(guild=guild.id):
            room = guild.get_channel(channel)
            if room is not None and not room.permissions_for(guild.me).view_channel:
                self.notices.say(_HIDDEN.format(name=room.name))

    async def _came_or_went(
        self, user: User, guild: int, when: str, event: type[core.Joined] | type[core.Left]
    ) -> None:
        for place in () if user.bot else self.places.read(_OPEN, guild=guild).values():
            await self._inbox.put(event(origin(f"{user.id}:{when}:{place.account}", self._settings, user, place=place)))

    async def on_automod_action(self, execution: discord.AutoModAction) -> None:
        """Report what AutoMod kept from being said: there may be a cry in it, and its author should hear why."""
        place = self.places.read_at(execution.channel_id)
        blocked = execution.action.type is discord.AutoModRuleActionType.block_message
        if place is not None and blocked and execution.content:
            await self._never_said(place, execution.user_id, execution.content)

    async def _never_said(self, place: core.Place, account: int, content: str) -> None:
        """Report words that never became a message: they get a snowflake of ours, like no other of the same moment."""
        message = str(discord.utils.time_snowflake(core.utc_now()) + secrets.randbits(_LOW))
        who = await self._who(f"automod:{message}", account, place)
        await self._inbox.put(core.Said(who, anonymous(content), core.MessageId(message)))
