"""data/mentors.toml: what a slip in it says."""

import tomllib
from typing import Any

import pytest

from buddybot.content import content_dir
from buddybot.content.tables.pairs.mentors import parse_mentor_rules
from buddybot.content.validation import TableError


def table() -> dict[str, Any]:  # type: ignore[explicit-any]  # TOML as it is read
    return tomllib.loads((content_dir() / "mentors.toml").read_text(encoding="utf-8"))


def test_the_shipped_table_has_an_answer_for_each_card() -> None:
    rules = parse_mentor_rules(table())
    assert all(card.right in card.choices for card in rules.cards)
    assert rules.at_most <= 3


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"at_most": 21}, "at_most"),
        ({"at_most": 0}, "at_most"),
        ({"cards": [{"key": "peer", "choices": ["a", "b"], "right": "c"}]}, "cards.0.right"),
        ({"cards": [{"key": "pe.er", "choices": ["a", "b"], "right": "a"}]}, "cards"),
        ({"cards": []}, "cards"),
        ({"rest": 3}, "rest"),
    ],
)
def test_a_slip_in_the_table_is_named(change: dict[str, object], key: str) -> None:
    with pytest.raises(TableError) as found:
        parse_mentor_rules({**table(), **change})
    assert found.value.key == key
