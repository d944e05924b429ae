"""Clock correction: processes that share a house go by the server's clock, so that two machines never disagree.

A machine's own clock, corrected by how far it was off when the server was asked last. A little is no difference: the
way to the server and back takes a moment too.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from buddybot.store.kernel.db import moment

SMALL = timedelta(seconds=1)
WORTH_A_WORD = timedelta(seconds=10)

log = logging.getLogger(__name__)


class ClockSkew:
    """How far this machine's clock is from the server's."""

    def __init__(self, wall: Callable[[], datetime]) -> None:
        self._wall = wall
        self._off = timedelta()

    def wall(self) -> datetime:
        """Return this machine's own time."""
        return self._wall()

    def corrected(self) -> datetime:
        """Return the server's time, as far as it is known."""
        return self._wall() + self._off

    def learn(self, server: int, before: datetime) -> None:
        """Take in what the server said, in the microseconds of our columns, asked at `before` and answered now."""
        off = moment(server) - (before + (self._wall() - before) / 2)
        if abs(off - self._off) < SMALL:
            return
        self._off = off
        if abs(off) > WORTH_A_WORD:
            log.warning(
                "this machine's clock is %.0f s off the PostgreSQL server's: the server's counts; let a time server set"
                " both (timedatectl set-ntp true)",
                abs(off).total_seconds(),
            )
