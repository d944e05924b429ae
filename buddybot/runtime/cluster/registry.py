"""Membership by heartbeat lease: each process renews its row, by the server's clock; whoever finds one over removes it.

A row that goes takes with it what its process held: its leases are free, what it had claimed of the outbox may have
arrived. The clocks of two machines are never compared: the server's says who is alive, and each process's own says how
long ago it asked.
"""

import logging
from collections.abc import Callable, Mapping

from psycopg import AsyncConnection

from buddybot import __version__
from buddybot.runtime.cluster.bus import CHANNEL, NOTIFY, notices
from buddybot.runtime.cluster.process_lease import ProcessLease
from buddybot.runtime.cluster.skew import ClockSkew
from buddybot.runtime.cluster.steward import Steward
from buddybot.store.kernel.db import Row
from buddybot.store.news import News
from buddybot.store.processes import LEAVE, LIVING, MAY_HAVE_ARRIVED, REAP, REGISTER, RENEW

EVERY = 0.3
"""Of a lease: how soon it is renewed."""
log = logging.getLogger(__name__)


class ProcessRegistry:
    """Keeps this process's row, and clears away those of the dead."""

    def __init__(self, steward: Steward, own: ProcessLease, skew: ClockSkew, new_id: Callable[[], str]) -> None:
        self._steward, self.own, self._skew, self._new_id = steward, own, skew, new_id
        self._renewed = float("-inf")

    async def beat(self) -> None:
        """Say that this process is alive, under a new id where the last one's time is over; clear away the dead."""
        asked = self.own.now()
        if not self.own.standing:
            await self._register(asked)
        elif asked - self._renewed >= self.own.lease * EVERY:
            await self._renew(asked)
        await self._reap()

    async def living(self) -> frozenset[str]:
        """Return the ids of all processes whose lease is not over, this one among them."""
        async with self._steward.asked() as connection:
            found = await connection.execute(LIVING.encode())
            return frozenset(row[0] for row in await found.fetchall())

    async def leave(self) -> None:
        """Go in good order: others may take over at once."""
        process = self.own.id
        self.own.leave()
        async with self._steward.asked() as connection, connection.transaction():
            await connection.execute(LEAVE, (process,))
            await _clear(connection, [process])

    async def _register(self, asked: float) -> None:
        process = self._new_id()
        await self._asked(REGISTER, {"id": process, "lease": self._microseconds(), "version": __version__})
        if self.own.id:
            log.warning("this process was away for too long: it begins anew, and what it was sending may be repeated")
        self._renewed = asked
        self.own.take(process, asked)

    async def _renew(self, asked: float) -> None:
        if await self._asked(RENEW, {"id": self.own.id, "lease": self._microseconds()}):
            self._renewed = asked
            self.own.take(self.own.id, asked)
        else:
            self.own.leave()  # somebody found it dead: it registers anew at the next beat

    async def _asked(self, sql: str, values: Mapping[str, str | int]) -> bool:
        """Carry out what returns the server's time, and learn from it; False where there was no such row."""
        async with self._steward.asked() as connection:
            before = self._skew.wall()
            row = await (await connection.execute(sql.encode(), values)).fetchone()
        if row is not None:
            self._skew.learn(row[0], before)
        return row is not None

    async def _reap(self) -> None:
        async with self._steward.asked() as connection, connection.transaction():
            found = await connection.execute(REAP.encode())
            gone = [row[0] for row in await found.fetchall()]
            if gone:
                await _clear(connection, gone)
                log.warning("%d other process ended without a word: its work is taken over", len(gone))

    def _microseconds(self) -> int:
        return round(self.own.lease * 1_000_000)


async def _clear(connection: AsyncConnection[Row], gone: list[str]) -> None:
    await connection.execute(MAY_HAVE_ARRIVED, (gone,))
    for notice in notices("", {News.PROCESSES: ()}):
        await connection.execute(NOTIFY, (CHANNEL, notice))
