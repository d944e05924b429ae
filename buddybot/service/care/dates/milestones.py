"""Milestone tracking: what somebody counts in their own words, days in all first; nothing in it can be lost by a slip.

Off by default, never spoken of unasked, silent after a hard time, and replaced by remembrance in the bereaved lane.
"""

from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from buddybot.domain.care.milestones import (
    KINDS,
    LONGEST,
    MOMENT,
    MOST,
    NEED_NAME,
    WITHOUT,
    Milestone,
    begun,
    closed_on,
    days_in_all,
    redated,
)
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.messages import Choice, Content, Span
from buddybot.domain.kernel.plaintext import plain
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Screening
from buddybot.domain.people.members import Member, Talk
from buddybot.service.care.dates import milestone_notes, remembrance
from buddybot.service.care.dates.asking import (
    await_nothing,
    await_words,
    is_kept_out,
    read_day,
    tapped_day,
)
from buddybot.service.care.dates.milestone_lines import line_of, milestone_name, stretch_lines
from buddybot.service.care.own_days import tender
from buddybot.service.crisis import conversation
from buddybot.service.kernel.lanes import BEREAVED, lane_of
from buddybot.service.kernel.moments import local_day
from buddybot.service.kernel.turn import Buttons, Turn

ALIKE = 80
"""Similarity (0 to 100) from which typed words name a milestone that is there."""
NEW = ("milestone-new", Token("milestone", verb="new"))
NO = ("milestone-no", Token("milestone", verb="no"))


def run_milestones(turn: Turn, member: Member, words: str) -> None:
    """Command handler: show what is counted, one of it by name, or begin a new one."""
    if lane_of(turn, member) == BEREAVED:
        remembrance.offer_instead(turn, member)
        return
    kept, said = turn.tx.own_dates.milestones(member.id), plain(words)
    named = next((one for one in kept if fuzz.ratio(said, plain(milestone_name(turn, member, one))) >= ALIKE), None)
    if not said:
        _show_all(turn, member, kept)
    elif named is not None:
        _show_one(turn, member, named)
    elif tender(turn, member):
        _show_all(turn, member, kept)
    elif turn.book.replies.argument("milestones", said) == "new":
        _ask_kind(turn, member)
    elif (made := _made(turn, member, "own")) is not None:
        _take_name(turn, member, made, words.strip(), turn.screening)


def press_milestone(turn: Turn, member: Member, subject: str, verb: str, words: str) -> None:
    """Button handler: without a subject of the whole, with a kind of a new one, else of one that is kept."""
    member = await_nothing(turn, member, Talk.MILESTONE)
    one = turn.tx.own_dates.milestone(member.id, subject) if subject else None
    lane = lane_of(turn, member)
    if verb == "no":
        turn.say(member, "milestone-fine")
    elif lane == BEREAVED:
        remembrance.offer_instead(turn, member)
    elif verb == "new":
        _ask_kind(turn, member)
    elif verb == "make" and subject in KINDS[lane]:
        if (made := _made(turn, member, subject)) is not None:
            _ask_name(turn, member, made)
    elif one is None:
        turn.say(member, "stale-button")
    elif not milestone_notes.press_note(turn, member, one, verb, words):
        _press_one(turn, member, one, verb)


def _press_one(turn: Turn, member: Member, one: Milestone, verb: str) -> None:
    match verb:
        case "show":
            _show_one(turn, member, one)
        case "change":
            _ask_change(turn, member, one)
        case "name":
            _ask_name(turn, member, one)
        case "plain" if one.kind not in NEED_NAME:
            _named(turn, member, replace(one, name=""))
        case "date" | "anew":
            _ask_date(turn, member, one, verb)
        case "keep" | "stop" | "beside" | "total":
            _go_on(turn, member, one, verb)
        case "remove" | "yes" | "stay":
            _press_remove(turn, member, one, verb)
        case "cancel" | "later":
            _cancel(turn, member, one, f"milestone-{verb}")
        case _:
            _press_day(turn, member, one, verb)


def _go_on(turn: Turn, member: Member, one: Milestone, verb: str) -> None:
    """Go on as it is, stop adding days, or show it another way; the total stays whatever is chosen."""
    today = local_day(member, turn.now)
    if verb in {"beside", "total"}:
        one = replace(one, beside=verb == "beside")
        _keep(turn, member, one)
        _show_one(turn, member, one)
        return
    one = replace(closed_on(one, today) if verb == "stop" else one, settled_at=turn.now)
    _keep(turn, member, one)
    key = "milestone-stopped" if verb == "stop" else "milestone-kept"
    turn.say(member, key, name=milestone_name(turn, member, one), days=days_in_all(one, today))


