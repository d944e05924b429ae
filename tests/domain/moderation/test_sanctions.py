"""The ladder: severity, points, steps and time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from buddybot.content import Table, content_dir, read_toml
from buddybot.content.tables.ladder import parse_ladder
from buddybot.content.validation import TableError
from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.sanctions import Sanction, Step, band, given, points_today, repeated, total
from buddybot.domain.moderation.staff import Meter, Role, RoleRefusal, Shift, highest, may_begin

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TABLE = read_toml(content_dir() / "ladder.toml")
LADDER = parse_ladder(TABLE)


def sanction(points: float, *, days: float = 0, rule: int = 8, step: Step = Step.WARNING) -> Sanction:
    at = NOW - days * DAY
    return Sanction("s", CaseId("c"), None, MemberId("mo"), step, rule, Severity.S2, points, at, None)


@pytest.mark.parametrize(
    ("severity", "again", "sharper", "points"),
    [
        (Severity.S0, True, True, 0),
        (Severity.S1, False, False, 1),
        (Severity.S2, False, False, 3),
        (Severity.S2, True, False, 4),
        (Severity.S3, True, True, 10.5),
        (Severity.S4, False, True, 18),
    ],
)
def test_points_of_one_action(severity: Severity, *, again: bool, sharper: bool, points: float) -> None:
    assert given(LADDER, severity, again=again, sharper=sharper) == points


@pytest.mark.parametrize(
    ("days", "points"), [(0, 12), (29.9, 12), (30, 6), (59, 6), (60, 3), (119.9, 1.5), (120, 0), (-5, 12)]
)
def test_points_halve_every_thirty_days_and_are_gone_after_120(days: float, points: float) -> None:
    assert points_today(LADDER, sanction(12, days=days), NOW) == points


def test_what_the_bot_did_alone_counts_once_a_person_acted_on_the_case() -> None:
    alone = replace(sanction(18, step=Step.QUARANTINE), by=None)
    assert total(LADDER, [alone], NOW) == 0
    assert not repeated(LADDER, [alone], 8, NOW)
    assert total(LADDER, [alone, replace(sanction(3), case=CaseId("d"))], NOW) == 3
    assert total(LADDER, [alone, sanction(3)], NOW) == 21
    assert total(LADDER, [alone, replace(sanction(3), overturned_at=NOW)], NOW) == 0


def test_what_was_overturned_counts_as_never_given() -> None:
    never = replace(sanction(12), overturned_at=NOW)
    assert total(LADDER, [never, sanction(3)], NOW) == 3
    assert not repeated(LADDER, [never], 8, NOW)
    assert repeated(LADDER, [sanction(3, days=13)], 8, NOW)
    assert not repeated(LADDER, [sanction(3, days=14)], 8, NOW)
    assert not repeated(LADDER, [sanction(3, rule=1)], 8, NOW)


@pytest.mark.parametrize(
    ("points", "step", "lasts"),
    [
        (0, Step.REMINDER, None),
        (2.9, Step.REMINDER, None),
        (3, Step.WARNING, None),
        (5.9, Step.WARNING, None),
        (6, Step.MUTE, DAY),
        (9, Step.MUTE, 7 * DAY),
        (12, Step.REMOVAL, 30 * DAY),
        (99, Step.REMOVAL, 30 * DAY),
    ],
)
def test_points_set_the_step(points: float, step: Step, lasts: timedelta | None) -> None:
    found = band(LADDER, points)
    assert (found.step, found.lasts) == (step, lasts)


@pytest.mark.parametrize(
    ("one", "runs"),
    [
        (sanction(3), False),
        (sanction(3, step=Step.MUTE), True),
        (replace(sanction(3, step=Step.MUTE), until=NOW), False),
        (replace(sanction(3, step=Step.MUTE), until=NOW + DAY), True),
        (replace(sanction(3, step=Step.MUTE), lifted_at=NOW), False),
        (replace(sanction(3, step=Step.MUTE), overturned_at=NOW), False),
    ],
)
def test_what_holds_somebody_back(one: Sanction, *, runs: bool) -> None:
    assert one.runs(NOW) is runs


@pytest.mark.parametrize(
    "change",
    [
        {"points": {"S1": 1, "S2": 3, "S3": 6}},
        {"points": {"S1": "1", "S2": 3, "S3": 6, "S4": 12}},
        {"points": {"S1": True, "S2": 3, "S3": 6, "S4": 12}},
        {"points": {"S1": -1, "S2": 3, "S3": 6, "S4": 12}},
        {"band": []},
        {"band": "none"},
        {"band": [{"points": 1, "step": "mute"}]},
        {"band": [{"points": 0, "step": "mute"}, {"points": 0, "step": "mute"}]},
        {"band": [{"points": 0, "step": "shout"}]},
        {"band": [{"points": 0, "step": "mute", "days": 1}]},
        {"more": 1},
    ],
)
def test_a_broken_ladder_is_refused(change: Table) -> None:
    with pytest.raises(TableError):
        parse_ladder({**TABLE, **change})


def test_the_highest_role_counts() -> None:
    assert highest([]) is Role.MEMBER
    assert highest([Role.MODERATOR, Role.OPERATOR, Role.LEAD]) is Role.OPERATOR


def test_when_a_shift_may_begin() -> None:
    assert may_begin([], NOW) is None
    assert may_begin([Shift(NOW - HOUR)], NOW) is RoleRefusal.ON
    assert may_begin([Shift(NOW - 9 * HOUR)], NOW) is RoleRefusal.RESTING
    assert may_begin([Shift(NOW - 12 * HOUR)], NOW) is None
    week = [Shift(NOW - days * DAY) for days in (1, 2, 3, 4, 5)]
    assert may_begin(week, NOW) is RoleRefusal.WEEK
    assert may_begin([*week[:4], Shift(NOW - 8 * DAY)], NOW) is None


def test_when_a_break_is_due() -> None:
    assert Meter(3, NOW).full(NOW)
    assert not Meter(2, NOW).full(NOW + HOUR)
    assert Meter(0, NOW).full(NOW + 1.5 * HOUR)
    assert Meter(0, NOW, NOW).resting(NOW)
    assert not Meter(0, NOW, NOW).resting(NOW + HOUR)
    assert not Meter(0, NOW).resting(NOW)
    assert not Meter(0, NOW, NOW + DAY).resting(NOW)
