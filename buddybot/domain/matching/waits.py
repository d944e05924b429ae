"""How long people wait for a first offer, as coarse spans that are counted and never belong to anybody."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

FEWEST = 20
"""Said only from so many recent searches: fewer would tell of single people, and of chance."""


class WaitSpan(StrEnum):
    """Bucket of waiting times: within what time a search led to a first offer."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    LONGER = "longer"


UP_TO: Mapping[WaitSpan, timedelta] = {
    WaitSpan.DAY: timedelta(days=1),
    WaitSpan.DAYS: timedelta(days=3),
    WaitSpan.WEEK: timedelta(days=7),
}


def span_of(waited: timedelta) -> WaitSpan:
    """Return the bucket that a waiting time falls into."""
    return next((span for span, most in UP_TO.items() if waited <= most), WaitSpan.LONGER)


def usual_wait(counts: Mapping[WaitSpan, int]) -> WaitSpan | None:
    """Return the span within which more than half were asked about somebody; None where too few searches are known."""
    total, so_far = sum(counts.values()), 0
    if total < FEWEST:
        return None
    for span in WaitSpan:
        so_far += counts.get(span, 0)
        if so_far * 2 > total:
            return span
    return WaitSpan.LONGER
