"""Counts of the desk: exposure of one moderator, work of the team, how the service stands. Never counts of people."""

from datetime import timedelta

from buddybot.domain.moderation.desk import Exposure, Standing
from buddybot.domain.moderation.staff import HEADS, REST
from buddybot.domain.moderation.workload import FEW, Count, Workload, paces
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn

WINDOW = timedelta(days=90)
COVERED = timedelta(days=28)


def exposure(turn: Turn, member: Member) -> Exposure:
    """Return how much distressing content somebody saw on this shift."""
    meter = staff.meter(turn, member)
    if meter is None:
        return Exposure(0, 0, rest=False, rest_until=None)
    rest_until = meter.rested_at + REST if meter.rested_at is not None and meter.resting(turn.now) else None
    minutes = int((turn.now - meter.since) / timedelta(minutes=1))
    return Exposure(meter.heavy, minutes, meter.full(turn.now), rest_until)


def workload(turn: Turn, member: Member) -> Workload:
    """Return aggregated statistics. Counts under ten are suppressed, but for leads, whose own team it is."""
    few = 1 if staff.role_of(turn, member.id) in HEADS else FEW
    since, of = turn.now - WINDOW, turn.tx.sanctions
    waiting = turn.tx.cases.count_waiting()
    lost = of.counted("rule", since, overturned=True) | of.counted("detector", since, overturned=True)
    return Workload(
        open_now=tuple(Count(name, number) for name, number in waiting.items()),
        actions=_hidden(of.counted("step", since), few),
        rules=_hidden(of.counted("rule", since), few),
        overturned=_hidden(lost, few),
        coverage=_coverage(turn),
        paces=paces(turn.tx.cases.courses(since), turn.now, few),
        few=few,
        shares=tuple(one if one >= few else None for one in turn.tx.staff.shares(turn.now - COVERED)),
    )


def _hidden(found: dict[str, int], few: int) -> tuple[Count, ...]:
    return tuple(Count(name, number if number >= few else None) for name, number in found.items() if name)


def _coverage(turn: Turn) -> tuple[int, ...]:
    """Count for each hour of the day on how many of the last days somebody was on duty."""
    covered: set[tuple[int, int]] = set()
    for shift in turn.tx.staff.spans(turn.now - COVERED):
        at = shift.began
        while at < min(shift.ends(), turn.now):
            covered.add((at.toordinal(), at.hour))
            at += timedelta(hours=1)
    return tuple(sum(hour == one for _, one in covered) for hour in range(24))


def standing(turn: Turn) -> Standing:
    """Return the status of the service."""
    return Standing(len(staff.on_shift(turn)), turn.book.rules_checked, turn.book.warnings(turn.now.date()))
