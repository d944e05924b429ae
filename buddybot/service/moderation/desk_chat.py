"""Text interface of the desk, for moderators who work in a chat; and sign-in links to the desk itself."""

from datetime import timedelta

from buddybot.domain.kernel.messages import Choice, Content, Span, Style
from buddybot.domain.kernel.rich_text import marked
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.moderation.cases import Case, CasePriority, State
from buddybot.domain.moderation.desk import Item, Line, MentorOffer
from buddybot.domain.moderation.sanctions import points_today, total
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.moments import local_day
from buddybot.service.kernel.turn import Turn
from buddybot.service.kernel.wording import moment_in_words
from buddybot.service.moderation import casework, conflicts
from buddybot.service.moderation.desk import evidence
from buddybot.service.moderation.desk import views as desk_views
from buddybot.store.moderation.desk import LINK

LISTED = 10
NOTHING = "-"
MINUTE = timedelta(minutes=1)


def tell_queue(turn: Turn, me: Member) -> None:
    """List the case queue, with a claim button for the first ones."""
    if turn.tx.stories.for_review():
        turn.say(me, "mod-story-new", buttons=(("mod-story-look", Token("mod", verb="stories")),))
    items = desk_views.queue(turn, me)
    if not items:
        turn.say(me, "mod-queue-empty")
        return
    lines = "\n".join(_line(turn, me, one) for one in items[:LISTED])
    turn.say(me, "mod-queue", count=len(items), list=lines)


def _line(turn: Turn, me: Member, one: Item) -> str:
    left = int((one.due_at - turn.now) / MINUTE)
    key = "mod-line-late" if one.late else "mod-line"
    state = turn.words(me, "mod-state-mine" if one.mine else f"mod-state-{one.state}")
    words = {"alias": one.alias, "priority": one.priority.value, "case": one.case, "state": state}
    return turn.words(me, key, minutes=abs(left), concern=_concern(turn, me, one), **words)


def _concern(turn: Turn, me: Member, one: Item) -> str:
    if one.against is None:
        return turn.words(me, f"concern-{one.concern}")
    return turn.words(me, "mod-appeal-against", step=turn.words(me, f"step-{one.against}"))


def tell_case(turn: Turn, me: Member, case: Case | None) -> None:
    """Show a case: its record, evidence (behind a tap where the platform can), and actions."""
    shown = None if case is None else desk_views.case_page(turn, me, case.id)
    if shown is None:
        return
    head = _line(turn, me, shown.item)
    record = [_record(turn, me, one) for one in shown.lines]
    steps = ", ".join(turn.words(me, f"step-{one.step}") for one in shown.suggested)
    points = f"{shown.points:g}"
    text = turn.words(me, "mod-case", head=head, points=points, record="\n".join(record), steps=steps or NOTHING)
    turn.show(me, Content(marked(text), choices=_actions(turn, me, shown.item)))
    if shown.mentor is not None:
        _tell_offer(turn, me, shown.item.case, shown.mentor)
    for one in shown.evidence:
        turn.show(me, evidence.blurred(turn, me, one))
    if said := [one for one in shown.talk if one.text]:
        talk = "\n".join(_record(turn, me, one) for one in said)
        turn.show(me, Content((Span(turn.words(me, "mod-talk") + "\n"), Span(talk, Style.HIDDEN))))


def _actions(turn: Turn, me: Member, item: Item) -> tuple[Choice, ...]:
    """Return the buttons of a case that open a form."""
    if item.state is State.CLOSED or item.concern in casework.ALONE:
        return ()
    return (Choice(str(Token("mod", item.case, "mute")), turn.words(me, "form-mute"), form=True),)


def _tell_offer(turn: Turn, me: Member, code: str, offer: MentorOffer) -> None:
    """Show a lead what they need to decide an offer, with a button for each answer."""
    lines = [turn.words(me, "mod-mentor", weeks=offer.weeks, most=offer.most, lane=offer.lane, case=code)]
    if offer.asked:
        lines.append(turn.words(me, "mod-mentor-was-asked", question=turn.words(me, f"mentor-question-{offer.asked}")))
    asks = (f"ask-{one}" for one in offer.questions)
    rows = tuple((f"mod-mentor-{verb}", Token("mod", code, verb)) for verb in ("yes", "later", *asks))
    said = (Span(f"\n\n{offer.said}", Style.HIDDEN),) if offer.said else ()
    turn.show(me, Content((Span("\n".join(lines)), *said), choices=turn.choices(me, rows)))


def _record(turn: Turn, me: Member, line: Line) -> str:
    kind, at = turn.words(me, f"desk-line-{line.kind}"), moment_in_words(turn, me, line.at)
    return turn.words(me, "mod-record-said" if line.text else "mod-record", at=at, kind=kind, text=line.text)


def tell_alias(turn: Turn, me: Member, alias: str) -> None:
    """Look up an alias: points, sanctions, open cases. Nobody can be searched for in another way."""
    cases = [one for one in turn.tx.cases.of_alias(alias.strip()) if conflicts.refusal_for(turn, me, one) is None]
    if not alias.strip() or not cases:
        turn.say(me, "mod-no-alias")
        return
    about, ladder = cases[-1].about, turn.book.ladder
    past = [] if about is None else turn.tx.sanctions.of_member(about)
    lines = [
        turn.words(
            me,
            "mod-past",
            at=local_day(me, one.given_at),
            step=turn.words(me, f"step-{one.step}"),
            rule=one.rule,
            points=f"{points_today(ladder, one, turn.now):g}",
        )
        for one in past
    ]
    codes = ", ".join(conflicts.code(one) for one in cases)
    turn.say(
        me,
        "mod-alias",
        alias=alias.strip(),
        points=f"{total(ladder, past, turn.now):g}",
        cases=codes,
        list="\n".join(lines) or NOTHING,
    )


def tell_handover(turn: Turn, me: Member) -> None:
    """Show the handover notes for the next shift."""
    found = desk_views.handover(turn, me)
    urgent = "\n".join(_line(turn, me, one) for one in found.urgent) or NOTHING
    soon = [
        f"{code}: {moment_in_words(turn, me, at)}"
        for part in (found.watches, found.lifting, found.appeals)
        for code, at in part
    ]
    turn.say(me, "mod-handover", urgent=urgent, soon="\n".join(soon) or NOTHING)


def hand_over(turn: Turn, me: Member) -> None:
    """Release urgent cases at the end of a shift: a P0 pages the next one at once."""
    for case in turn.tx.cases.waiting(desk_views.SHOWN):
        urgent = case.priority in {CasePriority.P0, CasePriority.P1}
        if urgent and case.state is State.CLAIMED and case.claimed_by == me.id:
            casework.release(turn, me, case)
    for one in staff.on_shift(turn):
        tell_handover(turn, one)


def door(turn: Turn, me: Member, state: str) -> None:
    """Send a one-time sign-in link, or end all of their sessions."""
    if state == "off":
        turn.say(me, "desk-off", count=turn.tx.desk.revoke(me.id))
    elif not turn.book.practice.desk_url:
        turn.say(me, "desk-nowhere")
    else:
        token = turn.tx.desk.fresh(LINK, me.id, turn.now)
        turn.say(me, "desk-link", link=f"{turn.book.practice.desk_url}/enter?token={token}")
