"""Sanctions and the graduated ladder: severity gives points, points give the step, points decay.

The numbers stand in data/ladder.toml; this file knows their shape. A sanction that was overturned counts as if it had
never been given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.verdicts import Severity

LAST_RULE = 12
"""The rules that everybody is shown are numbered from one to this."""


class Step(StrEnum):
    """Sanction type, mildest first."""

    REMINDER = "reminder"
    WARNING = "warning"
    MUTE = "mute"
    QUARANTINE = "quarantine"
    REMOVAL = "removal"


@dataclass(frozen=True, slots=True)
class Band:
    """Ladder rung: from so many points on, the step and its length."""

    points: float
    step: Step
    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Parameters of the ladder."""

    points: dict[Severity, float]
    bands: tuple[Band, ...]
    halves_after: timedelta
    gone_after: timedelta
    again_within: timedelta
    again: float
    newcomer: timedelta
    times: float
    quarantine: timedelta
    longest_removal: timedelta


@dataclass(frozen=True, slots=True)
class Sanction:
    """Sanction of a member, with its rule and times; the explanation stays in the case's notes."""

    id: str
    case: CaseId
    about: MemberId | None
    by: MemberId | None
    step: Step
    rule: int
    severity: Severity
    points: float
    given_at: datetime
    until: datetime | None
    read_at: datetime | None = None
    lifted_at: datetime | None = None
    overturned_at: datetime | None = None
    lifter: MemberId | None = None
    """Who ended it early."""

    def runs(self, now: datetime) -> bool:
        """Return whether the sanction is in force at this moment."""
        holds = self.step in {Step.MUTE, Step.QUARANTINE, Step.REMOVAL}
        over = self.lifted_at is not None or self.overturned_at is not None
        return holds and not over and (self.until is None or now < self.until)


def given(ladder: Ladder, severity: Severity, *, again: bool, sharper: bool) -> float:
    """Return the points of one action: base, one more for the same rule again, times 1.5 at most once."""
    base = ladder.points[severity]
    if not base:
        return 0
    return (base + (ladder.again if again else 0)) * (ladder.times if sharper else 1)


def points_today(ladder: Ladder, sanction: Sanction, now: datetime) -> float:
    """Return the decayed points: half for each full thirty days, nothing after 120, or when overturned."""
    age = max(now - sanction.given_at, timedelta())
    if sanction.overturned_at is not None or age >= ladder.gone_after:
        return 0
    return float(sanction.points * 0.5 ** (age // ladder.halves_after))


def confirmed_by(past: Iterable[Sanction]) -> tuple[Sanction, ...]:
    """Return the sanctions that a person issued, or confirmed by acting on the case; automatic ones wait."""
    known = tuple(past)
    acted = {one.case for one in known if one.by is not None and one.overturned_at is None}
    return tuple(one for one in known if one.by is not None or one.case in acted)


def total(ladder: Ladder, past: Iterable[Sanction], now: datetime) -> float:
    """Return somebody's points today; those of an automatic step count from a person's step on."""
    return sum(points_today(ladder, one, now) for one in confirmed_by(past))


def band(ladder: Ladder, points: float) -> Band:
    """Return the band that these points fall into."""
    return [one for one in ladder.bands if one.points <= points][-1]


def repeated(ladder: Ladder, past: Iterable[Sanction], rule: int, now: datetime) -> bool:
    """Return whether it is a repeat offense; what was overturned never happened."""
    return any(
        one.rule == rule and one.overturned_at is None and now - one.given_at < ladder.again_within
        for one in confirmed_by(past)
    )
