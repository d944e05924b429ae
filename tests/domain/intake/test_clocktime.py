from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.intake.clocktime import every_hour, hour_offers, read_offset, resolved_zone, suggested_zones
from buddybot.domain.people.zones import clock_of, in_minutes, offset_at, offset_text
from tests.domain.intake.sitting import JULY, NIGHT, VOCABULARY

ZONES = VOCABULARY.zones


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
        ("EST", "America/New_York"),
        ("I'm on eastern time", "America/New_York"),
        ("Manila time", "Asia/Manila"),
        ("manila", "Asia/Manila"),
        ("Boise", "America/Boise"),
        ("addis ababa", "Africa/Addis_Ababa"),
        ("Deutschland", "Europe/Berlin"),
        ("UTC+2", "+02:00"),
        ("utc -3:30", "-03:30"),
        ("GMT+0530", "+05:30"),
        ("utc", "+00:00"),
        ("london", "Europe/London"),
        ("sydney", "Australia/Sydney"),
    ],
)
def test_a_time_or_a_zone_is_read_as_a_zone_or_an_offset(text: str, offset: str) -> None:
    assert read_offset(text, NIGHT, ZONES).sure == (offset,)


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("EST", ("-05:00", "America/New_York")),
        ("edt", ("America/New_York",)),
        ("new york", ("America/New_York",)),
        ("UTC+2", ("+02:00",)),
        ("manila time", ("Asia/Manila",)),
        ("gmt", ("+00:00", "Europe/London")),
        ("sydney", ("Australia/Sydney",)),
        ("9pm", ("-04:00",)),
        ("noon", ("+11:00",)),
    ],
)
def test_in_summer_only_short_names_leave_two_zones(text: str, offsets: tuple[str, ...]) -> None:
    assert read_offset(text, JULY, ZONES).sure == offsets


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("9", {"-07:00", "+05:00"}),
        ("cst", {"America/Chicago", "Asia/Shanghai"}),
        ("georgia", {"America/New_York", "Asia/Tbilisi"}),
        ("usa", {"America/New_York", "America/Los_Angeles", "-07:00", "-10:00"}),
        ("bst", {"Europe/London", "Asia/Dhaka"}),
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

    assert [(offer.key, offer.hour, offer.minute) for offer in offers] == [("-05:00", 23, 31), ("+05:30", 10, 1)]


@pytest.mark.parametrize(
    ("key", "country", "now", "kept"),
    [
        ("+01:00", "DE", NIGHT, ("Europe/Berlin",)),
        ("+02:00", "DE", JULY, ("Europe/Berlin",)),
        ("-05:00", "US", NIGHT, ("America/New_York",)),
        ("-04:00", "US", JULY, ("America/New_York",)),
        ("-07:00", "US", NIGHT, ("America/Phoenix", "America/Denver")),
        ("-07:00", "US", JULY, ("America/Phoenix", "America/Los_Angeles")),
        ("+09:00", "DE", NIGHT, ("+09:00",)),
        ("+05:30", "", NIGHT, ("+05:30",)),
        ("America/Boise", "US", NIGHT, ("America/Denver",)),
        ("America/Indiana/Knox", "", NIGHT, ("America/Chicago",)),
        ("America/Toronto", "US", NIGHT, ("America/New_York",)),
        ("Asia/Calcutta", "IN", NIGHT, ("Asia/Kolkata",)),
        ("Europe/Paris", "US", NIGHT, ("Europe/Paris",)),
        ("Etc/GMT+5", "US", NIGHT, ()),
        ("Europe/Atlantis", "DE", NIGHT, ()),
    ],
)
def test_no_more_is_kept_of_a_zone_than_the_rules_its_clocks_go_by(
    key: str, country: str, now: datetime, kept: tuple[str, ...]
) -> None:
    assert resolved_zone(key, country, now, ZONES) == kept


@pytest.mark.parametrize(
    ("country", "zone", "suggested"),
    [
        ("DE", "", ("Europe/Berlin",)),
        ("DE", "Asia/Tokyo", ("Asia/Tokyo",)),
        ("DE", "Etc/UTC", ("Europe/Berlin",)),
        (
            "US",
            "",
            ("America/New_York", "America/Chicago", "-07:00", "America/Los_Angeles", "America/Anchorage", "-10:00"),
        ),
        ("", "America/Detroit", ("America/New_York",)),
        ("", "../etc/passwd", ()),
        ("XX", "", ()),
    ],
)
def test_the_clock_of_the_device_is_suggested_before_those_of_the_country(
    country: str, zone: str, suggested: tuple[str, ...]
) -> None:
    assert suggested_zones(country, zone, NIGHT, ZONES) == suggested


@given(st.integers(0, 24 * 60 - 1))
def test_the_times_of_a_day_hold_each_hour_once_from_midnight_on(minute: int) -> None:
    now = datetime(2026, 5, 5, tzinfo=UTC) + timedelta(minutes=minute)

    assert [offer.hour for offer in hour_offers(now, every_hour(now, ZONES))] == list(range(24))


def test_every_zone_that_people_name_is_one_of_today() -> None:
    names = {zone.name for zones in ZONES.named.values() for zone in zones}

    assert [name for name in names if offset_at(clock_of(name), NIGHT) is None] == []
