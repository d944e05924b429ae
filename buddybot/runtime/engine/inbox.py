"""Inbox of one adapter: what it reports, and what it keeps here of its own."""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

from buddybot.adapter import RetryLater
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Inbound
from buddybot.runtime.engine.engine import Engine
from buddybot.store.kernel.errors import StoreError
from buddybot.store.tx import Tx

T = TypeVar("T")

WALKED = 500
"""Members read in one go where all of them are walked through."""

log = logging.getLogger(__name__)


class AdapterInbox:
    """The inbox of one adapter: cursor keys are its own."""

    def __init__(self, engine: Engine, platform: str) -> None:
        self._engine, self._platform = engine, platform
        self._reads = True
        """Whether what was asked for last could be read: a trouble is said once, however many ask."""

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Record it, and return only when it is on disk."""
        await self._engine.put(event, cursor)

    async def cursor(self, key: str) -> str | None:
        """Return the value last stored under this cursor key: how far a back-fill has come."""
        return await self._found(lambda tx: tx.inbox.cursor(self._platform, key))

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        """Return everyone who talks with this bot account, the latest first."""
        members = await self._found(lambda tx: tx.members.correspondents(platform, identity))
        found = list[Address]()
        for at in range(0, len(members), WALKED):
            some = members[at : at + WALKED]
            found += await self._found(partial(_addresses, platform, identity, some))
        return tuple(found)

    async def threads(self, address: Address) -> Mapping[str, str]:
        """Return which thread of their chat shows which conversation."""
        return await self._found(lambda tx: tx.threads.all_of(address))

    async def keep_thread(self, address: Address, conversation: str, thread: str) -> None:
        """Keep it; a database that can't just now is told of in the log, and the thread made again some day."""
        try:
            await self._engine.store.write(lambda tx: tx.threads.keep(address, conversation, thread))
        except StoreError as error:
            log.error("a thread of a chat is not kept: %s", str(error))

    async def known_as(self, identity: str, link: str) -> None:
        """Remember it; a database that can't just now hears of it at the next start."""
        try:
            await self._engine.store.write(lambda tx: tx.accounts.note(self._platform, identity, link))
        except StoreError as error:
            log.error("how people find this bot account is not kept: %s", str(error))

    async def leave_file(self, address: Address, name: str, data: bytes) -> bool:
        """Keep a file where another process may be told what it is."""
        now = self._engine.now()
        return self._engine.shared and await self._engine.store.write(
            lambda tx: tx.uploads.put(address, name, data, now)
        )

    async def file_left(self, address: Address, name: str, *, keep: bool = False) -> bytes:
        """Return a file that came to any process."""
        if not self._engine.shared:
            return b""
        now = self._engine.now()
        return await self._engine.store.write(lambda tx: tx.uploads.find(address, name, now, keep=keep))

    def unparsed(self) -> None:
        """Count what this adapter could not read."""
        self._engine.unparsed[self._platform] += 1

    def awake(self, address: Address) -> None:
        """Pass on that somebody is back."""
        self._engine.awake(address)

    async def _found(self, closure: Callable[[Tx], T]) -> T:
        """Read, or have the adapter try again: a database that is away must not end it."""
        try:
            found = await self._engine.store.read(closure)
        except StoreError as error:
            if self._reads:
                log.error("what an adapter asks for can't be read: %s", str(error))
            self._reads = False
            raise RetryLater from None
        self._reads = True
        return found


def _addresses(platform: str, identity: str, members: Iterable[MemberId], tx: Tx) -> list[Address]:
    return tx.members.at(platform, identity, members)
