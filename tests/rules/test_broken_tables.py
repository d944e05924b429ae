"""A table that can't be used names its key."""

from collections.abc import Mapping

import pytest

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.lexicon import folding_tables, lexicon_of
from buddybot.content.tables.rules import claims_of, contact_tables, policy_of
from buddybot.rules.asks import asks_of
from buddybot.rules.contact import ContactTables, HelpLines

RULES, FRAMES = read_toml(content_dir() / "rules.toml"), read_toml(content_dir() / "lexicon" / "frames.toml")
NOTHING = ContactTables(HelpLines(frozenset(), frozenset()))
RULE = {"severity": "S1", "S1": "nudge", "why": "because"}


def rules_with(name: str, rule: object) -> Mapping[str, object]:
    known = RULES["rule"]
    assert isinstance(known, Mapping)
    return {**RULES, "rule": {**known, name: rule}}


@pytest.mark.parametrize(
    ("rules", "frames", "named"),
    [
        ({**RULES, "rule": {}}, FRAMES, "rule.crisis"),
        ({**RULES, "thresholds": 3}, FRAMES, "thresholds"),
        ({**RULES, "thresholds": {"label": {"pii": "much"}, "firm": {}}}, FRAMES, "thresholds.label.pii"),
        (rules_with("pii", {**RULE, "why": 3}), FRAMES, "why"),
        (rules_with("pii", {**RULE, "S1": "shout"}), FRAMES, "rule.pii.S1"),
        (RULES, {"odd": {"level": "L9"}}, "odd.level"),
    ],
)
def test_a_broken_policy_names_its_key(rules: Mapping[str, object], frames: Mapping[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        policy_of(rules, frames, NOTHING)


@pytest.mark.parametrize(
    ("rules", "ordinary", "named"),
    [
        ({}, {"words": "a"}, "public_sites"),
        ({"public_sites": {"hosts": "na.org"}}, {"words": "a"}, "hosts"),
        (RULES, {"words": 3}, "words"),
    ],
)
def test_broken_tables_of_contacts_name_their_key(
    rules: Mapping[str, object], ordinary: Mapping[str, object], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        contact_tables([], rules, ordinary)


def test_a_claim_without_wording_is_named() -> None:
    with pytest.raises(ValueError, match=r"cold\.wording"):
        claims_of({"cold": {"wording": "ice"}})


def test_broken_words_and_folding_are_named() -> None:
    with pytest.raises(ValueError, match="en: kinds"):
        lexicon_of({"en": {}})
    with pytest.raises(ValueError, match=r"kinds\.drug"):
        lexicon_of({"en": {"kinds": {"drug": 3}}})
    with pytest.raises(ValueError, match=r"units\.keep"):
        folding_tables({})


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({}, "asks: write the tables"),
        ({"parts": {}, "asks": {"meets": "x"}}, r"asks\.meets: write a list"),
        ({"parts": {}, "asks": {"meets": ["("]}}, r"asks\.meets: missing"),
    ],
)
def test_broken_patterns_are_named(table: Mapping[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        asks_of(table)
