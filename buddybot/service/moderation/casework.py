"""Case lifecycle, from opening to closing. A report about the same person joins the open case."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from buddybot.domain.kernel.ids import CaseId, MemberId, RoomId
from buddybot.domain.moderation import file_evidence
from buddybot.domain.moderation.cases import URGENCY, Case, CasePriority, Concern, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.staff import Role
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import fresh_alias
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import MODERATOR, Turn
from buddybot.service.moderation import conflicts, paging
from buddybot.service.moderation.voice import talks
from buddybot.store.kernel.timers import Timer
from buddybot.store.moderation.records import CaseEntry, Report

WATCH, DEBRIEF = "watch", "debrief"
ALONE = frozenset({Concern.APPEAL, Concern.MENTOR})
"""What its person asks themselves stands alone: nothing joins it, and it joins nothing."""
LOOKS_IN = (timedelta(days=1), timedelta(days=3), timedelta(days=14))
"""When a moderator is asked how they are, after a P0."""


@dataclass(frozen=True, slots=True)
class CaseReport:
    """Input of a case: what opens one, or joins one."""

    concern: Concern
    about: MemberId | None
    room: RoomId | None = None
    reporter: MemberId | None = None
    rule: str = ""
    priority: CasePriority | None = None
    texts: tuple[tuple[str, bool], ...] = field(default=(), repr=False)
    """Texts that were shared, and whether the tag of each fits."""
    sanction: str = ""
    alias: str = ""
    """What an appeal is against, and the alias that its person has in the case of it."""


def open_case(turn: Turn, told: CaseReport) -> Case:
    """Open a case, or merge into the open one about the same person; a P0 pages somebody."""
    urgency = told.priority or URGENCY[told.concern]
    found = _joins(turn, told)
    if found is None:
        verified = bool(told.texts) and all(fits for _, fits in told.texts)
        case = Case(
            id=CaseId(turn.world.new_id()),
            concern=told.concern,
            priority=urgency,
            room=told.room,
            reporter=told.reporter,
            about=told.about,
            opened_at=turn.now,
            rule=told.rule,
            shared=told.texts[0][0] if len(told.texts) == 1 and not file_evidence.in_text(told.texts[0][0]) else "",
            alias=told.alias or _alias(turn, told.about),
            verified=verified,
            sanction=told.sanction,
        )
        turn.tx.cases.add(case)
    else:
        case = replace(found, priority=min(found.priority, urgency))
        turn.tx.cases.save(case)
    line(turn, case, LineKind.OPENED if found is None else LineKind.JOINED)
    for text, fits in told.texts or (("", False),):
        turn.tx.records.report(case.id, Report(told.reporter, told.concern, turn.now, fits, text))
    turn.tx.audit.add(turn.now, "bot", "open" if found is None else "join", case.id, told.concern.value)
    if case.state is State.OPEN:
        paging.page_first(turn, case)
    elif (owner := None if case.claimed_by is None else turn.tx.members.by_id(case.claimed_by)) is not None:
        turn.say(owner, "mod-joined", alias=case.alias, case=conflicts.code(case))
    return case


def _alias(turn: Turn, about: MemberId | None) -> str:
    """Return the pseudonym of somebody's open case, or a fresh one: a person is one person at the desk."""
    known = [one.alias for one in turn.tx.cases.about(about) if one.state is not State.CLOSED and one.alias]
    return known[0] if known else fresh_alias(turn.world.rng, *turn.book.aliases, taken=turn.tx.cases.aliases())


def add_words(turn: Turn, case: Case, text: str) -> None:
    """Append words typed by the person a crisis case is about; nobody is paged again for them."""
    turn.tx.records.report(case.id, Report(None, case.concern, turn.now, verified=True, text=text))


def _joins(turn: Turn, told: CaseReport) -> Case | None:
    """Return the open case to merge into; crises join crises, and what an author asks stands alone."""
    if told.concern in ALONE:
        return None
    crisis = told.concern is Concern.CRISIS
    fits = [
        one
        for one in turn.tx.cases.about(told.about)
        if one.state is not State.CLOSED and one.concern not in ALONE and (one.concern is Concern.CRISIS) is crisis
    ]
    return fits[-1] if fits else None


def line(turn: Turn, case: Case, kind: LineKind, me: Member | None = None, text: str = "") -> None:
    """Append an entry to the case record."""
    author, role = (None, Role.MEMBER) if me is None else (me.id, staff.role_of(turn, me.id))
    turn.tx.records.add(case.id, CaseEntry(kind, turn.now, author, role, text))


# ── Working on one ──────────────────────────────────────────────────────────────────────


def claim(turn: Turn, me: Member, case: Case) -> bool:
    """Assign a case to oneself (idempotent); return whether it is theirs now."""
    if case.state is State.CLOSED:
        turn.say(me, "mod-closed", case=conflicts.code(case))
        return False
    if not conflicts.decides(turn, me, case):
        turn.say(me, "mod-lead-only" if case.concern is Concern.MENTOR else "mod-own-action")
        return False
    if case.claimed_by == me.id:
        return True
    if case.claimed_by is not None:
        turn.say(me, "mod-taken", case=conflicts.code(case))
        return False
    turn.tx.cases.save(replace(case, state=State.CLAIMED, claimed_by=me.id))
    turn.tx.timers.cancel(paging.PAGE, case.id)
    line(turn, case, LineKind.CLAIMED, me)
    turn.tx.audit.add(turn.now, me.id, "claim", case.id)
    turn.say(me, "mod-claimed-p0" if case.priority is CasePriority.P0 else "mod-claimed", case=conflicts.code(case))
    _tell_reporters(turn, case, "report-claimed")
    staff.took_on(turn, me, case)
    return True


