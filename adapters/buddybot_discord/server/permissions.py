"""Permissions: what the bot needs in its server and what each costs, overwrites of a channel, and `check --online`."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

import discord
from discord.abc import GuildChannel
from discord.http import HTTPClient, Route

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES, place_of, sentence
from buddybot_discord.server.guilds import GuildSettings, unknown_channels
from buddybot_discord.settings import Settings as DiscordSettings

THREADS = ("create_public_threads", "create_private_threads", "send_messages_in_threads")
COSTS = {
    "view_channel": "it can't see its channels",
    "send_messages": "it can't post",
    "read_message_history": "what was said while it was away stays unread",
    "add_reactions": "reactions from other platforms are not shown",
    "manage_messages": "what breaks a rule can't be taken away",
    "pin_messages": "rules and buttons are not pinned, so nobody can press Write",
    "manage_channels": "channels can't be made, and slow mode can't be set",
    "manage_roles": "channels can't be kept to their kind, newcomers not held back, nobody kept out",
    **dict.fromkeys(
        THREADS, "threads can't be switched off where a channel has none, nor somebody kept from writing in them"
    ),
    "manage_threads": "cases' threads can't be put away and brought back, nor a bad title be taken from a member's",
    "moderate_members": "no time-outs",
    "manage_guild": "AutoMod's rules are not kept up to date (or set automod = none)",
}
"""Each right by discord.py's name, and what is lost without it."""
_NOT_DISCORD = (
    "discord: {api} answers, but not as Discord does ({place}): it may be a proxy's page, or a server whose answers "
    "are not exactly application/json. Check the setting api"
)
_PORTAL = "open the Bot page of the application in Discord's developer portal and switch it on"


def needed(channels: tuple[core.Channel, ...], *, automod: bool) -> tuple[str, ...]:
    """Return the rights that these channels need, and no more; none without channels."""
    is_open = any(each.kind is core.ChannelKind.OPEN for each in channels)
    managed = any(
        each.kind is core.ChannelKind.MODERATORS or each.threads is not core.ChannelThreads.NONE for each in channels
    )
    spared = {*(() if is_open else ("moderate_members", "manage_guild")), *(() if managed else ("manage_threads",))}
    names = COSTS if channels else ()
    return tuple(each for each in names if each not in spared and (automod or each != "manage_guild"))


def missing(has: discord.Permissions, channels: tuple[core.Channel, ...], *, automod: bool) -> Iterator[str]:
    """Say of each right that is missing what it costs, and how to give it."""
    return (lack(each) for each in needed(channels, automod=automod) if not getattr(has, each))


def shown(name: str) -> str:
    """Return a right as Discord's settings call it."""
    return name.replace("guild", "server").replace("_", " ").title()


def lack(name: str) -> str:
    """Say what a missing right costs, and how to give it."""
    return (
        f"the bot lacks the right {shown(name)} in its server: {COSTS[name]}. Open Server Settings, Roles, the bot's "
        f"role, and allow {shown(name)}; a channel's own permissions may take it away again"
    )


def unmentioned(guild: discord.Guild, has: discord.Permissions, settings: GuildSettings) -> Iterator[str]:
    """Say why the role on call would not be called."""
    role, wanted = guild.get_role(settings.on_call_role), settings.on_call_role
    if wanted and role is None:
        yield f"there is no role with the id {wanted} (on_call_role): urgent cases call nobody. Make one, or mend it"
    elif role is not None and not (role.mentionable or has.mention_everyone):
        yield (
            f"the role {role.name} (on_call_role) can't be mentioned, so urgent cases call nobody. Open Server "
            "Settings, Roles, that role, and allow anyone to mention it"
        )


# ── Overwrites ────────────────────────────────────────────────────────────────────────────


def audit_reason(case: str) -> str | None:
    """Return what the server's audit log says of why: the code of the case, and nothing else of it."""
    return f"case {case}" if case else None


async def change(
    http: HTTPClient,
    channel: int,
    target: discord.abc.Snowflake,
    wanted: Mapping[str, bool | None],
    *,
    reason: str | None = None,
) -> bool:
    """Set permission overwrites of one role or person and return whether any changed; others stay.

    They are read afresh: what the library keeps may lag behind.
    """
    kind: Literal[0, 1] = 0 if isinstance(target, discord.Role) else 1
    route = Route("GET", "/channels/{channel_id}", channel_id=channel)
    there: Mapping[str, list[Mapping[str, str]]] = await http.request(route)
    ours = [each for each in there["permission_overwrites"] if int(each["id"]) == target.id]
    allow, deny = (int(ours[0]["allow"]), int(ours[0]["deny"])) if ours else (0, 0)
    overwrite = discord.PermissionOverwrite.from_pair(discord.Permissions(allow), discord.Permissions(deny))
    overwrite.update(**wanted)
    allowed, denied = overwrite.pair()
    if (allowed.value, denied.value) == (allow, deny):
        return False
    if overwrite.is_empty():
        await http.delete_channel_permissions(channel, target.id, reason=reason)
    else:
        allow_now, deny_now = str(allowed.value), str(denied.value)
        await http.edit_channel_permissions(channel, target.id, allow_now, deny_now, kind, reason=reason)
    return True


