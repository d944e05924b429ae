"""Conflict-of-interest check: the person, the reporters, their buddies and the recused never act on a case."""

from buddybot.domain.moderation.cases import Case, Concern
from buddybot.domain.moderation.staff import HEADS, WORKERS, Role
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn

CODE = 8


def code(case: Case) -> str:
    """Return the short id of a case, as moderators type it."""
    return case.id[:CODE]


def refusal_for(turn: Turn, me: Member, case: Case) -> str | None:
    """Return the locale key of a conflict of interest or missing permission, or None."""
    if me.id in {case.about, case.reporter} | turn.tx.records.reporters(case.id):
        return "mod-own-case"
    if turn.tx.records.recused(case.id, me.id) or _knows(turn, me, case):
        return "mod-own-case"
    origin = _origin(turn, case)
    if origin is not None and (refused := refusal_for(turn, me, origin)) is not None:
        return refused  # who told of it, or stepped back from it, does not answer the appeal either
    if case.about is None:
        return None
    theirs, mine = staff.role_of(turn, case.about), staff.role_of(turn, me.id)
    if (theirs in HEADS and mine is not Role.OPERATOR) or (theirs in WORKERS and mine not in HEADS):
        return "mod-above-you"
    return None


def decides(turn: Turn, me: Member, case: Case) -> bool:
    """Return whether somebody may decide an appeal: whoever gave or lifted the sanction may read it, no more.

    What the bot did alone is confirmed by a person's step in the same case: that person is part of it as well. Who
    becomes a mentor is for leads.
    """
    if case.concern is Concern.MENTOR:
        return staff.role_of(turn, me.id) in HEADS
    against = turn.tx.sanctions.by_id(case.sanction) if case.sanction else None
    if against is None:
        return True
    part = [against] if against.by is not None else turn.tx.sanctions.of_case(against.case)
    return all(me.id not in {one.by, one.lifter} for one in part)


def _origin(turn: Turn, case: Case) -> Case | None:
    """Return the case of the sanction that an appeal is against."""
    against = turn.tx.sanctions.by_id(case.sanction) if case.sanction else None
    return None if against is None else turn.tx.cases.by_id(against.case)


def _knows(turn: Turn, me: Member, case: Case) -> bool:
    """Return whether the two ever shared a room."""
    rooms = turn.tx.rooms.all_of(me.id)
    return any(room.id == case.room or any(seat.member == case.about for seat in room.seats) for room in rooms)
