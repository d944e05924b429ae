"""Even pacing: sends are spread out instead of bursting, since a burst is what platforms answer with 429."""

import asyncio
import heapq
from itertools import count

from cachetools import LRUCache, TTLCache

from buddybot.adapter import Address, Capabilities
from buddybot.runtime.delivery.window import OpenRequest, SendWindow
from buddybot.store.kernel.outbox import SendPriority

FORGET = 4096
CATCH_UP = 0.5
"""Seconds of late wake-ups that are made up for, where it is known what a platform takes in one second."""
OWN_TROUBLE = 600.0
"""Seconds for which somebody whom the platform limited once is taken to be slow by themselves."""


class Pacer:
    """Gives each send its turn, by the limits of the platform; crisis goes first."""

    def __init__(self, can: Capabilities) -> None:
        self._gap = 1 / can.per_second if can.per_second else 0.0
        self._own_gap = 1 / can.per_recipient_second if can.per_recipient_second else 0.0
        self._group_gap = 1 / can.per_group_second if can.per_group_second else 0.0
        self._group_of = can.group_of
        self._free_at = 0.0
        self._window = SendWindow(can.most_per_second)
        self._credit = CATCH_UP if can.most_per_second else 0.0
        self._group_free_at: LRUCache[str, float] = LRUCache(FORGET)
        # By a hash: what is over leaves this cache only at its next use, and may be somebody who is erased by then.
        self._own_free_at: TTLCache[int, float] = TTLCache(FORGET, self._own_gap, _loop_time)
        self._slow: TTLCache[int, bool] = TTLCache(FORGET, OWN_TROUBLE, _loop_time)
        self._queue: list[tuple[int, int, asyncio.Future[OpenRequest]]] = []
        self._number = count()
        self._runner: asyncio.Task[None] | None = None

    async def turn(self, address: Address, rank: int, *, shown: bool = True) -> OpenRequest:
        """Return when this may go, with what is to be given back to `answered` after it went.

        Only what is `shown`, a new or changed message, counts for recipient and group.
        """
        loop = asyncio.get_running_loop()
        if shown and self._group_gap and (group := self._group_of(address.account)):
            await self._in_group(group, loop.time())
        if shown and self._own_gap:
            free = self._own_free_at.get(hash(address), 0.0)
            if (wait := free - loop.time()) > 0:
                await asyncio.sleep(wait)
            self._own_free_at[hash(address)] = loop.time() + self._own_gap
        if not self._gap and self._free_at <= loop.time():
            return self._window.begin(loop.time())
        mine: asyncio.Future[OpenRequest] = loop.create_future()
        heapq.heappush(self._queue, (rank, next(self._number), mine))
        if self._runner is None:
            self._runner = asyncio.create_task(self._serve(), name="pace")
        try:
            return await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self.answered(mine.result())
            raise

    def answered(self, request: OpenRequest) -> None:
        """Take in that the platform answered, or that nothing went out."""
        self._window.end(request, asyncio.get_running_loop().time())

    def limited(self, address: Address, seconds: float) -> None:
        """Shut the door for everybody until it opens: whoever runs into it meanwhile is refused as well, for longer.

        A platform does not say whose limit it was. Who is refused a second time within ten minutes is slow by
        themselves, as a busy group is: then the others go on.
        """
        key = hash(address)
        if key not in self._slow:
            self._free_at = max(self._free_at, asyncio.get_running_loop().time() + seconds)
        self._slow[key] = True

    async def _in_group(self, group: str, now: float) -> None:
        """Wait for the next free moment of a group, which is taken at once: several places may share it."""
        mine = max(self._group_free_at.get(group, 0.0), now)
        self._group_free_at[group] = mine + self._group_gap
        if mine > now:
            await asyncio.sleep(mine - now)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        # What nobody waited for is not made up for.
        self._free_at = max(self._free_at, loop.time())
        try:
            while self._queue:
                if (wait := max(self._free_at - loop.time(), self._crowded())) > 0:
                    await asyncio.sleep(wait)
                    continue  # it may have been shut meanwhile
                _, _, first = heapq.heappop(self._queue)
                if not first.done():
                    # Late wake-ups are made up for where the window is known: else two sends in a gap may be a burst.
                    self._free_at = max(self._free_at + self._gap, loop.time() - self._credit)
                    first.set_result(self._window.begin(loop.time()))
        finally:
            self._runner = None

    def _crowded(self) -> float:
        """Return the seconds to wait for room in this second; help in a crisis waits for none."""
        is_urgent = self._queue[0][0] <= SendPriority.CRISIS
        return 0.0 if is_urgent else self._window.wait(asyncio.get_running_loop().time())


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
