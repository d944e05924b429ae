"""Places: channels of our servers, each server a ground of the port's `PlaceBook` with a driver of its own."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeAlias

import discord
from discord import Client

from buddybot import adapter as core
from buddybot_discord.catchup import cursor_key
from buddybot_discord.errors import passes
from buddybot_discord.server.guilds import GuildSettings
from buddybot_discord.server.permissions import THREADS, change, missing
from buddybot_discord.server.posts import MainPosts, keep_pinned
from buddybot_discord.server.threads import PlaceThreads
from buddybot_discord.settings import Settings as DiscordSettings
from buddybot_discord.timing import CodePauses

Wanted: TypeAlias = "dict[discord.Role | discord.Member, dict[str, bool | None]]"
Target: TypeAlias = "discord.Role | discord.Member | discord.Object"
PREFIX = "#"
"""A place's account begins with it, so that none is ever taken for a person's."""
_READ = (core.ChannelKind.ANONYMOUS, core.ChannelKind.OPEN)
"""Where the bot reads along: moderators are left to themselves."""
_OURS = ("view_channel", "send_messages", "read_message_history", "add_reactions", "manage_messages", "pin_messages")
_FOR_CASES = ("create_public_threads", "send_messages_in_threads", "manage_threads")
_FOR_THREADS = ("send_messages_in_threads", "manage_threads")
_NO_FORUM = (
    "Discord refused a forum for the channel {key} (code {code}), so it is a text channel in which people may open "
    "threads. A forum needs Manage Channels and room for one more channel; on some servers also Community, in Server "
    "Settings. To try again, delete the text channel and start the bot"
)
_FOR_STAFF = ("view_channel", "send_messages", "send_messages_in_threads")
"""Where there is no forum, a case is a thread in the moderators' channel."""


def channel_of(account: str) -> int | None:
    """Return the channel that an account names; None where it is a person's."""
    return int(account.removeprefix(PREFIX)) if account.startswith(PREFIX) else None


