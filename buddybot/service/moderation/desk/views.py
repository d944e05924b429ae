"""View models of moderation: queue, case, handover. The same serve the desk and the chat."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import CaseId
from buddybot.domain.moderation.cases import Case, CasePriority, Concern, State
from buddybot.domain.moderation.desk import (
    SPOKEN,
    CasePage,
    Handover,
    Item,
    Line,
    Me,
    PastAction,
    Suggestion,
)
from buddybot.domain.moderation.sanctions import Sanction, Step, band, confirmed_by, points_today, total
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import appeals, casework, conflicts, removal, sanctions
from buddybot.service.moderation.desk import appeal_views, channel_views, evidence
from buddybot.service.moderation.review import mentors
from buddybot.service.moderation.voice import views as voice_views

SHOWN = 100
SOON = timedelta(hours=6)
SEEN_EVERY = timedelta(hours=1)
"""A page that renews itself is one look an hour in the audit log, not hundreds."""
STEPS = tuple(Step)
COMMAND = {
    Step.REMINDER: "remind",
    Step.WARNING: "warn",
    Step.MUTE: "mute",
    Step.QUARANTINE: "quarantine",
    Step.REMOVAL: "remove",
}


def me(turn: Turn, member: Member, until: datetime) -> Me:
    """Return the identity that is signed in."""
    shift = staff.shift_of(turn, member.id)
    opted = tuple(Concern(one) for one in member.private.opted_out)
    role = staff.role_of(turn, member.id)
    ends = None if shift is None else shift.ends()
    return Me(role, member.locale, shift is not None, ends, opted, until, turn.now)


def item(turn: Turn, member: Member, case: Case) -> Item:
    """Return one row of the queue; of one's own case nothing of what others do with it."""
    allowed = conflicts.refusal_for(turn, member, case) is None
    case = case if allowed else replace(case, state=State.OPEN, claimed_by=None)
    return Item(
        case=conflicts.code(case),
        alias=case.alias,
        concern=case.concern,
        priority=case.priority,
        state=case.state,
        opened_at=case.opened_at,
        due_at=case.due_at(),
        late=case.state is not State.CLOSED and case.due_at() < turn.now,
        mine=case.claimed_by == member.id,
        claimed=case.claimed_by is not None,
        allowed=allowed,
        against=appeal_views.step_of(turn, case) if allowed else None,
        decides=allowed and conflicts.decides(turn, member, case),
    )


def queue(turn: Turn, member: Member, limit: int = SHOWN) -> tuple[Item, ...]:
    """Return the queue: their own cases, then the unassigned ones, without kinds they opted out of."""
    mine = turn.tx.cases.claimed_by(member.id)
    left_out = [one for one in Concern if not staff.sees(member, one)]
    waiting = [one for one in turn.tx.cases.waiting(limit, left_out) if one.claimed_by != member.id]
    return tuple(item(turn, member, one) for part in (mine, waiting) for one in _together(part))


def _together(cases: Sequence[Case]) -> list[Case]:
    """Group the queue by person, at the place of the most urgent case; a crisis is their first."""
    places = {one.alias: number for number, one in reversed(list(enumerate(cases)))}
    return sorted(cases, key=lambda one: (places[one.alias], one.concern is not Concern.CRISIS))


def case_page(turn: Turn, member: Member, code: str) -> CasePage | None:
    """Return the view of a case; of one's own nothing but that it is there."""
    case = turn.tx.cases.named(code.strip().lower())
    if case is None:
        return None
    shown = item(turn, member, case)
    if not shown.allowed:
        return CasePage(shown, 0, "", (), (), 0, (), (), exempt=False)
    past = () if case.about is None else tuple(turn.tx.sanctions.of_member(case.about))
    about = None if case.about is None else turn.tx.members.by_id(case.about)
    crisis, origin = case.concern is Concern.CRISIS, appeal_views.origin(turn, case)
    lines = [Line(one.at, one.kind, one.role, one.text) for one in turn.tx.records.lines(case.id)]
    if not turn.tx.audit.lately(member.id, "see", case.id, turn.now - SEEN_EVERY):
        turn.tx.audit.add(turn.now, member.id, "see", case.id)
    return CasePage(
        item=shown,
        rule=rule_of(case),
        detector=case.rule,
        lines=tuple(replace(one, text="") if one.kind in SPOKEN else one for one in lines),
        talk=tuple(one for one in lines if one.kind in SPOKEN),
        evidence=evidence.evidence_of(turn, case if origin is None else origin),
        points=total(turn.book.ladder, past, turn.now),
        past=_past(turn, past),
        suggested=_suggested(turn, case),
        exempt=removal.exempt(turn, case),
        country=about.private.country if crisis and about is not None else "",
        seen=turn.tx.records.length(case.id),
        holds=any(one.runs(turn.now) for one in turn.tx.sanctions.of_case(case.id)),
        paired=_paired(turn, case),
        second=_second(turn, member, case),
        person=voice_views.person(turn, member, case),
        appeal=appeal_views.appeal(turn, case),
        others=_others_about(turn, member, case),
        post=channel_views.reported_post(turn, case),
        mentor=mentors.mentor_offer(turn, member, case),
    )


def _past(turn: Turn, past: Sequence[Sanction]) -> tuple[PastAction, ...]:
    """Return what this person got before; what the bot did alone counts from a person's step on."""
    counted = confirmed_by(past)
    return tuple(
        PastAction(
            one.given_at,
            one.step,
            one.rule,
            points_today(turn.book.ladder, one, turn.now) if one in counted else 0,
            one.overturned_at is not None,
            one.lifted_at,
        )
        for one in past
    )


