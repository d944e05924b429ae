"""The REST half about threads: posts in a forum, threads of a channel, their tags, and how they are put away."""

from typing import Protocol

from aiohttp import web

from tests.discord.faults import documented, error, reply
from tests.discord.guilds import FORUM, Guild, Room, Thread
from tests.discord.published import APPLIED_TAGS, ARCHIVED_AFTER, TAG_NAME, TAGS, THREAD_NAME, minded
from tests.discord.sessions import Sessions
from tests.discord.world import Json, World

KNOWN = {"name", "auto_archive_duration", "rate_limit_per_user", "applied_tags", "message"}
CHANGES = {
    "name",
    "archived",
    "locked",
    "invitable",
    "auto_archive_duration",
    "rate_limit_per_user",
    "applied_tags",
    "flags",
}


class Refusal(Protocol):
    """What the server's permissions say."""

    def __call__(self, channel: int, *rights: str) -> web.Response | None: ...


class ThreadEndpoints:
    """Answers for the threads of every server."""

    def __init__(self, world: World, sessions: Sessions, refusal: Refusal) -> None:
        self.world, self.sessions, self.refusal = world, sessions, refusal

    def routes(self) -> list[web.RouteDef]:
        channel = "/api/channels/{channel}"
        return [
            web.post(channel + "/threads", self._post),
            web.post(channel + "/messages/{message}/threads", self._open),
            web.get(channel + "/threads/archived/public", self._archived),
            web.get("/api/guilds/{guild}/threads/active", self._active),
        ]

    def put_away(self, channel: int) -> web.Response | None:
        """Return Discord's answer where a thread is archived: nothing in it can be changed."""
        guild = self.world.guild_of(channel)
        room = None if guild is None else guild.rooms[channel]
        return documented(50083) if isinstance(room, Thread) and room.archived else None

    async def opened(self, channel: int) -> web.Response | None:
        """Let a message in: it brings a thread back, unless that is locked; a forum itself takes none."""
        guild = self.world.guild_of(channel)
        room = None if guild is None else guild.rooms[channel]
        if room is not None and room.kind == FORUM:
            return documented(50008)
        if not isinstance(room, Thread):
            return None
        if room.locked and self.refusal(channel, "manage_threads"):
            return documented(160005)
        if room.archived:
            room.archived = False
            await self.sessions.dispatch("THREAD_UPDATE", room.json())
        return None

    # ── Making ──────────────────────────────────────────────────────────────────────────

    async def _post(self, request: web.Request) -> web.Response:
        """Make a post in a forum: the thread has the id of its first message."""
        channel, body = int(request.match_info["channel"]), await request.json()
        if refused := self.refusal(channel, "send_messages"):
            return refused
        guild = self.world.guild_of(channel)
        assert guild is not None
        message, applied = body.get("message") or {}, body.get("applied_tags") or []
        known = {tag["id"] for tag in guild.rooms[channel].tags}
        if guild.rooms[channel].kind != FORUM:
            return documented(50024)
        if self._minded(body) or {"nonce", "enforce_nonce"} & set(message) or minded(message):
            return documented(50035, {"name": {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": "no"}]}})
        if len(applied) > APPLIED_TAGS or not known.issuperset(applied):
            return documented(50035, {"applied_tags": {"_errors": [{"code": "BASE_TYPE_CHOICES", "message": "no"}]}})
        if self._is_full(guild):
            return documented(160006)
        made, _ = self.world.write(channel, self.world.bot, str(message.get("content") or ""), message)
        made.channel = made.id
        thread = self._kept(guild, made.id, channel, body["name"], applied)
        await self.sessions.dispatch("THREAD_CREATE", thread.json() | {"newly_created": True})
        await self.sessions.dispatch("MESSAGE_CREATE", self.world.event(made))
        return reply(thread.json() | {"message": made.json()}, 201)

    async def _open(self, request: web.Request) -> web.Response:
        """Open a thread under a message: it has the message's id."""
        channel, message = int(request.match_info["channel"]), int(request.match_info["message"])
        body = await request.json()
        if refused := self.refusal(channel, "create_public_threads"):
            return refused
        guild = self.world.guild_of(channel)
        assert guild is not None
        if self._minded(body):
            return documented(50035, {"name": {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": "no"}]}})
        if message in guild.rooms:
            return documented(160004)
        if self._is_full(guild):
            return documented(160006)
        thread = self._kept(guild, message, channel, body["name"], [])
        await self.sessions.dispatch("THREAD_CREATE", thread.json() | {"newly_created": True})
        return reply(thread.json(), 201)

    def _kept(self, guild: Guild, id_: int, parent: int, name: str, applied: list[str]) -> Thread:
        made = Thread(id_, guild.id, name, parent=parent, owner=self.world.bot.id, applied=applied)
        guild.rooms[id_] = made
        return made

    @staticmethod
    def _is_full(guild: Guild) -> bool:
        return len([one for one in guild.threads() if not one.archived]) >= guild.most_threads

    @staticmethod
    def _minded(body: Json) -> bool:
        after = body.get("auto_archive_duration", 1440)
        return (
            not KNOWN.issuperset(body) or not 1 <= len(str(body["name"])) <= THREAD_NAME or after not in ARCHIVED_AFTER
        )

    # ── Finding ─────────────────────────────────────────────────────────────────────────

    async def _active(self, request: web.Request) -> web.Response:
        guild = self.world.guilds.get(int(request.match_info["guild"]))
        if guild is None or self.world.bot.id not in guild.members:
            return error(404, 10004)
        seen = [one for one in guild.threads() if not one.archived and self.refusal(one.id) is None]
        return reply({"threads": [one.json() for one in seen], "members": [], "has_more": False})

    async def _archived(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        if refused := self.refusal(channel, "read_message_history"):
            return refused
        guild = self.world.guild_of(channel)
        assert guild is not None
        assert 2 <= int(request.query.get("limit", 50)) <= 100, "Discord refuses other pages"
        found = [one.json() for one in guild.threads(of=channel) if one.archived]
        return reply({"threads": found, "members": [], "has_more": False})

    # ── Changing ────────────────────────────────────────────────────────────────────────

    async def change(self, thread: Thread, body: Json) -> web.Response:
        """Change a thread: its owner may put it away, what is locked is for those who manage threads."""
        mine = thread.owner == self.world.bot.id and not thread.locked and not body.get("locked")
        if refused := self.refusal(thread.id, *(() if mine else ("manage_threads",))):
            return refused
        if not CHANGES.issuperset(body):
            return documented(50035)
        if thread.archived and body.get("archived") is not False:
            return documented(50083)
        applied = body.get("applied_tags", thread.applied)
        assert isinstance(applied, list)
        if len(applied) > APPLIED_TAGS:
            return documented(50035)
        thread.applied, thread.name = applied, str(body.get("name", thread.name))
        thread.flags = int(str(body.get("flags", thread.flags)))
        thread.archived = bool(body.get("archived", thread.archived))
        thread.locked = bool(body.get("locked", thread.locked))
        await self.sessions.dispatch("THREAD_UPDATE", thread.json())
        return reply(thread.json())

    def tag(self, forum: Room, tags: list[Json]) -> web.Response:
        """Keep the tags of a forum; those without an id are new."""
        assert self.world.guild_of(forum.id) is not None
        guild = self.world.guild_of(forum.id)
        assert guild is not None
        if len(tags) > TAGS or not all(0 < len(str(tag["name"])) <= TAG_NAME for tag in tags):
            return documented(50035)
        bare: Json = {"emoji_id": None, "emoji_name": None, "moderated": False}
        forum.tags = [bare | tag | {"id": str(tag.get("id") or guild.next_id())} for tag in tags]
        return reply(forum.json())
