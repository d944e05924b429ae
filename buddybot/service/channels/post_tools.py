"""Moderators' tools on a post, from its own menu: take it down, open a case about it, find the cases it stands in.

Nothing here tells more of a post's author than its channel: cases from elsewhere, points and accounts stay out of it.
"""

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import NoteId
from buddybot.domain.kernel.messages.forms import WORDS, Form
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, Concern, State
from buddybot.domain.moderation.desk import LineKind
from buddybot.domain.moderation.staff import WORKERS
from buddybot.domain.people.members import Member
from buddybot.service.channels import post_reports, relay
from buddybot.service.kernel import staff
from buddybot.service.kernel.forms import FormPress, hand_back, taken_form
from buddybot.service.moderation import casework, conflicts, reports
from buddybot.service.moderation.casework import CaseReport
from buddybot.service.moderation.desk.channel_views import POST

ON_POSTS = frozenset({"case", "takedown", "lookup"})
"""Entries of a post's menu that are for moderators; each does what it says, once the role was looked up here."""


def post_tool_form(press: FormPress) -> Form | None:
    """Return the form for a case about a post; None for anybody who is no moderator, and where no post stands."""
    me = press.member
    if press.token.verb != "case" or me is None or staff.role_of(press.turn, me.id) not in WORKERS:
        return None
    return None if _found(press) is None else reports.concern_form(press)


def use_on_post(press: FormPress, me: Member) -> None:
    """Menu handler: authority and post are looked up before anything is done."""
    turn, verb, found = press.turn, press.token.verb, _found(press)
    if staff.role_of(turn, me.id) not in WORKERS:
        turn.tx.audit.add(turn.now, me.id, "refused", verb)
        hand_back(turn, me, press.say("mod-not-yours"), press.event)
    elif found is None:
        hand_back(turn, me, press.say("mod-post-unknown"), press.event)
    elif verb == "takedown":
        _take_down(press, me, *found)
    elif verb == "lookup":
        _look_up(press, me, *found)
    else:
        _open_case(press, me, *found)


def _found(press: FormPress) -> tuple[NoteId, MemberId] | None:
    """Return the post and its author; a form that is opened again names the post itself."""
    if (note := NoteId(press.token.subject)) and (author := press.turn.tx.rooms.author_of(note)) is not None:
        return note, author
    return post_reports.post_meant(press)


def _cases_here(press: FormPress, me: Member, note: NoteId, author: MemberId) -> list[Case]:
    """Return the cases about this author that came from this very channel, and that this moderator may see."""
    turn, found = press.turn, press.turn.tx.rooms.room_of_note(note)
    return [
        one
        for one in turn.tx.cases.about(author)
        if found is not None and one.room == found[0].id and conflicts.refusal_for(turn, me, one) is None
    ]


def _take_down(press: FormPress, me: Member, note: NoteId, author: MemberId) -> None:
    turn, found = press.turn, press.turn.tx.rooms.room_of_note(note)
    if found is None or relay.channel_of_room(turn, found[0]) is None:
        turn.say(me, "mod-post-unknown")
        return
    about = [one for one in _cases_here(press, me, note, author) if one.rule == f"{POST}{note}"]
    code = conflicts.code(about[-1]) if about else ""
    relay.take_away(turn, found[0], note, case=code)
    for one in about:
        casework.line(turn, one, LineKind.TAKEN_DOWN, me)
    turn.tx.audit.add(turn.now, me.id, "takedown", about[-1].id if about else note)
    turn.say(me, "mod-taken-down-here")


def _look_up(press: FormPress, me: Member, note: NoteId, author: MemberId) -> None:
    turn = press.turn
    cases = _cases_here(press, me, note, author)
    listed = "\n".join(f"- {one.alias}: /mod case {conflicts.code(one)}" for one in cases)
    turn.tx.audit.add(turn.now, me.id, "lookup", note)
    turn.say(me, "mod-cases-here" if cases else "mod-no-cases-here", list=listed)


def _open_case(press: FormPress, me: Member, note: NoteId, author: MemberId) -> None:
    """Open a case with what the form says; no reporter stands in it, so that whoever opened it may work on it."""
    turn = press.turn
    filled = taken_form(press, me, reports.concern_form(press), Token("form", note, "case"))
    if filled is None:
        return
    concern, words = Concern(filled.words(reports.WHAT)), filled.words(WORDS)
    found = turn.tx.rooms.room_of_note(note)
    told = CaseReport(
        concern,
        author,
        None if found is None else found[0].id,
        rule=f"{POST}{note}",
        texts=((words, False),) if words else (),
    )
    if words and reports.is_known(turn, told):
        turn.say(me, "report-known")
        return
    before = {one.id for one in turn.tx.cases.about(author) if one.state is not State.CLOSED}
    case = casework.open_case(turn, told)
    turn.say(me, "mod-joined-case" if case.id in before else "mod-opened-case", case=conflicts.code(case))
