"""A table that can't be used names its key."""

import re
from collections.abc import Callable, Mapping

import pytest
from pydantic import ValidationError

from buddybot.content import content_dir, read_toml
from buddybot.content.tables.claims import parse_wordings
from buddybot.content.tables.lexicon import asks_of, folding_tables, words_by_kind
from buddybot.content.tables.rules import frames_of, ordinary_words, policy_of, public_sites
from buddybot.content.validation import TableError, table_errors
from buddybot.rules.contact import ContactTables, HelpLines
from buddybot.rules.frames import Frames

RULES = read_toml(content_dir() / "rules.toml")
NOTHING = ContactTables(HelpLines(frozenset(), frozenset()))
RULE = {"number": 3, "severity": "S1", "S1": "nudge", "why": "because"}


def rules_with(name: str, rule: object) -> Mapping[str, object]:
    known = RULES["rule"]
    assert isinstance(known, Mapping)
    return {**RULES, "rule": {**known, name: rule}}


def thresholds_with(name: str, bars: object) -> Mapping[str, object]:
    known = RULES["thresholds"]
    assert isinstance(known, Mapping)
    return {**RULES, "thresholds": {**known, name: bars}}


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({**RULES, "rule": {}}, "rule.crisis = None: add it: this rule is missing"),
        ({**RULES, "thresholds": 3}, "thresholds = 3: make it a table"),
        ({**RULES, "treshold": {}}, "treshold = {}: remove it; known here: checked, public_sites, rule, thresholds"),
        (thresholds_with("label", {"pii": "much"}), "thresholds.label.pii = 'much': write a number"),
        (thresholds_with("label", {"pii": True}), "thresholds.label.pii = True: write a number"),
        (thresholds_with("firm", {"piy": 1.0}), "thresholds.firm.piy = 'piy': write "),
        (rules_with("pii", {**RULE, "why": 3}), "rule.pii.why = 3: write words in quotes here"),
        (rules_with("pii", {**RULE, "S1": "shout"}), "rule.pii.S1 = 'shout': write one of: deliver, note, nudge"),
        (rules_with("pii", {**RULE, "S9": "hold"}), "rule.pii.S9 = 'hold': remove it"),
        (rules_with("pii", {**RULE, "severity": 1}), "rule.pii.severity = 1: write one of: S0, S1"),
        ({**RULES, "public_sites": {"hosts": "na.org"}}, "public_sites.hosts = 'na.org': make it a list"),
    ],
)
def test_broken_rules_name_key_value_and_fix(rules: Mapping[str, object], named: str) -> None:
    for parse in (lambda table: policy_of(table, Frames([]), NOTHING), public_sites):
        with pytest.raises(TableError, match=re.escape(named)):
            parse(rules)


@pytest.mark.parametrize(
    ("parse", "table", "named"),
    [
        (frames_of, {"odd": {"level": "L9"}}, "odd.level = 'L9': write one of: L0, L1"),
        (frames_of, {"odd": {"none": "past"}}, "odd.none = 'past': make it a list"),
        (frames_of, {"odd": {"lane": "Q"}}, "odd.lane = 'Q': write O, A"),
        (frames_of, {"odd": {"nun": ["past"]}}, "odd.nun = ['past']: remove it; known here: all, alone"),
        (ordinary_words, {"words": 3}, "words = 3: write words in quotes here"),
        (parse_wordings, {"cold": {"wording": "ice"}}, "cold.wording = 'ice': make it a list"),
        (words_by_kind, {}, "kinds = None: add it"),
        (words_by_kind, {"kinds": {"drug": 3}}, "kinds.drug = 3: write it as a text in quotes"),
        (folding_tables, {"units": {}}, "units.keep = None: add it"),
    ],
)
def test_broken_tables_name_key_value_and_fix(
    parse: Callable[[Mapping[str, object]], object], table: Mapping[str, object], named: str
) -> None:
    with pytest.raises(TableError) as caught:
        parse(table)
    every = caught.value.__cause__
    assert isinstance(every, ValidationError)
    assert any(str(one).startswith(named) for one in table_errors(every))


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({}, "parts = None: add it"),
        ({"parts": {}, "asks": {"meets": "x"}}, r"asks\.meets = 'x': make it a list"),
        ({"parts": {}, "asks": {"meets": ["("]}}, r"asks\.meets = '\(': mend this regular expression \(missing"),
    ],
)
def test_broken_patterns_are_named(table: Mapping[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        asks_of(table)
