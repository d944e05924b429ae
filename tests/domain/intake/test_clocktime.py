from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.intake.clocktime import hour_offers, in_minutes, offset_text, read_offset
from buddybot.domain.people.zones import ClockChange, Season
from tests.domain.intake.sitting import JULY, NIGHT, VOCABULARY

ZONES = VOCABULARY.zones
US = Season(ClockChange(3, 2), ClockChange(11, 1))
AU = Season(ClockChange(10, 1), ClockChange(4, 1))
EU = Season(ClockChange(3, 5), ClockChange(10, 5))


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("1130pm", "-05:00"),
        ("11:30 pm", "-05:00"),
        ("11.31pm", "-05:00"),
        ("23:31", "-05:00"),
        ("its 11:30 at night", "-05:00"),
        ("04:31", "+00:00"),
        ("12:31 am", "-04:00"),
        ("12:31 at night", "-04:00"),
        ("4:31 in the morning", "+00:00"),
        ("10:01 am", "+05:30"),
        ("10:16am", "+05:45"),
        ("EST", "-05:00"),
        ("I'm on eastern time", "-05:00"),
        ("Manila time", "+08:00"),
        ("manila", "+08:00"),
        ("UTC+2", "+02:00"),
        ("utc -3:30", "-03:30"),
        ("GMT+0530", "+05:30"),
        ("utc", "+00:00"),
        ("london", "+00:00"),
        ("sydney", "+11:00"),
    ],
)
def test_a_time_or_a_zone_is_read_as_an_offset(text: str, offset: str) -> None:
    assert read_offset(text, NIGHT, ZONES).sure == (offset,)


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("EST", ("-05:00", "-04:00")),
        ("edt", ("-04:00",)),
        ("new york", ("-04:00",)),
        ("UTC+2", ("+02:00",)),
        ("manila time", ("+08:00",)),
        ("gmt", ("+00:00", "+01:00")),
        ("sydney", ("+10:00",)),
        ("9pm", ("-04:00",)),
        ("noon", ("+11:00",)),
    ],
)
def test_in_summer_only_short_names_leave_two_offsets(text: str, offsets: tuple[str, ...]) -> None:
    assert read_offset(text, JULY, ZONES).sure == offsets


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("9", {"-07:00", "+05:00"}),
        ("cst", {"-06:00", "+08:00"}),
        ("bst", {"+01:00", "+06:00"}),
        ("11pm", {"-05:00", "-06:00"}),
        ("11:47 pm", {"-05:00"}),
    ],
)
def test_what_may_be_several_times_is_offered(text: str, among: set[str]) -> None:
    found = read_offset(text, NIGHT, ZONES)

    assert found.sure == ()
    assert among <= set(found.choose)


def test_late_in_the_hour_a_bare_hour_is_the_one_to_come() -> None:
    assert read_offset("9pm", JULY.replace(minute=55), ZONES).sure == ("-05:00",)


@pytest.mark.parametrize(
    "text",
    ["", "dunno", "half past", "25:00", "9:75", "13pm", "9 or 10", "utc+99", "noon or midnight", "5 " * 400, "+3:17"],
)
def test_what_is_no_time_is_not_understood(text: str) -> None:
    found = read_offset(text, NIGHT, ZONES)

    assert (found.sure, found.choose) == ((), ())


@given(st.sampled_from(ZONES.real), st.integers(0, 24 * 60 - 1))
def test_a_full_time_of_day_always_gives_the_offset_it_was_made_from(offset: int, minute: int) -> None:
    now = datetime(2026, 5, 5, tzinfo=UTC) + timedelta(minutes=minute)
    local = now + timedelta(minutes=offset)
    (found,) = read_offset(
        f"{local:%H:%M}" if local.hour > 12 or local.hour < 10 else f"{local:%I:%M %p}", now, ZONES
    ).sure

    assert (in_minutes(found) - offset) % (24 * 60) == 0


@given(st.integers(-12 * 60, 14 * 60))
def test_an_offset_is_read_as_it_was_written(minutes: int) -> None:
    assert in_minutes(offset_text(minutes)) == minutes


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    assert len(read_offset(text, NIGHT, ZONES).sure) <= 2


def test_hours_to_choose_from_are_local_times_now() -> None:
    offers = hour_offers(NIGHT, ["-05:00", "+05:30"])

    assert [(offer.offset, offer.hour, offer.minute) for offer in offers] == [("-05:00", 23, 31), ("+05:30", 10, 1)]


@pytest.mark.parametrize(
    ("season", "day", "forward"),
    [
        (US, date(2026, 3, 7), False),
        (US, date(2026, 3, 8), True),
        (US, date(2026, 10, 31), True),
        (US, date(2026, 11, 1), False),
        (EU, date(2026, 3, 28), False),
        (EU, date(2026, 3, 29), True),
        (EU, date(2026, 10, 25), False),
        (AU, date(2026, 1, 1), True),
        (AU, date(2026, 4, 5), False),
        (AU, date(2026, 10, 4), True),
        (AU, date(2026, 7, 1), False),
    ],
)
def test_clocks_change_on_their_sundays(season: Season, day: date, forward: bool) -> None:  # noqa: FBT001 - a table's column
    assert season.covers(day) is forward
