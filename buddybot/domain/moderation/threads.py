"""Labels of a case's thread: how far a case has come, as one glance at a list of threads should tell it."""

from enum import StrEnum

from buddybot.domain.moderation.cases import Case, CasePriority, State

CALLED = frozenset({CasePriority.P0, CasePriority.P1})
"""Priorities whose threads call those on call."""


class ThreadLabel(StrEnum):
    """Progress label of a case's thread."""

    NEW = "new"
    CLAIMED = "claimed"
    WAITING = "waiting"
    """Somebody has it, and looks in again later, or a second person has to agree."""
    MUTED = "muted"
    """Somebody has it, and a step of it holds its person back now."""
    CLOSED = "closed"


def label_of(case: Case, *, held: bool, waits: bool) -> ThreadLabel:
    """Return the label: that nobody has a case comes before all that was done in it."""
    if case.state is State.CLOSED:
        return ThreadLabel.CLOSED
    if case.state is State.OPEN:
        return ThreadLabel.NEW
    if held:
        return ThreadLabel.MUTED
    return ThreadLabel.WAITING if waits else ThreadLabel.CLAIMED


def calls(case: Case, called: CasePriority | None) -> bool:
    """Return whether the thread calls those on call now: an urgent case that nobody has, once for each rise of it."""
    return case.state is State.OPEN and case.priority in CALLED and (called is None or case.priority < called)
