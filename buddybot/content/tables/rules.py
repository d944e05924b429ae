"""Schemas of data/rules.toml, and of frames.toml and ordinary.toml in data/lexicon: thresholds, outcomes, frames."""

from collections.abc import Callable, Container, Iterable, Mapping
from enum import Enum
from math import inf
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from buddybot.content.files import Table
from buddybot.content.succinct import SuccinctSet
from buddybot.content.validation import Day, Filled, Integer, TableError, TableModel, Texts, validated
from buddybot.domain.crisis.conversation import Gentle
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.domain.kernel.verdicts import Label, Outcome, Severity, Verdict
from buddybot.rules.contact import ContactTables, help_lines_of
from buddybot.rules.frames import Frame, Frames
from buddybot.rules.policy import Bars, Policy, Rule

Named = TypeVar("Named", bound=Enum)
REQUIRED_RULES = ("crisis", "none", "unsure", "pii", "sourcing_ask", "sourcing_offer", "harassment", "threat",
                  "exploit", "misinfo", "graphic")  # fmt: skip


def by_name(kind: type[Named], written: Callable[[str], str] = str) -> BeforeValidator:
    """Return an annotation: a member of an enumeration by its name, as the files write it."""
    members = {written(name): member for name, member in kind.__members__.items()}

    def member(value: object) -> object:
        if not isinstance(value, str) or value not in members:
            raise PydanticCustomError("fix", "{fix}", {"fix": f"write one of: {', '.join(members)}"})
        return members[value]

    return BeforeValidator(member)


Score = Annotated[float, Strict()]
ScoreByLabel = Mapping[Label, Score]
OutcomeName = Annotated[Outcome, by_name(Outcome, str.lower)]
SeverityName = Annotated[Severity, by_name(Severity)]
LevelName = Annotated[Level, by_name(Level)]


class OverdoseTable(TableModel):
    """The bar for what is happening now."""

    overdose: Score


class BarsTable(TableModel):
    """The bars for two opinions together: of a whole note, of one sentence, of an overdose."""

    whole: ScoreByLabel
    part: ScoreByLabel
    now: OverdoseTable


class ThresholdsTable(TableModel):
    """How sure the opinion must be of each label."""

    label: ScoreByLabel
    firm: ScoreByLabel
    part: ScoreByLabel
    now: OverdoseTable
    second: BarsTable


class RuleTable(TableModel):
    """One rule: its number in the members' list, its usual severity, and the outcome at each severity."""

    number: Integer
    severity: SeverityName
    why: Filled
    S0: OutcomeName | None = None
    S1: OutcomeName | None = None
    S2: OutcomeName | None = None
    S3: OutcomeName | None = None
    S4: OutcomeName | None = None

    def outcomes(self) -> dict[Severity, Outcome]:
        """Return the outcome at each severity that the table names."""
        named = (self.S0, self.S1, self.S2, self.S3, self.S4)
        return {severity: found for severity, found in zip(Severity, named, strict=True) if found is not None}


class SitesTable(TableModel):
    """Public bodies whose links are no contacts."""

    hosts: Texts


class RulesTable(TableModel):
    """data/rules.toml as it is written."""

    checked: Day
    thresholds: ThresholdsTable
    rule: Mapping[str, RuleTable]
    public_sites: SitesTable

    @model_validator(mode="after")
    def _whole(self) -> "RulesTable":
        for name in REQUIRED_RULES:
            if name not in self.rule:
                raise TableError(f"rule.{name}", None, "add it: this rule is missing")
        return self


class FrameTable(TableModel):
    """One frame: the kinds of words that must stand in one sentence, those that may not, and what it means."""

    label: str = ""
    needs: Texts = Field((), alias="all")
    unless: Texts = Field((), alias="none")
    level: LevelName | None = None
    lane: SideLane | None = None
    severity: SeverityName = Severity.S0
    alone: Score = inf
    exempt: Texts = ()
    gentle: Gentle | None = None


class OrdinaryTable(TableModel):
    """data/lexicon/ordinary.toml as it is written: everyday words, which are no handles."""

    words: Filled


def policy_of(table: Table, frames: Frames, contacts: ContactTables) -> Policy:
    """Return the policy that rules.toml describes, or raise a `TableError`."""
    found = validated(RulesTable, table)
    bars = found.thresholds
    return Policy(
        rules={name: _rule(name, rule) for name, rule in found.rule.items()},
        firm=_by_label(bars.firm),
        frames=frames,
        contacts=contacts,
        first=Bars(_by_label(bars.label), _by_label(bars.part, inf), bars.now.overdose),
        second=Bars(_by_label(bars.second.whole), _by_label(bars.second.part, inf), bars.second.now.overdose),
    )


def frames_of(table: Table) -> list[Frame]:
    """Return the frames that a table describes, or raise a `TableError`."""
    return [_frame(name, frame) for name, frame in validated(dict[str, FrameTable], table).items()]


def public_sites(table: Table) -> Texts:
    """Return the hosts of public bodies in rules.toml, or raise a `TableError`."""
    return validated(RulesTable, table).public_sites.hosts


def ordinary_words(table: Table) -> Container[str]:
    """Return the everyday words of ordinary.toml, or raise a `TableError`."""
    return SuccinctSet(validated(OrdinaryTable, table).words.split())


def contact_tables(countries: Iterable[Table], sites: Texts, ordinary: Container[str]) -> ContactTables:
    """Return what contacts are told from: help lines of the country files, public sites, everyday words."""
    return ContactTables(help_lines_of(countries, sites), ordinary)


def _rule(name: str, table: RuleTable) -> Rule:
    """Read one rule; a severity whose outcome the table does not name delivers."""
    outcome = table.outcomes().get(table.severity, Outcome.DELIVER)
    return Rule(Verdict(outcome, name, table.severity), table.why)


def _frame(name: str, table: FrameTable) -> Frame:
    return Frame(
        name=name,
        label=table.label,
        needs=tuple(frozenset(need.split("|")) for need in table.needs),
        unless=frozenset(table.unless),
        level=table.level,
        lane=table.lane,
        severity=table.severity,
        alone=table.alone,
        exempt=frozenset(table.exempt),
        gentle=table.gentle,
    )


def _by_label(scores: ScoreByLabel, otherwise: float = 0.0) -> dict[Label, float]:
    return {label: scores.get(label, otherwise) for label in Label}
