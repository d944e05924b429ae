"""A Discord of our own on the loopback: REST and gateway at the level of the wire, which can fail on purpose.

The library under test has its real sockets, parsers and rate limiter. `wire.rest.log` and `wire.sessions.log` say what
reached the platform: they are the oracle, whatever the bot believes.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from tests.discord.endpoints import Asked, Endpoints
from tests.discord.faults import Fault
from tests.discord.people import Person
from tests.discord.sessions import Sessions
from tests.discord.world import World
from tests.waiting import PATIENT

TOKEN = "pretend.token.of-the-bot"


class Wire:
    """One platform."""

    def __init__(self) -> None:
        self.world = World()
        self.sessions = Sessions(self.world, TOKEN)
        self.rest = Endpoints(self.world, self.sessions)
        self.api = ""
        self.runner = web.AppRunner(self.rest.app, shutdown_timeout=0.1)

    async def closes(self) -> None:
        """Vanish: nobody listens here any more."""
        await self.sessions.drop(code=1001)
        await self.runner.cleanup()

    def person(self, name: str, locale: str = "en-US") -> Person:
        return Person(self, self.world.user(name), locale)

    def fails(self, fault: Fault) -> None:
        self.rest.plan.append(fault)

    def asked(self, method: str, ending: str) -> list[Asked]:
        return [each for each in self.rest.log if each.method == method and each.path.endswith(ending)]

    def settings(self, **more: str) -> dict[str, str]:
        """Return the settings of a bot; unless told how soon, it gives up no delivery, however slow the machine."""
        base = {"token": TOKEN, "api": self.api, "gateway": self.sessions.url, "identify_pause": "0"}
        return base | {"timeout": str(PATIENT), "per_second": "1000"} | more


@asynccontextmanager
async def open_wire() -> AsyncIterator[Wire]:
    """Listen on a free port of the loopback until the test is over."""
    wire = Wire()
    await wire.runner.setup()
    site = web.TCPSite(wire.runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # asyncio's server has sockets
    wire.api, wire.sessions.url = f"http://127.0.0.1:{port}/api", f"ws://127.0.0.1:{port}/gateway"
    try:
        yield wire
    finally:
        await wire.closes()


async def until(true: Callable[[], object], seconds: float = PATIENT) -> None:
    """Wait for something to become true; the test fails where it does not."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)
