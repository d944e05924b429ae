"""The REST half: the endpoints a bot in direct messages needs, with Discord's own errors."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import unquote

from aiohttp import web

from buddybot.adapter import utc_now
from tests.discord.answered import minded_answer
from tests.discord.faults import Fault, Limits, documented, error, fail, reply, too_many
from tests.discord.guild_endpoints import GuildEndpoints
from tests.discord.published import ANSWERED, FILES_BYTES, REACTIONS, is_emoji, is_empty, minded, tree_of
from tests.discord.registered import minded_commands
from tests.discord.sessions import Sessions
from tests.discord.world import EPHEMERAL, Json, User, World, Written

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PARTS = web.RequestKey("parts", dict[str, str])
LONGEST_REASON = 512
UNLIMITED = ("/interactions/", "/webhooks/", "/gateway", "/attachments/")


@dataclass
class Click:
    """An interaction: what the bot answered, in order."""

    id: int
    token: str
    user: User
    room: int = 0
    """The channel of a server where it was."""
    message: Written | None = None
    """What stands above the button."""
    kind: int = 0
    """Type of the interaction."""
    answers: list[Json] = field(default_factory=list)
    late: bool = False
    """More than three seconds ago, and not answered yet."""
    worn_out: bool = False
    """More than a quarter of an hour ago."""
    shown: list[Written] = field(default_factory=list)
    """What only the caller sees."""


@dataclass(frozen=True)
class Asked:
    """One line of the oracle's log."""

    method: str
    path: str
    status: int
    body: Json
    reason: str = ""
    """What the server's audit log is told, as the header carries it, decoded."""


