from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.help_lines import parse_countries, parse_country
from buddybot.content.validation import TableError
from buddybot.domain.crisis.cards import crisis_card, more_card, youth_card
from buddybot.domain.crisis.conversation import Scene
from buddybot.domain.crisis.help_lines import (
    Country,
    LineType,
    Police,
    Resource,
    Status,
    card_lines,
    country_of,
    more_lines,
    stale,
    youth_lines,
)
from buddybot.domain.crisis.variables import line_words, links_of, words

CHECKED = date(2026, 11, 1)
TODAY = date(2026, 11, 23)
FAR = CHECKED + timedelta(days=181)
SHIPPED = ("AU", "CA", "DE", "ES", "FR", "GB", "IE", "IN", "MX", "NZ", "US")


def shipped() -> Mapping[str, Country]:
    folder = content_dir() / "crisis"
    return parse_countries(read_toml(path) for path in sorted(folder.glob("*.toml")))


COUNTRIES = shipped()
WORLD = COUNTRIES["international"]


def scene(country: Country, day: date = TODAY) -> Scene:
    return Scene(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), country)


def line(
    kind: LineType,
    *,
    name: str = "A line",
    phone: str = "1",
    sms: str = "",
    word: str = "",
    url: str = "",
    doubt: str = "",
) -> Resource:
    return Resource(name, kind, CHECKED, "somebody", phone=phone, sms=sms, word=word, url=url, doubt=doubt)


def numbers(lines: tuple[Resource, ...]) -> list[str]:
    return [entry.phone or entry.sms or entry.url for entry in lines]


def test_eleven_countries_and_the_international_line_are_shipped() -> None:
    assert sorted(COUNTRIES) == [*SHIPPED, "international"]


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("US", ["911", "988"]),
        ("CA", ["911", "988"]),
        ("GB", ["999", "116 123", "85258"]),
        ("IE", ["112", "999", "116 123"]),
        ("AU", ["000", "13 11 14"]),
        ("NZ", ["111", "1737"]),
        ("IN", ["112", "14416"]),
        ("DE", ["112", "0800 111 0 111"]),
        ("FR", ["15", "112", "3114"]),
        ("ES", ["112", "024"]),
        ("MX", ["911", "800 911 2000"]),
        ("international", ["112", "https://findahelpline.com"]),
    ],
)
def test_the_first_screen_names_whom_to_call_and_whom_to_talk_to(code: str, first: list[str]) -> None:
    assert numbers(card_lines(COUNTRIES[code], TODAY)) == first


@pytest.mark.parametrize("code", SHIPPED)
def test_a_line_nobody_checked_for_half_a_year_gives_way_but_the_emergency_number_stays(code: str) -> None:
    country = COUNTRIES[code]
    emergencies = [entry.phone for entry in country.entries if entry.kind is LineType.EMERGENCY]

    assert numbers(card_lines(country, FAR)) == [*emergencies, "https://findahelpline.com"]
    assert not [entry for entry in more_lines(country, FAR) if entry in country.entries]
    assert {warning.reason for warning in stale(country, FAR)} <= {"old", "doubt"}


def test_on_the_last_day_an_entry_is_still_trusted() -> None:
    assert not line(LineType.CRISIS).old(FAR - timedelta(days=1))
    assert line(LineType.CRISIS).old(FAR)


@pytest.mark.parametrize("code", [None, "", "XX", "international"])
def test_an_unknown_country_gets_the_international_card_and_no_number_of_the_united_states(code: str | None) -> None:
    country = country_of(COUNTRIES, code)
    shown = [*card_lines(country, TODAY), *more_lines(country, TODAY)]

    assert country is WORLD
    assert not {"911", "988", "741741"} & set(numbers(tuple(shown)))
    assert dict(words(scene(country)))["emergency"] == "none"
    assert [row.key for row in crisis_card(scene(country)).rows] == [
        "crisis-row-emergency-anywhere",
        "crisis-row-crisis",
        "crisis-where",
    ]


def test_a_country_is_found_by_its_code_in_any_case() -> None:
    assert country_of(COUNTRIES, "gb") is COUNTRIES["GB"]


