"""Telegram's documented limits on sending, edits and deletes included."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.telegram.faults import Rejected

COUNTED = ("send", "edit", "delete", "copy", "forward")
TOLERANCE = 0.05
"""Seconds by which a message may come early: the clocks of two ends, and the line between them, differ."""


@dataclass(slots=True)
class Limits:
    """30 messages in any second overall, one a second in a chat, 20 a minute in a group.

    With `harsh` the bot is shut out for so many seconds after a refusal.
    """

    overall: int = 30
    chat: int = 1
    group: int = 20
    harsh: int = 0
    sent: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    closed_until: float = 0.0

    def count(self, method: str, chat: int | None, now: float) -> None:
        """Count a request, or refuse it; a refused one does not count."""
        if chat is None or not method.startswith(COUNTED):
            return
        waits = [self._wait(0, self.overall, 1.0, now), self._wait(chat, self.chat, 1.0 - TOLERANCE, now)]
        if chat < 0:
            waits.append(self._wait(chat, self.group, 60.0, now))
        if (wait := max(*waits, self.closed_until - now)) > 0:
            # What comes while it is closed is refused, but does not make it worse.
            if self.harsh and self.closed_until <= now:
                self.closed_until = now + self.harsh
                wait = max(wait, self.harsh)
            seconds = math.ceil(wait)
            raise Rejected(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self.sent[0].append(now)
        self.sent[chat].append(now)

    def _wait(self, key: int, most: int, span: float, now: float) -> float:
        recent = [at for at in self.sent[key] if at > now - span]
        while self.sent[key] and self.sent[key][0] <= now - 60.0:
            self.sent[key].popleft()
        return recent[-most] + span - now if len(recent) >= most else 0.0