def _press_day(turn: Turn, member: Member, one: Milestone, verb: str) -> None:
    how, _, said = verb.partition("-")
    day = tapped_day(turn, member, said) if how in {"date", "anew"} else None
    if day is None:
        turn.say(member, "stale-button")
    else:
        _dated(turn, member, one, how, day)


# ── Making one ──────────────────────────────────────────────────────────────────────────


def _ask_kind(turn: Turn, member: Member) -> None:
    rows = [(f"milestone-kind-{kind}", Token("milestone", kind, "make")) for kind in KINDS[lane_of(turn, member)]]
    turn.say(member, "milestone-what", buttons=(*rows, NO))


def _made(turn: Turn, member: Member, kind: str) -> Milestone | None:
    """Begin a milestone that has neither name nor date yet; None where there are as many as fit on a page."""
    if len(turn.tx.own_dates.milestones(member.id)) >= MOST:
        turn.say(member, "milestone-many", most=MOST)
        return None
    one = Milestone(turn.world.new_id(), kind)
    turn.tx.own_dates.keep(member.id, one)
    return one


def _ask_name(turn: Turn, member: Member, one: Milestone) -> None:
    usual = () if one.kind in NEED_NAME else ((f"milestone-kind-{one.kind}", Token("milestone", one.id, "plain")),)
    buttons: Buttons = (*usual, ("date-cancel", Token("milestone", one.id, "cancel")))
    key = "milestone-name-moment" if one.kind == MOMENT else "milestone-name"
    await_words(turn, member, (Talk.MILESTONE, f"name:{one.id}"), key, buttons=buttons)


def _ask_date(turn: Turn, member: Member, one: Milestone, how: str) -> None:
    today: Buttons = (("date-today", Token("milestone", one.id, f"{how}-today")),)
    buttons = (*today, ("date-later", Token("milestone", one.id, "later")))
    key = "milestone-when" if one.kind == MOMENT else f"milestone-{how}"
    await_words(
        turn, member, (Talk.MILESTONE, f"{how}:{one.id}"), key, buttons=buttons, name=milestone_name(turn, member, one)
    )


def receive_milestone_words(turn: Turn, member: Member, text: str, screening: Screening | None) -> bool:
    """Take the words that were asked for, a name or a date; return whether they were nothing but that."""
    how, _, key = member.private.subject.partition(":")
    one = turn.tx.own_dates.milestone(member.id, key)
    if conversation.cries(turn, member, text, screening):
        member = await_nothing(turn, member, Talk.MILESTONE)
        turn.say(member, "date-not-kept")
        return False
    if one is None:
        await_nothing(turn, member, Talk.MILESTONE)
        turn.say(member, "stale-button")
    elif how == "name":
        _take_name(turn, await_nothing(turn, member, Talk.MILESTONE), one, text, screening)
    else:
        day = read_day(turn, member, text, lambda verb: Token("milestone", one.id, _with(how, verb)))
        if day is not None:
            _dated(turn, await_nothing(turn, member, Talk.MILESTONE), one, how, day)
    return True


def _with(how: str, verb: str) -> str:
    return verb if verb == "later" else f"{how}-{verb}"


def _take_name(turn: Turn, member: Member, one: Milestone, text: str, screening: Screening | None) -> None:
    if conversation.cries(turn, member, text, screening):
        _cancel(turn, member, one, "date-not-kept")
    elif is_kept_out(screening) or len(text) > LONGEST or not plain(text):
        turn.say(member, "date-words" if len(text) <= LONGEST else "date-long", longest=LONGEST)
        _ask_name(turn, member, one)
    else:
        _named(turn, member, replace(one, name=" ".join(text.split())))


def _named(turn: Turn, member: Member, one: Milestone) -> None:
    _keep(turn, member, one)
    if one.stretches:
        _show_one(turn, member, one)
    else:
        _ask_date(turn, member, one, "date")


def _dated(turn: Turn, member: Member, one: Milestone, how: str, day: date) -> None:
    one = begun(one, day) if how == "anew" else redated(one, day)
    _keep(turn, member, replace(one, settled_at=turn.now))
    _show_one(turn, member, one)


def _keep(turn: Turn, member: Member, one: Milestone) -> None:
    turn.tx.own_dates.keep(member.id, one)
    milestone_notes.set_next(turn, member, one)


