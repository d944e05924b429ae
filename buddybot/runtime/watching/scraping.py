"""Health and metrics endpoint: a minimal HTTP server on the loopback address for /healthz, /readyz and /metrics.

It is beside the adapters, not one of them: a bot that only its scraper can reach is over. Whoever is not on this
machine, or comes by a name that is not this machine's (a page that points its own name here), is refused.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from http import HTTPStatus
from ipaddress import ip_address

from buddybot.adapter import AdapterError
from buddybot.config.tables import MetricsSettings
from buddybot.runtime.watching.exposition import CONTENT_TYPE, exposition
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.store.kernel.errors import StoreError

LONGEST_HEAD = 8 * 1024
PATIENCE = 5.0
"""Seconds that somebody has to ask."""
PLAIN = "text/plain; charset=utf-8"
_NAMES = {"localhost", "127.0.0.1", "[::1]"}


@contextlib.asynccontextmanager
async def scraped(settings: MetricsSettings, watch: HouseWatch) -> AsyncIterator[int]:
    """Serve for as long as this lasts, on the port that is given; nothing where none is set."""
    if not settings.port:
        yield 0
        return
    async with serving_metrics(settings.host, settings.port, watch) as port:
        yield port


@contextlib.asynccontextmanager
async def serving_metrics(host: str, port: int, watch: HouseWatch) -> AsyncIterator[int]:
    """Serve on this address; port 0 lets the system choose."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(await _answer(reader, str(writer.get_extra_info("peername")[0]), watch))
            with contextlib.suppress(OSError):
                await writer.drain()
        finally:
            writer.close()

    try:
        server = await asyncio.start_server(serve, host, port, limit=LONGEST_HEAD)
    except OSError as error:
        raise AdapterError(
            f"metrics.port = {port}: can't be opened on {host} ({error.strerror}): set another port, or stop the "
            "program that uses it"
        ) from error
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def _answer(reader: asyncio.StreamReader, peer: str, watch: HouseWatch) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
        return _response(HTTPStatus.BAD_REQUEST, "this is no request\n")
    request, *fields = head.split("\r\n")
    from_here: bool = ip_address(peer.partition("%")[0]).is_loopback
    if not (from_here and _ours(fields)):
        return _response(HTTPStatus.FORBIDDEN, "for this machine alone\n")
    method, _, target = request.partition(" ")
    if method != "GET":
        return _response(HTTPStatus.METHOD_NOT_ALLOWED, "only GET\n")
    return await _page(target.partition(" ")[0].partition("?")[0], watch)


async def _page(path: str, watch: HouseWatch) -> bytes:
    match path:
        case "/healthz":
            return _response(HTTPStatus.OK, "the loop turns\n")
        case "/readyz":
            why = await watch.unready()
            return _response(HTTPStatus.SERVICE_UNAVAILABLE if why else HTTPStatus.OK, f"{why or 'ready'}\n")
        case "/metrics":
            try:
                return _response(HTTPStatus.OK, exposition(await watch.vitals()), CONTENT_TYPE)
            except StoreError as fault:
                return _response(HTTPStatus.SERVICE_UNAVAILABLE, f"{fault}\n")
        case _:
            return _response(HTTPStatus.NOT_FOUND, "/healthz, /readyz or /metrics\n")


def _ours(fields: list[str]) -> bool:
    """Return whether the request names this machine."""
    named = [value.strip() for name, _, value in (field.partition(":") for field in fields) if name.lower() == "host"]
    return len(named) == 1 and _without_port(named[0]) in _NAMES


def _without_port(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _response(status: HTTPStatus, text: str, kind: str = PLAIN) -> bytes:
    body = text.encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
