"""Sliding-window limiter of requests: no more than so many reach a platform within any second, however late they are.

What is granted evenly can arrive in a crowd, where the machine or the line is slow. A request may reach the platform at
any time from its start until shortly before its answer is here: so it counts from the one until a second after the
other, less the time that the quickest of late needed there and back.
"""

from collections import deque
from dataclasses import dataclass

SPAN = 1.0
LONGEST = 3.0
"""Seconds after which a request without an answer is taken to have reached the platform, or to be lost."""
LOOK = 0.02
"""Seconds until it is looked again whether an answer came."""
SURE = 0.8
"""Of the quickest way there and back as measured: the next may be quicker."""
LATELY = 100


@dataclass(slots=True, eq=False)
class OpenRequest:
    """One request that was granted: when, and until when it counts."""

    began: float
    until: float


class SendWindow:
    """Counts the requests of one identity; `most` of them may count at once, any number where it is 0."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counted: list[OpenRequest] = []
        self._took: deque[float] = deque(maxlen=LATELY)

    def wait(self, now: float) -> float:
        """Return the seconds after which to look again; 0 if there is room."""
        self._counted = [one for one in self._counted if one.until > now]
        if not self._most or len(self._counted) < self._most:
            return 0.0
        freed = sorted(one.until for one in self._counted)[len(self._counted) - self._most]
        return min(freed - now, LOOK)

    def begin(self, now: float) -> OpenRequest:
        """Count a request that goes out now."""
        request = OpenRequest(now, now + LONGEST + SPAN)
        if self._most:
            self._counted.append(request)
        return request

    def end(self, request: OpenRequest, now: float) -> None:
        """Take in that a request was answered, or never went out."""
        self._took.append(now - request.began)
        request.until = min(request.until, now + SPAN - SURE * min(self._took))
