"""Photos and voice notes that a page brought: each until the core fetches it, two minutes at most.

They are in memory alone; where several processes serve the page, the core keeps them, sealed, for whichever of them
hears what they are.
"""

import asyncio
from collections.abc import MutableMapping

from aiohttp import web

from buddybot.adapter import Address, Inbox, IncomingFile, NotFetched, expiring

MOST = 3_000_000
"""Bytes of one file: the page makes a photo smaller before it sends it."""
SECONDS = 60.0
KEPT, KEPT_SECONDS = 24, 120
KINDS = frozenset({"photo", "voice"})
_PIECE = 65_536


class Uploads:
    """What was brought and not yet fetched, by who brought it and its id."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._held: MutableMapping[tuple[str, str], bytes] = expiring(KEPT, KEPT_SECONDS)

    async def take(self, address: Address, name: str, request: web.Request) -> bool:
        """Read a file whole; False where it is too large, too slow or broken off."""
        data = bytearray()
        try:
            async with asyncio.timeout(SECONDS):
                async for piece in request.content.iter_chunked(_PIECE):
                    data += piece
                    if len(data) > MOST:
                        return False
        except (TimeoutError, web.RequestPayloadError, ConnectionError):
            return False
        if not await self._inbox.leave_file(address, name, bytes(data)):
            self._held[address.account, name] = bytes(data)
        return True

    async def brought(self, address: Address, name: str) -> bytes:
        """Return what was brought together with a press; a repeat of it has the same."""
        return self._held.get((address.account, name), b"") or await self._inbox.file_left(address, name, keep=True)

    def named(self, address: Address, name: str, described: object) -> IncomingFile | None:
        """Return the file that a message of this account comes with; None where it describes none."""
        kind = described.get("kind") if isinstance(described, dict) else None
        if not isinstance(described, dict) or not isinstance(kind, str) or kind not in KINDS:
            return None
        held, seconds = self._held.get((address.account, name), b""), described.get("seconds", 0)

        async def fetch(most: int) -> bytes:
            data = self._held.pop((address.account, name), b"") or await self._inbox.file_left(address, name)
            if not data or len(data) > most:
                raise NotFetched
            return data

        return IncomingFile(kind, fetch, len(held), seconds if isinstance(seconds, int) else 0)
