"""Places: channels of our servers, each server a ground of the port's `PlaceBook` with a driver of its own."""

import asyncio
from collections import defaultdict
from typing import TypeAlias

import discord
from discord import Client
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.catchup import cursor_key
from buddybot_discord.errors import passes
from buddybot_discord.markup import message, tokens
from buddybot_discord.server.guilds import GuildSettings
from buddybot_discord.server.permissions import THREADS, change, missing
from buddybot_discord.settings import Settings as DiscordSettings

Wanted: TypeAlias = "dict[discord.Role | discord.Member, dict[str, bool | None]]"
PREFIX = "#"
"""A place's account begins with it, so that none is ever taken for a person's."""
_READ = (core.ChannelKind.ANONYMOUS, core.ChannelKind.OPEN)
"""Where the bot reads along: moderators are left to themselves."""
_MESSAGES = "/channels/{channel_id}/messages"
_OURS = ("view_channel", "send_messages", "read_message_history", "add_reactions", "manage_messages", "pin_messages")
_FOR_CASES = ("create_public_threads", "send_messages_in_threads", "manage_threads")
_FOR_STAFF = ("view_channel", "send_messages", "send_messages_in_threads")
"""Where there is no forum, a case is a thread in the moderators' channel."""


def channel_of(account: str) -> int | None:
    """Return the channel that an account names; None where it is a person's."""
    return int(account.removeprefix(PREFIX)) if account.startswith(PREFIX) else None


class ServerPlaces:
    """Looks places up by Discord's channel; on each server a channel has a place of its own."""

    def __init__(
        self, client: Client, inbox: core.Inbox, reads: core.Reads, settings: DiscordSettings, notices: core.Notices
    ) -> None:
        self._client, self._settings, self._reads, self._notices = client, settings, reads, notices
        home = core.Address("discord", settings.identity, "")
        self.book = core.PlaceBook(None, home, inbox, reads, notices, repeats=False)
        self._guilds: dict[int, int] = {}
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def at(self, channel: int | None) -> core.Place | None:
        """Return the place that this channel is."""
        return self.book.at(f"{PREFIX}{channel}")

    def read_at(self, channel: int | None) -> core.Place | None:
        """Return it where the bot reads along."""
        about = self.book.channel_at(f"{PREFIX}{channel}")
        return self.at(channel) if about is not None and about.kind in _READ else None

    def read(self, *kinds: core.ChannelKind, guild: int | None = None) -> dict[int, core.Place]:
        """Return the places where the bot reads along, or those of some kinds, everywhere or on one server."""
        there = ((channel_of(place.account) or 0, place) for place in self.book.all(*(kinds or _READ)))
        return {channel: place for channel, place in there if guild is None or self._is_on(guild, channel)}

    def guild_of(self, place: core.Place | int) -> discord.Guild | None:
        """Return the server that a place is on; None as long as Discord has not told of it."""
        channel = place if isinstance(place, int) else channel_of(place.account) or 0
        if (known := self._guilds.get(channel)) is not None:
            return self._client.get_guild(known)
        # The library looks through all servers for it, which with two hundred is no matter of each message.
        guild: discord.Guild | None = getattr(self._client.get_channel(channel), "guild", None)
        if guild is not None:
            self._guilds[channel] = guild.id
        return guild

    async def build(self, guild: discord.Guild) -> None:
        """Set up all places of a server. What the bot may not do is named, and the rest goes on."""
        if (settings := self._settings.served.at(guild.id)) is None:
            return
        driver = GuildPlaces(self._client, self, settings, guild)
        shown = tuple(each for each in self.book.channels.values() if settings.shows(each))
        for problem in missing(guild.me.guild_permissions, shown, automod=self._settings.automod):
            self._notices.say(problem)
        ground = core.Ground(
            driver,
            settings.shows,
            lambda account: self._is_on(guild.id, channel_of(account) or 0),
            settings.language,
            self._turns[guild.id],
        )
        await self.book.build(ground=ground)

    async def closed(self, channel: int) -> None:
        """Report that a place is gone."""
        await self.book.close(f"{PREFIX}{channel}")

    async def left(self, guild: discord.Guild) -> None:
        """Report that all places of a server are gone."""
        there = {each.id for each in guild.channels}
        await self.book.close_all(lambda place: channel_of(place.account) in there)

    async def strays(self) -> None:
        """Report that places are gone which are on none of the servers; as long as one can't be seen, none is."""
        served = [self._client.get_guild(each.id) for each in self._settings.served]
        if any(guild is not None and guild.unavailable for guild in served):
            return
        ids = {guild.id for guild in served if guild is not None}
        await self.book.close_all(lambda place: (on := self.guild_of(place)) is None or on.id not in ids)

    def _is_on(self, guild: int, channel: int) -> bool:
        found = self.guild_of(channel)
        return found is not None and found.id == guild


