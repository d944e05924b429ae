"""Workload of the team in numbers: open cases, steps, response times. Small counts are hidden: they name somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from buddybot.domain.moderation.cases import CasePriority


@dataclass(frozen=True, slots=True)
class Count:
    """Data point of a chart; None where a count under ten is suppressed."""

    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class ReviewPace:
    """Response times of one priority: medians in minutes, None where fewer than ten are known.

    `oldest` is since when the oldest open one waits.
    """

    priority: CasePriority
    first_look: int | None
    close: int | None
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """Timeline of one case: opened, first claimed, closed."""

    priority: CasePriority
    opened_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None


FEW = 10
"""What is counted fewer times than this is hidden, but from those who lead the team that is counted."""


def paces(courses: Iterable[Course], now: datetime, few: int = FEW) -> tuple[ReviewPace, ...]:
    """Return median response times, a line for each priority."""
    known = tuple(courses)
    return tuple(_pace(one, [each for each in known if each.priority is one], now, few) for one in CasePriority)


def _pace(priority: CasePriority, of: Sequence[Course], now: datetime, few: int) -> ReviewPace:
    waiting = [one.opened_at for one in of if one.closed_at is None and one.opened_at <= now]
    return ReviewPace(
        priority,
        _median([one.claimed_at - one.opened_at for one in of if one.claimed_at is not None], few),
        _median([one.closed_at - one.opened_at for one in of if one.closed_at is not None], few),
        min(waiting, default=None),
    )


def _median(spans: Sequence[timedelta], few: int) -> int | None:
    """Return the lower median in whole minutes, or None of few."""
    return None if len(spans) < few else int(sorted(spans)[(len(spans) - 1) // 2] / timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Workload:
    """Aggregated statistics: by priority (open now), by step and rule (90 days), overturned by rule and detector.

    `coverage` has 24 numbers: how many of the last 28 days had somebody on shift in that hour (UTC). `shares` says how
    many P0 and P1 each moderator took in 28 days, the most first and without whose; `paces` how long cases took.
    What was counted fewer than `few` times is hidden.
    """

    open_now: tuple[Count, ...]
    actions: tuple[Count, ...]
    rules: tuple[Count, ...]
    overturned: tuple[Count, ...]
    coverage: tuple[int, ...]
    paces: tuple[ReviewPace, ...] = ()
    shares: tuple[int | None, ...] = ()
    few: int = FEW
