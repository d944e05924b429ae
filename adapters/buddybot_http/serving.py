"""Listens, and says in a sentence why it can't."""

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from buddybot.adapter import AdapterError
from buddybot_http.security import discreet_log
from buddybot_http.settings import HttpSettings

STOP_SECONDS = 1.0


@asynccontextmanager
async def listening(app: web.Application, settings: HttpSettings, name: str) -> AsyncIterator[int]:
    """Serve as long as this lasts, on the port that is given."""
    log = discreet_log(f"buddybot_{name.split(maxsplit=1)[0]}")
    runner = web.AppRunner(app, access_log=None, logger=log, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            raise AdapterError(sentence(error, settings, name)) from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


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
