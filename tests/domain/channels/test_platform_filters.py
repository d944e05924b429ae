import re

import pytest

from buddybot.content import content_dir, read_toml
from buddybot.domain.channels.platform_filters import Filter, parse_filters
from buddybot.domain.kernel.faults import Fault

FILTERS = parse_filters(read_toml(content_dir() / "first_layer.toml"))


def holds_back(text: str) -> set[str]:
    """Say which filters would hold a text back, read as platforms read them."""
    found = set()
    for each in FILTERS:
        words = (re.escape(word).replace(r"\*", r"\S*") for word in each.words)
        if any(re.search(pattern, text, re.IGNORECASE) for pattern in (*words, *each.patterns)):
            found.add(each.name)
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("got blues for cheap, dm for prices", {"selling"}),
        ("M30s $20 each, pull up", {"selling"}),
        ("add me on snap", {"contact"}),
        ("here: https://t.me/somebody", {"contact"}),
        ("I sold my car to pay rent", set()),
        ("I paid $40 for lunch", set()),
        ("call 988 or 1-800-662-4357", set()),
        ("I want to die", set()),
        ("he is blue and won't wake up", set()),
        ("I took 10 percs and I'm scared", set()),
        ("naloxone is free at the pharmacy", set()),
    ],
)
def test_only_plain_offers_and_contacts_are_held_back(text: str, names: set[str]) -> None:
    assert holds_back(text) == names


def test_the_tables_are_what_they_say() -> None:
    assert [each.name for each in FILTERS] == ["selling", "contact"]
    assert parse_filters({"a": {"words": ["x"]}}) == (Filter("a", ("x",)),)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({str(number): {"words": ["x"]} for number in range(7)}, "first_layer"),
        ({"a": {"wrods": ["x"]}}, "a.wrods"),
        ({"a": {}}, "a"),
        ({"a": {"words": ["x"] * 1001}}, "a.words"),
        ({"a": {"words": ["x" * 61]}}, "a.words"),
        ({"a": {"patterns": ["("]}}, "a.patterns"),
        ({"a": {"patterns": ["(?!x)y"]}}, "a.patterns"),
    ],
)
def test_a_broken_table_names_its_key(table: dict[str, object], key: str) -> None:
    with pytest.raises(Fault) as caught:
        parse_filters(table)
    assert caught.value.key == key
