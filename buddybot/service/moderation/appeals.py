"""Appeals against sanctions: no form, an independent reviewer, never a harsher outcome. A removal needs two."""

from dataclasses import replace
from datetime import timedelta

from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.ids import CaseId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.cases import Case, CasePriority, Concern, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.domain.people.members import Member, Talk
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts, paging, platform_enforcement, sanctions
from buddybot.service.moderation.casework import CaseReport
from buddybot.store.kernel.timers import Timer
from buddybot.store.moderation.records import Proposal

SEEN, ANSWERED = "appeal-seen", "appeal-answered"
OPEN_FOR = timedelta(days=30)
LOOK = timedelta(hours=24)
ANSWER = timedelta(hours=72)
ANSWER_REMOVAL = timedelta(days=7)
OUTCOMES = ("upheld", "reduced", "overturned")


def open_to(turn: Turn, member: Member) -> list[Sanction]:
    """Return the sanctions that may be appealed: of the last thirty days, the newest first."""
    found = turn.tx.sanctions.of_member(member.id)
    recent = [one for one in found if one.overturned_at is None and turn.now - one.given_at < OPEN_FOR]
    return [one for one in reversed(recent) if one.given_at <= turn.now]


def ask_for_appeal(turn: Turn, member: Member, sanction_id: str = "") -> None:
    """Prompt for the text of an appeal; without a sanction named, of the newest one."""
    found = [one for one in open_to(turn, member) if not sanction_id or one.id == sanction_id]
    if not found:
        turn.say(member, "appeal-none")
        return
    private = replace(member.private, talk=Talk.APPEAL, subject=found[0].id)
    turn.tx.members.save(replace(member, private=private))
    cancel = ("appeal-cancel", Token("appeal", found[0].id, "cancel"))
    turn.ask(member, "appeal-ask", buttons=(cancel,), again="appeal-ask", unfit=Unfit.TEXT)


def press_appeal(turn: Turn, member: Member, sanction_id: str, verb: str) -> None:
    """Button handler of a sanction: acknowledge it, appeal, or leave it."""
    sanction = turn.tx.sanctions.by_id(sanction_id)
    if verb == "ask":
        ask_for_appeal(turn, member, sanction_id)
    elif verb == "read" and sanction is not None and sanction.about == member.id:
        turn.tx.sanctions.save(replace(sanction, read_at=sanction.read_at or turn.now))
        turn.say(member, "sanction-thanks")
    else:
        _settle(turn, member)
        turn.say(member, "appeal-cancelled")


def receive_appeal(turn: Turn, member: Member, text: str) -> None:
    """File an appeal, or add to the one that waits; a long mute is shortened meanwhile."""
    sanction = turn.tx.sanctions.by_id(member.private.subject)
    _settle(turn, member)
    case = None if sanction is None else turn.tx.cases.by_id(sanction.case)
    if sanction is None or case is None or sanction.overturned_at is not None:
        turn.say(member, "appeal-none")
        return
    removal = sanction.step is Step.REMOVAL
    appeal = waiting(turn, sanction) or _file(turn, member, case, sanction)
    casework.line(turn, appeal, LineKind.APPEAL, None, text)
    turn.say(member, "appeal-sent-removal" if removal else "appeal-sent")


def waiting(turn: Turn, sanction: Sanction) -> Case | None:
    """Return the appeal against a sanction that nobody decided yet."""
    found = [one for one in turn.tx.cases.appeals_against(sanction.id) if one.state is not State.CLOSED]
    return found[-1] if found else None


def _file(turn: Turn, member: Member, case: Case, sanction: Sanction) -> Case:
    """Open an appeal as a case of its own: whoever has the case of the sanction can't stand in its way."""
    removal = sanction.step is Step.REMOVAL
    turn.tx.cases.save(replace(case, appealed=True))
    casework.line(turn, case, LineKind.APPEAL)
    appeal = casework.open_case(
        turn,
        CaseReport(
            Concern.APPEAL,
            member.id,
            room=case.room,
            priority=CasePriority.P2 if removal else CasePriority.P3,
            sanction=sanction.id,
            alias=case.alias,
        ),
    )
    turn.tx.audit.add(turn.now, "member", "appeal", sanction.id, appeal.id)
    turn.tx.timers.set(Timer(SEEN, appeal.id, turn.now + LOOK))
    turn.tx.timers.set(Timer(ANSWERED, appeal.id, turn.now + (ANSWER_REMOVAL if removal else ANSWER)))
    _shorten(turn, sanction)
    return appeal


