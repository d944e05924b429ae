"""All numbers and lists that matching uses, read once from the table of data/matching.toml and proven sound."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.hours import week_mask

Pairs = Mapping[tuple[str, str], float]
Names = tuple[str, ...]
FACTORS: Names = ("hours", "now", "help_wanted", "life", "pace", "medicine", "substances", "age_band")


@dataclass(frozen=True, slots=True)
class Values:
    """The small fixed numbers inside single factors."""

    unknown: float
    any_hours: float
    different_place: float
    later_boost: float
    same_boat_bonus: float
    help_other: float
    medicine_both_none: float
    medicine_one_none: float


@dataclass(frozen=True, slots=True)
class WaitingWeights:
    """What waiting does: a bonus per full step, and a floor of score that falls."""

    step_hours: float
    bonus: float
    most: float
    floors: tuple[tuple[float, float], ...]
    floor_after: float

    def bonus_after(self, hours: float) -> float:
        """Return the bonus of one person who waited so many hours."""
        return min(self.most, self.bonus * (hours // self.step_hours))

    def floor_after_hours(self, hours: float) -> float:
        """Return the score a pair needs whose longer wait is `hours`."""
        return next((floor for under, floor in self.floors if hours < under), self.floor_after)


@dataclass(frozen=True, slots=True)
class MatchingPolicy:
    """When people are matched, and how results are reported."""

    instant_at: float
    round_minutes: int
    circle_after_hours: int
    circle_least: int
    circle_most: int
    on_call_minutes: int
    mentor_rest_days: int
    report_group_least: int
    report_gap_points: int


@dataclass(frozen=True, slots=True)
class ReasonRules:
    """Which reasons may be told, in which order, and how many."""

    order: Names
    most: int
    similar_place_at: float
    never_named: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choosable:
    """The keys that may be chosen, question by question, and how many at most."""

    single: Mapping[str, frozenset[str]]
    many: Mapping[str, frozenset[str]]
    now: Mapping[str, frozenset[str]]
    most: Mapping[str, int]
    interests: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class MatchingWeights:
    """Everything that decides who fits whom. Compared by identity, so that it can key a cache."""

    version: str
    factors: Mapping[str, float]
    values: Values
    line: Mapping[str, int]
    now: Pairs
    help: Pairs
    pace: Pairs
    age_band: Pairs
    near_age: frozenset[tuple[str, str]]
    blocks: Mapping[str, tuple[int, ...]]
    shared_at_least: int
    veto_now: Mapping[str, frozenset[str]]
    veto_statement: Mapping[str, str]
    gender_wanted: Mapping[str, str]
    waiting: WaitingWeights
    policy: MatchingPolicy
    reasons: ReasonRules
    choices: Choosable = field(repr=False)

    def week(self, one: Candidate) -> int:
        """Return the hours of the week in which `one` is around (see `hours.week_mask`)."""
        return _week(self, one.utc_offset, one.hours)


@cache
def _week(weights: MatchingWeights, utc_offset: int | None, hours: frozenset[str]) -> int:
    return week_mask(utc_offset, hours, weights.blocks)
