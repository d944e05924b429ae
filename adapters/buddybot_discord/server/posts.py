"""Main posts: pinned in each forum that is a place, one says how it works, and takes what answers no other post."""

from collections.abc import Mapping
from typing import cast

import discord
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.errors import passes
from buddybot_discord.markup import Json, message, tokens
from buddybot_discord.server.threads import ChannelJson, PlaceThreads, read_talk

_CHANNEL = "/channels/{channel_id}"
_MESSAGES = _CHANNEL + "/messages"
_MESSAGE = _MESSAGES + "/{message_id}"
_LONGEST_TITLE, _WEEK, _PINNED, _LOOK_BACK, _TAG_REQUIRED = 100, 10080, 1 << 1, 100, 40067
_SECONDS = 5
"""Until a forum's main post is looked for again: the building of places makes it."""
_NOT_PINNED = (
    "the bot's post in the forum {name} is not pinned (code {code}), so people may not find the rules. Give the bot "
    "Manage Threads there, or unpin the post that stands above it, and start the bot again"
)


class MainPosts:
    """Finds, makes and keeps one post of ours in each forum. All our threads in such a forum are main posts."""

    def __init__(self, client: discord.Client, threads: PlaceThreads, notices: core.Notices) -> None:
        self._client, self._threads, self._notices = client, threads, notices
        self._of: dict[int, int] = {}

    async def at(self, channel: int) -> int:
        """Return where something new of a place is to be written: the main post of a forum, else the channel itself."""
        if not self._threads.is_forum(channel):
            return channel
        if channel not in self._of and (found := await self._found(channel)):
            self._of[channel] = found
        if channel not in self._of:
            raise core.RetryLater(_SECONDS)
        return self._of[channel]

    def lost(self, thread: int) -> bool:
        """Forget a main post that is gone; return whether it was one."""
        forums = [forum for forum, post in self._of.items() if post == thread]
        for forum in forums:
            del self._of[forum]
        return bool(forums)

    async def keep(self, guild: discord.Guild, forum: int, title: str, content: core.Content) -> None:
        """Make the post, or bring it to what it is to say now; pin it where the bot may."""
        post = await self._found(forum)
        if post is None:
            post = await self._made(forum, title, content)
        else:
            await self._edited(post, content)
        self._of[forum] = post
        there: ChannelJson = await self._client.http.request(Route("GET", _CHANNEL, channel_id=post))
        if not int(there.get("flags", 0)) & _PINNED:
            await self._pinned(guild, forum, post, there)

    async def _found(self, forum: int) -> int | None:
        home, me = self._client.get_channel(forum), self._client.user.id if self._client.user else 0
        guild = getattr(home, "guild", None)
        found: list[ChannelJson] = []
        if guild is not None:
            active = Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild.id)
            found += (await self._client.http.request(active))["threads"]
            archived = Route("GET", _CHANNEL + "/threads/archived/public", channel_id=forum)
            found += (await self._client.http.request(archived, params={"limit": _LOOK_BACK}))["threads"]
        for one in map(read_talk, found):
            self._threads.learn(one)
        ours = [int(one["id"]) for one in found if (int(one["parent_id"]), int(one["owner_id"])) == (forum, me)]
        return min(ours, default=None)

    async def _made(self, forum: int, title: str, content: core.Content) -> int:
        route = Route("POST", _CHANNEL + "/threads", channel_id=forum)
        body: Json = {"name": title[:_LONGEST_TITLE], "auto_archive_duration": _WEEK, "message": message(content)}
        try:
            made = await self._client.http.request(route, json=body)
        except discord.HTTPException as error:
            if error.code != _TAG_REQUIRED:
                raise
            there: ChannelJson = await self._client.http.request(Route("GET", _CHANNEL, channel_id=forum))
            tags = [str(each["id"]) for each in there.get("available_tags", ())][:1]
            made = await self._client.http.request(route, json=body | {"applied_tags": tags})
        return int(made["id"])

    async def _edited(self, post: int, content: core.Content) -> None:
        http, body = self._client.http, message(content)
        route = Route("GET", _MESSAGE, channel_id=post, message_id=post)
        there: ChannelJson
        try:
            there = await http.request(route)
        except discord.NotFound:  # the words were deleted and the title stands: they stand pinned below it
            await keep_pinned(self._client, post, content)
            return
        if _says(there, body):
            return
        there = await http.request(Route("GET", _CHANNEL, channel_id=post))
        if there["thread_metadata"]["archived"]:
            await self._threads.change(post, {"archived": False})
        await http.request(Route("PATCH", _MESSAGE, channel_id=post, message_id=post), json=body)

    async def _pinned(self, guild: discord.Guild, forum: int, post: int, there: ChannelJson) -> None:
        wanted: Json = {"flags": int(there.get("flags", 0)) | _PINNED, "archived": False}
        try:
            await self._threads.change(post, wanted)
        except discord.HTTPException as error:
            if passes(error):
                raise
            name = getattr(guild.get_channel(forum), "name", "")
            self._notices.say(_NOT_PINNED.format(name=name, code=error.code))


async def keep_pinned(client: discord.Client, channel: int, content: core.Content) -> None:
    """Keep one pinned message of ours as the core wants it now."""
    http, body = client.http, message(content)
    ours = await _our_pin(client, channel)
    if ours is None and await _may_be_hidden(client, channel):
        return
    if ours is None:
        made = await http.request(Route("POST", _MESSAGES, channel_id=channel), json=body)
        await http.pin_message(channel, made["id"])
    elif not _says(ours, body):
        await http.request(Route("PATCH", _MESSAGE, channel_id=channel, message_id=ours["id"]), json=body)


async def _our_pin(client: discord.Client, channel: int) -> ChannelJson | None:
    """Find it among all pins, the newest first: others may have pinned more than a page of theirs since."""
    me, before = client.user.id if client.user else 0, None
    while True:
        page = await client.http.pins_from(channel, before=before)
        for each in page["items"]:
            if int(each["message"]["author"]["id"]) == me:
                return cast("ChannelJson", each["message"])
        if not page["has_more"] or not page["items"]:
            return None
        before = page["items"][-1]["pinned_at"]


async def _may_be_hidden(client: discord.Client, channel: int) -> bool:
    """Return whether something is pinned that isn't shown: without Read Message History Discord names no pin at all."""
    room = client.get_channel(channel)
    if not isinstance(room, discord.abc.GuildChannel) or room.permissions_for(room.guild.me).read_message_history:
        return False
    there: ChannelJson = await client.http.request(Route("GET", _CHANNEL, channel_id=channel))
    return there.get("last_pin_timestamp") is not None


def _says(there: Mapping[str, object], body: Json) -> bool:
    return (there["content"], tokens(there["components"])) == (str(body["content"]).strip(), tokens(body["components"]))
