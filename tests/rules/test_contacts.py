"""The contact grammar: what leads out of the room, what only looks like it."""

import random
import sys
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from buddybot.content import content_dir, read_toml
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.verdicts import Certainty, Contact, Outcome
from buddybot.rules.contact import contacts_in, help_lines_of, phone_certainty, spoken_digits
from buddybot.rules.contact.digits import ascii_digits
from buddybot.rules.decide import Screener

TABLE = tomllib.loads(Path(__file__).with_name("contacts.toml").read_text("utf-8"))
COUNTRIES = [read_toml(path) for path in sorted((content_dir() / "crisis").glob("*.toml"))]
DIGITS = st.text("0123456789", min_size=7, max_size=13)


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def contacts(text: str) -> tuple[Contact, ...]:
    return contacts_in(screener().sight.folding.plain(text), screener().policy.contacts)


def help_lines() -> list[tuple[str, str]]:
    """Every country's code with every number of its lines."""
    found = []
    for country in COUNTRIES:
        entries = country["entry"]
        assert isinstance(entries, list)
        found += [
            (str(country["code"]), str(entry[key])) for entry in entries for key in ("phone", "sms") if key in entry
        ]
    return found


@pytest.mark.parametrize("text", [text for kind in TABLE.values() for text in kind.get("none", [])])
def test_what_only_looks_like_a_contact_is_none(text: str) -> None:
    assert [(text[one.start : one.end], one.kind) for one in contacts(text)] == []


@pytest.mark.parametrize("text", [text for kind in TABLE.values() for text in kind.get("none", [])])
def test_what_only_looks_like_a_contact_is_delivered(text: str) -> None:
    assert screener().screen(text).verdict.outcome <= Outcome.NOTE


@pytest.mark.parametrize("text", [*TABLE["counting"]["none"][:20], "they call me Spoons", "my snap is broken"])
def test_nothing_harmless_beside_a_number_lets_it_pass(text: str) -> None:
    assert screener().screen(f"{text}. my cell is 212-456-7890").verdict.outcome is Outcome.NUDGE


@pytest.mark.parametrize("row", [row for kind in TABLE.values() for row in kind.get("found", [])], ids=str)
def test_a_contact_is_found_where_it_stands(row: dict[str, str]) -> None:
    text = row["text"]
    found = [one for one in contacts(text) if one.kind == row["kind"]]
    assert found, contacts(text)
    assert any(row.get("part", "") in text[one.start : one.end] for one in found)
    assert row.get("certainty", found[0].certainty.name) == found[0].certainty.name


@pytest.mark.parametrize(("country", "number"), help_lines())
def test_no_grouping_and_no_prefix_makes_a_help_line_a_contact(country: str, number: str) -> None:
    digits = "".join(filter(str.isdigit, number))
    spread = " ".join(digits[at : at + 3] for at in range(0, len(digits), 3))
    for written in (number, digits, spread, "-".join(digits), number.replace(" ", "."), f"call {digits} now"):
        assert contacts(written) == (), (country, written)


@pytest.mark.parametrize(
    ("country", "code"),
    [("US", "1"), ("CA", "1"), ("GB", "44"), ("IE", "353"), ("AU", "61"), ("NZ", "64"), ("DE", "49"), ("FR", "33")],
)
def test_a_help_line_called_from_abroad_is_no_contact(country: str, code: str) -> None:
    for home in [number for at, number in help_lines() if at == country and len(number) > 6]:
        digits = "".join(filter(str.isdigit, home)).removeprefix("1" if code == "1" else "0")
        for written in (f"+{code} {digits}", f"+{code}{digits}", f"00{code} {digits}", f"+{code} (0) {digits}"):
            assert contacts(written) == (), written