# ── Looking around ───────────────────────────────────────────────────────────────────────


async def lacking(settings: DiscordSettings, channels: tuple[core.Channel, ...]) -> tuple[str, ...]:
    """Return a sentence for each thing that is missing; raise `AdapterError` where nothing can be looked at."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(settings.token)
            return await _lacking(client, settings, channels)
        except (*FAILURES, discord.LoginFailure) as error:
            raise core.AdapterError(sentence(error)) from error
        except (discord.DiscordException, LookupError, TypeError, ValueError, AttributeError) as error:
            raise core.AdapterError(_NOT_DISCORD.format(api=settings.api, place=place_of(error))) from error


async def _lacking(
    client: discord.Client, settings: DiscordSettings, channels: tuple[core.Channel, ...]
) -> tuple[str, ...]:
    if not channels:
        return ()
    if not settings.served:
        return ("there are channels, but no guild: they have no place on Discord. Set guild to the id of your server",)
    found = list(_intents(client, tuple(each for each in channels if settings.served.show(each))))
    for served in settings.served:
        shown = tuple(each for each in channels if served.shows(each))
        found += [
            said if len(settings.served) == 1 else f"server {served.id}: {said}"
            for said in await _lacking_on(client, served, shown, automod=settings.automod)
        ]
    return (*found, *unknown_channels(settings.served, channels))


async def _lacking_on(
    client: discord.Client, served: GuildSettings, channels: tuple[core.Channel, ...], *, automod: bool
) -> tuple[str, ...]:
    try:
        guild = await client.fetch_guild(served.id)
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.Forbidden, discord.NotFound):
        return ("the bot is not in this server of the settings: no channels there. Check the id, and invite it",)
    rights = missing(me.guild_permissions, channels, automod=automod)
    rooms = await guild.fetch_channels()
    taken = [_taken_away(me, room, channels) for room in rooms]
    roles = (*_unknown_roles(guild, served), *unmentioned(guild, me.guild_permissions, served))
    return (*rights, *roles, *chain.from_iterable(taken), *_without_forum(rooms, served, channels))


def _without_forum(
    rooms: Sequence[GuildChannel], served: GuildSettings, channels: tuple[core.Channel, ...]
) -> Iterator[str]:
    """Name each channel of moderators that has no forum of cases beside it, though one is wanted."""
    ours = {each.key for each in channels}
    beside = {each.category_id for each in rooms if isinstance(each, discord.ForumChannel) and each.name not in ours}
    team = {each.key for each in channels if each.kind is core.ChannelKind.MODERATORS}
    for room in rooms if served.cases == "forum" else ():
        if isinstance(room, discord.TextChannel) and room.name in team and room.category_id not in beside:
            yield (
                f"there is no forum beside the channel {room.name}: each case is a thread in that channel. The bot "
                "tries to make the forum when it starts, and its log says why Discord refused; or set cases = threads"
            )


def _intents(client: discord.Client, channels: tuple[core.Channel, ...]) -> list[str]:
    """Name the privileged intents that open channels need and that are off."""
    flags = client.application.flags if client.application else discord.ApplicationFlags()
    on = {
        "Message Content": flags.gateway_message_content or flags.gateway_message_content_limited,
        "Server Members": flags.gateway_guild_members or flags.gateway_guild_members_limited,
    }
    is_open = any(each.kind is core.ChannelKind.OPEN for each in channels)
    return [
        f"the intent {name} is switched off: with an open channel the bot can't start. Please {_PORTAL}"
        for name, allowed in on.items()
        if is_open and not allowed
    ]


def _unknown_roles(guild: discord.Guild, settings: GuildSettings) -> list[str]:
    there = {mark for role in guild.roles for mark in (role.name.casefold(), str(role.id))}
    unknown = sorted(settings.staff - there)
    return [
        f"there is no role {each!r} in the server: nobody is a moderator by it. Make it, or mend it" for each in unknown
    ]


def _taken_away(me: discord.Member, room: GuildChannel, channels: tuple[core.Channel, ...]) -> Iterator[str]:
    """Name what the bot's role allows and a channel of ours takes away again."""
    if isinstance(room, discord.TextChannel | discord.ForumChannel) and room.name in {each.key for each in channels}:
        there, mine = room.permissions_for(me), me.guild_permissions
        for each in needed(channels, automod=False):
            if each not in THREADS and getattr(mine, each) and not getattr(there, each):
                name = shown(each)
                yield f"the channel {room.name} takes the right {name} from the bot. Open its permissions and allow it"
