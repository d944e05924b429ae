"""The real bot with the usual limit of open files, an address that opens idle streams, and other people."""

import asyncio
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession, CookieJar, TCPConnector
from buddybot_web import WebAdapter
from buddybot_web.settings import read_settings

from tests.stories.wires import know_content
from tests.waiting import comes
from tests.web.house import House
from tests.web.visitor import Tab, Visitor

FILES = 1024
"""Open files that the bot may have, soft and hard: what a system gives unasked."""
STREAM = "GET /api/stream HTTP/1.1\r\nHost: localhost\r\nCookie: notes={}\r\n\r\n"
END = b"0\r\n\r\n"
"""The last piece of an answer that came in pieces."""
PATIENCE = 60.0


@dataclass
class Bot:
    """A process that serves the web chat."""

    house: House
    log: Path
    process: asyncio.subprocess.Process

    @property
    def alive(self) -> bool:
        return self.process.returncode is None


@asynccontextmanager
async def running_bot(folder: Path, port: int) -> AsyncIterator[Bot]:
    """Start it in a folder, and end it."""
    log, settings = folder / "bot.log", {"port": str(port)}
    know_content(folder)
    with log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            *("/bin/sh", "-c", f'ulimit -n {FILES}; exec "$0" -m buddybot run', sys.executable),
            cwd=folder,
            env={**os.environ, "BUDDYBOT_ADAPTERS__WEB__PORT": str(port)},
            stdout=written,
            stderr=written,
        )
    adapter = WebAdapter(read_settings(settings))
    adapter.url = f"http://127.0.0.1:{port}"
    try:
        await _serving(adapter.url, process)
        yield Bot(House(adapter), log, process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await comes(process.wait())


async def _serving(url: str, process: asyncio.subprocess.Process) -> None:
    end = time.monotonic() + PATIENCE
    async with ClientSession() as session:
        while time.monotonic() < end and process.returncode is None:
            with suppress(ClientError):
                async with session.get(url) as answer:
                    if answer.status < 500:
                        return
            await asyncio.sleep(0.2)
    raise TimeoutError


@dataclass
class Idlers:
    """Streams that one address opened and never reads."""

    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    served: list[asyncio.StreamReader] = field(default_factory=list)

    async def open(self, port: int, number: int) -> None:
        """Open so many, each as somebody else."""
        for _ in range(number):
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(5):
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    self.writers.append(writer)
                    writer.write(STREAM.format(secrets.token_hex(16)).encode())
                    if b" 200 " in await reader.readline():
                        self.served.append(reader)

    async def held(self) -> int:
        """Return how many of the streams go on: the server ends one that is quiet for another, on a slow machine."""
        held = 0
        for one in self.served:
            with suppress(ConnectionError):
                arrived = await one.read(65_536)
                held += arrived != b"" and not arrived.endswith(END)
        return held

    def close(self) -> None:
        for writer in self.writers:
            writer.close()


@asynccontextmanager
async def people(bot: Bot, number: int, first: int) -> AsyncIterator[list[Tab]]:
    """Let so many people come, each from an address of their own, with a tab open and greeted."""
    async with AsyncExitStack() as stack:
        tabs = []
        for at in range(first, first + number):
            connector = TCPConnector(local_addr=(f"127.0.{at // 250 + 1}.{at % 250 + 1}", 0))
            session = await stack.enter_async_context(
                ClientSession(bot.house.url, connector=connector, cookie_jar=CookieJar(unsafe=True))
            )
            visitor = Visitor(bot.house, session)
            await visitor.hello()
            tab = await stack.enter_async_context(visitor.tab())
            assert await visitor.do("join") == 204
            await tab.effect()
            tabs.append(tab)
        yield tabs


async def asked(tab: Tab) -> float:
    """Ask for the list of commands, and return the seconds until it is there."""
    began = time.perf_counter()
    assert await tab.visitor.do("invoke", command="help") == 204
    await tab.effect()
    return time.perf_counter() - began