class Endpoints:
    """Answers requests, keeps its own log, and fails as planned."""

    def __init__(self, world: World, sessions: Sessions) -> None:
        self.world, self.sessions = world, sessions
        self.log: list[Asked] = []
        self.plan: list[Fault] = []
        self.limits = Limits()
        self.clicks: dict[str, Click] = {}
        self.revoked = False
        self.ahead = timedelta()
        """How late it is here, by the clock of whoever asks."""
        self.guilds = GuildEndpoints(world, sessions)

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._guard(request, handler)

        self.app = web.Application(middlewares=[guard])
        message = "/channels/{channel}/messages/{message}"
        self.app.add_routes(
            [
                web.get("/gateway", sessions.serve),
                web.get("/attachments/{file}", self._file),
                web.get("/api/users/@me", self._me),
                web.get("/api/oauth2/applications/@me", self._application),
                web.get("/api/gateway/bot", self._gateway),
                web.put("/api/applications/{app}/commands", self._commands),
                web.put("/api/applications/{app}/guilds/{guild}/commands", self._commands),
                web.post("/api/users/@me/channels", self._open),
                *self.guilds.routes(),
                web.get("/api/channels/{channel}", self._channel),
                web.get("/api/channels/{channel}/messages", self._history),
                web.post("/api/channels/{channel}/messages", self._create),
                web.get("/api" + message, self._message),
                web.patch("/api" + message, self._edit),
                web.delete("/api" + message, self._delete),
                web.put("/api" + message + "/reactions/{emoji}/@me", self._react),
                web.delete("/api" + message + "/reactions/{emoji}/@me", self._unreact),
                web.post("/api/interactions/{id}/{token}/callback", self._callback),
                web.post("/api/webhooks/{app}/{token}", self._follow_up),
                web.delete("/api/webhooks/{app}/{token}/messages/@original", self._delete_original),
                web.patch("/api/webhooks/{app}/{token}/messages/@original", self._edit_original),
            ]
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file that somebody sent, from where Discord keeps files: no token is asked for, and none may be shown."""
        if "Authorization" in request.headers:
            return error(400)
        data = self.world.files.get(int(request.match_info["file"]))
        return error(404) if data is None else web.Response(body=data)

    # ── Borders ─────────────────────────────────────────────────────────────────────────

    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        body = await _body(request)
        long = len(unquote(request.headers.get("X-Audit-Log-Reason", ""))) > LONGEST_REASON
        response = documented(50035) if long else await self._limited(request, handler)
        if self.ahead:
            response.headers["Date"] = format_datetime(utc_now() + self.ahead, usegmt=True)
        reason = unquote(request.headers.get("X-Audit-Log-Reason", ""))
        self.log.append(Asked(request.method, request.path, response.status, body, reason))
        return response

    async def _limited(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        free = any(part in request.path for part in UNLIMITED)
        if not free and (self.revoked or request.headers.get("Authorization") != f"Bot {self.sessions.token}"):
            return error(401)
        if not free and (wait := self.limits.global_wait()):
            return too_many(wait, is_global=True)
        bucketed = self.limits.bucket and request.method == "POST" and request.path.endswith("/messages")
        wait, left, reset = self.limits.bucket_wait(request.path) if bucketed else (0.0, 0, 0.0)
        fault = next((each for each in self.plan if each.matches(request)), None)
        if fault is not None:
            fault.times -= 1
        if fault is not None and not fault.after:
            return await fail(fault, request)
        response = too_many(wait, is_global=False) if wait else await handler(request)
        if fault is not None:
            return await fail(fault, request)
        if bucketed:
            response.headers["X-RateLimit-Bucket"] = "new-message"
            response.headers["X-RateLimit-Limit"] = str(self.limits.bucket)
            response.headers["X-RateLimit-Remaining"] = str(left)
            response.headers["X-RateLimit-Reset-After"] = str(reset)
        return response

    # ── Who the bot is ──────────────────────────────────────────────────────────────────

    async def _me(self, _: web.Request) -> web.Response:
        return reply(self.world.bot.json())

    async def _application(self, _: web.Request) -> web.Response:
        owner = User(1, "owner").json()
        about: Json = {"id": str(self.world.application), "name": "b", "description": "", "icon": None, "owner": owner}
        rest = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "", "flags": self.world.flags}
        return reply(about | rest)

    async def _gateway(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        url, shards = self.sessions.url, self.sessions.shards
        return reply({"url": url, "shards": shards, "session_start_limit": limit})

    async def _commands(self, request: web.Request) -> web.Response:
        drawn = await request.json()
        guild = request.match_info.get("guild")
        if guild is not None and int(guild) not in self.world.guilds:
            return documented(50001)
        if (tree := minded_commands(drawn, in_guild=guild is not None)) is not None:
            return documented(50035, tree)
        if guild is None:
            self.world.commands = drawn
        else:
            self.world.guild_commands[int(guild)] = drawn
        return reply(drawn)

    # ── Channels and messages ───────────────────────────────────────────────────────────

    async def _open(self, request: web.Request) -> web.Response:
        user = self.world.users.get(int((await request.json())["recipient_id"]))
        if user is None:
            return error(400, 50033)
        if user.never_met:
            return error(400, user.never_met)
        return reply(self.world.channel_json(self.world.direct_with(user)))

    async def _channel(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        room = self.guilds.room(channel)
        if room is not None:
            return self.guilds.refusal(channel) or reply(room.json())
        if channel not in self.world.directs:
            return error(404, 10003)
        return reply(self.world.channel_json(channel))

    async def _history(self, request: web.Request) -> web.Response:
        after, before = (int(request.query.get(key, 0)) for key in ("after", "before"))
        limit = int(request.query.get("limit", 50))
        assert 1 <= limit <= 100, "Discord refuses longer pages"
        channel = int(request.match_info["channel"])
        if self.world.in_guild(channel) and (refused := self.guilds.refusal(channel)):
            return refused
        if self.world.in_guild(channel) and self.guilds.refusal(channel, "read_message_history"):
            return reply([])
        page = self.world.history(channel, after=after, before=before, limit=limit)
        return reply([each.json(self.world.bot.id) for each in page])

    async def _create(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        if channel not in self.world.directs:
            if refused := self.guilds.refusal(channel, "send_messages") or await self.guilds.threads.opened(channel):
                return refused
        elif refused := self._shut(channel):
            return refused
        body, files = await _body(request), await _files(request)
        if refused := self._minded(channel, body, files):
            return refused
        made, is_new = self.world.write(channel, self.world.bot, str(body.get("content") or ""), body)
        if is_new:
            made.files.update(files)
            for name, text in files.items():
                number, base = self.world.snowflake(), f"{request.scheme}://{request.host}"
                self.world.files[number] = text.encode(errors="surrogateescape")
                made.attached.append((number, name, f"{base}/attachments/{number}"))
            await self.sessions.dispatch("MESSAGE_CREATE", self.world.event(made) | {"nonce": made.nonce})
        return reply(made.json() | {"nonce": made.nonce})

    def _minded(self, channel: int, body: Json, files: dict[str, str]) -> web.Response | None:
        if (tree := minded(body)) is not None:
            return documented(50035, tree)
        if sum(map(len, files.values())) > FILES_BYTES:
            return documented(40005)
        if is_empty(body, len(files)):
            return documented(50006)
        return self._amiss(channel, body.get("message_reference"))

    def _shut(self, channel: int) -> web.Response | None:
        """Refuse a direct message that is another bot's, or with somebody who takes none."""
        if channel in self.world.of_other_bots:
            return documented(50001)
        user = self.world.directs[channel]
        return documented(50278) if user.alone else documented(50007) if user.closed else None

    def _amiss(self, channel: int, reference: object) -> web.Response | None:
        """Refuse to point at a message: where the history can't be read, or where it is not in this channel."""
        if not isinstance(reference, dict):
            return None
        if self.world.in_guild(channel) and self.guilds.refusal(channel, "read_message_history"):
            return documented(160002)
        found = self.world.written.get(int(reference["message_id"]))
        code = ""
        if (found is None and reference.get("fail_if_not_exists", True)) or (found and found.channel != channel):
            code = "REPLIES_UNKNOWN_MESSAGE"
        elif found is not None and found.body.get("type", 0) not in ANSWERED:
            code = "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE"
        return documented(50035, tree_of([(("message_reference",), code)])) if code else None

    def _find(self, request: web.Request) -> Written | None:
        found = self.world.written.get(int(request.match_info["message"]))
        return found if found is not None and found.channel == int(request.match_info["channel"]) else None

    async def _message(self, request: web.Request) -> web.Response:
        found = self._find(request)
        if found is None:
            return error(404, 10008)
        return reply(found.json(self.world.bot.id))

    async def _edit(self, request: web.Request) -> web.Response:
        found, body = self._find(request), await _body(request)
        if found is None:
            return error(404, 10008)
        if found.author is not self.world.bot:
            return documented(50005)
        if refused := self.guilds.threads.put_away(found.channel):
            return refused
        if (tree := minded(body)) is not None:
            return documented(50035, tree)
        found.content, found.edited = str(body["content"]), utc_now().isoformat()
        components = body.get("components")
        found.components = components if isinstance(components, list) else []
        await self.sessions.dispatch("MESSAGE_UPDATE", self.world.event(found))
        return reply(found.json())

    async def _delete(self, request: web.Request) -> web.Response:
        found = self._find(request)
        if found is None:
            return error(404, 10008)
        mine = found.author is self.world.bot
        if self.world.in_guild(found.channel):
            if not mine and (refused := self.guilds.refusal(found.channel, "manage_messages")):
                return refused
            if refused := self.guilds.threads.put_away(found.channel):
                return refused
        elif not mine:
            return error(403, 50003)
        del self.world.written[found.id]
        gone: Json = {"id": str(found.id), "channel_id": str(found.channel)} | self._guild_of(found)
        await self.sessions.dispatch("MESSAGE_DELETE", gone)
        return web.Response(status=204)

    async def _react(self, request: web.Request) -> web.Response:
        found = self._find(request)
        if found is None:
            return error(404, 10008)
        emoji, me = request.match_info["emoji"], self.world.bot.id
        if self.world.in_guild(found.channel) and (
            refused := self.guilds.refusal(found.channel, "read_message_history", "add_reactions")
            or self.guilds.threads.put_away(found.channel)
        ):
            return refused
        if not is_emoji(emoji):
            return documented(10014)
        if len(found.reactions) >= REACTIONS and emoji not in found.reactions:
            return documented(30010)
        found.reactions.setdefault(emoji, set()).add(me)
        await self.sessions.dispatch("MESSAGE_REACTION_ADD", reaction(found, me, emoji) | self._guild_of(found))
        return web.Response(status=204)

    async def _unreact(self, request: web.Request) -> web.Response:
        found = self._find(request)
        assert found is not None
        emoji, me = request.match_info["emoji"], self.world.bot.id
        found.reactions[emoji].discard(me)
        await self.sessions.dispatch("MESSAGE_REACTION_REMOVE", reaction(found, me, emoji) | self._guild_of(found))
        return web.Response(status=204)

    def _guild_of(self, about: Written) -> Json:
        guild = self.world.guild_of(about.channel)
        return {} if guild is None else {"guild_id": str(guild.id)}

    # ── Interactions ────────────────────────────────────────────────────────────────────

    async def _callback(self, request: web.Request) -> web.Response:
        click = self.clicks.get(request.match_info["token"])
        if click is None or (click.late and not click.answers):
            return documented(10062)
        if click.answers:
            return documented(40060)
        answer = await request.json()
        if (tree := minded_answer(click.kind, answer)) is not None:
            return documented(50035, tree)
        click.answers.append(answer)
        data = answer.get("data") or {}
        if answer["type"] == 4:
            self._show(click, data)
        kind = {"id": str(click.id), "type": 2, "response_message_ephemeral": bool(data.get("flags", 0) & EPHEMERAL)}
        return reply({"interaction": kind, "resource": {"type": answer["type"]}})

    def _show(self, click: Click, data: Json) -> Written:
        made = Written(self.world.snowflake(), click.room, self.world.bot, str(data.get("content") or ""), body=data)
        components, flags = data.get("components"), data.get("flags")
        made.components = components if isinstance(components, list) else []
        made.flags = flags if isinstance(flags, int) else 0
        click.shown.append(made)
        return made

    async def _follow_up(self, request: web.Request) -> web.Response:
        click, body = self.clicks.get(request.match_info["token"]), await _body(request)
        if refused := self._worn_out(click, body):
            return refused
        assert click is not None
        return reply(self._show(click, body).json())

    def _worn_out(self, click: Click | None, body: Json) -> web.Response | None:
        """Refuse a token that is older than a quarter of an hour, or of a click that was never answered."""
        if click is None or not click.answers:
            return documented(10015)
        if click.worn_out:
            return documented(50027)
        tree = minded(body)
        return documented(50035, tree) if tree is not None else documented(50006) if is_empty(body, 0) else None

    async def _edit_original(self, request: web.Request) -> web.Response:
        """Change what a click was answered with; after a deferred update, the message that it was on."""
        click, body = self.clicks.get(request.match_info["token"]), await _body(request)
        if refused := self._worn_out(click, body):
            return refused
        assert click is not None
        shown = click.message if click.answers[0]["type"] == 6 else None
        if shown is None:
            return reply(self._show(click, body | {"flags": EPHEMERAL}).json())
        components = body.get("components")
        shown.content, shown.components = str(body["content"]), components if isinstance(components, list) else []
        return reply(shown.json())

    async def _delete_original(self, request: web.Request) -> web.Response:
        click = self.clicks.get(request.match_info["token"])
        if refused := self._worn_out(click, {"content": "-"}):
            return refused
        assert click is not None
        click.answers.append({"type": "deleted"})
        return web.Response(status=204)


def reaction(about: Written, who: int, emoji: str) -> Json:
    name, _, id_ = emoji.partition(":")
    where: Json = {"channel_id": str(about.channel), "message_id": str(about.id), "user_id": str(who), "type": 0}
    return where | {"emoji": {"id": id_ or None, "name": name}, "burst": False, "burst_colors": []}


async def _parts(request: web.Request) -> dict[str, str]:
    if PARTS not in request:
        form = await request.post()
        request[PARTS] = {
            (key if isinstance(value, str) else f"file:{value.filename}"): (
                value if isinstance(value, str) else value.file.read().decode(errors="surrogateescape")
            )
            for key, value in form.items()
            if not isinstance(value, (bytes, bytearray))
        }
    return request[PARTS]


async def _files(request: web.Request) -> dict[str, str]:
    if not request.content_type.startswith("multipart/"):
        return {}
    return {key.removeprefix("file:"): text for key, text in (await _parts(request)).items() if key.startswith("file:")}


async def _body(request: web.Request) -> Json:
    if request.content_type.startswith("multipart/"):
        body: Json = json.loads((await _parts(request))["payload_json"])
        return body
    if not request.body_exists:
        return {}
    found = await request.json()
    return found if isinstance(found, dict) else {"": found}
