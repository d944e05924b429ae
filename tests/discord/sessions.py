"""The gateway: HELLO, IDENTIFY, heartbeats, compressed dispatches in sequence, RESUME with what was missed."""

import asyncio
import contextlib
import json
import zlib
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.discord.world import CONTENT_ON, MEMBERS_ON, Json, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


class Connection:
    """One socket; zlib-stream keeps one dictionary for its whole life."""

    def __init__(self, socket: web.WebSocketResponse, *, compressed: bool) -> None:
        self.socket = socket
        self._zlib = zlib.compressobj() if compressed else None
        self._turn = asyncio.Lock()

    async def send(self, op: int, d: object, s: int | None = None, t: str | None = None) -> None:
        text = json.dumps({"op": op, "d": d, "s": s, "t": t})
        # Whoever killed the bot may be quicker than its socket's end: nobody who writes hears of that.
        with contextlib.suppress(ConnectionError):
            async with self._turn:
                if not self.socket.closed:
                    await self._send(text)

    async def _send(self, text: str) -> None:
        if self._zlib is None:
            await self.socket.send_str(text)
            return
        packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
        # In pieces, as the real one does with big events.
        half = len(packed) // 2 if len(packed) > 2000 else 0
        for piece in (packed[:half], packed[half:]) if half else (packed,):
            await self.socket.send_bytes(piece)


@dataclass
class Session:
    id: str
    shard: int
    connection: Connection | None
    resumable: bool = True
    sent: list[tuple[str, Json]] = field(default_factory=list)


@dataclass
class Sessions:
    """Everything the gateway remembers, and its own log: the oracle of reconnection tests."""

    world: World
    token: str
    heartbeat: float = 41.25
    shards: int = 1
    close_on_identify: int = 0
    log: list[str] = field(default_factory=list)
    intents: int = 0
    all: list[Session] = field(default_factory=list)
    presence: list[str] = field(default_factory=list)
    url: str = ""

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, compressed=request.query.get("compress") == "zlib-stream")
        await connection.send(HELLO, {"heartbeat_interval": int(self.heartbeat * 1000)})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._handle(connection, json.loads(message.data))
        return socket

    async def _handle(self, connection: Connection, packet: Json) -> None:
        match packet:
            case {"op": 1}:
                self.log.append("heartbeat")
                await connection.send(ACK, None)
            case {"op": 3, "d": {"since": _, "activities": list(shown), "status": str(status), "afk": bool(_)}}:
                self._sees(status, shown)
            case {"op": 2, "d": {"token": token, "intents": int(intents), "shard": [int(shard), int(shards)]}}:
                self.intents = intents
                await self._identify(connection, str(token), shard, shards)
            case {"op": 6, "d": {"session_id": session, "seq": seq}}:
                await self._resume(connection, str(session), int(str(seq or 0)))

    def _sees(self, status: str, activities: list[Json]) -> None:
        """Keep what stands under the bot's name: status, and the state of a custom activity."""
        states = [str(each["state"]) for each in activities]
        assert all(each["type"] == 4 for each in activities)
        assert all(0 < len(each) <= 128 for each in states)
        self.presence.append(" ".join([status, *states]))

    async def _identify(self, connection: Connection, token: str, shard: int, shards: int) -> None:
        self.log.append("identify")
        if token != self.token or self.close_on_identify:
            await connection.socket.close(code=self.close_on_identify or 4004)
            return
        needed = (MEMBERS_ON if self.intents & 1 << 1 else 0) | (CONTENT_ON if self.intents & 1 << 15 else 0)
        if needed & ~self.world.flags:
            await connection.socket.close(code=4014)
            return
        if shards != self.shards or not 0 <= shard < shards:
            await connection.socket.close(code=4010)
            return
        session = Session(f"session-{len(self.all)}", shard, connection)
        guilds = [each for each in self.world.guilds.values() if self.world.bot.id in each.members]
        guilds = [each for each in guilds if self.shard_of(each.id) == shard]
        self.all.append(session)
        ready: Json = {
            "v": 10,
            "user": self.world.bot.json(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "private_channels": [],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [shard, self.shards],
            "application": {"id": str(self.world.application), "flags": 0},
        }
        await self._dispatch(session, "READY", ready)
        for guild in guilds:
            if guild.id not in self.world.down:
                await self._dispatch(session, "GUILD_CREATE", guild.json(self.world.bot.json()))

    def shard_of(self, guild: int) -> int:
        """Return the shard that tells of a server."""
        return (guild >> 22) % self.shards

    async def _resume(self, connection: Connection, name: str, seq: int) -> None:
        session = next((each for each in self.all if each.id == name and each.resumable), None)
        if session is None:
            self.log.append("invalid")
            await connection.send(INVALID_SESSION, d=False)
            return
        self.log.append("resume")
        session.connection = connection
        for at, (event, data) in enumerate(session.sent[seq:], seq + 1):
            await connection.send(DISPATCH, data, at, event)
        await self._dispatch(session, "RESUMED", {})

    async def dispatch(self, event: str, data: Json, *, live: bool = True) -> None:
        """Send an event to the shard of its server, or of direct messages; not `live`, only a RESUME brings it."""
        known = data.get("guild_id") or (data["id"] if event in {"GUILD_CREATE", "GUILD_DELETE"} else None)
        shard = 0 if known is None else self.shard_of(int(str(known)))
        for session in self.all:
            if session.shard == shard and session.resumable:
                await self._dispatch(session, event, data, live=live)

    async def dispatch_oddly(self, event: str, data: object) -> None:
        """Send to the first shard an event that may be anything."""
        for session in self.all:
            if session.shard == 0 and session.resumable:
                await self._dispatch(session, event, data)  # type: ignore[arg-type]  # that is what is odd

    async def _dispatch(self, session: Session, event: str, data: Json, *, live: bool = True) -> None:
        session.sent.append((event, data))
        if live and session.connection is not None:
            await session.connection.send(DISPATCH, data, len(session.sent), event)

    async def drop(self, *, resumable: bool = True, code: int = 4000, shard: int | None = None) -> None:
        """Cut every socket, or one shard's. What happens meanwhile comes again on RESUME, or is lost where it fails."""
        for session in self.all:
            if shard not in {None, session.shard}:
                continue
            connection, session.connection = session.connection, None
            session.resumable = session.resumable and resumable
            if connection is not None:
                await connection.socket.close(code=code)

    async def send_raw(self, op: int, d: object) -> None:
        for session in self.all:
            if session.connection is not None:
                await session.connection.send(op, d)
