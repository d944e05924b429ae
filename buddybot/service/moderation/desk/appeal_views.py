"""View model of an appeal: the step that it is against, and what became of that step since."""

from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.desk import AppealView
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import conflicts


def origin(turn: Turn, case: Case) -> Case | None:
    """Return the case of the sanction that an appeal is against; None of any other case."""
    against = _against(turn, case)
    return None if against is None else turn.tx.cases.by_id(against.case)


def step_of(turn: Turn, case: Case) -> Step | None:
    """Return the step that an appeal is against."""
    against = _against(turn, case)
    return None if against is None else against.step


def appeal(turn: Turn, case: Case) -> AppealView | None:
    """Return the view of an appeal; None of any other case."""
    against, first = _against(turn, case), origin(turn, case)
    if against is None or first is None:
        return None
    proposed = turn.tx.records.proposed("decide", case.id)
    return AppealView(
        case=conflicts.code(first),
        step=against.step,
        rule=against.rule,
        given_at=against.given_at,
        told=turn.tx.sanctions.told(against),
        lifted_at=against.lifted_at,
        lifted_by="" if against.lifter is None else staff.role_of(turn, against.lifter),
        outcome="" if proposed is None else proposed.payload,
    )


def _against(turn: Turn, case: Case) -> Sanction | None:
    return turn.tx.sanctions.by_id(case.sanction) if case.sanction else None
