"""The soft score against figures worked out by hand."""

import math
from dataclasses import replace

import pytest

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.compatibility import factors, rarity, score
from buddybot.domain.matching.hours import week_mask, whole_hours
from buddybot.domain.matching.reasons import reasons
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()
EXAMPLE = Candidate(
    id="m1",
    lane="self",
    now="thinking",
    help_wanted=frozenset({"listen", "normal"}),
    not_ok=frozenset({"still_using"}),
    utc_offset=-300,
    hours=frozenset({"evening", "late_night"}),
    medicine=frozenset({"buprenorphine"}),
    life=frozenset({"parent", "music"}),
    pace="few",
    substances=frozenset({"fentanyl"}),
    age_band="25-34",
)


def person(**said: object) -> Candidate:
    return replace(Candidate("x", "self"), **said)  # type: ignore[arg-type]  # a table's row says only some fields


def value(name: str, a: Candidate, b: Candidate) -> float | None:
    found = factors(a, b, WEIGHTS, rarity([a, b]))
    assert {f.name: f.value for f in factors(b, a, WEIGHTS, rarity([a, b]))}[name] == next(
        f.value for f in found if f.name == name
    )
    return next(f.value for f in found if f.name == name)


def chosen(*keys: str) -> frozenset[str]:
    return frozenset(keys)


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(330, 6), (-210, -3), (345, 6), (-570, -9), (0, 0), (-300, -5), (840, 14), (-720, -12), (29, 0), (-31, -1)],
)
def test_half_hour_offsets_round_upward(minutes: int, hours: int) -> None:
    assert whole_hours(minutes) == hours


@pytest.mark.parametrize(
    ("hours", "count"),
    [
        (chosen("morning"), 42),
        (chosen("afternoon"), 35),
        (chosen("evening"), 35),
        (chosen("late_night"), 35),
        (chosen("weekend"), 32),
        (chosen("any"), 147),
        (chosen("any", "weekend"), 147),
        (chosen("evening", "weekend"), 35 + 22),
        (chosen(), 0),
    ],
)
def test_each_block_covers_its_hours_of_the_week(hours: frozenset[str], count: int) -> None:
    assert week_mask(-210, hours, WEIGHTS.blocks).bit_count() == count


def test_a_block_is_moved_to_utc_round_the_week() -> None:
    evening = week_mask(-300, ["evening"], WEIGHTS.blocks)
    assert evening >> 22 & 1  # Monday 17:00 at -05:00
    assert evening >> 0 & 1  # Sunday 19:00 at -05:00 is Monday 00:00
    assert not evening >> 3 & 1


def test_without_an_offset_the_hours_are_unknown() -> None:
    assert week_mask(None, ["evening"], WEIGHTS.blocks) == 0


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        ({"utc_offset": 0, "hours": chosen("evening")}, {"utc_offset": 0, "hours": chosen("evening")}, 1.0),
        ({"utc_offset": 0, "hours": chosen("evening")}, {"utc_offset": -60, "hours": chosen("evening")}, 0.8),
        ({"utc_offset": 0, "hours": chosen("any")}, {"utc_offset": 0, "hours": chosen("evening")}, 0.7),
        ({"utc_offset": 0, "hours": chosen("any")}, {"utc_offset": 0, "hours": chosen("any", "weekend")}, 0.7),
        ({"utc_offset": 0, "hours": chosen("morning")}, {"utc_offset": 0, "hours": chosen("evening")}, 0.0),
        ({"utc_offset": 0}, {"utc_offset": 0, "hours": chosen("evening")}, None),
        ({"hours": chosen("evening")}, {"utc_offset": 0, "hours": chosen("evening")}, None),
    ],
)
def test_hours_are_shared_as_a_part_of_the_smaller_week(
    mine: dict[str, object], theirs: dict[str, object], wanted: float | None
) -> None:
    assert value("hours", person(**mine), person(**theirs)) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        (("self", "thinking", ()), ("self", "cutting", ()), 0.9),
        (("self", "using", ("further_on",)), ("self", "steady_year", ()), 0.66),
        (("self", "using", ()), ("self", "steady_year", ("further_on",)), 0.6),
        (("self", "just_stopped", ("further_on",)), ("self", "steady_year", ("further_on",)), 0.99),
        (("self", "thinking", ("further_on",)), ("self", "moving", ()), 0.8),
        (("self", "using", ("further_on",)), ("self", "moving", ()), 0.66),
        (("self", "thinking", ("further_on",)), ("self", "cutting", ()), 0.99),
        (("self", "cutting", ("further_on",)), ("self", "steady_months", ()), 0.88),
        (("self", "just_stopped", ("same_boat",)), ("self", "just_stopped", ("same_boat",)), 0.7),
        (("self", "just_stopped", ("same_boat",)), ("self", "just_stopped", ()), 0.6),
        (("self", "thinking", ("same_boat",)), ("self", "thinking", ("same_boat",)), 1.0),
        (("self", None, ()), ("self", "thinking", ()), None),
        (("family", "active", ()), ("family", "active", ("further_on",)), 1.0),
        (("family", "active", ()), ("family", "unknown", ()), 0.5),
        (("family", "active", ()), ("self", "using", ()), 0.5),
    ],
)
def test_places_fit_as_the_matrix_and_the_wishes_say(
    mine: tuple[str, str | None, tuple[str, ...]], theirs: tuple[str, str | None, tuple[str, ...]], wanted: float | None
) -> None:
    a, b = (Candidate("x", lane, now, frozenset(wishes)) for lane, now, wishes in (mine, theirs))
    assert value("now", a, b) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        (("listen",), ("listen",), 1.0),
        (("listen",), ("give",), 1.0),
        (("checkin", "give"), ("checkin",), 1.0),
        (("cravings",), ("give",), 0.8),
        (("cravings",), ("cravings",), 0.8),
        (("further_on",), ("further_on",), 0.2),
        (("give",), ("give",), 0.4),
        (("listen",), ("normal",), 0.4),
        (("further_on",), ("give",), 0.4),
        (("further_on", "listen"), ("further_on",), 0.4),
        ((), ("listen",), None),
    ],
)
def test_wishes_count_by_the_best_of_their_combinations(
    mine: tuple[str, ...], theirs: tuple[str, ...], wanted: float | None
) -> None:
    assert value("help_wanted", person(help_wanted=frozenset(mine)), person(help_wanted=frozenset(theirs))) == wanted


