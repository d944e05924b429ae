"""The channels of our one server: finding or making them, and giving each its permissions and its pinned message."""

import asyncio
from typing import TypeAlias

import discord
from discord.http import Route

from buddybot.adapter import Address, Channel, ChannelKind, Closed, Inbox, Opened, Origin, Place, Reads, RetryLater
from buddybot_discord.outbound import message, tokens
from buddybot_discord.overwrites import change
from buddybot_discord.rights import THREADS, Rights, missing
from buddybot_discord.settings import Settings
from buddybot_discord.trouble import trouble

Wanted: TypeAlias = "dict[discord.Role | discord.Member, dict[str, bool | None]]"
PREFIX = "#"
"""A place's account begins with it, so that none is ever taken for a person's."""
_MESSAGES = "/channels/{channel_id}/messages"
_OURS = ("view_channel", "send_messages", "read_message_history", "add_reactions", "manage_messages", "pin_messages")


def channel_of(account: str) -> int | None:
    """Return the channel that an account names; None where it is a person's."""
    return int(account.removeprefix(PREFIX)) if account.startswith(PREFIX) else None


class Places:
    """Known places by Discord's channel. What the core was told of is kept there, so a restart finds them again."""

    def __init__(self, client: discord.Client, inbox: Inbox, reads: Reads, settings: Settings, rights: Rights) -> None:
        self._client, self._inbox, self._reads, self._settings, self._rights = client, inbox, reads, settings, rights
        self.configured = {each.key: each for each in reads.channels()} if settings.guild else {}
        self._known: dict[int, Place] = {}
        self._category: discord.CategoryChannel | None = None
        self._turn = asyncio.Lock()

    async def load(self) -> None:
        """Remember what was there before, so that nothing said early is missed."""
        for place in await self._reads.places("discord", self._settings.identity):
            if (channel := channel_of(place.account)) is not None and self._settings.guild:
                self._known[channel] = place

    def at(self, channel: int | None) -> Place | None:
        """Return the place that this channel is."""
        return self._known.get(channel or 0)

    def read_at(self, channel: int | None) -> Place | None:
        """Return it where the bot reads along: moderators are left to themselves."""
        place = self.at(channel)
        kind = self.configured[place.key].kind if place and place.key in self.configured else ChannelKind.MODERATORS
        return None if kind is ChannelKind.MODERATORS else place

    def read(self, *, kind: ChannelKind | None = None) -> dict[int, Place]:
        """Return the places where the bot reads along, or those of one kind."""
        found = {channel: place for channel, place in self._known.items() if self.read_at(channel)}
        return {at: one for at, one in found.items() if kind in {None, self.configured[one.key].kind}}

    async def build(self, guild: discord.Guild) -> None:
        """Find or make a place for each channel. What the bot may not do is named, and the rest goes on."""
        channels = tuple(self.configured.values())
        for problem in missing(guild.me.guild_permissions, channels, automod=self._settings.automod):
            self._rights.say(problem)
        async with self._turn:
            self._category = discord.utils.get(guild.categories, name=self._settings.category)
            for channel in self.configured.values():
                try:
                    await self._open(guild, channel)
                except discord.HTTPException as error:
                    if isinstance(trouble(error), RetryLater):
                        raise
                    self._rights.say(
                        f"the channel {channel.key} could not be set up, Discord refused (code {error.code}); give the "
                        "bot's role the rights that docs/discord.md lists, there and in the server, and start it again"
                    )

    async def closed(self, channel: int) -> None:
        """Tell that a place is gone."""
        if (place := self._known.pop(channel, None)) is not None:
            await self._inbox.put(Closed(self._origin(place, "closed")))

    async def gone(self) -> None:
        """Tell that all of them are gone: the bot was put out of the server."""
        for channel in tuple(self._known):
            await self.closed(channel)

    def _origin(self, place: Place, what: str) -> Origin:
        moment = discord.utils.time_snowflake(discord.utils.utcnow())
        address = Address("discord", self._settings.identity, place.account)
        return Origin(f"{place.account}:{what}:{moment}", address, place=place)

    async def _open(self, guild: discord.Guild, channel: Channel) -> None:
        known = next((at for at, place in self._known.items() if place.key == channel.key), None)
        found = guild.get_channel(known) if known else None
        if known and found is None:
            await self.closed(known)
        found = found or discord.utils.get(guild.text_channels, name=channel.key) or await self._make(guild, channel)
        for target, wanted in self._wanted(guild, channel).items():
            await change(self._client.http, found.id, target, wanted)
        if guild.me.guild_permissions.pin_messages:
            await self._pin(found.id, channel)
        if found.id not in self._known:
            self._known[found.id] = place = Place(channel.key, f"{PREFIX}{found.id}")
            newest = getattr(found, "last_message_id", None) or found.id
            await self._inbox.put(Opened(self._origin(place, "opened")), (f"discord:dm:{found.id}", str(newest)))

    async def _make(self, guild: discord.Guild, channel: Channel) -> discord.TextChannel:
        self._category = self._category or await guild.create_category(self._settings.category)
        rules: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
            target: discord.PermissionOverwrite(**each) for target, each in self._wanted(guild, channel).items()
        }
        return await guild.create_text_channel(
            channel.key, category=self._category, topic=channel.topic, overwrites=rules
        )

    def _wanted(self, guild: discord.Guild, channel: Channel) -> Wanted:
        """Return what each kind of channel allows; a reaction in an anonymous one would show whose it is."""
        everyone: dict[str, bool | None] = dict.fromkeys(THREADS, False)
        wanted: Wanted = {guild.me: dict.fromkeys(_OURS, True)}
        match channel.kind:
            case ChannelKind.ANONYMOUS:
                everyone |= {"send_messages": False, "add_reactions": False}
            case ChannelKind.MODERATORS:
                everyone |= {"view_channel": False}
                ours = self._settings.moderators | self._settings.leads
                staff = [each for each in guild.roles if {each.name.casefold(), str(each.id)} & ours]
                wanted |= {role: {"view_channel": True, "send_messages": True} for role in staff}
            case ChannelKind.OPEN:
                pass
        # Nobody can give or take a right that they don't have themselves.
        mine = guild.me.guild_permissions
        return {
            target: {name: value for name, value in each.items() if getattr(mine, name)}
            for target, each in (wanted | {guild.default_role: everyone}).items()
        }

    async def _pin(self, channel: int, about: Channel) -> None:
        """Keep one pinned message of ours as the core wants it now."""
        http, body = self._client.http, message(self._reads.pinned(about.key))
        pins = (await http.pins_from(channel))["items"]
        me = self._client.user.id if self._client.user else 0
        ours = next((each["message"] for each in pins if int(each["message"]["author"]["id"]) == me), None)
        if ours is None:
            made = await http.request(Route("POST", _MESSAGES, channel_id=channel), json=body)
            await http.pin_message(channel, made["id"])
        elif ours["content"] != str(body["content"]).strip() or tokens(ours["components"]) != tokens(
            body["components"]
        ):
            route = Route("PATCH", _MESSAGES + "/{message_id}", channel_id=channel, message_id=ours["id"])
            await http.request(route, json=body)
