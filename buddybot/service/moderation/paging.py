"""Paging for a P0: those on shift one after the other, their shared place, then leads and the operator."""

from datetime import timedelta

from buddybot.domain.kernel.ids import CaseId
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, CasePriority, State
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import conflicts
from buddybot.service.moderation.threads import reach
from buddybot.store.kernel.timers import Timer

PAGE = "page"
EVERY = timedelta(minutes=5)
MOST = 24
"""Pages of one case: two hours of them. It stays first in the queue all the same."""


def page_first(turn: Turn, case: Case) -> None:
    """Page the first responder, and schedule the next page."""
    if case.priority is not CasePriority.P0 or turn.tx.timers.find(PAGE, case.id) is not None:
        return
    _show_places(turn, case)
    _call(turn, case, 0)


def page_next(turn: Turn, case_id: CaseId, payload: str) -> None:
    """Page the next responder, unless the case was claimed."""
    case = turn.tx.cases.by_id(case_id)
    if case is not None and case.state is State.OPEN:
        _call(turn, case, int(payload))


def ask_colleagues(turn: Turn, case: Case) -> None:
    """Notify those on shift, or leads, that somebody asks for a moderator; a P0 is paged anyway."""
    if case.priority is CasePriority.P0 or case.state is not State.OPEN:
        return
    ready = [one for one in staff.on_shift(turn) if _fit(turn, one, case)]
    for one in ready or [one for one in staff.heads(turn) if conflicts.refusal_for(turn, one, case) is None]:
        turn.show(one, _content(turn, one, case, "page-asked"))


def _call(turn: Turn, case: Case, number: int) -> None:
    ready = [one for one in staff.on_shift(turn) if _fit(turn, one, case)]
    heads = [one for one in staff.heads(turn) if conflicts.refusal_for(turn, one, case) is None]
    # When nobody on shift took it, or nobody is there, everyone who can be is called, at home too.
    everyone = list({one.id: one for one in (*heads, *ready)}.values())
    called = [ready[number]] if number < len(ready) else everyone
    for one in called:
        turn.show(one, _content(turn, one, case), crisis=True)
    turn.tx.audit.add(turn.now, "bot", "page", case.id, str(number))
    if number + 1 < MOST:
        turn.tx.timers.set(Timer(PAGE, case.id, turn.now + EVERY, payload=str(number + 1)))


def _fit(turn: Turn, one: Member, case: Case) -> bool:
    meter = staff.meter(turn, one)
    resting = meter is not None and meter.resting(turn.now)
    return not resting and staff.sees(one, case.concern) and conflicts.refusal_for(turn, one, case) is None


def _show_places(turn: Turn, case: Case) -> None:
    """Alert the moderators' places; where a case has a thread, that is its alert."""
    for place in staff.moderators_places(turn):
        if reach.keeps_threads(turn, place) and reach.is_for_all(turn, case):
            continue
        turn.show(place, _content(turn, place, case), crisis=True)


def _content(turn: Turn, reader: Member, case: Case, key: str = "page-p0") -> Content:
    code = conflicts.code(case)
    text = turn.words(reader, key, alias=case.alias, case=code)
    return Content((Span(text),), choices=turn.choices(reader, (("mod-claim", Token("mod", code, "claim")),)))