def test_sites_of_help_lines_are_covered_by_their_host_and_nothing_that_only_contains_it() -> None:
    lines = help_lines_of([{"code": "US", "entry": [{"url": "https://www.help.example/chat"}]}])
    assert all(map(lines.covers_site, ("https://help.example", "http://www.help.example:80/x", "a.help.example/chat.")))
    wrong = (
        "https://evil-help.example",
        "https://help.example.evil.test",
        "https://x.test/help.example",
        "https://help.example@x.test",
    )
    assert not any(map(lines.covers_site, (*wrong, "https://")))


def test_numbers_that_an_entry_only_mentions_are_help_lines_too() -> None:
    lines = help_lines_of([{"code": "DE", "entry": [{"phone": "0800 1", "note": "Also 0800 111 0 222."}]}, {}])
    assert lines.covers_number(["0800", "111", "0", "222"])
    assert not lines.covers_number([])


@given(DIGITS)
@settings(max_examples=300)
def test_digits_alone_are_never_validated(digits: str) -> None:
    assert all(one.certainty is Certainty.DOUBTFUL for one in contacts(digits))
    assert all(one.certainty is Certainty.DOUBTFUL for one in contacts(f"it says {digits} there"))
    assert phone_certainty(digits) is Certainty.DOUBTFUL


def test_few_numbers_in_a_row_are_taken_for_a_phone() -> None:
    chance = random.Random(7)
    lists = [" ".join(str(chance.randrange(200)) for _ in range(chance.randrange(3, 8))) for _ in range(1000)]
    assert sum(bool(contacts(f"it was {numbers} this week")) for numbers in lists) < 10


@example(9, 3, 0, 80)
@given(st.integers(2, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 99))
@settings(max_examples=100)
def test_an_example_number_is_found_in_every_dress(first: int, second: int, third: int, last: int) -> None:
    area, rest = f"{first}{second}{third}", f"01{last:02}"
    for text in (
        f"{area}-555-{rest}",
        f"({area}) 555 {rest}",
        f"{area}555{rest}",
        f"call {area}.555.{rest}",
        f"+1 {area} 555 {rest}",
    ):
        assert [one.kind for one in contacts(text)] == ["phone"], text


@given(st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "〇一二三四五六七八九", "០១២៣៤៥៦៧៨៩"]), st.integers(100, 199))
@settings(max_examples=60)
def test_every_script_counts_and_spans_point_into_the_message(script: str, last: int) -> None:
    number = f"212-555-0{last}".translate(str.maketrans("0123456789", script))
    text = f"é 👏 mine is {number}, ok"
    (found,) = contacts(text)
    assert text[found.start : found.end] == number


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("five five five oh one two three", "5550123"),
        ("double five 5 triple one", "555111"),
        ("seis cinco cinco", "655"),
        ("fifty five twenty", "5520"),
        ("einundzwanzig", ""),
        ("5o3", "503"),
    ],
)
def test_numbers_in_words_become_digits(words: str, digits: str) -> None:
    assert spoken_digits(words) == digits


@pytest.mark.parametrize("digits", ["", "0", "0000000"])
def test_a_number_no_plan_knows_is_doubtful(digits: str) -> None:
    assert phone_certainty(digits) is Certainty.DOUBTFUL
    assert phone_certainty(digits, plus=True) is Certainty.DOUBTFUL
    assert phone_certainty(digits, regions=("US",)) is Certainty.DOUBTFUL


def test_a_wall_of_numbers_asks_the_plans_only_so_often() -> None:
    found = contacts(" and ".join(["212-456-7890"] * 12))
    assert [one.certainty for one in found] == [Certainty.VALIDATED] * 8 + [Certainty.DOUBTFUL] * 4


def test_a_wall_of_contacts_is_told_to_its_end() -> None:
    wall = " and ".join(["212-456-7890"] * 200)
    found = contacts(wall)
    assert len(found) < 100
    assert (found[0].start, found[-1].end) == (0, len(wall))


def test_every_digit_of_unicode_is_read_as_its_own() -> None:
    every = "".join(sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isdecimal())
    assert ascii_digits(every) == "".join(str(unicodedata.decimal(sign)) for sign in every)
