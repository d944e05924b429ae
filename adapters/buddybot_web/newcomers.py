"""Account creation, limited by network and batched: one new member's key costs a dozen syncs, a group's no more.

The server keeps no list of members. An account counts as new until it did something since the start of the process.
"""

import asyncio

from buddybot_http.limits import Buckets
from cachetools import LRUCache

_REMEMBERED = 50_000
TOGETHER_SECONDS = 0.2
"""Whoever comes within this time goes on at the same moment, and so into one transaction."""


class Newcomers:
    """Who did something here, and at what pace others may begin to."""

    def __init__(self) -> None:
        self._known: LRUCache[str, None] = LRUCache(_REMEMBERED)
        self._doors, self._cries = Buckets(30, 0.2), Buckets(60, 1)
        self._leaving: asyncio.Task[None] | None = None

    def take(self, account: str, network: str, *, cry: bool) -> float:
        """Return 0 for somebody known or let in, else the seconds to wait. A cry for help has a bucket of its own."""
        if account in self._known:
            return 0
        return (self._cries if cry else self._doors).take(network)

    async def together(self, account: str) -> None:
        """Hold a newcomer back for a moment, until the others who came by now go on too."""
        if account in self._known:
            return
        if self._leaving is None or self._leaving.done():
            self._leaving = asyncio.create_task(asyncio.sleep(TOGETHER_SECONDS), name="newcomers")
        await asyncio.shield(self._leaving)

    def arrived(self, account: str) -> None:
        """Know this account from now on."""
        self._known[account] = None
