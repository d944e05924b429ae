"""What can go wrong with a request, planned by the test; and the limits the platform enforces."""

import asyncio
import json
import math
import re
import socket
import struct
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web

from tests.discord.published import DOCUMENTED, body_of
from tests.discord.world import Json


@dataclass
class Fault:
    """One thing that goes wrong with the next `times` requests whose "METHOD path" matches `where`.

    `after` lets the request take effect first. Without a status the connection is reset, or with `hang` never answered.
    `html` is a page instead of an answer, from whatever stands before the platform.
    """

    where: str
    status: int = 0
    code: int = 0
    after: bool = False
    hang: bool = False
    retry_after: float = 0.05
    is_global: bool = False
    is_shared: bool = False
    times: int = 1
    html: bool = False
    errors: Json | None = None
    skips: int = 0
    """So many of these requests pass first."""

    def matches(self, request: web.Request) -> bool:
        found = self.times > 0 and re.fullmatch(self.where, f"{request.method} {request.path}") is not None
        self.skips -= found
        return found and self.skips < 0


@dataclass
class Limits:
    """Requests a second for the whole bot, and a bucket for new messages of each channel; 0 enforces nothing."""

    per_second: int = 0
    bucket: int = 0
    bucket_seconds: float = 0.2
    _seen: deque[float] = field(default_factory=deque)
    _buckets: dict[str, deque[float]] = field(default_factory=dict)

    def global_wait(self) -> float:
        """Count a request; return how long it should have waited."""
        return _wait(self._seen, self.per_second, 1.0) if self.per_second else 0

    def bucket_wait(self, key: str) -> tuple[float, int, float]:
        """Count a request; return its wait, what the bucket has left, and when it is full again."""
        seen = self._buckets.setdefault(key, deque())
        wait = _wait(seen, self.bucket, self.bucket_seconds)
        reset = seen[0] + self.bucket_seconds - asyncio.get_running_loop().time() if seen else 0
        return wait, max(self.bucket - len(seen), 0), max(reset, 0.001)


def _wait(seen: deque[float], most: int, seconds: float) -> float:
    now = asyncio.get_running_loop().time()
    while seen and seen[0] <= now - seconds:
        seen.popleft()
    if len(seen) >= most:
        return seen[0] + seconds - now
    seen.append(now)
    return 0


def reply(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer with JSON; the library wants this very content type, without a charset."""
    return web.Response(body=json.dumps(data).encode(), status=status, headers=headers, content_type="application/json")


def error(status: int, code: int = 0, errors: Json | None = None) -> web.Response:
    return reply(body_of(code, errors), status=status)


def documented(code: int, errors: Json | None = None) -> web.Response:
    """Answer an error code as its page says."""
    return error(DOCUMENTED[code][0], code, errors)


def too_many(retry_after: float, *, is_global: bool, code: int = 0, is_shared: bool = False) -> web.Response:
    """Answer as the page on rate limits says: whole seconds in the header, all of it in the body, whose limit it is."""
    body: Json = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
    headers = {"Via": "1.1 edge", "Retry-After": str(math.ceil(retry_after))}
    headers["X-RateLimit-Scope"] = "global" if is_global else "shared" if is_shared else "user"
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    return reply(body | ({"code": code} if code else {}), status=429, headers=headers)


async def fail(fault: Fault, request: web.Request) -> web.Response:
    """Answer as planned; a reset is a real one (errno 104)."""
    if fault.hang:
        await asyncio.sleep(60)
    if fault.status == 429 and not fault.html:
        return too_many(fault.retry_after, is_global=fault.is_global, code=fault.code, is_shared=fault.is_shared)
    if fault.html:
        return web.Response(status=fault.status, text="<h1>Sorry</h1>", content_type="text/html")
    if fault.status:
        return error(fault.status, fault.code, fault.errors)
    assert request.transport is not None
    raw = request.transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return web.Response()
