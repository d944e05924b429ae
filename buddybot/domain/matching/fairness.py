"""Whether some groups wait longer or are matched less: counts per group, none shown that is too small to hide in."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from buddybot.domain.matching.candidate import ONLY_NONE, Candidate, hours_waited
from buddybot.domain.matching.weights import MatchingWeights

NEWCOMER_HOURS = 24  # who has waited less counts as a newcomer


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How a group fared in one round; `behind` warns that the rest were matched clearly more often."""

    group: str
    people: int
    match_rate: float
    median_wait_hours: float
    behind: bool


def fairness(
    pool: Sequence[Candidate], matched: Collection[str], now: datetime, weights: MatchingWeights
) -> tuple[GroupFigures, ...]:
    """Return the figures of each group of a round, where both the group and the rest are large enough to show."""
    groups: dict[str, list[Candidate]] = {}
    for one in pool:
        for group in _groups(one, now):
            groups.setdefault(group, []).append(one)
    least = weights.policy.report_group_least
    shown = []
    for group, people in sorted(groups.items()):
        inside = {one.id for one in people}
        rest = [one for one in pool if one.id not in inside]
        if len(people) < least or 0 < len(rest) < least:
            continue
        rate = _rate(people, matched)
        gap = 100 * (_rate(rest, matched) - rate) if rest else 0.0
        waits = median(hours_waited(one, now) for one in people)
        shown.append(GroupFigures(group, len(people), rate, waits, round(gap, 9) >= weights.policy.report_gap_points))
    return tuple(shown)


def _groups(one: Candidate, now: datetime) -> Iterator[str]:
    yield f"lane {one.lane}"
    if one.medicine:
        yield "medicine none" if one.medicine == ONLY_NONE else "medicine some"
    for language in sorted(one.languages):
        yield f"language {language}"
    yield "newcomer" if hours_waited(one, now) < NEWCOMER_HOURS else "waiting longer"


def _rate(people: Sequence[Candidate], matched: Collection[str]) -> float:
    return sum(one.id in matched for one in people) / len(people)
