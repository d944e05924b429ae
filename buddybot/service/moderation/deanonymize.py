"""Break-glass access: the account behind a case, for two leads, with a reason, for an hour. Operators are told."""

from datetime import timedelta

from buddybot.domain.kernel.commands import Given
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Content, NoteId, Retract, Send, Span
from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.staff import Role
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts
from buddybot.store.kernel.timers import Timer
from buddybot.store.moderation.records import Proposal

KIND, END = "reveal", "reveal-end"
LASTS = timedelta(hours=1)
SHORTEST = 10


def reveal(turn: Turn, me: Member, case: Case | None, given: Given) -> None:
    """Request de-anonymization, or approve what another lead requested within the hour."""
    if case is None:
        return
    before = turn.tx.records.proposed(KIND, case.id)
    fresh = before is not None and turn.now - LASTS < before.made_at <= turn.now
    if before is None or not fresh or before.author == me.id:
        _propose(turn, me, case, given["reason"])
        return
    turn.tx.records.settle(KIND, case.id)
    address = None if case.about is None else turn.tx.members.address(case.about)
    if address is None:
        turn.say(me, "mod-gone", case=conflicts.code(case), alias=case.alias)
        return
    turn.tx.audit.add(turn.now, me.id, "reveal", case.id, before.author)
    first = turn.tx.members.by_id(before.author)
    for one in (me, *((first,) if first is not None else ())):
        note = NoteId(turn.world.new_id())
        text = turn.words(
            one, "reveal-shown", platform=address.platform, account=address.account, case=conflicts.code(case)
        )
        turn.post(one.id, Send(Content((Span(text),)), note))
        turn.tx.timers.set(Timer(END, note, turn.now + LASTS, one.id, one.id))
    _tell_operators(turn, case)


def _propose(turn: Turn, me: Member, case: Case, reason: str) -> None:
    if len(reason.strip()) < SHORTEST:
        turn.say(me, "reveal-reason")
        return
    turn.tx.records.propose(KIND, case.id, Proposal(me.id, turn.now, ""))
    turn.tx.audit.add(turn.now, me.id, "propose", case.id, KIND)
    turn.say(me, "reveal-second", case=conflicts.code(case))
    casework.line(turn, case, LineKind.NOTE, me, reason.strip())


def _tell_operators(turn: Turn, case: Case) -> None:
    for one in staff.heads(turn):
        if staff.role_of(turn, one.id) is Role.OPERATOR and one.id != case.about:
            turn.say(one, "reveal-told", case=conflicts.code(case))


def retract_reveal(turn: Turn, note: str, member: MemberId) -> None:
    """Retract the message with the account: the hour is over."""
    turn.post(member, Retract(NoteId(note)))
