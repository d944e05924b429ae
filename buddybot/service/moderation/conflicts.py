"""Conflict-of-interest check: the person, the reporters, their buddies and the recused never act on a case."""

from buddybot.domain.moderation.cases import Case
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
    if case.about is None:
        return None
    theirs, mine = staff.role_of(turn, case.about), staff.role_of(turn, me.id)
    if (theirs in HEADS and mine is not Role.OPERATOR) or (theirs in WORKERS and mine not in HEADS):
        return "mod-above-you"
    return None


def _knows(turn: Turn, me: Member, case: Case) -> bool:
    """Return whether the two ever shared a room."""
    rooms = turn.tx.rooms.all_of(me.id)
    return any(room.id == case.room or any(seat.member == case.about for seat in room.seats) for room in rooms)
