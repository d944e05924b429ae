"""Staff roles and permissions, shifts with an end, and rest after exposure to hard things."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """Staff role; everybody is a member."""

    MEMBER = "member"
    MENTOR = "mentor"
    MODERATOR = "moderator"
    LEAD = "lead"
    OPERATOR = "operator"
    AUDITOR = "auditor"


ORDER = (Role.MEMBER, Role.MENTOR, Role.AUDITOR, Role.MODERATOR, Role.LEAD, Role.OPERATOR)
"""From the least to the most; an auditor reads counts and the log, and touches no case."""
WORKERS = frozenset({Role.MODERATOR, Role.LEAD, Role.OPERATOR})
HEADS = frozenset({Role.LEAD, Role.OPERATOR})

LONGEST = timedelta(hours=4)
BETWEEN = timedelta(hours=8)
A_WEEK = timedelta(days=7)
SHIFTS_A_WEEK = 5
HEAVY = 3
LONG_LOOK = timedelta(minutes=90)
REST = timedelta(minutes=20)


def highest(roles: Iterable[Role]) -> Role:
    """Return the role of highest rank."""
    return max(roles, key=ORDER.index, default=Role.MEMBER)


@dataclass(frozen=True, slots=True)
class Shift:
    """One time on shift; `ended` is set at its end, at the latest four hours after it began."""

    began: datetime
    ended: datetime | None = None

    def ends(self) -> datetime:
        """Return when it ends, or ended."""
        return self.ended or self.began + LONGEST

    def runs(self, now: datetime) -> bool:
        """Return whether the shift is on at this moment; one that began in the future (a clock set back) is not."""
        return self.began <= now < self.ends()


class RoleRefusal(StrEnum):
    """Reason why a shift can't begin."""

    ON = "on"
    RESTING = "resting"
    WEEK = "week"


def may_begin(shifts: Sequence[Shift], now: datetime) -> RoleRefusal | None:
    """Return why a shift can't begin now (eight hours between two, five in seven days), or None."""
    if any(shift.runs(now) for shift in shifts):
        return RoleRefusal.ON
    if any(now - shift.ends() < BETWEEN for shift in shifts):
        return RoleRefusal.RESTING
    if sum(shift.began > now - A_WEEK for shift in shifts) >= SHIFTS_A_WEEK:
        return RoleRefusal.WEEK
    return None


@dataclass(frozen=True, slots=True)
class Meter:
    """Exposure counter since the shift began, or since the last break."""

    heavy: int
    since: datetime
    rested_at: datetime | None = None

    def full(self, now: datetime) -> bool:
        """Return whether it is time to offer a break."""
        return self.heavy >= HEAVY or now - self.since >= LONG_LOOK

    def resting(self, now: datetime) -> bool:
        """Return whether nothing is assigned to them for now."""
        return self.rested_at is not None and self.rested_at <= now < self.rested_at + REST