def _shorten(turn: Turn, sanction: Sanction) -> None:
    """Shorten a long mute to one day, unless there was danger."""
    soon = turn.now + LOOK
    long = sanction.until is not None and sanction.until > soon
    if sanction.step is Step.MUTE and sanction.severity < Severity.S4 and long:
        shorter = replace(sanction, until=soon)
        turn.tx.sanctions.save(shorter)
        turn.tx.timers.set(Timer(sanctions.END, sanction.id, soon))
        platform_enforcement.apply_on_platform(turn, shorter)


def late(turn: Turn, case_id: CaseId, kind: str) -> None:
    """Escalate an overdue appeal to the leads."""
    case = turn.tx.cases.by_id(case_id)
    if case is None or case.state is State.CLOSED or (kind == SEEN and case.state is State.CLAIMED):
        return
    for head in staff.heads(turn):
        if conflicts.refusal_for(turn, head, case) is None:
            turn.say(head, "mod-appeal-late", alias=case.alias, case=conflicts.code(case))


# ── The decision ────────────────────────────────────────────────────────────────────────


def decide_appeal(turn: Turn, me: Member, case: Case, outcome: str) -> None:
    """Decide an appeal: not by who acted; a removal by two who agree (four-eyes principle)."""
    if outcome not in OUTCOMES:
        turn.say(me, "mod-outcomes", list=", ".join(OUTCOMES))
        return
    sanction = turn.tx.sanctions.by_id(case.sanction) if case.sanction else None
    if not conflicts.decides(turn, me, case):
        turn.say(me, "mod-own-action")
    elif sanction is None:
        _answer_held(turn, me, case, outcome)
    elif sanction.step is Step.REMOVAL and not _two(turn, me, case, outcome):
        turn.say(me, "mod-second-needed", case=conflicts.code(case))
    else:
        _carry_out(turn, me, case, sanction, outcome)


def meant_by(turn: Turn, case: Case) -> Case | None:
    """Return the open appeal that a code means: its own, or that of the case of the sanction; the newest one."""
    if case.concern is Concern.APPEAL:
        return None if case.state is State.CLOSED else case
    found = [waiting(turn, one) for one in turn.tx.sanctions.of_case(case.id)]
    return next((one for one in reversed(found) if one is not None), None)


def _two(turn: Turn, me: Member, case: Case, outcome: str) -> bool:
    """Return whether a second reviewer agrees; if not, record this decision as a proposal."""
    before = turn.tx.records.proposed("decide", case.id)
    if before is not None and before.author != me.id and before.payload == outcome:
        turn.tx.records.settle("decide", case.id)
        return True
    turn.tx.records.propose("decide", case.id, Proposal(me.id, turn.now, outcome))
    turn.tx.audit.add(turn.now, me.id, "propose", case.id, outcome)
    return False


def _carry_out(turn: Turn, me: Member, case: Case, sanction: Sanction, outcome: str) -> None:
    turn.tx.audit.add(turn.now, me.id, outcome, sanction.id, case.id)
    member = None if sanction.about is None else turn.tx.members.by_id(sanction.about)
    if member is not None:
        contact = turn.book.practice.contact or turn.words(member, "appeal-no-contact")
        rule = turn.words(member, f"rule-{sanction.rule}")
        turn.say(member, f"appeal-{outcome}", rule=rule, contact=contact)
    if outcome == "overturned":
        sanctions.overturn(turn, me, sanction)
    elif outcome == "reduced":
        turn.tx.sanctions.save(replace(sanction, points=sanction.points / 2))
        fresh = turn.tx.sanctions.by_id(sanction.id) or sanction
        if fresh.runs(turn.now):  # a colleague may have lifted it meanwhile
            sanctions.lift_early(turn, me, fresh)
    origin = turn.tx.cases.by_id(sanction.case)
    if origin is not None:
        casework.line(turn, origin, LineKind.DECIDED, me)
    casework.line(turn, case, LineKind.DECIDED, me)
    _done(turn, me, case)


def _answer_held(turn: Turn, me: Member, case: Case, outcome: str) -> None:
    """Decide on a false positive: somebody says that a held note was a mistake."""
    turn.tx.audit.add(turn.now, me.id, outcome, case.id, case.rule)
    member = None if case.reporter is None else turn.tx.members.by_id(case.reporter)
    if member is not None:
        turn.say(member, "appeal-upheld-held" if outcome == "upheld" else "appeal-overturned-held")
    casework.line(turn, case, LineKind.DECIDED, me)
    _done(turn, me, case)


def _done(turn: Turn, me: Member, case: Case) -> None:
    for kind in (SEEN, ANSWERED):
        turn.tx.timers.cancel(kind, case.id)
    turn.tx.timers.cancel(paging.PAGE, case.id)
    fresh = turn.tx.cases.by_id(case.id)
    if fresh is not None:
        casework.close_case(turn, me, fresh)


def _settle(turn: Turn, member: Member) -> None:
    turn.tx.members.save(replace(member, private=replace(member.private, talk=Talk.NONE, subject="")))
