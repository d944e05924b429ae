"""Disciplined clock: the wall clock held against the time that really passed, so that no jump is believed at once.

A clock that is ahead for a moment would set every timer to then, and erase what is not due. So after a jump the time
goes on from before it, until the new time has held for a while; for an hour after that nothing is to be erased by it.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock

SLACK = timedelta(seconds=10)
"""Further away than this from what was expected is a jump: a time server's corrections are smaller, or slow."""
TRUST = 60.0
"""Seconds after which a new time that holds is taken over."""
PROVEN = 3600.0
"""Seconds that must pass after a jump, or a doubtful start, before anything is erased by this clock."""
SAY_AGAIN = 60.0
"""A clock that jumps all the time is told of once in so many seconds."""

log = logging.getLogger(__name__)


class SteadyClock:
    """Tells the time. Safe from several threads."""

    def __init__(self, wall: Callable[[], datetime], uptime: Callable[[], float]) -> None:
        self._wall, self._uptime = wall, uptime
        self._lock = Lock()
        self._known = (wall(), uptime())
        self._jumped: tuple[datetime, float] | None = None
        self._doubted: float | None = None
        self._said: float | None = None

    def now(self) -> datetime:
        """Return the time."""
        with self._lock:
            return self._tell()

    def doubt(self) -> None:
        """Take the time as not proven from now on: something says that it may be wrong."""
        with self._lock:
            self._doubted = self._uptime()

    def unproven(self) -> float | None:
        """Return for how many seconds the time has been in doubt; None where it may be trusted."""
        with self._lock:
            self._tell()
            since = self._doubted if self._jumped is None else self._jumped[1]
            doubted = None if since is None else self._uptime() - since
            if self._jumped is None and doubted is not None and doubted >= PROVEN:
                self._doubted = doubted = None
            return doubted

    def _tell(self) -> datetime:
        wall, uptime = self._wall(), self._uptime()
        expected = _later(self._known, uptime)
        if abs(wall - expected) <= SLACK:
            self._jumped = None
        elif self._jumped is None or abs(wall - _later(self._jumped, uptime)) > SLACK:
            self._jumped = (wall, uptime)
            self._say(wall - expected, uptime)
            return expected
        elif uptime - self._jumped[1] < TRUST:
            return expected
        else:
            self._jumped, self._doubted = None, uptime
        self._known = (wall, uptime)
        return wall

    def _say(self, by: timedelta, uptime: float) -> None:
        if self._said is None or uptime - self._said >= SAY_AGAIN:
            self._said = uptime
            way = "ahead" if by > timedelta() else "back"
            log.warning(
                "the machine's clock went %s by %s: if it stays there, it counts in a minute, and nothing is erased for"
                " an hour; let a time server set it (timedatectl set-ntp true)",
                way,
                timedelta(seconds=round(abs(by).total_seconds())),
            )


def system_clock(wall: Callable[[], datetime] | None = None) -> SteadyClock:
    """Return the machine's clock, or another one that goes by its seconds."""
    return SteadyClock(wall or wall_clock, seconds_passed)


def _later(known: tuple[datetime, float], uptime: float) -> datetime:
    moment, at = known
    return moment + timedelta(seconds=uptime - at)


def wall_clock() -> datetime:
    """Return what this machine's clock says."""
    return datetime.now(UTC)  # noqa: TID251 - this is where World.now comes from


def seconds_passed() -> float:
    """Return seconds that really passed, those asleep among them where the system counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
