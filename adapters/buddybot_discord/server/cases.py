"""Cases' threads: a post in a forum, a thread in the moderators' channel where there can be none, else a message there.

What the core declares is brought about each time it is said, from whatever is there: found by its id or its code, made
again where somebody deleted it, brought back where it was archived or locked.
"""

from collections.abc import Mapping
from typing import cast

import discord
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.errors import passes
from buddybot_discord.markup import Json, message, tokens
from buddybot_discord.server.forum import CHANNEL, CaseForums, ChannelJson
from buddybot_discord.server.guilds import GuildSettings
from buddybot_discord.server.permissions import lack, unmentioned
from buddybot_discord.server.places import ServerPlaces, channel_of
from buddybot_discord.settings import Settings as DiscordSettings

_MESSAGES = CHANNEL + "/messages"
_MESSAGE = _MESSAGES + "/{message_id}"
_LONGEST_NAME, _WEEK, _LOOK_BACK = 100, 10080, 100
_ARCHIVED = 50083
_GONE = {10003, 10008}
_NO_THREAD = (
    "Discord refused a thread for a case (code {code}), so it is shown in the moderators' channel. With code 160006 "
    "too many threads are open: archive some. Otherwise allow Create Public Threads and Send Messages in Threads"
)


class CaseThreads:
    """Brings about what the core declares of cases."""

    def __init__(
        self,
        client: discord.Client,
        places: ServerPlaces,
        settings: DiscordSettings,
        reads: core.Reads,
        notices: core.Notices,
    ) -> None:
        self._client, self._places = client, places
        self._settings, self._notices = settings, notices
        self.forums = CaseForums(client, reads, notices)

    def place_near(self, channel: int | None, parent: int | None = None) -> core.Place | None:
        """Return the place that a channel is, or that a thread or a forum of cases belongs to."""
        for each in (channel, parent):
            if (place := self._places.at(each if each is None else self.forums.homes.get(each, each))) is not None:
                return place
        return None

    def keeps(self, place: core.Place | None) -> bool:
        """Return whether a place is the moderators'."""
        about = None if place is None else self._places.book.channel_at(place.account)
        return about is not None and about.kind is core.ChannelKind.MODERATORS

    async def prepare(self, guild: discord.Guild) -> None:
        """Find or make the forums of a server."""
        for home in self._places.read(core.ChannelKind.MODERATORS, guild=guild.id):
            await self._forum(home)

    async def show(self, delivery: core.Delivery, post: core.ThreadPost) -> core.MessageId:
        """Bring it about, and return the id of the thread, which is that of its first message too."""
        home, known = channel_of(delivery.address.account), delivery.message
        assert home is not None, "a thread is at a place"
        if self._places.guild_of(home) is None:  # Discord has not told of the server yet
            raise core.RetryLater(1)
        try:
            if known and await self._brought(home, int(known), post, delivery):
                return known
            forum = await self._forum(home)
            for each in await self._named(home, forum, post, delivery):
                if await self._brought(home, each, post, delivery):
                    return core.MessageId(str(each))
            if post.closed:
                return known or core.MessageId("")
            made = None if forum is None else await self._posted(forum, post)
            return core.MessageId(str(made or await self._opened(home, post, delivery)))
        except discord.HTTPException as error:
            if error.code == _ARCHIVED:  # it was put away between two calls
                raise core.RetryLater(1) from error
            raise

    async def _forum(self, home: int) -> int | None:
        guild, channel = self._places.guild_of(home), self._client.get_channel(home)
        settings = None if guild is None else self._settings.served.at(guild.id)
        if (
            guild is None
            or settings is None
            or settings.cases != "forum"
            or not isinstance(channel, discord.TextChannel)
        ):
            return None
        return await self.forums.prepared(guild, channel, settings)

    # ── Looking for it ──────────────────────────────────────────────────────────────────

    async def _named(self, home: int, forum: int | None, post: core.ThreadPost, delivery: core.Delivery) -> list[int]:
        """Find what an earlier attempt made, or a database from before the last restore knew: by the code.

        Discord takes no nonce for a post in a forum.
        """
        guild, me = self._places.guild_of(home), self._client.user.id if self._client.user else 0
        if guild is None:
            return []
        route = Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild.id)
        found = [
            each
            for each in (await self._client.http.request(route))["threads"]
            if int(each["parent_id"]) in {home, forum}
        ]
        for parent in (home, forum) if not any(_is_of(each, post, me) for each in found) else ():
            if parent is not None:
                archived = Route("GET", CHANNEL + "/threads/archived/public", channel_id=parent)
                found += (await self._client.http.request(archived, params={"limit": _LOOK_BACK}))["threads"]
        threads = [int(each["id"]) for each in found if _is_of(each, post, me)]
        return threads or (await self._said(home, post, me) if delivery.repeat else [])

    async def _said(self, home: int, post: core.ThreadPost, me: int) -> list[int]:
        """Find a message of ours with this case's buttons, whose thread was never opened."""
        recent = await self._client.http.logs_from(home, _LOOK_BACK)
        ours = [each for each in recent if int(each["author"]["id"]) == me]
        return [int(each["id"]) for each in ours if f".{post.code}." in tokens(each["components"])]

    # ── Making it ───────────────────────────────────────────────────────────────────────

    async def _posted(self, forum: int, post: core.ThreadPost) -> int | None:
        """Post in the forum; None where Discord takes no more there."""
        body: Json = {"name": post.title[:_LONGEST_NAME], "auto_archive_duration": _WEEK}
        try:
            body |= {"applied_tags": await self.forums.tags(forum, post.tags), "message": self._drawn(forum, post)}
            made = await self._client.http.request(Route("POST", CHANNEL + "/threads", channel_id=forum), json=body)
        except discord.HTTPException as error:
            if passes(error):
                raise
            if error.code in _GONE:
                self.forums.forget(forum)
            self._notices.say(_NO_THREAD.format(code=error.code))
            return None
        return int(made["id"])

    async def _opened(self, home: int, post: core.ThreadPost, delivery: core.Delivery) -> int:
        """Post in the moderators' channel, and open a thread under it where that is wanted and allowed."""
        body = self._drawn(home, post) | {"nonce": delivery.key, "enforce_nonce": True}
        made = int((await self._client.http.request(Route("POST", _MESSAGES, channel_id=home), json=body))["id"])
        settings = self._settings_at(home)
        if settings is None or settings.cases == "message":
            return made
        thread: Json = {"name": post.title[:_LONGEST_NAME], "auto_archive_duration": _WEEK}
        try:
            await self._client.http.request(
                Route("POST", _MESSAGE + "/threads", channel_id=home, message_id=made), json=thread
            )
        except discord.HTTPException as error:
            # Whatever becomes of the thread: the message stands, and has the buttons.
            self._notices.say(_NO_THREAD.format(code=error.code))
        return made

    # ── Bringing it to what it is to be ─────────────────────────────────────────────────

    async def _brought(self, home: int, thread: int, post: core.ThreadPost, delivery: core.Delivery) -> bool:
        """Change what is there; False where it is gone, or can't be seen while somebody has to be called."""
        try:
            there: ChannelJson = await self._client.http.request(Route("GET", CHANNEL, channel_id=thread))
        except discord.NotFound:
            return await self._edited(home, thread, home, post)
        except discord.Forbidden:
            self._notices.say(lack("manage_threads"))
            return not post.alarm
        where = home if int(there["parent_id"] or 0) == home else thread
        was_away = there["thread_metadata"]["archived"] or there["thread_metadata"]["locked"]
        wanted = await self._wanted(there, post)
        if was_away or wanted:
            await self._changed(thread, wanted | {"archived": False, "locked": False})
        if not await self._edited(where, thread, home, post):
            await self._changed(thread, {"archived": True})
            return False
        if post.alarm:
            await self._called(home, thread, post, delivery)
        if post.closed:
            await self._changed(thread, {"archived": True, "locked": True})
        return True

    async def _wanted(self, there: ChannelJson, post: core.ThreadPost) -> Json:
        """Return what of name and tags differs: a name may be changed twice in ten minutes only."""
        wanted: Json = {} if there["name"] == post.title[:_LONGEST_NAME] else {"name": post.title[:_LONGEST_NAME]}
        parent = int(there["parent_id"] or 0)
        if parent in self.forums.homes:
            applied = await self.forums.tags(parent, post.tags)
            wanted |= {} if sorted(there.get("applied_tags", ())) == sorted(applied) else {"applied_tags": applied}
        return wanted

    async def _changed(self, thread: int, wanted: Json) -> None:
        try:
            await self._client.http.request(Route("PATCH", CHANNEL, channel_id=thread), json=wanted)
        except discord.Forbidden:
            self._notices.say(lack("manage_threads"))

    async def _edited(self, channel: int, first: int, home: int, post: core.ThreadPost) -> bool:
        """Edit the first message; False where it is gone."""
        try:
            route = Route("PATCH", _MESSAGE, channel_id=channel, message_id=first)
            await self._client.http.request(route, json=self._drawn(home, post, calls=False))
        except discord.NotFound:
            return False
        return True

    async def _called(self, home: int, thread: int, post: core.ThreadPost, delivery: core.Delivery) -> None:
        """Call those on call to a thread that stands already: an edit calls nobody."""
        bare = core.ThreadPost(post.note, post.code, post.title, core.Content(post.content.spans[:1]), alarm=True)
        body = self._drawn(home, bare) | {"nonce": delivery.key, "enforce_nonce": True}
        await self._client.http.request(Route("POST", _MESSAGES, channel_id=thread), json=body)

    def _drawn(self, near: int, post: core.ThreadPost, *, calls: bool = True) -> Json:
        """Draw the message: who has it as a name that is not called, those on call only where they are to be."""
        body = message(post.content)
        if post.holder:
            body["content"] = f"{body['content']} <@{post.holder}>"
        role = self._on_call(self.forums.homes.get(near, near)) if post.alarm and calls else 0
        if role:
            body["content"] = f"<@&{role}> {body['content']}"
            body["allowed_mentions"] = {"parse": [], "roles": [str(role)], "replied_user": False}
        return body

    def _on_call(self, home: int) -> int:
        """Return the role to call; 0 where there is none, which is said when there should be one."""
        guild, settings = self._places.guild_of(home), self._settings_at(home)
        if guild is None or settings is None or not settings.on_call_role:
            return 0
        for sentence in unmentioned(guild, guild.me.guild_permissions, settings):
            self._notices.say(sentence)
        return settings.on_call_role if guild.get_role(settings.on_call_role) is not None else 0

    def _settings_at(self, home: int) -> GuildSettings | None:
        guild = self._places.guild_of(home)
        return None if guild is None else self._settings.served.at(guild.id)


def _is_of(thread: Mapping[str, object], post: core.ThreadPost, me: int) -> bool:
    return int(cast("str", thread["owner_id"])) == me and str(thread["name"]).startswith(post.code)
