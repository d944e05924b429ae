"""Change notification: a counter of commits that touched the desk, and everybody who waits for the next one."""

import asyncio


class DeskChanges:
    """Says that something at the desk changed, never what: whoever hears it asks for what they may see."""

    def __init__(self) -> None:
        self._count = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def rang(self) -> None:
        """Count a commit, and wake all who wait."""
        self._count += 1
        for one in self._waiting:
            if not one.done():
                one.set_result(None)

    async def after(self, known: int) -> int:
        """Wait until there is more than what is known; return the mark to wait with next."""
        while self._count <= known:
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(waiting)
            try:
                await waiting
            finally:
                self._waiting.discard(waiting)
        return self._count
