"""A reverse proxy of a few lines: each request goes to the next server, and a dead one is passed over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HEAD = b"\r\n\r\n"


class RoundRobin:
    """Forwards each connection's one request. `ports` may change meanwhile; `turn` says who had how many."""

    def __init__(self, ports: list[int]) -> None:
        self.ports, self.port, self.turn = ports, 0, 0
        self._open: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._forward(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            self._open.discard(task)
            writer.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(HEAD)
        lines = [line for line in head[: -len(HEAD)].split(b"\r\n") if not line.lower().startswith(b"connection:")]
        back, there = await self._connect()
        try:
            there.write(b"\r\n".join([*lines, b"X-Forwarded-For: 192.0.2.7", b"Connection: close"]) + HEAD)
            up = asyncio.create_task(_pump(reader, there))
            try:
                await _pump(back, writer)
            finally:
                up.cancel()
                await asyncio.gather(up, return_exceptions=True)
        finally:
            there.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for _ in tuple(self.ports):
            self.turn += 1
            with suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", self.ports[self.turn % len(self.ports)])
        raise ConnectionResetError

    async def stop(self) -> None:
        for task in tuple(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def round_robin(*ports: int) -> AsyncIterator[RoundRobin]:
    proxy = RoundRobin(list(ports))
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.stop()