def test_the_narcotics_bureau_of_india_is_never_listed() -> None:
    assert not [
        entry for country in COUNTRIES.values() for entry in country.entries if "1933" in (entry.phone, entry.sms)
    ]


@pytest.mark.parametrize("code", [*SHIPPED, "international"])
def test_a_doubtful_entry_is_not_shown(code: str) -> None:
    country = COUNTRIES[code]
    shown = (*card_lines(country, TODAY), *more_lines(country, TODAY), *youth_lines(country, TODAY))

    assert not [entry.name for entry in shown if entry.doubt]


@pytest.mark.parametrize("code", [*SHIPPED, "international"])
def test_every_entry_says_when_and_how_it_was_checked_and_where_to_check_it(code: str) -> None:
    for entry in COUNTRIES[code].entries:
        assert entry.verified_on >= CHECKED, entry.name
        assert entry.verified_by, entry.name
        assert entry.source_url.startswith("https://"), entry.name
        assert "?" not in entry.phone + entry.sms, entry.name


@pytest.mark.parametrize("code", SHIPPED)
def test_behind_more_there_is_always_the_international_line(code: str) -> None:
    lines = (*card_lines(COUNTRIES[code], TODAY), *more_lines(COUNTRIES[code], TODAY))

    assert "https://findahelpline.com" in numbers(lines)
    assert len(lines) == len(set(lines))


def test_the_spotter_shown_in_the_united_states_is_the_one_without_a_doubt() -> None:
    assert [entry.name for entry in COUNTRIES["US"].lines(LineType.SPOTTER, TODAY)] == ["SafeSpot"]


def test_young_people_get_their_own_line_else_the_international_one_and_the_emergency_number() -> None:
    assert numbers(youth_lines(COUNTRIES["CA"], TODAY)) == ["686868", "911"]
    assert numbers(youth_lines(COUNTRIES["DE"], TODAY)) == ["https://findahelpline.com", "112"]
    assert numbers(youth_lines(WORLD, TODAY)) == ["https://findahelpline.com", "112"]
    assert youth_card(scene(COUNTRIES["CA"])).links[0].target == "sms:686868"


def test_operators_are_told_of_doubts_old_entries_and_lines_that_nobody_called() -> None:
    country = Country(
        "XX",
        (
            line(LineType.CRISIS, name="seen"),
            line(LineType.DRUGS, name="doubtful", doubt="which number?"),
            replace(line(LineType.POISON, name="called"), status=Status.CALLED),
            replace(line(LineType.EMERGENCY, name="old"), verified_on=TODAY - timedelta(days=181)),
        ),
        WORLD.entries,
    )

    found = [(warning.name, warning.reason, warning.hidden) for warning in stale(country, TODAY)]
    assert found == [("doubtful", "doubt", True), ("seen", "uncalled", False), ("old", "old", False)]


def test_the_international_line_stays_even_when_it_was_not_checked_for_long() -> None:
    assert numbers(card_lines(WORLD, FAR)) == ["112", "https://findahelpline.com"]
    assert [warning.hidden for warning in stale(WORLD, FAR) if warning.name == "Find A Helpline"] == [False]


@pytest.mark.parametrize(
    ("one", "lent", "way", "targets"),
    [
        (line(LineType.CRISIS, phone="988", sms="988"), None, "same", ["tel:988", "sms:988"]),
        (line(LineType.CRISIS, phone="116 123"), None, "call", ["tel:116123"]),
        (
            line(LineType.CRISIS, phone="116 123"),
            line(LineType.TEXT, phone="", sms="85258", word="SHOUT"),
            "call-word",
            None,
        ),
        (line(LineType.DRUGS, phone="0800-7", sms="8681"), None, "call-text", ["tel:08007", "sms:8681"]),
        (line(LineType.TEXT, phone="", sms="50808", word="HELLO"), None, "word", ["sms:50808?body=HELLO"]),
        (line(LineType.YOUTH, phone="", sms="686868"), None, "text", ["sms:686868"]),
        (
            line(LineType.CRISIS, phone="", url="https://x.example"),
            line(LineType.TEXT, sms="5"),
            "web",
            ["https://x.example"],
        ),
    ],
)
def test_a_line_says_how_it_can_be_reached(
    one: Resource, lent: Resource | None, way: str, targets: list[str] | None
) -> None:
    assert dict(line_words(one, lent))["way"] == way
    if targets is not None:
        assert [link.target for link in links_of(one)] == targets


