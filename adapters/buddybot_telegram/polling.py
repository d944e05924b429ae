"""Updates by long polling: each is taken to the core, one by one, and only then acknowledged."""

import asyncio
import logging
import math
from collections.abc import Callable, Sequence

from telegram.error import Conflict

from buddybot.adapter import AdapterError
from buddybot_telegram.connection import HOLD, BotApi
from buddybot_telegram.errors import FATAL
from buddybot_telegram.outbound import Arguments
from buddybot_telegram.taking import LATE, Take, Takings

ALLOWED = (
    *("message", "edited_message", "callback_query", "message_reaction"),
    *("my_chat_member", "chat_member", "chat_join_request"),
)
CONFLICT_PAUSES: Sequence[float] = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between the tries to go on receiving after somebody else did: about half a minute in all."""
AT_PEACE = 60.0
"""Seconds without a conflict after which patience is whole again."""
SLACK = 10.0
"""Seconds by which a poll may end late."""
log = logging.getLogger(__name__)


class Rivalry:
    """Patience with another poller: each new one ends the poll of the last, so a single conflict says little."""

    def __init__(self, pauses: Sequence[float]) -> None:
        self._pauses, self._met, self._last = pauses, 0, -AT_PEACE

    async def bear(self, error: Conflict) -> None:
        """Wait before the next poll; raise `AdapterError` when the other one does not go away."""
        now = asyncio.get_running_loop().time()
        self._met, self._last = (self._met if now - self._last < AT_PEACE else 0), now
        if self._met == 0:
            log.warning("Telegram: another program receives this bot's messages (409); trying for half a minute")
        if self._met >= len(self._pauses):
            raise AdapterError(FATAL[Conflict]) from error
        self._met += 1
        await asyncio.sleep(self._pauses[self._met - 1])


class UpdateBacklog:
    """Staleness of polled updates: after a silence of ours comes first what may have waited for hours."""

    def __init__(self) -> None:
        self._last, self._is_left = -math.inf, True

    @property
    def wait(self) -> int:
        """Seconds that a poll may be held open: not at all as long as something old may be left."""
        return 0 if self._is_left else HOLD

    def came(self, count: int) -> bool:
        """Return whether what a poll just brought may be old."""
        now = asyncio.get_running_loop().time()
        is_late = self._is_left or now - self._last > HOLD + SLACK
        self._last, self._is_left = now, is_late and count > 0
        return is_late


async def poll(api: BotApi, take: Take, pauses: Sequence[float], standing: Callable[[], bool]) -> None:
    """Fetch updates for ever; an update is confirmed by the poll after the one that brought it, once taken."""
    await api.ask("deleteWebhook", {"drop_pending_updates": False})
    offset, rivalry, backlog, takings = 0, Rivalry(pauses), UpdateBacklog(), Takings(take)
    try:
        while True:
            wanted: Arguments = {"offset": offset, "timeout": backlog.wait, "allowed_updates": ALLOWED}
            try:
                found = await api.ask("getUpdates", wanted, refusals=(Conflict,))
            except Conflict as error:
                await (rivalry.bear(error) if standing() else yielded(standing))
                continue
            assert isinstance(found, list)
            await _begin(takings, found, is_late=backlog.came(len(found)))
            offset = takings.offset(offset)
    finally:
        await takings.end()


async def _begin(takings: Takings, updates: Sequence[Arguments], *, is_late: bool) -> None:
    """Begin with those that are new, and wait a moment for each, and once for whatever waits already."""
    for update in updates:
        if not takings.is_known(update):
            task = takings.begin(update, is_late=is_late)
            await asyncio.wait({task}, timeout=0.0 if takings.waiting() - {task} else LATE)
    if waiting := takings.waiting():
        await asyncio.wait(waiting, timeout=LATE)


async def yielded(standing: Callable[[], bool]) -> None:
    """Leave the account to another process for a while: this one is cut off from the house, and the other took over."""
    for _ in range(round(AT_PEACE) + 5):
        if standing():
            return
        await asyncio.sleep(1)
