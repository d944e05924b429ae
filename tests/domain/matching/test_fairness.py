"""Who is matched less, told only of groups large enough."""

from datetime import UTC, datetime, timedelta

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.fairness import GroupFigures, fairness
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def people(count: int, prefix: str, *, lane: str = "self", medicine: str | None = None) -> list[Candidate]:
    taken = frozenset({medicine}) if medicine else frozenset[str]()
    since = NOW - timedelta(hours=30)
    return [Candidate(f"{prefix}{i}", lane, medicine=taken, waiting_since=since) for i in range(count)]


def test_a_group_matched_ten_points_less_than_the_rest_is_named() -> None:
    pool = people(20, "s") + people(10, "f", lane="family")
    matched = {f"s{i}" for i in range(18)} | {f"f{i}" for i in range(8)}
    found = {one.group: one for one in fairness(pool, matched, NOW, WEIGHTS)}
    assert found["lane family"] == GroupFigures("lane family", 10, 0.8, 30.0, behind=True)
    assert not found["lane self"].behind
    assert not found["language en"].behind
    assert "waiting longer" in found


def test_small_groups_and_those_that_would_betray_one_are_not_shown() -> None:
    pool = people(20, "s", medicine="none") + people(9, "f", lane="family", medicine="past")
    assert [one.group for one in fairness(pool, set(), NOW, WEIGHTS)] == ["language en", "waiting longer"]


def test_newcomers_are_a_group_of_their_own() -> None:
    pool = [Candidate(f"n{i}", "self") for i in range(10)]
    assert [one.group for one in fairness(pool, set(), NOW, WEIGHTS)] == ["lane self", "language en", "newcomer"]
