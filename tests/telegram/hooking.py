"""How the real Bot API brings updates to a webhook: side by side, but those of one chat one after the other.

At most twice as many as there may be connections are under way; one that was not answered with 200 comes again, after
the seconds that were asked for, and until then nothing more comes of its chat.
"""

import asyncio
from collections.abc import Callable, Mapping

from aiohttp import ClientError, ClientSession

from tests.telegram.objects import Json
from tests.telegram.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
A_SECOND = 0.02
"""What a second of Telegram's patience takes here."""
LONGEST = 60


class Hooking:
    """Brings what is pending to the webhook that is set."""

    def __init__(self, world: World, shape: Callable[[Json], Json]) -> None:
        self._world, self._shape = world, shape
        self._under_way: dict[object, asyncio.Task[None]] = {}
        self._connections = asyncio.Semaphore(0)
        self.waits: list[int] = []
        """Seconds for which the webhook asked to wait, each time."""

    async def run(self) -> None:
        """Bring them for ever."""
        async with ClientSession() as session:
            try:
                while True:
                    self._world.stirred.clear()
                    if self._world.webhook:
                        self._begin(session)
                    under_way = [asyncio.ensure_future(self._world.stirred.wait()), *self._under_way.values()]
                    await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                    under_way[0].cancel()
                    self._under_way = {queue: task for queue, task in self._under_way.items() if not task.done()}
            finally:
                for task in self._under_way.values():
                    task.cancel()
                await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _begin(self, session: ClientSession) -> None:
        most = int(str(self._world.webhook["connections"]))
        if not self._under_way:
            self._connections = asyncio.Semaphore(most)
        for update in self._world.pending[: 2 * most]:
            if (queue := queue_of(update)) not in self._under_way:
                self._under_way[queue] = asyncio.create_task(self._bring(session, update))

    async def _bring(self, session: ClientSession, update: Json) -> None:
        """Bring one until it is taken."""
        number, failed = int(str(update["update_id"])), 0
        while self._world.webhook and any(one["update_id"] == number for one in self._world.pending):
            hook = self._world.webhook
            headers = {SECRET_HEADER: str(hook["secret"])}
            try:
                shown, url = self._shape(update), str(hook["url"])
                async with self._connections, session.post(url, json=shown, headers=headers) as answer:
                    taken, wait = 200 <= answer.status <= 299, _seconds(answer.headers)
            except ClientError:
                taken, wait = False, 0
            if taken:
                self._world.take(number)
                return
            failed += 1
            if wait:
                self.waits.append(wait)
            longer = 0 if failed == 1 else min(LONGEST, 2 ** (failed - 1))  # the second try is at once
            await asyncio.sleep((wait or longer) * A_SECOND)


def _seconds(headers: Mapping[str, str]) -> int:
    found = headers.get("Retry-After", "")
    return min(3600, int(found)) if found.isdecimal() else 0


def queue_of(update: Json) -> object:
    """What one connection at a time brings: the messages of a chat, the presses of a person, reactions in a chat."""
    for kind, body in update.items():
        if isinstance(body, dict):
            chat, sender = body.get("chat"), body.get("from")
            if kind in {"message", "edited_message"} and isinstance(chat, dict):
                return ("message", chat.get("id"))
            if isinstance(sender, dict):
                return (kind, sender.get("id"))
            if isinstance(chat, dict):
                return (kind, chat.get("id"))
    return update["update_id"]
