"""Schema of data/matching.toml: every number and list of the score, the hard limits and the matching policy."""

import math
from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, Strict

from buddybot.content.files import Table
from buddybot.content.validation import Number, TableError, TableModel, Whole, fix, validated
from buddybot.domain.matching.weights import (
    FACTORS,
    Choosable,
    MatchingPolicy,
    MatchingWeights,
    Names,
    Pairs,
    ReasonRules,
    Values,
    WaitingWeights,
)

SINGLE: Names = ("lane", "pace", "age_band", "gender_pref", "gender", "role")
MANY: Names = ("help_wanted", "not_ok", "statements", "hours", "medicine", "substances")

_Hour = Annotated[int, Strict(), Field(ge=0, le=23), fix("make it a list of hours, 0 to 23")]
_Pair = Annotated[tuple[str, str, Number], fix("write each as [wish, wish, value]")]
_Floor = Annotated[tuple[Number, Number], fix("write each as [hours, score]")]


class ValuesTable(TableModel):
    """[values]: the small fixed numbers inside single factors."""

    unknown: Number
    any_hours: Number
    different_place: Number
    later_boost: Number
    same_boat_bonus: Number
    help_other: Number
    medicine_both_none: Number
    medicine_one_none: Number


class NowTable(TableModel):
    """[now]: places, and how well they fit."""

    line: Mapping[str, Whole]
    order: Names
    matrix: tuple[tuple[Number, ...], ...]


class HelpTable(TableModel):
    """[help]: wishes that go together."""

    pairs: tuple[_Pair, ...]


class PaceTable(TableModel):
    """[pace]: steps apart on the line, and those without a fixed pace."""

    line: Names
    steps: tuple[Number, ...]
    loose: Number
    loose_both: Number


class AgeTable(TableModel):
    """[age_band]: steps apart on the line, and how near is near."""

    line: Names
    steps: tuple[Number, ...]
    near_steps: Whole


class HoursTable(TableModel):
    """[hours]: the hours of each block, whatever blocks there are."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[_Hour, ...]]

    shared_at_least: Whole


class VetoesTable(TableModel):
    """[vetoes]: what each "not okay" excludes."""

    now: Mapping[str, frozenset[str]]
    statement: Mapping[str, str]


class WaitingTable(TableModel):
    """[waiting]: what waiting adds, and the floor that falls."""

    step_hours: Number
    bonus: Number
    most: Number
    floors: tuple[_Floor, ...]
    floor_after: Number


class PolicyTable(TableModel):
    """[policy]: when people are matched, and how results are reported."""

    instant_at: Number
    round_minutes: Whole
    circle_after_hours: Whole
    circle_least: Whole
    circle_most: Whole
    on_call_minutes: Whole
    mentor_rest_days: Whole
    report_group_least: Whole
    report_gap_points: Whole


class ReasonsTable(TableModel):
    """[reasons]: which reasons may be told."""

    order: Names
    most: Whole
    similar_place_at: Number
    never_named: frozenset[str]


class ChoicesTable(TableModel):
    """[choices]: the keys that may be chosen, question by question."""

    lane: Names
    help_wanted: Names
    not_ok: Names
    statements: Names
    hours: Names
    medicine: Names
    life: Names
    interests: Names
    pace: Names
    substances: Names
    age_band: Names
    gender_pref: Names
    gender: Names
    role: Names
    now: Mapping[str, Names]

    def sets(self, names: Names) -> dict[str, frozenset[str]]:
        """Return the choices of these questions."""
        return {name: frozenset(getattr(self, name)) for name in names}


class MatchingTable(TableModel):
    """data/matching.toml as it is written."""

    version: str
    factors: Mapping[str, Number]
    values: ValuesTable
    now: NowTable
    help: HelpTable
    pace: PaceTable
    age_band: AgeTable
    hours: HoursTable
    vetoes: VetoesTable
    gender_pref: Mapping[str, str]
    waiting: WaitingTable
    policy: PolicyTable
    reasons: ReasonsTable
    choices: ChoicesTable
    most: Mapping[str, Whole]


def parse_weights(table: Table) -> MatchingWeights:
    """Return the weights that a table describes, or raise a `TableError`."""
    found = validated(MatchingTable, table)
    age, pace, hours = found.age_band, found.pace, found.hours
    return MatchingWeights(
        version=found.version,
        factors=_factors(found.factors),
        values=Values(**dict(found.values)),
        line=found.now.line,
        now=_matrix(found.now),
        help=_help(found.help),
        pace=_line(pace.line, pace.steps) | _loose(pace),
        age_band=_line(age.line, age.steps),
        near_age=_near(age.line, age.near_steps),
        blocks=dict(hours.__pydantic_extra__),
        shared_at_least=hours.shared_at_least,
        veto_now=found.vetoes.now,
        veto_statement=found.vetoes.statement,
        gender_wanted=found.gender_pref,
        waiting=WaitingWeights(**{**dict(found.waiting), "floors": tuple(sorted(found.waiting.floors))}),
        policy=MatchingPolicy(**dict(found.policy)),
        reasons=ReasonRules(**dict(found.reasons)),
        choices=_choices(found.choices, found.most),
    )


def _factors(found: Mapping[str, float]) -> Mapping[str, float]:
    for name in FACTORS:
        if name not in found:
            raise TableError(f"factors.{name}", None, "add it")
    for name in found:
        if name not in FACTORS:
            raise TableError(f"factors.{name}", found[name], f"remove it; known here: {', '.join(FACTORS)}")
    if not math.isclose(math.fsum(found.values()), 1.0, abs_tol=1e-9):
        raise TableError("factors", dict(found), "make them add up to 1")
    return {name: found[name] for name in FACTORS}


def _matrix(found: NowTable) -> Pairs:
    order, rows = found.order, found.matrix
    cells = {(a, b): cell for a, row in zip(order, rows, strict=False) for b, cell in zip(order, row, strict=False)}
    if len(cells) != len(order) ** 2 or any(cells[a, b] != cells[b, a] for a, b in cells):
        raise TableError("now.matrix", rows, "make it square and symmetric, a row for each name in order")
    return cells


def _help(found: HelpTable) -> Pairs:
    return {pair: value for a, b, value in found.pairs for pair in ((a, b), (b, a))}


def _line(line: Names, steps: tuple[float, ...]) -> dict[tuple[str, str], float]:
    return {
        (a, b): steps[abs(i - j)] if abs(i - j) < len(steps) else 0.0
        for i, a in enumerate(line)
        for j, b in enumerate(line)
    }


def _loose(found: PaceTable) -> dict[tuple[str, str], float]:
    sides = {pair: found.loose for name in found.line for pair in (("loose", name), (name, "loose"))}
    return sides | {("loose", "loose"): found.loose_both}


def _near(line: Names, steps: int) -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for i, a in enumerate(line) for j, b in enumerate(line) if abs(i - j) <= steps)


def _choices(found: ChoicesTable, most: Mapping[str, int]) -> Choosable:
    for lane in found.lane:
        if lane not in found.now:
            raise TableError(f"choices.now.{lane}", None, "add it")
    interests = frozenset(found.interests)
    return Choosable(
        single=found.sets(SINGLE),
        many=found.sets(MANY) | {"life": interests.union(found.life)},
        now={lane: frozenset(found.now[lane]) for lane in found.lane},
        most=most,
        interests=interests,
    )
