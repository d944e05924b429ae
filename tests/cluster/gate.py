"""A stand-in for the network before a server: it forwards, and can be slow, stand still, or drop what is announced."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
LISTENS = b"LISTEN buddybot"


@dataclass
class Connection:
    """One connection through a gate, and whether news comes over it."""

    listens: bool = False


class Gate:
    """Forwards each connection to the server behind it."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder, self._server = folder, server
        self.delay = 0.0
        """Seconds that whatever goes either way takes longer."""
        self.deaf = False
        """Whether news of other processes is dropped, with the connection over which it comes left as it is."""
        self._moving = asyncio.Event()
        self._moving.set()
        self._open: set[asyncio.Task[None]] = set()

    def asks(self) -> None:
        """Hear that something is on its way to the server; an `OSError` breaks off its connection."""

    def stand_still(self) -> None:
        """Let nothing through in either direction, and break nothing off."""
        self._moving.clear()

    def move_on(self) -> None:
        """Let through what has gathered, and whatever comes."""
        self._moving.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward one connection until either side ends it."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(OSError):
                back, there = await asyncio.open_unix_connection(str(self._server))
                await self._forward((reader, there), (back, writer))
        except asyncio.CancelledError:
            pass
        finally:
            self._open.discard(task)
            writer.close()

    async def _forward(
        self,
        up: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        down: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        one = Connection()
        ways = [asyncio.create_task(self._pump(*way, one, news=news)) for way, news in ((up, False), (down, True))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            up[1].close()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, one: Connection, *, news: bool
    ) -> None:
        while data := await reader.read(65_536):
            if self.delay:
                await asyncio.sleep(self.delay)
            if not news:
                self.asks()
            await self._moving.wait()
            one.listens |= not news and LISTENS in data
            if not (news and one.listens and self.deaf):
                writer.write(data)
                await writer.drain()

    async def stop(self) -> None:
        """End all connections."""
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)


@asynccontextmanager
async def gate(folder: Path, server: Path) -> AsyncIterator[Gate]:
    """Stand before a server, in a folder of its own."""
    await asyncio.to_thread(folder.mkdir)
    made = Gate(folder, server)
    listening = await asyncio.start_unix_server(made.serve, str(folder / SOCKET))
    try:
        yield made
    finally:
        listening.close()
        await made.stop()
