"""Review of offers to be a mentor: a lead decides each, in a case of its own, and sees no account and no chat."""

from dataclasses import replace
from datetime import datetime, timedelta

from buddybot.domain.care.mentors import Mentor, MentorState
from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, Concern, State
from buddybot.domain.moderation.desk import LineKind, MentorOffer
from buddybot.domain.moderation.staff import HEADS
from buddybot.domain.people.members import Member
from buddybot.domain.people.quiet_hours import quiet_until
from buddybot.service.kernel import staff, standing
from buddybot.service.kernel.moments import clock
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import casework, conflicts
from buddybot.service.moderation.casework import CaseReport

UNREAD = "mentor-unread"
"""Rings when an offer has waited for a lead as long as it may."""
WEEK = timedelta(days=7)


def open_offer(turn: Turn, member: Member) -> bool:
    """Open the case of an offer and tell the leads; return whether there is one who may decide it."""
    case = casework.open_case(turn, CaseReport(Concern.MENTOR, member.id))
    there = _deciders(turn, case)
    for one in there:
        _tell_lead(turn, one, case, "mod-mentor-new")
    return bool(there)


def withdraw_offer(turn: Turn, member: MemberId) -> None:
    """Close the open case of an offer without a decision: it was taken back, or its person is gone."""
    turn.tx.timers.cancel(UNREAD, member)
    for case in _open_cases(turn, member):
        turn.tx.cases.save(replace(case, state=State.CLOSED, closed_at=turn.now))
        casework.line(turn, case, LineKind.CLOSED)
        turn.tx.audit.add(turn.now, "member", "mentor-withdrawn", case.id)


def tell_answered(turn: Turn, member: MemberId) -> None:
    """Tell whoever has the offer that its person answered the question, or would rather not."""
    for case in _open_cases(turn, member):
        casework.line(turn, case, LineKind.REPLIED)
        owner = None if case.claimed_by is None else turn.tx.members.by_id(case.claimed_by)
        for one in [owner] if owner is not None else _deciders(turn, case):
            _tell_lead(turn, one, case, "mod-mentor-replied")


def decide_offer(turn: Turn, me: Member, case: Case, answer: str, question: str) -> None:
    """Take a lead's word: yes, not now, or a question; each stands in the audit log."""
    member = None if case.about is None else turn.tx.members.by_id(case.about)
    mentor = None if member is None else turn.tx.mentors.of(member.id)
    code = conflicts.code(case)
    if case.concern is not Concern.MENTOR:
        turn.say(me, "mod-mentor-none", case=code)
    elif member is None or mentor is None or mentor.state is not MentorState.APPLIED:
        casework.close_case(turn, me, case)
        turn.say(me, "mod-gone", case=code)
    elif answer == "ask":
        _put_question(turn, me, case, member, replace(mentor, asked=_question(turn, question), said=""))
    elif answer == "yes" and not standing.may_match(turn, member):
        turn.say(me, "mod-mentor-held", case=code)
    elif answer in {"yes", "later"}:
        _settle(turn, me, case, member, mentor, yes=answer == "yes")
    else:
        turn.say(me, "mod-missing", list="answer", command="mentorship", usage=BY_WORD["mentorship"].usage)


def _question(turn: Turn, named: str) -> str:
    known = turn.book.mentoring.questions
    return named if named in known else known[0]


def _put_question(turn: Turn, me: Member, case: Case, member: Member, mentor: Mentor) -> None:
    """Ask one of the questions that stand in the copy: a lead writes nobody's chat themselves."""
    turn.tx.mentors.save(mentor)
    casework.line(turn, case, LineKind.ASKED, me)
    turn.tx.audit.add(turn.now, me.id, "mentor-asked", case.id, mentor.asked)
    rows = (("mentor-answer", "answer"), ("mentor-skip", "skip"))
    buttons = tuple((key, Token("mentor", verb=verb)) for key, verb in rows)
    asked = turn.words(member, f"mentor-question-{mentor.asked}")
    turn.say(member, "mentor-asked", buttons=buttons, due=told_when(turn, member), question=asked)
    turn.say(me, "mod-mentor-asked", case=conflicts.code(case))


def _settle(turn: Turn, me: Member, case: Case, member: Member, mentor: Mentor, *, yes: bool) -> None:
    state = MentorState.APPROVED if yes else MentorState.LATER
    turn.tx.mentors.save(replace(mentor.moved(state, turn.now), resting=False, rest_until=None))
    turn.tx.timers.cancel(UNREAD, member.id)
    turn.tx.audit.add(turn.now, me.id, "mentor-approved" if yes else "mentor-later", case.id)
    casework.close_case(turn, me, case)
    turn.say(member, "mentor-approved" if yes else "mentor-later", due=told_when(turn, member))
    turn.say(me, "mod-mentor-said-yes" if yes else "mod-mentor-said-later", case=conflicts.code(case))


def mentor_offer(turn: Turn, me: Member, case: Case) -> MentorOffer | None:
    """Return what a lead needs to know of an offer; None where it is no offer, or not open any more."""
    member = None if case.about is None else turn.tx.members.by_id(case.about)
    mentor = None if member is None else turn.tx.mentors.of(member.id)
    if case.concern is not Concern.MENTOR or member is None or mentor is None:
        return None
    if mentor.state is not MentorState.APPLIED or staff.role_of(turn, me.id) not in HEADS:
        return None
    return MentorOffer(
        lane=mentor.lane,
        weeks=(turn.now - member.joined_at) // WEEK,
        language=member.locale,
        most=mentor.most,
        read=mentor.read,
        questions=turn.book.mentoring.questions,
        asked=mentor.asked,
        said=mentor.said,
    )


def told_when(turn: Turn, member: Member) -> datetime | None:
    """Return when somebody may be told what can wait: after their quiet hours, and after a break."""
    paused = member.paused_until if member.paused(turn.now) else None
    quiet = quiet_until(member.private.quiet, clock(member), turn.now)
    return max((one for one in (paused, quiet) if one is not None), default=None)


def _open_cases(turn: Turn, member: MemberId) -> list[Case]:
    found = turn.tx.cases.about(member)
    return [one for one in found if one.concern is Concern.MENTOR and one.state is not State.CLOSED]


def _deciders(turn: Turn, case: Case) -> list[Member]:
    return [one for one in staff.heads(turn) if conflicts.refusal_for(turn, one, case) is None]


def _tell_lead(turn: Turn, lead: Member, case: Case, key: str) -> None:
    code = conflicts.code(case)
    look = (("mod-mentor-look", Token("mod", code, "case")),)
    turn.say(lead, key, buttons=look, due=told_when(turn, lead), case=code, alias=case.alias)