def _cancel(turn: Turn, member: Member, one: Milestone, key: str) -> None:
    """Leave it as it was; one that was begun and has neither name nor day is gone, unless its day is to come later."""
    if key != "milestone-later" and not one.stretches and not one.name:
        turn.tx.own_dates.drop(member.id, one.id)
    turn.say(member, key, name=milestone_name(turn, member, one))


# ── Seeing them ─────────────────────────────────────────────────────────────────────────


def _show_all(turn: Turn, member: Member, kept: list[Milestone]) -> None:
    if tender(turn, member):
        lines = [*(line_of(turn, member, one) for one in kept), turn.words(member, "milestone-waits")]
        turn.show(member, Content((Span("\n".join(lines)),)))
    elif not kept:
        turn.say(member, "milestone-none", buttons=(NEW, NO))
    elif (unsettled := next((one for one in kept if _is_unsettled(member, one)), None)) is not None:
        _ask_to_settle(turn, member, unsettled)
    else:
        rows = [Choice(str(Token("milestone", one.id, "show")), milestone_name(turn, member, one)) for one in kept]
        lines = [turn.words(member, "milestone-yours"), *(line_of(turn, member, one) for one in kept)]
        choices = (*rows, *turn.choices(member, (NEW,)))
        turn.show(member, Content((Span("\n".join(lines)),), choices=choices))


def _is_unsettled(member: Member, one: Milestone) -> bool:
    """Return whether they used again since they last said how this one goes on."""
    used_at = conversation.state_of(member).used_at
    if used_at is None or not one.runs or one.kind not in {WITHOUT, "own"}:
        return False
    return one.settled_at is None or one.settled_at < used_at


def _ask_to_settle(turn: Turn, member: Member, one: Milestone) -> None:
    rows = tuple((f"milestone-{verb}", Token("milestone", one.id, verb)) for verb in ("keep", "anew-too", "stop"))
    buttons = tuple((key, replace(token, verb=token.verb.removesuffix("-too"))) for key, token in rows)
    days = days_in_all(one, local_day(member, turn.now))
    turn.say(member, "milestone-settle", buttons=buttons, name=milestone_name(turn, member, one), days=days)


def _show_one(turn: Turn, member: Member, one: Milestone) -> None:
    """Show one, and what can be done with it; after a hard time the fact alone."""
    text = "\n".join((line_of(turn, member, one), *stretch_lines(turn, member, one)))
    buttons: Buttons = () if tender(turn, member) else _doings(turn, member, one)
    turn.show(member, Content((Span(text),), choices=turn.choices(member, buttons)))


def _doings(turn: Turn, member: Member, one: Milestone) -> Buttons:
    rows = list[tuple[str, str]]()
    if one.stretches:
        rows += [("milestone-share", "share")] if milestone_notes.rooms_for(turn, member) else []
        rows += [("milestone-hush", "hush") if one.noted else ("milestone-note", "note")]
        if one.kind != MOMENT:
            rows += [("milestone-only-total", "total") if one.beside else ("milestone-beside", "beside")]
            rows += [("milestone-anew-too" if one.runs else "milestone-again", "anew")]
    rows.append(("milestone-change", "change"))
    return (
        *((key, Token("milestone", one.id, verb)) for key, verb in rows),
        ("milestone-all", Token("command", verb="milestones")),
    )


def _ask_change(turn: Turn, member: Member, one: Milestone) -> None:
    rows = [("milestone-rename", "name"), ("milestone-redate", "date")]
    rows += [("milestone-stop", "stop")] if one.runs else []
    rows += [("milestone-remove", "remove"), ("milestone-stay", "show")]
    buttons = tuple((key, Token("milestone", one.id, verb)) for key, verb in rows)
    turn.say(member, "milestone-change-what", buttons=buttons, name=milestone_name(turn, member, one))


def _press_remove(turn: Turn, member: Member, one: Milestone, verb: str) -> None:
    """Ask once before one is taken away: its days can't be had back."""
    name = milestone_name(turn, member, one)
    if verb == "remove":
        rows = (("milestone-remove-yes", "yes"), ("milestone-stay", "stay"))
        buttons = tuple((key, Token("milestone", one.id, verb)) for key, verb in rows)
        again, days = "milestone-remove-again", days_in_all(one, local_day(member, turn.now))
        turn.ask(
            member, "milestone-remove-sure", buttons=buttons, again=again, unfit=Unfit.EXCLUSIVE, name=name, days=days
        )
    elif verb == "yes":
        turn.tx.own_dates.drop(member.id, one.id)
        turn.tx.timers.cancel(milestone_notes.MARK, one.id)
        turn.say(member, "milestone-removed", name=name)
    else:
        turn.say(member, "milestone-stays", name=name)
