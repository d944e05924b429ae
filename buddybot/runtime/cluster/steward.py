"""Connection to PostgreSQL beside the store's two, for what must not wait behind a transaction; reopened when lost."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo

from buddybot.store.kernel.db import Row

NO_ANSWER = 3.0
"""Seconds after which a server that says nothing counts as away."""
NETWORK: Mapping[str, str] = {
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "8000",
}
"""A machine that vanished is noticed in seconds, not after the two hours of TCP's own."""
TROUBLE = (psycopg.Error, OSError, TimeoutError)


class Steward:
    """One connection, asked by one task at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = asyncio.Lock()
        self._connection: AsyncConnection[Row] | None = None

    @asynccontextmanager
    async def asked(self) -> AsyncIterator[AsyncConnection[Row]]:
        """Lend the connection; whatever goes wrong with it, the next one to ask gets a new one."""
        async with self._lock:
            try:
                async with asyncio.timeout(NO_ANSWER):
                    if self._connection is None or self._connection.closed:
                        self._connection = await connect(self._url)
                    yield self._connection
            except BaseException:
                await self._hang_up()
                raise

    async def close(self) -> None:
        """Hang up."""
        async with self._lock:
            await self._hang_up()

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


async def connect(url: str) -> AsyncConnection[Row]:
    """Connect for short statements that need not reach the disk at once: whoever was here last is no secret to keep."""
    connection = await AsyncConnection.connect(make_conninfo(url, **NETWORK), autocommit=True)
    await connection.execute("SET synchronous_commit = off")
    # Of a machine that vanished as it took over a dead one's work, the server lets go in time for the next to do so.
    await connection.execute(f"SET idle_in_transaction_session_timeout = '{NO_ANSWER:g}s'".encode())
    return connection