@pytest.mark.parametrize(("seeker", "giver", "wanted"), [("using", "cutting", 1.0), ("cutting", "using", 0.4)])
def test_further_on_needs_a_giver_who_is_later(seeker: str, giver: str, wanted: float) -> None:
    a = person(now=seeker, help_wanted=chosen("further_on"))
    assert value("help_wanted", a, person(now=giver, help_wanted=chosen("give"))) == wanted


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "wanted"),
    [
        ("pace", "many", "many", 1.0),
        ("pace", "many", "daily", 0.6),
        ("pace", "many", "few", 0.2),
        ("pace", "many", "weekly", 0.0),
        ("pace", "loose", "weekly", 0.6),
        ("pace", "loose", "loose", 1.0),
        ("pace", None, "loose", None),
        ("age_band", "55+", "55+", 1.0),
        ("age_band", "45-54", "55+", 0.6),
        ("age_band", "35-44", "55+", 0.3),
        ("age_band", "18-24", "45-54", 0.0),
        ("age_band", "18-24", None, None),
        ("medicine", chosen("none"), chosen("none"), 0.6),
        ("medicine", chosen("none"), chosen("past"), 0.4),
        ("medicine", chosen("past", "methadone"), chosen("past"), 0.5),
        ("medicine", chosen("past"), chosen("curious"), 0.0),
        ("medicine", chosen(), chosen("none"), None),
        ("substances", chosen("heroin", "kratom"), chosen("kratom", "codeine"), 1 / 3),
        ("substances", chosen(), chosen("kratom"), None),
    ],
)
def test_lines_and_lists_count_as_the_tables_say(name: str, mine: object, theirs: object, wanted: float | None) -> None:
    assert value(name, person(**{name: mine}), person(**{name: theirs})) == pytest.approx(wanted)


def test_rare_parts_of_life_count_more() -> None:
    pool = [person(life=chosen("music", "parent")), person(life=chosen("music", "cars")), person(life=chosen("music"))]
    rare = rarity([*pool, person()])
    music, cars = math.log(1 + 4 / 3), math.log(1 + 4)
    assert rare == pytest.approx({"music": music, "parent": cars, "cars": cars})
    found = {f.name: f.value for f in factors(pool[0], pool[1], WEIGHTS, rare)}
    assert found["life"] == pytest.approx(music / (music + cars))


def test_two_silent_people_score_half() -> None:
    a, b = Candidate("a", "self"), Candidate("b", "self")
    assert score(a, b, WEIGHTS, rarity([a, b])) == pytest.approx(0.5)


def test_the_example_against_itself_adds_up() -> None:
    wanted = 0.20 + 0.18 + 0.16 + 0.12 + 0.12 + 0.09 + 0.07 + 0.06
    assert score(EXAMPLE, replace(EXAMPLE, id="m2"), WEIGHTS, rarity([EXAMPLE])) == pytest.approx(wanted)


OPEN = person(
    medicine=chosen("methadone"), life=chosen("faith", "lgbtq", "parent"), mentionable=chosen("medicine", "life")
)
"""Somebody who agreed to have both named; faith and lgbtq never are."""


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        (EXAMPLE, EXAMPLE, ("help_wanted", "interests", "hours")),
        (person(), person(), ("language",)),
        (person(pace="few"), person(pace="few"), ("pace", "language")),
        (person(now="using"), person(now="thinking"), ("similar_place", "language")),
        (person(now="using"), person(now="steady_year"), ("language",)),
        (person(now="using", help_wanted=chosen("further_on")), person(now="steady_year"), ("language",)),
        (
            person(life=chosen("faith", "lgbtq", "parent")),
            person(life=chosen("faith", "lgbtq", "parent")),
            ("language",),
        ),
        (OPEN, OPEN, ("medicine", "life", "language")),
        (OPEN, replace(OPEN, mentionable=chosen("life")), ("life", "language")),
        (OPEN, replace(OPEN, life=chosen("faith", "lgbtq", "veteran")), ("medicine", "language")),
        (OPEN, replace(OPEN, mentionable=chosen()), ("language",)),
        (person(help_wanted=chosen("listen")), person(help_wanted=chosen("give")), ("language",)),
        (person(languages=chosen("en")), person(languages=chosen("de")), ()),
    ],
)
def test_reasons_are_true_for_both_and_never_private(a: Candidate, b: Candidate, wanted: tuple[str, ...]) -> None:
    assert reasons(a, b, WEIGHTS) == wanted
