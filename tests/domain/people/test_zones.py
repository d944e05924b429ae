"""Clocks of zones, and all that goes by them, over the nights in which clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.people.quiet_hours import QuietHours, quiet_until
from buddybot.domain.people.zones import clock_of, next_change, offset_at
from buddybot.domain.talk.on_call import OnCallHours
from tests.domain.crisis.crisis_room import PACE
from tests.store.cast import ANN

RESTLESS = (
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Europe/Dublin",
    "Asia/Kolkata",
)
"""Zones whose clocks change at midnight, by half an hour, twice in spring, downwards in summer, or never."""
STEP = timedelta(minutes=15)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-01 02:30", "2026-11-01 12:00"),
        ("2026-11-03 02:30", None),
        ("2026-11-03 11:30", "2026-11-03 12:00"),
        ("2026-10-31 10:30", "2026-10-31 11:00"),
        ("2026-11-01 05:30", "2026-11-01 12:00"),
        ("2026-11-01 06:30", "2026-11-01 12:00"),
        ("2026-03-08 06:30", "2026-03-08 11:00"),
    ],
)
def test_a_night_in_new_york_ends_at_seven_before_and_after_the_clocks_change(now: str, until: str | None) -> None:
    found = quiet_until(QuietHours(22, 7), ZoneInfo("America/New_York"), at(now))

    assert found == (None if until is None else at(until))


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ((23, 2), "2026-03-08 06:30", "2026-03-08 07:00"),  # 2 o'clock is left out: 3 it is
        ((3, 2), "2026-03-08 06:30", "2026-03-09 06:00"),  # the only loud hour is left out: a day later
        ((22, 2), "2026-11-01 05:30", "2026-11-01 07:00"),  # both hours from 1 to 2 are quiet
        ((22, 1), "2026-11-01 06:30", None),  # the second hour from 1 to 2 is as loud as the first
    ],
)
def test_hours_that_are_left_out_or_come_twice_are_kept_by_the_wall(
    hours: tuple[int, int], now: str, until: str | None
) -> None:
    found = quiet_until(QuietHours(*hours), ZoneInfo("America/New_York"), at(now))

    assert found == (None if until is None else at(until))


@given(
    zone=st.sampled_from(RESTLESS),
    start=st.integers(0, 23),
    end=st.integers(0, 23),
    quarter=st.integers(0, 365 * 96 - 1),
)
def test_all_of_the_quiet_is_quiet_and_then_it_is_over(zone: str, start: int, end: int, quarter: int) -> None:
    quiet, clock, now = QuietHours(start, end), ZoneInfo(zone), at("2026-01-01 00:00") + quarter * STEP

    def covered(moment: datetime) -> bool:
        return quiet.covers(moment.astimezone(clock).hour)

    until = quiet_until(quiet, clock, now)
    if until is None:
        assert not covered(now)
        return
    assert now < until
    assert not covered(until)
    assert all(covered(now + step * STEP) for step in range((until - now) // STEP))


@given(zone=st.sampled_from(RESTLESS), quarter=st.integers(0, 365 * 96 - 1))
def test_the_check_in_the_morning_comes_at_its_hour_whatever_the_clocks_do_in_the_night(
    zone: str, quarter: int
) -> None:
    now = at("2026-01-01 00:00") + quarter * STEP
    morning = PACE.morning(now, ZoneInfo(zone))

    assert morning.astimezone(ZoneInfo(zone)).time() == time(PACE.morning_hour)
    assert PACE.morning_least <= morning - now + timedelta(hours=1)
    assert morning - now <= PACE.morning_least + timedelta(hours=25)


@pytest.mark.parametrize(("now", "stands"), [("2026-10-31 01:30", False), ("2026-11-02 02:30", False)])
def test_who_is_on_call_from_ten_is_so_on_their_own_clock(now: str, stands: bool) -> None:
    watch, clock = OnCallHours(ANN, QuietHours(22, 2)), ZoneInfo("America/New_York")

    assert watch.stands(clock, at(now)) is stands
    assert watch.stands(clock, at(now) + timedelta(hours=1))


@pytest.mark.parametrize(
    ("key", "offset", "minutes"),
    [
        ("America/New_York", None, -300),
        ("+05:30", None, 330),
        ("", 60, 60),
        ("Europe/Atlantis", 60, 60),
        ("Europe/Atlantis", None, None),
        ("Europe", 60, 60),
        ("../etc/passwd", 60, 60),
        ("tzdata.zi", None, None),
        ("a\0b", None, None),
        ("", None, None),
    ],
)
def test_a_zone_that_is_known_no_more_falls_back_on_its_offset(
    key: str, offset: int | None, minutes: int | None
) -> None:
    assert offset_at(clock_of(key, offset), at("2026-01-05 12:00")) == minutes


@given(zone=st.sampled_from(RESTLESS), quarter=st.integers(0, 365 * 96 - 1))
def test_a_clock_is_looked_at_again_when_it_has_changed(zone: str, quarter: int) -> None:
    now, clock = at("2026-01-01 00:00") + quarter * STEP, ZoneInfo(zone)
    look = next_change(clock, now)

    assert now < look <= now + timedelta(days=7)
    assert all(offset_at(clock, now + step * STEP) == offset_at(clock, now) for step in range((look - now) // STEP - 1))