class ServerPlaces:
    """Looks places up by Discord's channel; on each server a channel has a place of its own."""

    def __init__(  # noqa: PLR0917 - what places stand on
        self,
        client: Client,
        inbox: core.Inbox,
        reads: core.Reads,
        settings: DiscordSettings,
        notices: core.Notices,
        pauses: CodePauses,
    ) -> None:
        self._client, self._settings, self._reads, self.notices = client, settings, reads, notices
        home = core.Address("discord", settings.identity, "")
        self.book = core.PlaceBook(None, home, inbox, reads, notices, repeats=False)
        self.threads = PlaceThreads(client, pauses, lambda channel: self.read_at(channel) is not None)
        self.posts = MainPosts(client, self.threads, notices)
        self._guilds: dict[int, int] = {}
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def at(self, channel: int | None) -> core.Place | None:
        """Return the place that this channel is, or that this thread belongs to."""
        return None if channel is None else self.book.at(f"{PREFIX}{self.threads.home(channel)}")

    def read_at(self, channel: int | None) -> core.Place | None:
        """Return it where the bot reads along."""
        place = self.at(channel)
        about = None if place is None else self.book.channel_at(place.account)
        return place if about is not None and about.kind in _READ else None

    def named(self, channel: int, message: int | str) -> core.MessageId:
        """Return the name of a message, wherever it stands."""
        return self.threads.named(channel, message)

    def is_thread(self, channel: int) -> bool:
        """Return whether it is known to be a thread."""
        return self.threads.at(channel) is not None

    def has_threads(self, channel: int) -> bool:
        """Return whether members may talk in threads of this place."""
        about = self.book.channel_at(f"{PREFIX}{channel}")
        allowed = about is not None and about.threads is not core.ChannelThreads.NONE
        return (about is not None and about.kind is core.ChannelKind.OPEN and allowed) or self.threads.is_forum(channel)

    def read(self, *kinds: core.ChannelKind, guild: int | None = None) -> dict[int, core.Place]:
        """Return the places where the bot reads along, or those of some kinds, everywhere or on one server."""
        there = ((channel_of(place.account) or 0, place) for place in self.book.all(*(kinds or _READ)))
        return {channel: place for channel, place in there if guild is None or self._is_on(guild, channel)}

    def guild_of(self, place: core.Place | int) -> discord.Guild | None:
        """Return the server that a place is on; None as long as Discord has not told of it."""
        channel = self.threads.home(place) if isinstance(place, int) else channel_of(place.account) or 0
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
            self.notices.say(problem)
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
        there = (*self._guild.text_channels, *(self._guild.forums if channel.kind is core.ChannelKind.OPEN else ()))
        named = [one.id for one in there if one.name == channel.key and self._places.at(one.id) is None]
        chosen = self._settings.places.get(channel.key)
        rooms = [room for room in (chosen, *map(channel_of, known), *named) if room and self._fits(channel, room)]
        return core.FoundPlace(f"{PREFIX}{rooms[0]}") if rooms else None

    def _fits(self, channel: core.Channel, room: int) -> bool:
        """Return whether it is there and holds words: a forum only where members write, no category and no stage."""
        kinds = (discord.TextChannel, *((discord.ForumChannel,) if channel.kind is core.ChannelKind.OPEN else ()))
        return isinstance(self._guild.get_channel(room), kinds)

    async def make(self, channel: core.Channel) -> str:
        """Make it in the category, with its permissions from the first moment."""
        self._category = self._category or await self._guild.create_category(self._settings.category)
        rules: dict[Target, discord.PermissionOverwrite] = {
            target: discord.PermissionOverwrite(**each) for target, each in self._wanted(channel).items()
        }
        if channel.kind is core.ChannelKind.OPEN and channel.threads is core.ChannelThreads.POSTS:
            try:
                return f"{PREFIX}{await self._forum(channel, rules)}"
            except discord.HTTPException as error:
                if passes(error):
                    raise
                self._places.notices.say(_NO_FORUM.format(key=channel.key, code=error.code))
        made = await self._guild.create_text_channel(
            channel.key, category=self._category, topic=channel.topic, overwrites=rules
        )
        return f"{PREFIX}{made.id}"

    async def _forum(self, channel: core.Channel, rules: Mapping[Target, discord.PermissionOverwrite]) -> int:
        made = await self._guild.create_forum(
            channel.key, category=self._category, topic=channel.topic, overwrites=rules
        )
        self._places.threads.forums.add(made.id)
        return made.id

    async def permit(self, channel: core.Channel, account: str) -> None:
        """Set the permissions that differ."""
        room = channel_of(account) or 0
        wanted = self._wanted(channel, self._guild.get_channel(room))
        for target, each in wanted.items():
            await change(self._client.http, room, target, each)

    async def pin(self, channel: core.Channel, account: str, content: core.Content) -> tuple[str, str]:
        """Keep the pinned message, where the bot may; a place just opened is read from its newest message on."""
        room = channel_of(account) or 0
        if self._places.threads.is_forum(room):
            await self._places.posts.keep(self._guild, room, channel.title, content)
        elif self._guild.me.guild_permissions.pin_messages:
            await keep_pinned(self._client, room, content)
        newest = getattr(self._guild.get_channel(room), "last_message_id", None) or room
        talks = [talk.last_message_id or talk.id for talk in self._guild.threads if talk.parent_id == room]
        return cursor_key(room), str(max(newest, *talks, 0))

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

    def _wanted(self, channel: core.Channel, room: discord.abc.GuildChannel | None = None) -> Wanted:
        """Return what each kind of channel allows; a reaction in an anonymous one would show whose it is."""
        guild = self._guild
        everyone: dict[str, bool | None] = dict.fromkeys(THREADS, False)
        wanted: Wanted = {guild.me: dict.fromkeys(_OURS, True)}
        match channel.kind:
            case core.ChannelKind.OPEN if _holds_threads(channel, room):
                # Where nobody sees them but who is in them, nobody can help either.
                everyone = {**_let_be(guild, room), "create_private_threads": False}
                wanted[guild.me] |= dict.fromkeys(_FOR_THREADS, True)
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


def _holds_threads(channel: core.Channel, room: discord.abc.GuildChannel | None) -> bool:
    return channel.threads is not core.ChannelThreads.NONE or isinstance(room, discord.ForumChannel)


def _let_be(guild: discord.Guild, room: discord.abc.GuildChannel | None) -> dict[str, bool | None]:
    """Return what ends our own switching off of threads; a lock that moderators set stays."""
    was_off = room is not None and room.overwrites_for(guild.default_role).create_public_threads is False
    return dict.fromkeys(("create_public_threads", "send_messages_in_threads"), None) if was_off else {}
