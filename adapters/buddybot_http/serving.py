"""Listens, and says in a sentence why it can't."""

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from buddybot.adapter import AdapterError
from buddybot_http.connections import BACKLOG, Listener, Terms
from buddybot_http.security import discreet_log
from buddybot_http.settings import HttpSettings, is_loopback

STOP_SECONDS = 1.0
_ABSENT = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
_PROXY = "Set proxy to your reverse proxy's address, such as 127.0.0.1"

trouble = logging.getLogger(__name__)


@asynccontextmanager
async def listening(app: web.Application, settings: HttpSettings, name: str, terms: Terms) -> AsyncIterator[int]:
    """Serve as long as this lasts, on the port that is given."""
    if settings.public_url and not settings.proxy and is_loopback(settings.host):
        trouble.warning(
            "%s: public_url is set and proxy is not, so all visitors count as one network. %s", name, _PROXY
        )
    log = discreet_log(f"buddybot_{name.split(maxsplit=1)[0]}")
    runner = web.AppRunner(app, access_log=None, logger=log, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    try:
        try:
            sockets = await _bound(settings)
        except OSError as error:
            raise AdapterError(sentence(error, settings, name)) from error
        assert runner.server is not None
        async with Listener(runner.server, terms, log, settings.proxy).accepting(sockets):
            yield int(sockets[0].getsockname()[1])
    finally:
        await runner.cleanup()


async def _bound(settings: HttpSettings) -> list[socket.socket]:
    """Bind every address that the host's name stands for; one port for all, where the system chooses it."""
    found = await asyncio.get_running_loop().getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    bound: list[socket.socket] = []
    missing: OSError | None = None
    for family, _, _, _, at in dict.fromkeys(found):
        port = settings.port or (bound[0].getsockname()[1] if bound else 0)
        try:
            one = socket.create_server((at[0], port), family=family, backlog=BACKLOG)
        except OSError as error:
            if error.errno in _ABSENT:  # a machine without IPv6 has "localhost" once all the same
                missing = error
                continue
            for other in bound:
                other.close()
            raise
        one.setblocking(False)
        bound.append(one)
    if not bound and missing is not None:
        raise missing
    return bound


def address(settings: HttpSettings, port: int) -> str:
    """Return what to type to get there."""
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url or f"http://{shown}:{port}"


def sentence(error: OSError, settings: HttpSettings, name: str) -> str:
    """Say what to do about an address that can't be used."""
    host, port = settings.host, settings.port
    match error.errno:
        case errno.EADDRINUSE:
            return f"{name}: port {port} on {host} is in use. Stop the program that uses it, or set another port"
        case errno.EACCES:
            return f"{name}: port {port} is for administrators. Set a port above 1023, such as 8080"
    return f"{name}: can't listen on {host} port {port} ({error.strerror}). Set host to an address of this machine"
