"""Plain rendering of milestones: one line each, days in all first, never a zero."""

from buddybot.domain.care.milestones import MOMENT, Milestone, days_in_all, longest, this_stretch
from buddybot.domain.people.members import Member
from buddybot.service.kernel.lanes import BEREAVED, lane_of
from buddybot.service.kernel.moments import local_day
from buddybot.service.kernel.turn import Turn


def milestone_name(turn: Turn, member: Member, one: Milestone) -> str:
    """Return what its owner calls it."""
    return one.name or turn.words(member, f"milestone-kind-{one.kind}")


def line_of(turn: Turn, member: Member, one: Milestone) -> str:
    """Return a milestone in one line: the day of a moment, else days in all."""
    total, name = days_in_all(one, local_day(member, turn.now)), milestone_name(turn, member, one)
    if not one.stretches:
        return turn.words(member, "milestone-dateless", name=name)
    if one.kind == MOMENT:
        return turn.words(member, "milestone-moment", name=name, day=one.stretches[0].start)
    return turn.words(member, "milestone-total" if total else "milestone-begins", name=name, days=total)


def stretch_lines(turn: Turn, member: Member, one: Milestone) -> list[str]:
    """Return what stands beside the total, where its owner wants to see it."""
    if not one.beside or not one.stretches or one.kind == MOMENT:
        return []
    today = local_day(member, turn.now)
    lines = [turn.words(member, "milestone-longest", days=days)] if (days := longest(one, today)) else []
    if one.runs:
        since, days = one.stretches[-1].start, this_stretch(one, today)
        lines.append(turn.words(member, "milestone-stretch" if days else "milestone-fresh", days=days, day=since))
    return lines


def own_lines(turn: Turn, member: Member) -> list[str]:
    """Return all that somebody counts, for a page of their own; nothing in the bereaved lane."""
    if lane_of(turn, member) == BEREAVED:
        return []
    return [line_of(turn, member, one) for one in turn.tx.own_dates.milestones(member.id) if one.stretches]
