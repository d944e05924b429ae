"""Sanction lifecycle: issued, enforced, explained, ended. Each names rule, meaning, length and how to appeal.

None of it touches help in a crisis, export, forget or appeal. Every sanction belongs to a case and stands in the audit
log; the platform's own means follow it in the channels where somebody is.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from buddybot.domain.care.mentors import MentorState
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.cases import Case, Concern
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.sanctions import Sanction, Step, given, repeated
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import Ending, RoomKind
from buddybot.service.kernel.turn import MODERATOR, Turn
from buddybot.service.kernel.wording import told_moment
from buddybot.service.matching import offers
from buddybot.service.moderation import casework, platform_enforcement
from buddybot.service.moderation.review import mentors
from buddybot.service.talk import endings
from buddybot.store.kernel.timers import Timer
from buddybot.store.matching.ties import TieKind

BEGIN, END = "sanction-begin", "sanction-end"
BLUR = timedelta(minutes=10)
"""What follows a report begins at the next full ten minutes that are at least ten away, unless there is danger."""
SEVERITY = {
    Step.REMINDER: Severity.S1,
    Step.WARNING: Severity.S2,
    Step.MUTE: Severity.S3,
    Step.QUARANTINE: Severity.S4,
    Step.REMOVAL: Severity.S4,
}
DEALING = frozenset({"sourcing_offer"})


@dataclass(frozen=True, slots=True)
class Order:
    """A moderator's decision; `explanation` is what the member will read of it."""

    step: Step
    rule: int
    lasts: timedelta | None = None
    severity: Severity | None = None
    explanation: str = field(default="", repr=False)


def sanction_member(turn: Turn, by: Member | None, case: Case, order: Order) -> Sanction | None:
    """Issue a sanction; None where nobody is left to give it to."""
    about = None if case.about is None else turn.tx.members.by_id(case.about)
    if about is None:
        return None
    severity = order.severity or SEVERITY[order.step]
    ladder, past = turn.book.ladder, turn.tx.sanctions.of_member(about.id)
    again = repeated(ladder, past, order.rule, turn.now)
    begins = _begins(turn, case, severity)
    sanction = Sanction(
        id=turn.world.new_id(),
        case=case.id,
        about=about.id,
        by=None if by is None else by.id,
        step=order.step,
        rule=order.rule,
        severity=severity,
        points=given(ladder, severity, again=again, sharper=_hurt_someone_new(turn, case)),
        given_at=begins,
        until=None if order.lasts is None else begins + order.lasts,
    )
    turn.tx.sanctions.add(sanction, order.explanation)
    casework.line(turn, case, LineKind.ACTION, by, order.explanation)
    turn.tx.audit.add(turn.now, "bot" if by is None else by.id, order.step, sanction.id, f"{case.id} {order.rule}")
    if begins > turn.now:
        turn.tx.timers.set(Timer(BEGIN, sanction.id, begins))
    else:
        enforce(turn, sanction.id)
    return sanction