class GuildPlaces:
    """Does for `PlaceBook` on one server what only Discord can."""

    refusals: tuple[type[Exception], ...] = (discord.HTTPException,)

    def __init__(self, client: Client, places: ServerPlaces, settings: GuildSettings, guild: discord.Guild) -> None:
        self._client, self._places, self._settings, self._guild = client, places, settings, guild
        self._category = discord.utils.get(guild.categories, name=settings.category)

    async def find(self, channel: core.Channel, known: tuple[str, ...]) -> core.FoundPlace | None:
        """Find a channel by its id, however it is called now, else one whose name is the key."""
        named = [
            one.id for one in self._guild.text_channels if one.name == channel.key and self._places.at(one.id) is None
        ]
        chosen = self._settings.places.get(channel.key)
        rooms = [room for room in (chosen, *map(channel_of, known), *named) if room and self._guild.get_channel(room)]
        return core.FoundPlace(f"{PREFIX}{rooms[0]}") if rooms else None

    async def make(self, channel: core.Channel) -> str:
        """Make it in the category, with its permissions from the first moment."""
        self._category = self._category or await self._guild.create_category(self._settings.category)
        rules: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
            target: discord.PermissionOverwrite(**each) for target, each in self._wanted(channel).items()
        }
        made = await self._guild.create_text_channel(
            channel.key, category=self._category, topic=channel.topic, overwrites=rules
        )
        return f"{PREFIX}{made.id}"

    async def permit(self, channel: core.Channel, account: str) -> None:
        """Set the permissions that differ."""
        for target, wanted in self._wanted(channel).items():
            await change(self._client.http, channel_of(account) or 0, target, wanted)

    async def pin(self, _: core.Channel, account: str, content: core.Content) -> tuple[str, str]:
        """Keep the pinned message, where the bot may; a place just opened is read from its newest message on."""
        room = channel_of(account) or 0
        if self._guild.me.guild_permissions.pin_messages:
            await self._pin(room, content)
        newest = getattr(self._guild.get_channel(room), "last_message_id", None) or room
        return cursor_key(room), str(newest)

    def describe(self, channel: core.Channel, trouble: Exception) -> str:
        """Say what Discord refused, and what to do."""
        if passes(trouble):
            return ""
        if isinstance(trouble, core.PlaceTaken):
            return f"the channel {channel.key} can't be where {trouble.other} is already; choose another channel for it"
        code = getattr(trouble, "code", 0)
        return (
            f"the channel {channel.key} could not be set up, Discord refused (code {code}); give the bot's role the "
            "rights that docs/discord.md lists, there and in the server, and start it again"
        )

    def _wanted(self, channel: core.Channel) -> Wanted:
        """Return what each kind of channel allows; a reaction in an anonymous one would show whose it is."""
        guild = self._guild
        everyone: dict[str, bool | None] = dict.fromkeys(THREADS, False)
        wanted: Wanted = {guild.me: dict.fromkeys(_OURS, True)}
        match channel.kind:
            case core.ChannelKind.ANONYMOUS:
                everyone |= {"send_messages": False, "add_reactions": False}
            case core.ChannelKind.MODERATORS:
                everyone |= {"view_channel": False}
                staff = [each for each in guild.roles if {each.name.casefold(), str(each.id)} & self._settings.staff]
                wanted[guild.me] |= dict.fromkeys(_FOR_CASES, True)
                wanted |= {role: dict.fromkeys(_FOR_STAFF, True) for role in staff}
        # Nobody can give or take a right that they don't have themselves.
        mine = guild.me.guild_permissions
        return {
            target: {name: value for name, value in each.items() if getattr(mine, name)}
            for target, each in (wanted | {guild.default_role: everyone}).items()
        }

    async def _pin(self, channel: int, content: core.Content) -> None:
        """Keep one pinned message of ours as the core wants it now."""
        http, body = self._client.http, message(content)
        pins = (await http.pins_from(channel))["items"]
        me = self._client.user.id if self._client.user else 0
        ours = next((each["message"] for each in pins if int(each["message"]["author"]["id"]) == me), None)
        if ours is None:
            made = await http.request(Route("POST", _MESSAGES, channel_id=channel), json=body)
            await http.pin_message(channel, made["id"])
        elif (ours["content"], tokens(ours["components"])) != (
            str(body["content"]).strip(),
            tokens(body["components"]),
        ):
            route = Route("PATCH", _MESSAGES + "/{message_id}", channel_id=channel, message_id=ours["id"])
            await http.request(route, json=body)
