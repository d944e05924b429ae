"""Background sender of push notifications: whoever is away is called beside the queues, so that nothing waits for it.

A slow push service holds one of a few places, for a bounded time. A try is counted before it is made, so that no fault
can make a loop of it.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial

from buddybot.adapter import Caller, Rejected, RetryLater, Unreachable
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel.turn import Turn
from buddybot.service.talk import callbacks
from buddybot.service.talk.callbacks import PushCall
from buddybot.store.kernel.errors import StoreError
from buddybot.store.tx import Tx

AT_ONCE = 8
"""Calls under way at the same time."""
PATIENCE = 15.0
"""Seconds after which a push service that says nothing is tried again later."""

log = logging.getLogger(__name__)


class Callbacks:
    """Calls devices whose time has come."""

    def __init__(self, store: GroupStore, turn: Callable[[Tx], Turn], callers: Mapping[str, Caller]) -> None:
        self._store, self._turn, self._callers = store, turn, callers
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def look(self) -> None:
        """Begin to call whoever is due, as far as there is room; return at once."""
        room = AT_ONCE - len(self._under_way)
        if not self._callers or room <= 0:
            return
        try:
            calls = await self._store.read(lambda tx: callbacks.due_calls(self._turn(tx), AT_ONCE))
        except StoreError as error:
            log.error("calls wait: %s", error)
            return
        for call in [one for one in calls if one.row.id not in self._under_way][:room]:
            task = asyncio.create_task(self._carry_out(call), name="call")
            self._under_way[call.row.id] = task
            task.add_done_callback(partial(self._ended, call.row.id))

    async def idle(self) -> None:
        """Return when no call is under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Give up what is under way: it was counted, and is tried again after the next start."""
        for task in self._under_way.values():
            task.cancel()
        await self.idle()

    def _ended(self, row: str, task: asyncio.Task[None]) -> None:
        self._under_way.pop(row, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a call failed: %s", type(error).__name__)

    async def _carry_out(self, call: PushCall) -> None:
        caller = self._callers.get(call.row.platform)
        if caller is None or not await self._store.write(lambda tx: callbacks.begin_call(self._turn(tx), call)):
            return
        taken, gone = False, False
        try:
            async with asyncio.timeout(PATIENCE):
                await caller.call(call.row.push, call.text)
            taken = True
        except RetryLater as error:
            seconds = error.seconds or 0.0
            await self._store.write(lambda tx: callbacks.put_off(self._turn(tx), call, seconds))
            return
        except TimeoutError:
            pass
        except Unreachable:
            gone = True
        except Rejected as error:
            gone = True
            log.warning("a push service refused a call, so its address is forgotten: %s", error)
        await self._store.write(lambda tx: callbacks.end_call(self._turn(tx), call, taken=taken, gone=gone))
