"""What a line of a pool may say, and what is said of those that can't be used."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from buddybot.domain.matching.candidate import Candidate
from buddybot.tools.matching.pool import Pool, latest, parse_moment, read_pool
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()
EXAMPLE = (
    '{"id": "m1", "lane": "self", "now": "thinking", "help_wanted": ["listen", "normal"], "not_ok": ["still_using"],'
    ' "statements": [], "utc_offset": "-05:00", "hours": ["evening", "late_night"], "medicine": ["buprenorphine"],'
    ' "life": ["parent", "music"], "pace": "few", "substances": ["fentanyl"], "languages": ["en"],'
    ' "age_band": "25-34", "near_age": false, "gender_pref": "any", "gender": null, "role": "peer", "capacity": 1,'
    ' "blocked": [], "previous": [], "cross_lane": false, "medicine_shaming": false,'
    ' "waiting_since": "2026-11-20T18:00:00Z"}'
)


def read(*lines: str | bytes, end: bytes = b"\n") -> Pool:
    raw = [line.encode() if isinstance(line, str) else line for line in lines]
    return read_pool(io.BytesIO(end.join(raw)), WEIGHTS)


def line(**said: object) -> str:
    return json.dumps({"id": "a", "lane": "self", **said})


def test_the_example_is_read_whole() -> None:
    (one,) = read(EXAMPLE).people
    assert one == Candidate(
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
        waiting_since=datetime(2026, 11, 20, 18, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "said",
    [
        {"now": None, "hours": [], "capacity": None, "near_age": None, "languages": None, "gender_pref": None},
        {"gender": "rather_not"},
        {"now": None, "role": None, "waiting_since": None, "utc_offset": None},
    ],
)
def test_null_an_empty_list_and_rather_not_are_the_same_as_missing(said: dict[str, object]) -> None:
    assert read(line(**said)).people == (Candidate("a", "self"),)


def test_lists_are_sets() -> None:
    (one,) = read(line(help_wanted=["listen", "listen", "normal", "checkin", "listen"])).people
    assert len(one.help_wanted) == 3


def test_a_bom_windows_line_ends_and_blank_lines_do_no_harm_but_count() -> None:
    pool = read(b"\xef\xbb\xbf" + line().encode(), "", " \t", line(id="b"), "nonsense", "", end=b"\r\n")
    assert [one.id for one in pool.people] == ["a", "b"]
    assert [str(refusal) for refusal in pool.refusals] == ["line 5: not JSON"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("[]", "not one JSON object"),
        ("3", "not one JSON object"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (line() + line(), "not JSON"),
        (b'{"id": "\xff"}', "not UTF-8"),
        ('{"id": "a", "lane": "self", "capacity": NaN}', "not JSON: NaN and Infinity are no numbers"),
        ('{"id": "a", "lane": "self", "capacity": -Infinity}', "not JSON: NaN and Infinity are no numbers"),
        ('{"id": "a", "lane": "self", "lane": "self"}', "a key stands twice"),
        ('{"lane": "self"}', "id is missing or empty"),
        ('{"id": null, "lane": "self"}', "id is missing or empty"),
        ('{"id": "", "lane": "self"}', "id is missing or empty"),
        ('{"id": 7, "lane": "self"}', "id: not a text"),
        ('{"id": "a"}', "lane is missing"),
        (line(lane="more"), "lane: not one of its choices"),
        (line(age=33), "an unknown key"),
        (line(now="active"), "now: not one of its choices"),
        (line(now="rather_not"), "now: not one of its choices"),
        (line(help_wanted="listen"), "help_wanted: not a list"),
        (line(help_wanted=["listen", None]), "help_wanted: not a list of texts"),
        (line(help_wanted=["hugs"]), "help_wanted: not among its choices"),
        (line(help_wanted=["listen", "normal", "checkin", "give"]), "help_wanted: more than 3"),
        (line(life=["music", "games", "pets", "sports", "cooking", "art", "cars"]), "life: more than 6"),
        (line(medicine=["none", "past"]), "medicine: none beside another choice"),
        (line(not_ok=["none", "very_new"]), "not_ok: none beside another choice"),
        (line(languages=["EN"]), "languages: a language is two or three small letters"),
        (line(languages=["engl"]), "languages: a language is two or three small letters"),
        (line(languages=["en\n"]), "languages: a language is two or three small letters"),
        *[
            (line(utc_offset=offset), "utc_offset: not an offset like -05:00, from -12:00 to +14:00")
            for offset in ("5", "+5:00", "+05:60", "+14:01", "-12:01", "05:00", "+05:00 ", "+\u0660\u0665:00")
        ],
        *[
            (line(waiting_since=moment), "waiting_since: not a time like 2026-11-20T18:00:00Z")
            for moment in (
                "2026-11-20",
                "2026-11-20T18:00:00",
                "2026-11-20 18:00:00Z",
                "2026-11-20T18:00:00.5Z",
                "2026-02-30T18:00:00Z",
                "2026-11-20T18:00:00+15:00",
                "2026-11-20T24:00:00Z",
            )
        ],
        (line(near_age="yes"), "near_age: not true or false"),
        (line(near_age=1), "near_age: not true or false"),
        *[(line(capacity=n), "capacity: not a whole number from 1 to 20") for n in (0, 21, 1.5, True, "3")],
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_reason(bad: str | bytes, reason: str) -> None:
    pool = read(line(id="first"), bad)
    assert [one.id for one in pool.people] == ["first"]
    assert [str(refusal) for refusal in pool.refusals] == [f"line 2: {reason}"]
    assert len(str(pool.refusals[0])) <= 200


def test_of_two_people_with_one_id_the_first_stays() -> None:
    pool = read(line(pace="few"), line(pace="many"))
    assert [one.pace for one in pool.people] == ["few"]
    assert [str(refusal) for refusal in pool.refusals] == ["line 2: id stands on an earlier line too"]


def test_rather_not_is_an_answer_of_those_who_lost_someone() -> None:
    (one,) = read(line(lane="bereaved", now="rather_not")).people
    assert one.now is None


@pytest.mark.parametrize(("offset", "minutes"), [("-12:00", -720), ("+14:00", 840), ("-00:30", -30), ("+05:45", 345)])
def test_offsets_are_kept_to_the_minute(offset: str, minutes: int) -> None:
    assert read(line(utc_offset=offset)).people[0].utc_offset == minutes


def test_a_time_may_carry_an_offset_and_the_latest_is_now() -> None:
    moment = parse_moment("2026-11-20T18:00:00+05:30")
    assert moment is not None
    assert moment - datetime(2026, 11, 20, 18, tzinfo=UTC) == timedelta(hours=-5, minutes=-30)
    people = read(
        line(waiting_since="2026-11-20T18:00:00Z"),
        line(id="b", waiting_since="2026-11-20T19:00:00+02:00"),
        line(id="c"),
    ).people
    assert latest(people) == datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert latest(people[2:]) is None
