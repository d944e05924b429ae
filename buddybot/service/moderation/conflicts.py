"""Who must not act on a case: those it is about, those who told of it, their buddies, and who stepped back."""

from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.staff import HEADS, WORKERS, Role
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn

CODE = 8


def code(case: Case) -> str:
    """Return the short name of a case."""
    return case.id[:CODE]


def refusal_for(turn: Turn, me: Member, case: Case) -> str | None:
    """Return the key of what keeps somebody from a case, or None."""
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
    """Whether they sat, or sit, in a room with whom it is about."""
    rooms = turn.tx.rooms.all_of(me.id)
    return any(room.id == case.room or any(seat.member == case.about for seat in room.seats) for room in rooms)
