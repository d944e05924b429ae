"""Domain events for other processes: what a transaction tells them, once it is committed (PostgreSQL: NOTIFY).

Where there is one process, nobody listens, and they are dropped. A signal that is lost costs a look a second later,
never a message: whatever it says stands in the database too.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class News(StrEnum):
    """Kinds of news. Subjects are ids of the bot's own, random ones, never an account and never a word."""

    WOKEN = "woken"
    """Members for whom something new lies in the outbox."""
    MOVED = "moved"
    """Members whose place in the pool of matching may have changed."""
    CASES = "cases"
    """A case or its record changed; without subjects."""
    LINES = "lines"
    """Hashes of those who opened a line (a stream of a page) at the process that tells."""
    TAKEN = "taken"
    """Marks of deliveries that a browser acknowledged at the process that tells, which does not show them."""
    COPIES = "copies"
    """Processes for which copies of rows lie ready, to be shown beside."""
    SPARED = "spared"
    """Names of leases on bot accounts, which the process that tells would serve: whoever has several gives one back."""
    PROCESSES = "processes"
    """A process came, ended or was found dead, so what it held is free; without subjects."""


class Signals:
    """News of one transaction. It names too much rather than too little, also of a unit that was rolled back."""

    __slots__ = ("_noted",)

    def __init__(self) -> None:
        self._noted: dict[News, set[str]] = {}

    def note(self, signal: News, subjects: Iterable[str] = ()) -> None:
        """Add something that the others are to hear."""
        self._noted.setdefault(signal, set()).update(subjects)

    def take(self) -> Mapping[News, frozenset[str]]:
        """Return all of it, and begin anew."""
        noted, self._noted = self._noted, {}
        return {signal: frozenset(subjects) for signal, subjects in noted.items()}