def test_the_card_can_be_dialled_and_leads_on_into_the_conversation() -> None:
    card = crisis_card(scene(COUNTRIES["GB"]))

    assert [link.target for link in card.links] == ["tel:999", "tel:116123", "sms:85258?body=SHOUT"]
    assert [choice.label for choice in card.choices] == [
        "care-choice-overdose",
        "care-choice-ending",
        "care-choice-lines",
        "care-choice-okay",
    ]
    assert [row.key for row in card.rows] == ["crisis-row-emergency", "crisis-row-crisis", "crisis-row-text"]
    assert more_card(scene(COUNTRIES["GB"])).rows[0].key == "crisis-row-drugs"


def test_a_country_without_a_crisis_line_anywhere_has_no_words_for_one() -> None:
    assert "way" not in dict(words(scene(Country("XX", (line(LineType.EMERGENCY),), (line(LineType.EMERGENCY),)))))


ENTRY: Mapping[str, object] = {
    "name": "A",
    "kind": "emergency",
    "phone": "1",
    "verified_on": CHECKED,
    "verified_by": "me",
}
CRISIS: Mapping[str, object] = {**ENTRY, "kind": "crisis"}


def test_what_a_file_leaves_out_is_taken_as_unknown() -> None:
    entry = parse_country({"code": "XX", "entry": [ENTRY]}, WORLD).entries[0]

    assert (entry.hours, entry.cost, entry.may_send_police, entry.status) == (
        "unknown",
        "unknown",
        Police.UNKNOWN,
        Status.SEEN,
    )
    assert parse_country({"code": "XX", "entry": [{**ENTRY, "langs": ["en"]}]}, WORLD).entries[0].langs == ("en",)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"name": ""}, "entry[1].name"),
        ({"name": 3}, "entry[1].name"),
        ({"kind": "pizza"}, "entry[1].kind"),
        ({"status": "guessed"}, "entry[1].status"),
        ({"may_send_police": "perhaps"}, "entry[1].may_send_police"),
        ({"phone": ""}, "entry[1].phone"),
        ({"phone": "1-800-HELP"}, "entry[1].phone"),
        ({"sms": "HOME to 741741"}, "entry[1].sms"),
        ({"url": "http://plain.example"}, "entry[1].url"),
        ({"langs": "en"}, "entry[1].langs"),
        ({"langs": [1]}, "entry[1].langs"),
        ({"langs": 1}, "entry[1].langs"),
        ({"verified_on": "2026-11-01"}, "entry[1].verified_on"),
        ({"verified_on": datetime(2026, 11, 1, tzinfo=UTC)}, "entry[1].verified_on"),
        ({"verfied_by": "me"}, "entry[1].verfied_by"),
        ({"kind": "crisis"}, "entry"),
    ],
)
def test_an_unsound_entry_is_named_with_its_key(change: Mapping[str, object], key: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_country({"code": "XX", "entry": [{**ENTRY, **change}]}, WORLD)
    assert caught.value.key == key


@pytest.mark.parametrize("table", [{"code": "XX"}, {"code": "XX", "entry": []}, {"code": "XX", "entry": [1]}, {}])
def test_a_file_without_lines_or_code_is_refused(table: Mapping[str, object]) -> None:
    with pytest.raises(TableError):
        parse_country(table, WORLD)


def test_the_international_file_must_be_there_and_hold_a_crisis_line() -> None:
    with pytest.raises(TableError, match=r"put international\.toml back"):
        parse_countries([{"code": "XX", "entry": [ENTRY]}])
    with pytest.raises(TableError, match="crisis"):
        parse_country({"code": "international", "entry": [ENTRY]})
    assert parse_country({"code": "international", "entry": [ENTRY, CRISIS]}).elsewhere == ()