def _begins(turn: Turn, case: Case, severity: Severity) -> datetime:
    """Round the start up to a coarse step (jitter), so that its time tells nobody who reported."""
    if severity is Severity.S4 or all(one.reporter is None for one in turn.tx.records.reports(case.id)):
        return turn.now
    start = datetime.fromtimestamp(0, turn.now.tzinfo)
    return start + -(-(turn.now + BLUR - start) // BLUR) * BLUR


def _hurt_someone_new(turn: Turn, case: Case) -> bool:
    room = None if case.room is None else turn.tx.rooms.by_id(case.room)
    if room is None or case.about is None:
        return False
    others = [turn.tx.members.by_id(seat.member) for seat in room.others(case.about)]
    return any(one is not None and turn.now - one.joined_at < turn.book.ladder.newcomer for one in others)


def enforce(turn: Turn, sanction_id: str) -> None:
    """Put a sanction into force and notify the member."""
    sanction = turn.tx.sanctions.by_id(sanction_id)
    member = None if sanction is None or sanction.about is None else turn.tx.members.by_id(sanction.about)
    if sanction is None or member is None or sanction.lifted_at is not None or sanction.overturned_at is not None:
        return
    turn.tx.changed_cases.add(sanction.case)
    _tell(turn, member, sanction)
    if sanction.until is not None:
        turn.tx.timers.set(Timer(END, sanction.id, sanction.until))
    match sanction.step:
        case Step.MUTE:
            _leave_pool(turn, member, grave=sanction.severity >= Severity.S3)
            _end_mentoring(turn, member, grave=sanction.severity >= Severity.S3)
            platform_enforcement.apply_on_platform(turn, sanction)
        case Step.QUARANTINE:
            _leave_pool(turn, member, grave=True)
            _tell_buddies(turn, member)
            platform_enforcement.apply_on_platform(turn, sanction)
        case Step.REMOVAL:
            _leave_pool(turn, member, grave=True)
            _end_mentoring(turn, member, grave=True)
            endings.abandon(turn, member.id, Ending.GONE, "goodbye-other-ended")
            if sanction.until is not None:
                for person in turn.tx.members.hashes_of(member.id):
                    turn.tx.sanctions.hold(person, sanction, sanction.until)
            platform_enforcement.apply_on_platform(turn, sanction)
        case Step.REMINDER | Step.WARNING:
            return


def _tell(turn: Turn, member: Member, sanction: Sanction) -> None:
    buttons = [("sanction-appeal", Token("appeal", sanction.id, "ask"))]
    if sanction.step is Step.WARNING:
        buttons.insert(0, ("sanction-read", Token("appeal", sanction.id, "read")))
    if sanction.step in {Step.MUTE, Step.QUARANTINE}:
        buttons.append(MODERATOR)
    until = "" if sanction.until is None else told_moment(turn, member, sanction.until)
    key = f"sanction-{sanction.step}" if until or sanction.step is not Step.QUARANTINE else "sanction-quarantine-open"
    told = turn.tx.sanctions.told(sanction) or turn.words(member, "sanction-no-words")
    turn.say(member, key, buttons=buttons, rule=turn.words(member, f"rule-{sanction.rule}"), why=told, until=until)


def _leave_pool(turn: Turn, member: Member, *, grave: bool) -> None:
    if not grave:
        return
    turn.tx.db.moves.note((member.id,))  # a mentor stands in the pool without looking
    for offer in turn.tx.offers.all_open(member.id):
        offers.withdraw(turn, offer, member.id)
    if member.stage is Stage.LOOKING:
        member = turn.tx.members.by_id(member.id) or member
        turn.tx.members.save(replace(member, stage=Stage.HOME, looking_since=None))


def _end_mentoring(turn: Turn, member: Member, *, grave: bool) -> None:
    """End somebody's time as a mentor: their mentees hear the truth without its why, and can meet somebody else."""
    mentor = turn.tx.mentors.of(member.id)
    if not grave or mentor is None:
        return
    approved = mentor.state is MentorState.APPROVED
    mentors.withdraw_offer(turn, member.id)
    turn.tx.mentors.save(mentor.moved(MentorState.HELD, turn.now))
    endings.end_mentoring(turn, member.id, by_team=True)
    if approved:
        turn.tx.audit.add(turn.now, "bot", "mentor-held", "mentor")
        turn.say(member, "mentor-ended-by-team")


def _tell_buddies(turn: Turn, member: Member) -> None:
    for room in turn.tx.rooms.open_of(member.id):
        for seat in room.others(member.id):
            if (other := turn.tx.members.by_id(seat.member)) is not None:
                buttons = (
                    ("report-end", Token("report", room.id, "end")),
                    ("report-keep", Token("report", room.id, "keep")),
                )
                alias = room.alias_of(member.id)
                inside = turn.inside(other.id, room.id)
                inside.ask(other, "quarantine-buddy", buttons=buttons, again="report-after-again", alias=alias)


# ── Endings ─────────────────────────────────────────────────────────────────────────────


def end_sanction(turn: Turn, sanction_id: str) -> None:
    """Expire a sanction: notify the member, and lift it on the platform."""
    sanction = turn.tx.sanctions.by_id(sanction_id)
    if sanction is None or sanction.lifted_at is not None or sanction.overturned_at is not None:
        return
    if sanction.until is not None and sanction.until > turn.now:
        turn.tx.timers.set(Timer(END, sanction.id, sanction.until))
        return
    turn.tx.audit.add(turn.now, "bot", "end", sanction.id)
    if sanction.step is Step.QUARANTINE:
        _close_pair(turn, sanction)
    if sanction.step is Step.REMOVAL and sanction.about is not None:
        # Who comes back begins anew.
        for one in turn.tx.sanctions.of_member(sanction.about):
            turn.tx.sanctions.save(replace(one, points=0))
    _released(turn, sanction, "sanction-over")


def lift_early(turn: Turn, by: Member, sanction: Sanction) -> None:
    """Lift a sanction before its time; its points stay."""
    lifted = replace(sanction, lifted_at=turn.now, lifter=by.id)
    turn.tx.sanctions.save(lifted)
    turn.tx.audit.add(turn.now, by.id, "lift", sanction.id)
    _released(turn, lifted, "sanction-lifted")


def overturn(turn: Turn, by: Member, sanction: Sanction) -> None:
    """Revoke a sanction retroactively; its notes go as well."""
    turn.tx.sanctions.save(replace(sanction, overturned_at=turn.now, points=0))
    turn.tx.audit.add(turn.now, by.id, "overturn", sanction.id)
    for case in (sanction.case, *(one.id for one in turn.tx.cases.appeals_against(sanction.id))):
        turn.tx.records.erase_notes(case)
    _released(turn, sanction, "")
    _restore_mentor(turn, sanction)


def _restore_mentor(turn: Turn, sanction: Sanction) -> None:
    """Let somebody be a mentor again whose sanction was a mistake: resting, until they say they are back."""
    mentor = None if sanction.about is None else turn.tx.mentors.of(sanction.about)
    member = None if mentor is None else turn.tx.members.by_id(mentor.member)
    if mentor is not None and member is not None and mentor.state is MentorState.HELD:
        turn.tx.mentors.save(replace(mentor.moved(MentorState.APPROVED, turn.now), resting=True))
        turn.say(member, "mentor-restored")


def _released(turn: Turn, sanction: Sanction, key: str) -> None:
    turn.tx.changed_cases.add(sanction.case)
    for kind in (BEGIN, END, platform_enforcement.AGAIN):
        turn.tx.timers.cancel(kind, sanction.id)
    turn.tx.sanctions.release(sanction.id)
    member = None if sanction.about is None else turn.tx.members.by_id(sanction.about)
    if member is None or sanction.step in {Step.REMINDER, Step.WARNING}:
        return
    others = [one for one in turn.tx.sanctions.of_member(member.id) if one.id != sanction.id and one.runs(turn.now)]
    turn.tx.db.moves.note((member.id,))  # who may be matched again is looked at anew
    platform_enforcement.lift_on_platform(turn, member.id, sanction.case)
    for other in others:
        platform_enforcement.apply_on_platform(turn, other)
    if key:
        turn.say(member, key)


def _close_pair(turn: Turn, sanction: Sanction) -> None:
    """Close the room that a quarantine was about: time alone does not reopen it."""
    case = turn.tx.cases.by_id(sanction.case)
    room = None if case is None or case.room is None else turn.tx.rooms.by_id(RoomId(case.room))
    about = None if sanction.about is None else turn.tx.members.by_id(sanction.about)
    if room is not None and room.ending is None and about is not None:
        separate(turn, about, room.id)


def separate(turn: Turn, member: Member, room_id: RoomId) -> None:
    """Close a pair with a neutral message to both, and never match them again."""
    room = turn.tx.rooms.by_id(room_id)
    if room is None or room.ending is not None:
        return
    endings.keep_apart(turn, member, room.others(member.id), TieKind.REPORTED)
    if room.kind is RoomKind.CIRCLE:
        if room.holds(member.id):
            endings.depart(turn, member.id, room, Ending.GOODBYE, "")
            turn.say(member, "circle-out", buttons=endings.AFTER)
        return
    endings.close_room(turn, room, Ending.GOODBYE)
    for seat in room.seats:
        if (one := turn.tx.members.by_id(seat.member)) is not None:
            alias = room.others(one.id)[0].alias
            turn.inside(one.id, room.id).say(one, "goodbye-other-ended", buttons=endings.AFTER, alias=alias)


def quarantine_lasts(turn: Turn, case: Case) -> timedelta | None:
    """Return when a quarantine expires: only for one signal of dealing; all else waits for review."""
    dealing = case.concern is Concern.DEALING or case.rule in DEALING
    reports = turn.tx.records.reports(case.id)
    return turn.book.ladder.quarantine if dealing and len({one.reporter for one in reports}) <= 1 else None


def keep_after_erasure(turn: Turn, member: MemberId) -> None:
    """Keep a serious sanction by hash, so that it outlives erasure (said openly in /forget)."""
    serious = [one for one in turn.tx.sanctions.of_member(member) if one.step in {Step.MUTE, Step.QUARANTINE}]
    for person in turn.tx.members.hashes_of(member):
        for one in serious:
            if one.runs(turn.now):
                turn.tx.sanctions.hold(person, one, one.until or turn.now + timedelta(days=30))
