"""Serving as a mentor: how many at once, rest from new people or from all, and stepping down without a reason."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from buddybot.content.words import Argument
from buddybot.domain.care.mentors import Mentor, MentorState
from buddybot.domain.kernel.messages import Content
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.service.care.mentoring import offering
from buddybot.service.care.pairs import left_in_peace_until
from buddybot.service.kernel.moments import Told, told_day
from buddybot.service.kernel.turn import HELP, MODERATOR, Turn
from buddybot.service.matching import offers, pool
from buddybot.service.talk import endings, mentor_rooms
from buddybot.store.kernel.timers import Timer


def run_mentor(turn: Turn, member: Member, words: str) -> None:
    """Command handler: show where somebody stands as a mentor, or do what they wrote behind it."""
    mentor = turn.tx.mentors.of(member.id)
    said = plain(words)
    if mentor is None or mentor.state is not MentorState.APPROVED:
        offering.show_offer(turn, member, mentor)
    elif said.isdigit():
        press_mentor(turn, member, said, "many")
    elif verb := turn.book.replies.argument("mentor", said):
        press_mentor(turn, member, "", verb)
    else:
        _show_home(turn, member, mentor)


def press_mentor(turn: Turn, member: Member, subject: str, verb: str) -> None:
    """Button handler of mentors; on the way to being one it is the offer's."""
    mentor = turn.tx.mentors.of(member.id)
    if verb in DEBRIEFED:
        _debriefed(turn, member, verb)
    elif verb == "cancel" and mentor is not None and mentor.state is MentorState.APPLIED:
        offering.stop_answering(turn, member)
    elif mentor is None or mentor.state is not MentorState.APPROVED:
        offering.press_offer(turn, member, mentor, subject, verb)
    elif verb == "many" and subject:
        _set_most(turn, member, mentor, subject)
    elif (doing := DOING.get(verb)) is not None:
        doing(turn, member, mentor)
    else:
        turn.say(member, "stale-button")


def _ask(turn: Turn, member: Member, key: str, rows: tuple[str, ...], **words: Argument | Told) -> None:
    buttons = tuple((f"mentor-{row}", Token("mentor", verb=row)) for row in rows)
    turn.show(member, Content(turn.spans(member, key, words), choices=turn.choices(member, buttons)))


def _show_home(turn: Turn, member: Member, mentor: Mentor) -> None:
    words = {"count": turn.tx.mentors.mentees(member.id), "most": mentor.most}
    if mentor.resting:
        _ask(turn, member, "mentor-home-resting", ("back", "stop"), **words)
    elif mentor.rest_until is not None and mentor.rest_until > turn.now:
        day = told_day(member, mentor.rest_until)
        _ask(turn, member, "mentor-home-until", ("sooner", "rest", "many", "stop"), day=day, **words)
    else:
        _ask(turn, member, "mentor-home", ("rest", "many", "stop"), **words)


# ── How many, and rest ──────────────────────────────────────────────────────────────────


def _ask_most(turn: Turn, member: Member, mentor: Mentor) -> None:
    rows = range(1, turn.book.mentoring.at_most + 1)
    buttons = tuple((f"mentor-many-{one}", Token("mentor", str(one), "many")) for one in rows)
    turn.say(member, "mentor-most-ask", buttons=buttons, count=mentor.most)


def _set_most(turn: Turn, member: Member, mentor: Mentor, said: str) -> None:
    """Change the cap: nobody is sent away for it, but offers beyond it are taken back."""
    most = whole_number(said, 1, turn.book.mentoring.at_most)
    if most is None:
        turn.say(member, "mentor-most-wrong", most=turn.book.mentoring.at_most)
        return
    mentor = replace(mentor, most=most)
    turn.tx.mentors.save(mentor)
    over = turn.tx.mentors.taken(member.id) - mentor.most
    _withdraw(turn, member, over)
    turn.say(member, "mentor-most-set", count=mentor.most)
    if over <= 0:
        offers.match_on_arrival(turn, member.id)


def _withdraw(turn: Turn, member: Member, most: int) -> None:
    """Take back this many open offers of a mentor, the newest first: nobody waits for an answer in vain."""
    made = [one for one in turn.tx.offers.all_open(member.id) if one.mentor == member.id]
    for one in list(reversed(made))[: max(0, most)]:
        offers.withdraw(turn, one, member.id)


def _ask_rest(turn: Turn, member: Member, _: Mentor) -> None:
    _ask(turn, member, "mentor-rest-ask", ("rest-new", "rest-all", "stay"))


def _rest_new(turn: Turn, member: Member, mentor: Mentor) -> None:
    _stop_taking(turn, member, mentor)
    _ask(turn, member, "mentor-resting", ("back",))


