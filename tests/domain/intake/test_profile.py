import pytest

from buddybot.domain.intake.profile import candidate, zone_of
from buddybot.domain.intake.progress import Answer, Progress
from tests.domain.intake.sitting import INTAKE, JULY, NIGHT


def answered(**answers: str) -> Progress:
    """A progress with these answers; several keys are divided by a blank, "" is a skip."""
    given = tuple(Answer(question, tuple(keys.split()) or None) for question, keys in answers.items())
    return Progress("intake", INTAKE.version, given, languages=("es",))


def test_nothing_answered_is_nothing_known() -> None:
    one = candidate(INTAKE, answered(), "m1", NIGHT)

    assert (one.id, one.lane, one.now, one.utc_offset, one.gender_pref) == ("m1", "", None, None, "any")
    assert one.languages == {"es"}


def test_answers_become_the_values_that_matching_knows() -> None:
    one = candidate(
        INTAKE,
        answered(
            nickname="Otter",
            lane="self",
            now="steady_months",
            help_wanted="listen normal",
            not_ok="still_using",
            statements="quit_push",
            local_time="-05:00",
            hours="late_night",
            medicine="buprenorphine past",
            life="parent music",
            pace="few",
            substances="past:fentanyl kratom",
            language="en de",
            age_band="55plus",
            near_age="yes",
            gender_pref="women",
            gender="rather_not",
        ),
        "m1",
        NIGHT,
    )

    assert (one.lane, one.now, one.pace, one.age_band, one.near_age) == ("self", "steady_months", "few", "55+", True)
    assert one.substances == {"fentanyl", "kratom"}
    assert one.medicine == {"buprenorphine", "past"}
    assert one.statements == {"quit_push"}
    assert one.utc_offset == -300
    assert one.languages == {"en", "de"}
    assert (one.gender_pref, one.gender) == ("women", None)


@pytest.mark.parametrize(
    ("answers", "lane", "now"),
    [
        ({"lane": "family", "now_family": "unknown"}, "family", "unknown"),
        ({"lane": "bereaved", "now_bereaved": "under_3mo"}, "bereaved", "<3mo"),
        ({"lane": "bereaved", "now_bereaved": "rather_not"}, "bereaved", None),
        ({"lane": "more", "lane_first": "family", "now_family": "active"}, "family", "active"),
        ({"lane": "more"}, "", None),
        ({"lane": "family", "now": "using"}, "family", None),
        ({"lane": "more", "now": "using"}, "", None),
    ],
)
def test_the_lane_decides_which_place_counts(answers: dict[str, str], lane: str, now: str | None) -> None:
    one = candidate(INTAKE, answered(**answers), "m1", NIGHT)

    assert (one.lane, one.now) == (lane, now)


@pytest.mark.parametrize(
    ("answers", "limits"),
    [
        ({"not_ok": "none", "medicine_views": "yes"}, {"none"}),
        ({"not_ok": "none", "medicine_views": "no"}, set()),
        ({"not_ok": "none", "medicine_views": ""}, set()),
        ({"not_ok": "none"}, set()),
        ({"not_ok": "very_new faith_push", "medicine_views": "yes"}, {"very_new", "faith_push"}),
    ],
)
def test_none_counts_only_after_a_separate_yes(answers: dict[str, str], limits: set[str]) -> None:
    assert candidate(INTAKE, answered(**answers), "m1", NIGHT).not_ok == limits


def test_no_statement_is_no_statement() -> None:
    assert candidate(INTAKE, answered(statements="none"), "m1", NIGHT).statements == frozenset()


@pytest.mark.parametrize(
    ("answers", "zone"),
    [
        ({"local_time": "-05:00 -04:00", "dst": "yes"}, "-04:00"),
        ({"local_time": "-05:00 America/New_York", "dst": "no"}, "-05:00"),
        ({"local_time": "America/Phoenix America/Denver", "dst": "not_sure"}, "America/Denver"),
        ({"local_time": "+00:00 +01:00"}, "+01:00"),
        ({"local_time": "Asia/Kolkata", "dst": "no"}, "Asia/Kolkata"),
        ({"local_time": ""}, ""),
        ({}, ""),
    ],
)
def test_summer_time_decides_between_two_zones(answers: dict[str, str], zone: str) -> None:
    assert zone_of(answered(**answers)) == zone


@pytest.mark.parametrize(("zone", "winter", "summer"), [("America/New_York", -300, -240), ("-05:00", -300, -300)])
def test_shared_hours_go_by_the_clock_of_the_day(zone: str, winter: int, summer: int) -> None:
    at = {day: candidate(INTAKE, answered(local_time=zone), "m1", day).utc_offset for day in (NIGHT, JULY)}

    assert at == {NIGHT: winter, JULY: summer}


def test_a_zone_that_is_known_no_more_is_an_answer_and_no_shared_hours() -> None:
    assert candidate(INTAKE, answered(local_time="Europe/Atlantis"), "m1", NIGHT).utc_offset is None


@pytest.mark.parametrize(
    ("answers", "mentionable"),
    [
        ({"medicine": "methadone", "mention_medicine": "yes", "life": "parent", "mention_life": "no"}, {"medicine"}),
        ({"medicine": "methadone", "mention_medicine": "", "life": "parent", "mention_life": "yes"}, {"life"}),
        ({"medicine": "methadone", "life": "parent"}, set()),
        # A yes of a time when they still took it is not asked about now.
        ({"medicine": "none", "mention_medicine": "yes", "life": "music", "mention_life": "yes"}, set()),
    ],
)
def test_only_a_yes_that_still_stands_lets_the_bot_mention_something(
    answers: dict[str, str], mentionable: set[str]
) -> None:
    assert candidate(INTAKE, answered(lane="self", **answers), "m1", NIGHT).mentionable == mentionable
