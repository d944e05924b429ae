"""Fencing token of this process: the id under which it works, and until when it may, by its own clock.

A process that was paused, or whose server was away, finds its time over before anybody else takes its work. It comes
back under a new id, so that nothing of what it held before counts any more.
"""

from collections.abc import Callable

from buddybot.store.kernel.errors import StoreError

LEASE, MARGIN = 10.0, 2.0
"""Seconds for which a process counts as alive after it said so, and how much earlier it takes itself for dead."""


class FencedError(StoreError):
    """This process was taken for dead: what it wanted to write waits until it is registered anew."""

    def __init__(self) -> None:
        super().__init__("this process was away for too long and is registered anew: what it had to write waits")


class ProcessLease:
    """Which process this is. Safe to read from any thread."""

    def __init__(self, uptime: Callable[[], float], lease: float = LEASE) -> None:
        self._uptime = uptime
        self._lease, self._margin = lease, lease * MARGIN / LEASE
        self._held = ("", float("-inf"))

    @property
    def id(self) -> str:
        """The id it has now, or had last; empty before the first."""
        return self._held[0]

    @property
    def standing(self) -> bool:
        """Whether it may claim and send: its lease is not over, and not about to be."""
        return self._uptime() < self._held[1]

    @property
    def lease(self) -> float:
        """For how many seconds it asks the server each time."""
        return self._lease

    def now(self) -> float:
        """Return seconds that really passed: to be asked before the server is, so that its lease outlasts ours."""
        return self._uptime()

    def take(self, process: str, asked: float) -> None:
        """Hold this id: the server was asked for it at that time."""
        self._held = (process, asked + self._lease - self._margin)

    def leave(self) -> None:
        """Hold it no longer."""
        self._held = (self.id, float("-inf"))
