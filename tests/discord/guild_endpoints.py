"""The REST half about servers: channels, permissions, members, pins, AutoMod, each with the right that it asks for."""

from datetime import timedelta

import discord
from aiohttp import web

from buddybot.adapter import utc_now
from tests.discord.faults import documented, error, reply
from tests.discord.guilds import FORUM, Guild, Room, Thread
from tests.discord.sessions import Sessions
from tests.discord.thread_endpoints import ThreadEndpoints
from tests.discord.world import Json, World

NO_ACCESS, NO_RIGHT, NO_CHANNEL, NO_MEMBER, NO_GUILD = 50001, 50013, 10003, 10007, 10004
MOST_TRIGGERS = 1000
PINS = 50
"""In a page."""
MOST_DELETED, TOGETHER_FOR = 100, timedelta(days=14)


class GuildEndpoints:
    """Answers for the servers of the world."""

    def __init__(self, world: World, sessions: Sessions) -> None:
        self.world, self.sessions = world, sessions
        self.threads = ThreadEndpoints(world, sessions, self.refusal)

    def routes(self) -> list[web.RouteDef]:
        guild, channel = "/api/guilds/{guild}", "/api/channels/{channel}"
        return [
            web.get(guild, self._guild),
            web.get(guild + "/channels", self._rooms),
            web.post(guild + "/channels", self._make),
            web.get(guild + "/members/{user}", self._member),
            web.patch(guild + "/members/{user}", self._silence),
            web.get(guild + "/auto-moderation/rules", self._rules),
            web.post(guild + "/auto-moderation/rules", self._add_rule),
            web.patch(guild + "/auto-moderation/rules/{rule}", self._change_rule),
            web.patch(channel, self._change),
            web.put(channel + "/permissions/{target}", self._permit),
            web.delete(channel + "/permissions/{target}", self._forget),
            web.get(channel + "/messages/pins", self._pins),
            web.put(channel + "/messages/pins/{message}", self._pin),
            web.post(channel + "/messages/bulk-delete", self._delete_many),
            *self.threads.routes(),
        ]

    def refusal(self, channel: int, *rights: str) -> web.Response | None:
        """Return Discord's answer where the bot may not do this in that channel."""
        guild = self.world.guild_of(channel)
        if guild is None:
            return error(404, NO_CHANNEL)
        return self._lacks(guild, guild.rooms[channel], *rights)

    def room(self, channel: int) -> Room | None:
        guild = self.world.guild_of(channel)
        return None if guild is None else guild.rooms[channel]

    def _lacks(self, guild: Guild, room: Room | None, *rights: str) -> web.Response | None:
        has = guild.rights(self.world.bot.id, room)
        if not has.view_channel:
            return error(403, NO_ACCESS)
        if isinstance(room, Thread):
            rights = tuple(right.replace("send_messages", "send_messages_in_threads") for right in rights)
        return None if all(getattr(has, right) for right in rights) else error(403, NO_RIGHT)

    def _asked(self, request: web.Request) -> Guild | None:
        guild = self.world.guilds.get(int(request.match_info["guild"]))
        return guild if guild is not None and self.world.bot.id in guild.members else None

    # ── The server ──────────────────────────────────────────────────────────────────────

    async def _guild(self, request: web.Request) -> web.Response:
        guild = self._asked(request)
        return error(404, NO_GUILD) if guild is None else reply(guild.json(self.world.bot.json()))

    async def _rooms(self, request: web.Request) -> web.Response:
        guild = self._asked(request)
        return error(404, NO_GUILD) if guild is None else reply([room.json() for room in guild.channels()])

    async def _make(self, request: web.Request) -> web.Response:
        guild, body = self._asked(request), await request.json()
        if guild is None:
            return error(404, NO_GUILD)
        needed = ["manage_channels", *(["manage_roles"] if body.get("permission_overwrites") else [])]
        if refused := self._lacks(guild, None, *needed):
            return refused
        if body["type"] == FORUM and guild.no_forum:
            return documented(guild.no_forum)
        room = guild.room(body["name"], body["type"], parent=int(body.get("parent_id") or 0))
        room.topic = body.get("topic") or ""
        room.keep(body.get("permission_overwrites") or [])
        await self.sessions.dispatch("CHANNEL_CREATE", room.json())
        return reply(room.json())

    async def _member(self, request: web.Request) -> web.Response:
        guild, user = self._asked(request), int(request.match_info["user"])
        if guild is None or user not in guild.members:
            return error(404, NO_MEMBER)
        return reply(guild.member_json(self.world.users[user].json()))

    async def _silence(self, request: web.Request) -> web.Response:
        guild, user = self._asked(request), int(request.match_info["user"])
        if guild is None or user not in guild.members:
            return error(404, NO_MEMBER)
        if refused := self._lacks(guild, None, "moderate_members"):
            return refused
        until = (await request.json())["communication_disabled_until"]
        guild.silenced.pop(user, None)
        if until:
            guild.silenced[user] = until
        return reply(guild.member_json(self.world.users[user].json()))

    # ── Channels ────────────────────────────────────────────────────────────────────────

    async def _change(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        room = self.room(channel)
        if isinstance(room, Thread):
            return await self.threads.change(room, await request.json())
        if refused := self.refusal(channel, "manage_channels"):
            return refused
        assert room is not None
        if (tags := (await request.json()).get("available_tags")) is not None:
            return self.threads.tag(room, tags)
        room.slow = (await request.json()).get("rate_limit_per_user", room.slow)
        await self.sessions.dispatch("CHANNEL_UPDATE", room.json())
        return reply(room.json())

    async def _permit(self, request: web.Request) -> web.Response:
        channel, body = int(request.match_info["channel"]), await request.json()
        if refused := self.refusal(channel, "manage_roles"):
            return refused
        room, guild = self.room(channel), self.world.guild_of(channel)
        assert room is not None
        assert guild is not None
        allow, deny = int(body["allow"]), int(body["deny"])
        _, had, had_not = room.rules.get(int(request.match_info["target"]), (0, 0, 0))
        mine = guild.rights(self.world.bot.id).value
        if ((allow ^ had) | (deny ^ had_not)) & ~mine:
            return error(403, NO_RIGHT)
        room.rules[int(request.match_info["target"])] = (int(body["type"]), allow, deny)
        await self.sessions.dispatch("CHANNEL_UPDATE", room.json())
        return web.Response(status=204)

    async def _forget(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        if refused := self.refusal(channel, "manage_roles"):
            return refused
        room = self.room(channel)
        assert room is not None
        room.rules.pop(int(request.match_info["target"]), None)
        await self.sessions.dispatch("CHANNEL_UPDATE", room.json())
        return web.Response(status=204)

    async def _pins(self, request: web.Request) -> web.Response:
        """A page of fifty, the newest first; none at all where the history can't be read."""
        channel, before = int(request.match_info["channel"]), request.query.get("before")
        if refused := self.refusal(channel):
            return refused
        room = self.room(channel)
        assert room is not None
        shown = [] if self.refusal(channel, "read_message_history") else room.pinned
        kept = [each for each in shown if each.message in self.world.written]
        kept = [each for each in kept if before is None or each.at < before]
        items = [{"pinned_at": each.at, "message": self.world.written[each.message].json()} for each in kept[:PINS]]
        return reply({"items": items, "has_more": len(kept) > PINS})

    async def _pin(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        if refused := self.refusal(channel, "pin_messages"):
            return refused
        room = self.room(channel)
        assert room is not None
        room.pin(int(request.match_info["message"]))
        return web.Response(status=204)

    async def _delete_many(self, request: web.Request) -> web.Response:
        """Two to a hundred, each once, none older than two weeks; what is not there is passed over."""
        channel = int(request.match_info["channel"])
        if refused := self.refusal(channel, "manage_messages") or self.threads.put_away(channel):
            return refused
        asked = [int(each) for each in (await request.json())["messages"]]
        if not 1 < len(asked) <= MOST_DELETED:
            return documented(50016)
        if len(set(asked)) < len(asked):
            return documented(50035)
        if min(asked) < discord.utils.time_snowflake(utc_now() - TOGETHER_FOR):
            return documented(50034)
        there = [each for each in asked if each in self.world.written and self.world.written[each].channel == channel]
        for each in there:
            del self.world.written[each]
        gone: Json = {"ids": [str(each) for each in there], "channel_id": str(channel)}
        guild = self.world.guild_of(channel)
        assert guild is not None
        await self.sessions.dispatch("MESSAGE_DELETE_BULK", gone | {"guild_id": str(guild.id)})
        return web.Response(status=204)

    # ── AutoMod ─────────────────────────────────────────────────────────────────────────

    async def _rules(self, request: web.Request) -> web.Response:
        guild = self._asked(request)
        if guild is None:
            return error(404, NO_GUILD)
        return self._lacks(guild, None, "manage_guild") or reply(list(guild.automod.values()))

    async def _add_rule(self, request: web.Request) -> web.Response:
        guild, body = self._asked(request), await request.json()
        if guild is None:
            return error(404, NO_GUILD)
        return self._lacks(guild, None, "manage_guild") or self._keep(guild, guild.next_id(), body)

    async def _change_rule(self, request: web.Request) -> web.Response:
        guild, body = self._asked(request), await request.json()
        if guild is None:
            return error(404, NO_GUILD)
        rule = int(request.match_info["rule"])
        return self._lacks(guild, None, "manage_guild") or self._keep(guild, rule, guild.automod[rule] | body)

    def _keep(self, guild: Guild, id_: int, body: Json) -> web.Response:
        triggers = body["trigger_metadata"]
        assert isinstance(triggers, dict)
        words, patterns = triggers.get("keyword_filter", []), triggers.get("regex_patterns", [])
        exempt = body.get("exempt_channels", [])
        assert isinstance(exempt, list)
        assert len(words) <= MOST_TRIGGERS
        assert len(patterns) <= 10
        assert len(exempt) <= 50
        assert all(1 <= len(word) <= 60 for word in words)
        assert all(1 <= len(pattern) <= 260 for pattern in patterns)
        guild.automod[id_] = body | {"id": str(id_), "guild_id": str(guild.id), "creator_id": str(self.world.bot.id)}
        return reply(guild.automod[id_])
