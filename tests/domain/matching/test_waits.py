from datetime import timedelta

import pytest

from buddybot.domain.matching.waits import FEWEST, WaitSpan, span_of, usual_wait


@pytest.mark.parametrize(
    ("hours", "span"),
    [
        (0, "day"),
        (24, "day"),
        (24.1, "days"),
        (72, "days"),
        (73, "week"),
        (168, "week"),
        (169, "longer"),
        (9000, "longer"),
    ],
)
def test_a_waiting_time_falls_into_a_coarse_span(hours: int, span: str) -> None:
    assert span_of(timedelta(hours=hours)) is WaitSpan(span)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, None),
        ({"day": FEWEST - 1}, None),
        ({"day": FEWEST}, "day"),
        ({"day": 10, "days": 10}, "days"),
        ({"day": 11, "longer": 10}, "day"),
        ({"day": 10, "longer": 11}, "longer"),
        ({"day": 4, "days": 4, "week": 4, "longer": 11}, "week"),
    ],
)
def test_most_means_more_than_half_of_at_least_twenty(counts: dict[str, int], said: str | None) -> None:
    found = usual_wait({WaitSpan(name): count for name, count in counts.items()})
    assert found == (None if said is None else WaitSpan(said))
