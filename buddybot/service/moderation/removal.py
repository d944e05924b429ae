"""Removal under the four-eyes principle: one proposes, another approves. Never one alone, and never the bot."""

from datetime import timedelta

from buddybot.domain.kernel.commands import Given
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.moderation.cases import Case, Concern, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.sanctions import LAST_RULE, Step
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts, sanctions
from buddybot.service.moderation.sanctions import Order
from buddybot.store.moderation.records import Proposal

KIND = "remove"
SPARED = frozenset({Concern.CRISIS, Concern.WORRIED, Concern.APPEAL, Concern.MENTOR})
LONGEST_TOLD = 500


def exempt(turn: Turn, case: Case) -> bool:
    """Return whether a case is exempt from sanctions: danger, an appeal, an offer to be a mentor."""
    return case.concern in SPARED and all(one.concern in SPARED for one in turn.tx.records.reports(case.id))


def remove(turn: Turn, me: Member, case: Case, given: Given) -> None:
    """Propose a removal, or approve the one that a colleague proposed."""
    if exempt(turn, case):
        turn.say(me, "mod-exempt", case=conflicts.code(case))
        return
    before = turn.tx.records.proposed(KIND, case.id)
    if before is not None and before.author != me.id:
        _agree(turn, me, case, before)
        return
    most = turn.book.ladder.longest_removal.days
    rule, days = whole_number(given["rule"], 1, LAST_RULE), whole_number(given["days"], 1, most)
    if rule is None or days is None or not given["reason"].strip():
        turn.say(me, "mod-remove-how", days=most)
        return
    turn.tx.records.propose(KIND, case.id, Proposal(me.id, turn.now, f"{rule} {days}"))
    casework.line(turn, case, LineKind.NOTE, me, given["reason"][:LONGEST_TOLD])
    turn.tx.audit.add(turn.now, me.id, "propose", case.id, f"removal {rule}")
    fresh = turn.tx.cases.by_id(case.id)
    if fresh is not None and fresh.state is State.CLAIMED:
        # Back to the queue, so that a second person can take it.
        casework.release(turn, me, fresh)
    turn.say(me, "mod-second-needed", case=conflicts.code(case))


def _agree(turn: Turn, me: Member, case: Case, before: Proposal) -> None:
    words = [
        one.text
        for one in turn.tx.records.lines(case.id)
        if one.kind is LineKind.NOTE and one.author == before.author and one.text
    ]
    rule, days = (int(part) for part in before.payload.split())
    turn.tx.records.settle(KIND, case.id)
    order = Order(Step.REMOVAL, rule, timedelta(days=days), explanation=words[-1] if words else "")
    first = turn.tx.members.by_id(before.author)
    done = sanctions.sanction_member(turn, first, case, order)
    turn.tx.audit.add(turn.now, me.id, "agree", case.id, f"removal {rule}")
    turn.say(me, "mod-gone" if done is None else "mod-done", case=conflicts.code(case), alias=case.alias)
