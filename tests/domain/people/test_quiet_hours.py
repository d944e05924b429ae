from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.people.quiet_hours import QuietHours, parse_quiet, quiet_until
from buddybot.domain.people.zones import clock_of

hours = st.integers(0, 23)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is given
offsets = st.none() | st.integers(-12 * 60, 14 * 60)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("22-7", 22, 7),
        ("22 to 7", 22, 7),
        ("10pm-7am", 22, 7),
        ("10 PM until 7 AM", 22, 7),
        ("22:00-07:00", 22, 7),
        ("12am-6am", 0, 6),
        ("12pm to 1pm", 12, 13),
        ("24-7", 0, 7),
        ("1 \u2013 5", 1, 5),
        ("  0-23 ", 0, 23),
        ("22:30-7", 22, 7),
        ("22-6:30", 22, 7),
        ("10:15 pm to 6:45 am", 22, 7),
        ("from 22 to 7", 22, 7),
        ("de 22 a 7", 22, 7),
        ("desde las 22 hasta las 7", 22, 7),
        ("entre las 22 y las 7", 22, 7),
        ("between 10pm and 7am", 22, 7),
        ("22h-7h", 22, 7),
        ("10 p.m. - 7 a.m.", 22, 7),
    ],
)
def test_two_hours_are_read_as_people_write_them(text: str, start: int, end: int) -> None:
    assert parse_quiet(text) == QuietHours(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "7-7",
        "25-7",
        "22-25",
        "13pm-2am",
        "0am-5am",
        "at night",
        "22:30-22",
        "22:75-7",
        "22-7-9",
        "²-7",
        "100-7",
    ],
)
def test_anything_else_is_not_guessed_at(text: str) -> None:
    assert parse_quiet(text) is None


def test_a_night_crosses_midnight() -> None:
    night = QuietHours(22, 7)
    assert [hour for hour in range(24) if night.covers(hour)] == [0, 1, 2, 3, 4, 5, 6, 22, 23]
    assert [hour for hour in range(24) if QuietHours(9, 12).covers(hour)] == [9, 10, 11]


def test_without_quiet_hours_nothing_waits() -> None:
    assert quiet_until(None, None, datetime(2026, 11, 23, 3, tzinfo=UTC)) is None


def test_half_hour_zones_end_on_their_own_full_hour() -> None:
    now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    assert quiet_until(QuietHours(22, 7), clock_of("Asia/Kolkata"), now) == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@given(start=hours, end=hours, offset=offsets, now=moments)
def test_quiet_ends_within_a_day_at_its_local_hour_and_never_in_the_past(
    start: int, end: int, offset: int | None, now: datetime
) -> None:
    quiet, local = QuietHours(start, end), now + timedelta(minutes=offset or 0)
    until = quiet_until(quiet, clock_of("", offset), now)
    if start == end or not quiet.covers(local.hour):
        assert until is None or start == end
        return
    assert until is not None
    assert now < until <= now + timedelta(days=1)
    ended = until + timedelta(minutes=offset or 0)
    assert (ended.hour, ended.minute) == (end, 0)
    assert not quiet.covers(ended.hour)


@given(text=st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = parse_quiet(text)
    assert found is None or (0 <= found.start <= 23 and 0 <= found.end <= 23)
