from datetime import UTC, datetime, timedelta

import pytest

from buddybot.domain.moderation.cases import CasePriority
from buddybot.domain.moderation.workload import Course, ReviewPace, paces

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def course(minutes: int, *, priority: CasePriority = CasePriority.P1, closed: bool = True) -> Course:
    at = NOW - timedelta(days=1)
    return Course(priority, at, at + minutes * MINUTE, at + 10 * minutes * MINUTE if closed else None)


def of(courses: list[Course], priority: CasePriority = CasePriority.P1) -> ReviewPace:
    return next(one for one in paces(courses, NOW) if one.priority is priority)


def test_there_is_a_line_for_each_priority_also_without_cases() -> None:
    assert paces([], NOW) == tuple(ReviewPace(one, None, None) for one in CasePriority)


@pytest.mark.parametrize(("many", "first", "close"), [(9, None, None), (10, 5, 50), (11, 6, 60)])
def test_the_middle_is_shown_from_ten_on(many: int, first: int | None, close: int | None) -> None:
    found = of([course(number) for number in range(many, 0, -1)])
    assert (found.first_look, found.close, found.oldest) == (first, close, None)


def test_what_was_never_claimed_or_never_closed_does_not_count_as_quick() -> None:
    never = Course(CasePriority.P1, NOW - 30 * MINUTE, None, None)
    found = of([never, *(course(number, closed=False) for number in range(1, 11))])
    assert (found.first_look, found.close) == (5, None)


def test_the_oldest_open_case_is_named_by_its_time_and_none_from_the_future() -> None:
    early, late = (Course(CasePriority.P0, NOW - span, None, None) for span in (9 * MINUTE, MINUTE))
    ahead = Course(CasePriority.P0, NOW + MINUTE, None, None)
    assert of([late, early, ahead], CasePriority.P0).oldest == NOW - 9 * MINUTE
    assert of([ahead], CasePriority.P0).oldest is None
    assert of([early], CasePriority.P1).oldest is None