def _others_about(turn: Turn, member: Member, case: Case) -> tuple[Item, ...]:
    """Return the other open cases about the same person, the most urgent first; none too close to the reader."""
    found = [] if case.about is None else turn.tx.cases.about(case.about)
    items = [item(turn, member, one) for one in found if one.id != case.id and one.state is not State.CLOSED]
    return tuple(sorted((one for one in items if one.allowed), key=lambda one: (one.priority, one.opened_at)))


def _paired(turn: Turn, case: Case) -> bool:
    room = None if case.room is None else turn.tx.rooms.by_id(case.room)
    return case.about is not None and room is not None and room.ending is None


def _second(turn: Turn, member: Member, case: Case) -> bool:
    proposed = turn.tx.records.proposed(removal.KIND, case.id)
    return proposed is not None and proposed.author != member.id


def unchanged(turn: Turn, member: Member, code: str, seen: int) -> bool:
    """Return whether a view is still current: nothing was added to the record since. One's own case always is."""
    case = turn.tx.cases.named(code.strip().lower())
    if case is None or conflicts.refusal_for(turn, member, case) is not None:
        return True
    return turn.tx.records.length(case.id) == seen


RULES = {
    Concern.DEALING: 4,
    Concern.SEXUAL: 8,
    Concern.THREAT: 10,
    Concern.MONEY: 8,
    Concern.OUTING: 2,
    Concern.ADVICE: 6,
    Concern.MEAN: 1,
}
BY_DETECTOR = {"sourcing_offer": 4, "sourcing_ask": 4, "threat": 10, "harassment": 1, "exploit": 8, "pii": 3}
GRAVE = frozenset({Concern.DEALING, Concern.SEXUAL, Concern.THREAT})


def rule_of(case: Case) -> int:
    """Return the number of the rule that a case is about, or 0."""
    return BY_DETECTOR.get(case.rule, 0) or RULES.get(case.concern, 0)


def _suggested(turn: Turn, case: Case) -> tuple[Suggestion, ...]:
    """Return suggested sanctions: the ladder's step with its neighbors; nothing while an appeal waits.

    An appeal never makes it worse: what it is about must not suggest the next step.
    """
    if case.state is State.CLOSED or removal.exempt(turn, case) or case.about is None:
        return ()
    if any(appeals.waiting(turn, one) for one in turn.tx.sanctions.of_case(case.id)):
        return ()
    if case.concern is Concern.OTHER and not turn.tx.records.reporters(case.id):
        return ()  # they asked for a moderator: nobody told of anything
    severity = sanctions.SEVERITY[Step.MUTE if case.concern in GRAVE else Step.WARNING]
    past = turn.tx.sanctions.of_member(case.about)
    points = total(turn.book.ladder, past, turn.now) + turn.book.ladder.points[severity]
    meant = band(turn.book.ladder, points)
    # Nobody is put out for what nobody was shown.
    steps = STEPS if evidence.evidence_of(turn, case) else STEPS[: STEPS.index(Step.REMOVAL)]
    place = min(STEPS.index(meant.step), len(steps) - 1)
    beside = [one for one in (place - 1, place + 1, place - 2, place + 2) if 0 <= one < len(steps)][:2]
    hours = 24 if meant.lasts is None else round(meant.lasts / timedelta(hours=1))
    return tuple(_suggestion(case, step, hours) for step in (steps[place], *(steps[one] for one in beside)))


def _suggestion(case: Case, step: Step, hours: int) -> Suggestion:
    arguments = [("case", conflicts.code(case)), ("rule", str(rule_of(case) or 1))]
    if step is Step.MUTE:
        arguments.append(("hours", str(min(hours, 168))))
    if step is Step.REMOVAL:
        arguments.append(("days", "30"))
    return Suggestion(step, COMMAND[step], tuple(arguments))


def handover(turn: Turn, member: Member) -> Handover:
    """Return the handover notes for the next shift."""
    waiting = turn.tx.cases.waiting(SHOWN)
    urgent = [one for one in waiting if one.priority in {CasePriority.P0, CasePriority.P1}]
    return Handover(
        urgent=tuple(item(turn, member, one) for one in urgent),
        watches=_due(turn, member, (casework.WATCH,)),
        lifting=tuple(_lifting(turn, _others(turn, member, waiting))),
        appeals=_once(_due(turn, member, (appeals.SEEN, appeals.ANSWERED))),
    )


def _due(turn: Turn, member: Member, kinds: tuple[str, ...]) -> tuple[tuple[str, datetime], ...]:
    found = [one for kind in kinds for one in turn.tx.timers.of_kind(kind, SHOWN)]
    cases = [(turn.tx.cases.by_id(CaseId(one.subject)), one.due) for one in found]
    return tuple(
        (conflicts.code(case), due)
        for case, due in cases
        if case is not None and conflicts.refusal_for(turn, member, case) is None
    )


def _once(found: Iterable[tuple[str, datetime]]) -> tuple[tuple[str, datetime], ...]:
    """Return each case with its next date only, the earliest first."""
    by_date = sorted(found, key=lambda one: one[1])
    return tuple({code: (code, due) for code, due in reversed(by_date)}.values())[::-1]


def _others(turn: Turn, member: Member, cases: Iterable[Case]) -> Iterable[Case]:
    """Leave out the cases that are not to be told of to this moderator."""
    return (one for one in cases if conflicts.refusal_for(turn, member, one) is None)


def _lifting(turn: Turn, waiting: Iterable[Case]) -> Iterable[tuple[str, datetime]]:
    for case in waiting:
        for one in turn.tx.sanctions.of_case(case.id):
            if one.step is Step.QUARANTINE and one.runs(turn.now) and one.until and one.until - turn.now < SOON:
                yield conflicts.code(case), one.until
