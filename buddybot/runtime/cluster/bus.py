"""Publish and subscribe between the processes of a house: NOTIFY in the transaction that has news, LISTEN in each.

What is told in a transaction is heard once it is committed, and not at all if it is not. A server that went away may
have dropped something: then `on_gap` says that whoever listens should look for themselves.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import psycopg

from buddybot.runtime.cluster.process_lease import ProcessLease
from buddybot.runtime.cluster.steward import TROUBLE, Steward, connect
from buddybot.store.news import News

CHANNEL = "buddybot"
MOST = 7000
"""Bytes of subjects in one notice: the server takes 8000 in all."""
TRY_AGAIN = 0.5
NOTIFY = "SELECT pg_notify(%s, %s)"

Hearer: TypeAlias = Callable[[str, tuple[str, ...]], None]
"""Takes the id of the process that tells, and the subjects."""
log = logging.getLogger(__name__)


def notices(process: str, told: Mapping[News, Iterable[str]]) -> Iterator[str]:
    """Return what goes over the wire, cut into pieces that the server takes."""
    for news, subjects in sorted(told.items()):
        piece, size = list[str](), 0
        for subject in sorted(subjects):
            if size + len(subject) > MOST:
                yield _notice(process, news, piece)
                piece, size = [], 0
            piece.append(subject)
            size += len(subject) + 3
        yield _notice(process, news, piece)


class Bus:
    """Hears what other processes tell, and tells what belongs to no transaction.

    To tell something in a transaction, note it: `tx.db.signals.note(News.X, subjects)`. To hear it, give `on` a
    function; it is called in the loop, never for what this process itself told. A subject is an id of our own: nothing
    that says who somebody is goes over the bus. A new kind of news is a new member of `News`.
    """

    def __init__(self, url: str, own: ProcessLease, steward: Steward) -> None:
        self._url, self._own, self._steward = url, own, steward
        self._hearers = defaultdict[News, list[Hearer]](list)
        self.on_gap = list[Callable[[], None]]()
        """Called when something may not have been heard: the connection was lost and is there again."""

    def on(self, signal: News, hearer: Hearer) -> None:
        """Have a function called for news of one kind."""
        self._hearers[signal].append(hearer)

    async def send(self, signal: News, *subjects: str) -> None:
        """Tell the others at once, outside any transaction. Trouble with the server is the caller's to bear."""
        async with self._steward.asked() as connection:
            for notice in notices(self._own.id, {signal: subjects}):
                await connection.execute(NOTIFY, (CHANNEL, notice))

    async def listen(self, listening: Callable[[], None]) -> None:
        """Hear for ever; say so at the first time."""
        while True:
            try:
                await self._hear(listening)
            except TROUBLE:
                log.warning("store.url: the connection that hears of other processes is lost: it is opened again")
                await asyncio.sleep(TRY_AGAIN)

    async def _hear(self, listening: Callable[[], None]) -> None:
        connection = await connect(self._url)
        try:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            listening()
            for gap in self.on_gap:
                gap()
            async for notice in connection.notifies():
                self.heard(notice)
        finally:
            await connection.close()

    def heard(self, notice: psycopg.Notify) -> None:
        """Pass on a notice; one that a newer program sent, and this one does not know, is for others."""
        try:
            process, kind, subjects = json.loads(notice.payload)
            signal = News(kind)
        except ValueError:
            return
        if process != self._own.id:
            for hearer in self._hearers[signal]:
                hearer(process, tuple(subjects))


def _notice(process: str, news: News, subjects: list[str]) -> str:
    return json.dumps([process, news, subjects], separators=(",", ":"))
