"""Vital signs of the house: one view model for the operator's page, `buddybot top`, `doctor` and the metrics.

Counts and times only: nothing in it names a person, a text or an account.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Backlog:
    """Something that waits: how much, and since when the oldest of it is due; None where nothing is."""

    count: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredVitals:
    """Vital signs that the database knows, at one moment.

    `outbox` counts everything on its way, its `oldest` is of what could go out now and does not. `urgent` are open
    cases of P0 and P1; `strangers` people whom the settings give a role and who never wrote. `lines` are the warnings
    about help lines and the crisis policy.
    """

    at: datetime
    outbox: Backlog = Backlog()
    parked: int = 0
    timers: Backlog = Backlog()
    urgent: Backlog = Backlog()
    round_due: datetime | None = None
    round_minutes: int = 60
    on_shift: int = 0
    team: int = 0
    strangers: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlatformVitals:
    """State of one platform: `trouble` says why it rests, and is empty while it is well.

    `standby` says that another process serves it, where several share the house. `unparsed` counts what came from it
    and could not be read as its schema says.
    """

    name: str
    trouble: str = ""
    delivered: int = 0
    seconds: float = 0.0
    standby: bool = False
    unparsed: int = 0


@dataclass(frozen=True, slots=True)
class RoundVitals:
    """The last round of one kind: when it ended, and how long it took."""

    kind: str
    ended: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class ProcessVitals:
    """Vital signs that only the running process knows.

    `unread` counts messages that the screener broke on, `missed` second opinions that did not come in time. `doubted`
    says for how many seconds the clock has been in doubt. `writes` is a histogram of commits: bounds in seconds, each
    with how many took no longer than that. `transactions` were begun beside other processes on the same database, and
    `retried` of them met another writer's.
    """

    version: str
    up: float = 0.0
    platforms: tuple[PlatformVitals, ...] = ()
    rounds: tuple[RoundVitals, ...] = ()
    unread: int = 0
    missed: int = 0
    doubted: float | None = None
    memory: int = 0
    files: int = 0
    files_limit: int = 0
    erased: int = 0
    writes: tuple[tuple[float, int], ...] = ()
    commits: int = 0
    writes_seconds: float = 0.0
    transactions: int = 0
    retried: int = 0


@dataclass(frozen=True, slots=True)
class KeptVitals:
    """Vital signs of the disk: room there, size of the database and of its write-ahead log, the last proven backup."""

    free: int = 0
    size: int = 0
    database: int = 0
    log: int = 0
    backup: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vitals:
    """All of it; `process` is None where no bot runs."""

    stored: StoredVitals
    kept: KeptVitals = KeptVitals()
    process: ProcessVitals | None = None


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of the status board, in an operator's English."""

    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Board:
    """Status board for the operator: lines, and a sentence for each thing that is wrong, the worst first."""

    lines: tuple[BoardLine, ...]
    wrong: tuple[str, ...]


class Grade(IntEnum):
    """Severity of a finding, the worst first: people are in danger or lost, something is wrong, worth a look."""

    DANGER = 0
    WRONG = 1
    LOOK = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: about what, and a sentence that says what to do."""

    grade: Grade
    about: str
    sentence: str