def take_over_case(turn: Turn, me: Member, case: Case) -> None:
    """Reassign a case to the second chair; nobody is paged, since somebody is there."""
    turn.tx.cases.save(replace(case, claimed_by=me.id))
    line(turn, case, LineKind.CLAIMED, me)
    turn.tx.audit.add(turn.now, me.id, "claim", case.id)
    turn.say(me, "mod-claimed", case=conflicts.code(case))
    staff.took_on(turn, me, case)


def release(turn: Turn, me: Member, case: Case, kind: LineKind = LineKind.RELEASED) -> None:
    """Unassign a case, back into the queue; a P0 pages somebody else."""
    back = replace(case, state=State.OPEN, claimed_by=None)
    turn.tx.cases.save(back)
    line(turn, case, kind, me)
    turn.tx.audit.add(turn.now, me.id, kind.value, case.id)
    paging.page_first(turn, back)


def close_case(turn: Turn, me: Member, case: Case) -> None:
    """Close a case and start its retention period: what was shared goes a month later."""
    turn.tx.cases.save(replace(case, state=State.CLOSED, closed_at=turn.now))
    turn.tx.timers.cancel(paging.PAGE, case.id)
    line(turn, case, LineKind.CLOSED, me)
    turn.tx.audit.add(turn.now, me.id, "close", case.id)
    _end_talk(turn, case)
    _tell_reporters(turn, case, "report-closed")
    if case.priority is CasePriority.P0:
        for number, later in enumerate(LOOKS_IN):
            turn.tx.timers.set(Timer(DEBRIEF, f"{me.id}:{number}", turn.now + later, me.id))


def merge(turn: Turn, me: Member, case: Case, into: Case) -> bool:
    """Merge a case into another about the same person."""
    strangers = case.id == into.id or case.about is None or case.about != into.about
    if strangers or into.state is State.CLOSED or ALONE & {case.concern, into.concern}:
        return False
    for report in turn.tx.records.reports(case.id):
        turn.tx.records.report(into.id, report)
    turn.tx.cases.save(replace(into, priority=min(case.priority, into.priority)))
    line(turn, into, LineKind.MERGED, me)
    turn.tx.cases.drop_shared(case.id)
    line(turn, case, LineKind.MERGED, me)
    turn.tx.cases.save(replace(case, state=State.CLOSED, closed_at=turn.now))
    turn.tx.audit.add(turn.now, me.id, "merge", case.id, into.id)
    _end_talk(turn, case)
    return True


def recuse(turn: Turn, me: Member, case: Case) -> None:
    """Recuse oneself: somebody else takes the case, and nobody asks why."""
    turn.tx.records.recuse(case.id, me.id)
    turn.tx.audit.add(turn.now, me.id, "recuse", case.id)
    if case.claimed_by == me.id:
        release(turn, me, case, LineKind.RECUSED)


def escalate(turn: Turn, me: Member, case: Case) -> None:
    """Escalate a case: back into the queue, and leads and the operator are notified."""
    release(turn, me, case, LineKind.ESCALATED)
    for head in staff.heads(turn):
        if head.id != me.id and conflicts.refusal_for(turn, head, case) is None:
            turn.say(head, "mod-escalated-to-you", alias=case.alias, case=conflicts.code(case))


def schedule_follow_up(turn: Turn, me: Member, case: Case, hours: int) -> None:
    """Schedule a follow-up reminder for whoever is on shift then."""
    turn.tx.timers.set(Timer(WATCH, case.id, turn.now + timedelta(hours=hours)))
    line(turn, case, LineKind.WATCH, me)
    turn.tx.audit.add(turn.now, me.id, "watch", case.id, str(hours))


def remind_follow_up(turn: Turn, case_id: CaseId) -> None:
    """Remind of a follow-up that is due: the assignee, else those on shift, else the leads."""
    case = turn.tx.cases.by_id(case_id)
    if case is None:
        return
    turn.tx.changed_cases.add(case_id)  # it waits no longer, and no line says so
    owner = None if case.claimed_by is None else turn.tx.members.by_id(case.claimed_by)
    for one in [owner] if owner is not None else staff.on_shift(turn) or staff.heads(turn):
        if conflicts.refusal_for(turn, one, case) is None:
            turn.say(one, "mod-watch-due", alias=case.alias, case=conflicts.code(case))


def debrief(turn: Turn, member: MemberId) -> None:
    """Check in with a moderator some time after a P0."""
    me = turn.tx.members.by_id(member)
    if me is not None:
        turn.say(me, "mod-debrief")


def _end_talk(turn: Turn, case: Case) -> None:
    """End the moderator's talk with the case: the person hears that nobody reads along, and how to come back."""
    about = None if case.about is None else turn.tx.members.by_id(case.about)
    if talks.close_talk(turn, case) and about is not None:
        turn.say(about, "voice-over", buttons=(MODERATOR,), locale=talks.locale_of(turn, about))


def _tell_reporters(turn: Turn, case: Case, key: str) -> None:
    reporters = {one.reporter for one in turn.tx.records.reports(case.id)} - {None, case.about}
    for reporter in sorted(one for one in reporters if one is not None):
        if (member := turn.tx.members.by_id(reporter)) is not None:
            turn.say(member, key)
