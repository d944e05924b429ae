"""Photos and voice notes that a page brought, in memory alone: each until the core fetches it, two minutes at most."""

import asyncio
from collections.abc import MutableMapping

from aiohttp import web

from buddybot.adapter import IncomingFile, NotFetched, expiring

MOST = 3_000_000
"""Bytes of one file: the page makes a photo smaller before it sends it."""
SECONDS = 60.0
KEPT, KEPT_SECONDS = 24, 120
KINDS = frozenset({"photo", "voice"})
_PIECE = 65_536


class Uploads:
    """What was brought and not yet fetched, by who brought it and its id."""

    def __init__(self) -> None:
        self._held: MutableMapping[tuple[str, str], bytes] = expiring(KEPT, KEPT_SECONDS)

    async def take(self, account: str, name: str, request: web.Request) -> bool:
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
        self._held[account, name] = bytes(data)
        return True

    def brought(self, account: str, name: str) -> bytes:
        """Return what was brought together with a press; a repeat of it has the same."""
        return self._held.get((account, name), b"")

    def named(self, account: str, name: str, described: object) -> IncomingFile | None:
        """Return the file that a message of this account comes with; None where it describes none."""
        kind = described.get("kind") if isinstance(described, dict) else None
        if not isinstance(described, dict) or not isinstance(kind, str) or kind not in KINDS:
            return None
        held, seconds = self._held.get((account, name), b""), described.get("seconds", 0)

        async def fetch(most: int) -> bytes:
            data = self._held.pop((account, name), b"")
            if not data or len(data) > most:
                raise NotFetched
            return data

        return IncomingFile(kind, fetch, len(held), seconds if isinstance(seconds, int) else 0)