def _rest_all(turn: Turn, member: Member, mentor: Mentor) -> None:
    _stop_taking(turn, member, mentor)
    until = turn.now + turn.book.mentoring.rest_all
    member = turn.tx.members.by_id(member.id) or member
    turn.tx.members.save(replace(member, paused_until=max(until, member.paused_until or until)))
    turn.say(member, "mentor-resting-all", day=told_day(member, until))


def _stop_taking(turn: Turn, member: Member, mentor: Mentor) -> None:
    turn.tx.mentors.save(replace(mentor, resting=True))
    _withdraw(turn, member, mentor.most)


def _back(turn: Turn, member: Member, mentor: Mentor) -> None:
    """Take people again, sooner too than the rest after a talk would end."""
    turn.tx.mentors.save(replace(mentor, resting=False, rest_until=None))
    turn.say(member, "mentor-back-done")
    offers.match_on_arrival(turn, member.id)


# ── Stepping down ───────────────────────────────────────────────────────────────────────


def _ask_stop(turn: Turn, member: Member, _: Mentor) -> None:
    rows = ("stop-now", "rest-new", "stay") if turn.tx.mentors.mentees(member.id) else ("stop-now", "stay")
    _ask(turn, member, "mentor-stop-ask", rows, count=turn.tx.mentors.mentees(member.id))


def _stop_now(turn: Turn, member: Member, mentor: Mentor) -> None:
    """Step down: no reason is asked, mentees are told kindly and can meet somebody else, the door stays open."""
    _withdraw(turn, member, mentor.most)
    turn.tx.mentors.save(mentor.moved(MentorState.STOPPED, turn.now))
    turn.tx.audit.add(turn.now, "member", "mentor-stopped", "mentor")
    endings.end_mentoring(turn, member.id)
    turn.say(member, "mentor-stopped")


def _stay(turn: Turn, member: Member, _: Mentor) -> None:
    turn.say(member, "mentor-stays")


# ── Looking after them ──────────────────────────────────────────────────────────────────


def ask_mentor(turn: Turn, timer: Timer) -> None:
    """Ask a mentor how they are after a talk ended or a mentee was in danger; offered once, never pressed."""
    member = None if timer.member is None else turn.tx.members.by_id(timer.member)
    mentor = None if member is None else turn.tx.mentors.of(member.id)
    if member is None or mentor is None or mentor.state is MentorState.HELD:
        return
    if (later := left_in_peace_until(turn, member)) is not None:
        turn.tx.timers.set(replace(timer, due=later))
        return
    own = timer.kind == mentor_rooms.OWN_CRISIS
    key = mentor_rooms.OWN_CRISIS if own else f"mentor-after-{timer.payload}"
    if own and mentor.state is not MentorState.APPROVED:
        return
    rows = ("rest-all", "stop", "fine") if own else ("fine", "heavy", "shaken", "pass")
    buttons = tuple((f"mentor-{row}", Token("mentor", verb=row)) for row in rows)
    turn.say(member, key, buttons=(*buttons, *_person(turn)))


def _debriefed(turn: Turn, member: Member, verb: str) -> None:
    """Take how a mentor is; nothing of it is kept."""
    if verb in {"fine", "pass"}:
        turn.say(member, f"mentor-debrief-{verb}")
        return
    mentor = turn.tx.mentors.of(member.id)
    approved = mentor is not None and mentor.state is MentorState.APPROVED
    rest = (("mentor-rest", Token("mentor", verb="rest")),) if approved else ()
    now = ("command-now", Token("command", verb="now"))
    turn.say(member, "mentor-debrief-hard", buttons=(*rest, now, *_person(turn), HELP))


def _person(turn: Turn) -> tuple[tuple[str, Token], ...]:
    return (MODERATOR,) if turn.tx.staff.all(turn.now) else ()


DEBRIEFED = frozenset({"fine", "heavy", "shaken", "pass"})
DOING: Mapping[str, Callable[[Turn, Member, Mentor], None]] = {
    "many": _ask_most,
    "rest": _ask_rest,
    "rest-new": _rest_new,
    "rest-all": _rest_all,
    "back": _back,
    "sooner": _back,
    "stop": _ask_stop,
    "stop-now": _stop_now,
    "stay": _stay,
}


def exported_mentor(turn: Turn, member: Member) -> dict[str, object] | None:
    """Return for the export what is kept of somebody as a mentor."""
    mentor = turn.tx.mentors.of(member.id)
    if mentor is None:
        return None
    return {
        "state": mentor.state.value,
        "since": mentor.changed_at.isoformat(),
        "cards_read": mentor.read,
        "at_once": mentor.most,
        "lane": mentor.lane,
        "with_you_now": turn.tx.mentors.mentees(member.id),
        "places_free": pool.places_free(turn, mentor),
        "nobody_new_for_now": mentor.resting,
        "nobody_new_before": mentor.rest_until and mentor.rest_until.isoformat(),
        "a_lead_asked": mentor.asked,
        "you_answered": mentor.said,
    }
