"""`buddybot check --online`: what the bot account lacks at Discord, looked up over the API alone."""

from collections.abc import AsyncIterator

import discord

from buddybot.adapter import AdapterError, Channel, ChannelKind
from buddybot_discord.directs import FAILURES
from buddybot_discord.rights import missing, needed, shown
from buddybot_discord.settings import Settings
from buddybot_discord.trouble import sentence

_PORTAL = "open the Bot page of the application in Discord's developer portal and switch it on"


async def lacking(settings: Settings, channels: tuple[Channel, ...]) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing; raise `AdapterError` where nothing can be looked at."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(settings.token)
            return tuple([each async for each in _lacking(client, settings, channels)])
        except (*FAILURES, discord.LoginFailure) as error:
            raise AdapterError(sentence(error)) from error


async def _lacking(client: discord.Client, settings: Settings, channels: tuple[Channel, ...]) -> AsyncIterator[str]:
    if not channels:
        return
    if not settings.guild:
        yield "there are channels, but no guild: they have no place on Discord. Set guild to the id of your server"
        return
    for intent in _intents(client, channels):
        yield f"the intent {intent} is switched off: with an open channel the bot can't start. Please {_PORTAL}"
    try:
        guild = await client.fetch_guild(settings.guild)
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.Forbidden, discord.NotFound):
        yield "the bot is not in the server of the setting guild: no channels. Check the id, and invite it there"
        return
    for each in missing(me.guild_permissions, channels, automod=settings.automod):
        yield each
    for each in _unknown_roles(guild, settings):
        yield each
    keys = {each.key for each in channels}
    for room in await guild.fetch_channels():
        if room.name in keys and isinstance(room, discord.TextChannel):
            for each in _taken_away(me, room, channels):
                yield each


def _intents(client: discord.Client, channels: tuple[Channel, ...]) -> list[str]:
    """Name the privileged intents that open channels need and that are off."""
    flags = client.application.flags if client.application else discord.ApplicationFlags()
    on = {
        "Message Content": flags.gateway_message_content or flags.gateway_message_content_limited,
        "Server Members": flags.gateway_guild_members or flags.gateway_guild_members_limited,
    }
    is_open = any(each.kind is ChannelKind.OPEN for each in channels)
    return [name for name, allowed in on.items() if is_open and not allowed]


def _unknown_roles(guild: discord.Guild, settings: Settings) -> list[str]:
    there = {mark for role in guild.roles for mark in (role.name.casefold(), str(role.id))}
    unknown = sorted((settings.moderators | settings.leads) - there)
    return [
        f"there is no role {each!r} in the server: nobody is a moderator by it. Make it, or mend it" for each in unknown
    ]


def _taken_away(me: discord.Member, room: discord.TextChannel, channels: tuple[Channel, ...]) -> list[str]:
    """Name what the bot's role allows and this channel takes away again."""
    there, mine = room.permissions_for(me), me.guild_permissions
    names = [each for each in needed(channels, automod=False) if getattr(mine, each) and not getattr(there, each)]
    return [
        f"the channel {room.name} takes the right {shown(each)} from the bot. Open its permissions and allow it"
        for each in names
    ]
