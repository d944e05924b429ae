"""What the core decided about people in a place and the place itself, by Discord's own means."""

from datetime import timedelta
from typing import assert_never

import discord

from buddybot.adapter import Admit, ChannelKind, PlaceEffect, Restrict, Restriction, RetryLater, Tune
from buddybot_discord.overwrites import change
from buddybot_discord.places import Places
from buddybot_discord.rights import Rights
from buddybot_discord.settings import Settings
from buddybot_discord.trouble import trouble

_LONGEST = timedelta(days=28)
_ABOVE = (
    "a time-out was refused: the role of the bot stands below that of the person. Open Server Settings, Roles, drag "
    "it above the roles of those it may time out; nobody can time out the owner or an administrator"
)
_UNKNOWN_MEMBER = {10007, 10013}


class Keeper:
    """A time-out for what has an end, a permission of that one person in the channel for what has none."""

    def __init__(self, client: discord.Client, places: Places, settings: Settings, rights: Rights) -> None:
        self._client, self._places, self._guild, self._rights = client, places, settings.guild, rights

    async def carry_out(self, channel: int, effect: PlaceEffect) -> None:
        """Do it, as far as the bot may."""
        match effect:
            case Restrict():
                await self._restrict(channel, effect)
            case Tune():
                await self._tune(channel, effect)
            case Admit():  # a channel of Discord has no door to knock at
                pass
            case _:
                assert_never(effect)

    async def _restrict(self, channel: int, restrict: Restrict) -> None:
        person, until = discord.Object(int(restrict.person)), restrict.until
        match restrict.how:
            case Restriction.MUTE if until is not None:
                # One of ours at a time, so that lifting one is lifting all.
                await self._permit(channel, person, send_messages=None)
                end = min(until, discord.utils.utcnow() + _LONGEST)
                await self._time_out(person, end.isoformat())
            case Restriction.MUTE:
                await self._permit(channel, person, send_messages=False)
            case Restriction.REMOVE:
                await self._permit(channel, person, view_channel=False)
            case Restriction.LIFT:
                if not await self._permit(channel, person, view_channel=None, send_messages=None):
                    await self._time_out(person, None)
            case _:
                assert_never(restrict.how)

    async def _permit(self, channel: int, person: discord.abc.Snowflake, **wanted: bool | None) -> bool:
        try:
            return await change(self._client.http, channel, person, wanted)
        except discord.Forbidden:
            self._rights.lacks("manage_roles")
        except discord.HTTPException as error:
            if isinstance(trouble(error), RetryLater):
                raise
            self._rights.say(
                f"Discord refused a permission of one person in a channel (code {error.code}): a channel has room for "
                "a thousand. Take away those of people who are long gone, in the channel's settings"
            )
        return False

    async def _time_out(self, person: discord.abc.Snowflake, end: str | None) -> None:
        try:
            await self._client.http.edit_member(self._guild, person.id, communication_disabled_until=end)
        except discord.Forbidden:
            guild = self._client.get_guild(self._guild)
            if guild is not None and guild.me.guild_permissions.moderate_members:
                self._rights.say(_ABOVE)
            else:
                self._rights.lacks("moderate_members")
        except discord.HTTPException as error:
            if error.code not in _UNKNOWN_MEMBER:  # who left needs no time-out
                raise

    async def _tune(self, channel: int, tune: Tune) -> None:
        try:
            await self._client.http.edit_channel(channel, rate_limit_per_user=tune.slow)
        except discord.Forbidden:
            self._rights.lacks("manage_channels")
        guild = self._client.get_guild(self._guild)
        # In an anonymous channel nobody may ever write, so there is nothing to lock and nothing to open.
        if guild is not None and channel in self._places.read(kind=ChannelKind.OPEN):
            await self._permit(channel, guild.default_role, send_messages=False if tune.locked else None)
