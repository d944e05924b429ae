"""Reads rules.toml, frames.toml and claims.toml into values; a senseless table is a ValueError naming its key."""

from collections.abc import Iterable, Mapping
from math import inf
from typing import TypeVar

from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Label, Outcome, Severity
from buddybot.rules.contact import ContactTables, help_lines_of
from buddybot.rules.frames import Frame, Frames
from buddybot.rules.policy import Bars, Claim, Policy, Rule

Fields = Mapping[str, object]
Value = TypeVar("Value")
REQUIRED_RULES = ("crisis", "none", "unsure", "pii", "sourcing_ask", "sourcing_offer", "harassment", "threat", "urging",
                  "exploit", "misinfo", "graphic")  # fmt: skip


def policy_of(rules: Fields, frames: Fields, contacts: ContactTables) -> Policy:
    """Read rules.toml and frames.toml; `contacts` come from the country files (`buddybot.content.screening`)."""
    thresholds = _table(rules, "thresholds")
    return Policy(
        rules=_rules(_table(rules, "rule")),
        threshold=_by_label(_table(thresholds, "label"), "thresholds.label"),
        firm=_by_label(_table(thresholds, "firm"), "thresholds.firm"),
        frames=Frames(_frame(name, _table(frames, name)) for name in frames),
        contacts=contacts,
        part=_by_label(_table(thresholds, "part"), "thresholds.part", inf),
        overdose=_number(_table(thresholds, "now").get("overdose"), "thresholds.now.overdose"),
        second=_bars(_table(thresholds, "second")),
    )


def _bars(table: Fields) -> Bars:
    now = _table(table, "now").get("overdose")
    return Bars(
        whole=_by_label(_table(table, "whole"), "thresholds.second.whole"),
        part=_by_label(_table(table, "part"), "thresholds.second.part", inf),
        overdose=_number(now, "thresholds.second.now.overdose"),
    )


def contact_tables(countries: Iterable[Fields], rules: Fields, ordinary: Fields) -> ContactTables:
    """Read what contacts are told from: the country files, rules.toml and ordinary.toml."""
    sites = _texts(_table(rules, "public_sites"), "hosts")
    return ContactTables(help_lines_of(countries, sites), frozenset(_text(ordinary, "words").split()))


def claims_of(table: Fields) -> tuple[Claim, ...]:
    """Read claims.toml; the cards' words stay in the table."""
    return tuple(Claim(name, _groups(name, _table(table, name).get("wording"))) for name in table)


def _rules(table: Fields) -> dict[str, Rule]:
    missing = [name for name in REQUIRED_RULES if name not in table]
    if missing:
        raise ValueError(f"rule.{missing[0]}: this rule is missing")
    return {name: _rule(name, _table(table, name)) for name in table}


def _rule(name: str, table: Fields) -> Rule:
    outcomes = {
        severity: _named(Outcome.__members__, _text(table, severity.name).upper(), f"rule.{name}.{severity.name}")
        for severity in Severity
        if severity.name in table
    }
    severity = _named(Severity.__members__, _text(table, "severity"), f"rule.{name}.severity")
    return Rule(name, severity, outcomes, _text(table, "why"))


def _frame(name: str, table: Fields) -> Frame:
    level, lane, gentle = table.get("level"), table.get("lane"), table.get("gentle")
    return Frame(
        name=name,
        label=str(table.get("label", "")),
        needs=tuple(frozenset(need.split("|")) for need in _texts(table, "all")),
        unless=frozenset(_texts(table, "none")),
        level=None if level is None else _named(Level.__members__, str(level), f"{name}.level"),
        lane=None if lane is None else _named({each.value: each for each in SideLane}, str(lane), f"{name}.lane"),
        severity=_named(Severity.__members__, str(table.get("severity", "S0")), f"{name}.severity"),
        alone=_number(table.get("alone", inf), f"{name}.alone"),
        exempt=frozenset(_texts(table, "exempt")),
        gentle=None if gentle is None else _named({each.value: each for each in Gentle}, str(gentle), f"{name}.gentle"),
    )


def _by_label(table: Fields, key: str, otherwise: float = 0.0) -> dict[Label, float]:
    return {label: _number(table.get(label.value, otherwise), f"{key}.{label.value}") for label in Label}


def _groups(name: str, value: object) -> tuple[frozenset[str], ...]:
    if not isinstance(value, list) or not all(isinstance(group, list) for group in value):
        raise ValueError(f"{name}.wording: write a list of lists of words")
    return tuple(frozenset(map(str, group)) for group in value)


def _named(choices: Mapping[str, Value], name: str, key: str) -> Value:
    if name not in choices:
        raise ValueError(f"{key}: {name!r} is none of {', '.join(choices)}")
    return choices[name]


def _table(table: Fields, key: str) -> Fields:
    found = table.get(key)
    if not isinstance(found, Mapping):
        raise ValueError(f"{key}: write a table here")  # noqa: TRY004 - one kind of error for a broken file
    return found


def _texts(table: Fields, key: str) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, str) for entry in found):
        raise ValueError(f"{key}: write a list of words in quotes")
    return tuple(found)


def _text(table: Fields, key: str) -> str:
    found = table.get(key)
    if not isinstance(found, str):
        raise ValueError(f"{key}: write text in quotes")  # noqa: TRY004 - likewise
    return found


def _number(value: object, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{key}: write a number")  # noqa: TRY004 - likewise
    return float(value)
