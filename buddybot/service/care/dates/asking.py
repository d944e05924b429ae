"""Validation of a member's own words and days: screened like a note, and a day that can't be kept is refused kindly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from buddybot.domain.care.typed_days import day_problem, days_meant
from buddybot.domain.dialog.questions import Unfit
from buddybot.domain.kernel.messages import Choice, Content, Span
from buddybot.domain.kernel.numbers import whole_number
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.kernel.verdicts import Outcome, Screening
from buddybot.domain.people.members import Member, Talk
from buddybot.service.kernel.moments import clock, local_day
from buddybot.service.kernel.turn import Asking, Buttons, Turn


def await_words(
    turn: Turn, member: Member, awaited: tuple[Talk, str], key: str, *, buttons: Buttons, name: str = ""
) -> None:
    """Ask for words of a member's own, and wait for them: `awaited` says where they go, and what they are about."""
    talk, subject = awaited
    turn.tx.members.save(replace(member, private=replace(member.private, talk=talk, subject=subject)))
    turn.ask(member, key, buttons=buttons, again=key, unfit=Unfit.TEXT, name=name)


def await_nothing(turn: Turn, member: Member, talk: Talk) -> Member:
    """Wait for these words no more; return the member as they are now."""
    member = turn.tx.members.by_id(member.id) or member
    if member.private.talk is talk:
        member = replace(member, private=replace(member.private, talk=Talk.NONE, subject=""))
        turn.tx.members.save(member)
    return member


def is_kept_out(screening: Screening | None) -> bool:
    """Return whether the rules keep these words out; what nobody could read is kept out as well."""
    return screening is None or bool(screening.contacts) or screening.verdict.outcome >= Outcome.NUDGE


def latest_day(turn: Turn, member: Member) -> date:
    """Return the last day that has begun where the member is; anywhere on earth while their clock is not known."""
    if clock(member) is None:
        return (turn.now + timedelta(hours=14)).date()
    return local_day(member, turn.now)


def read_day(turn: Turn, member: Member, text: str, token: Callable[[str], Token]) -> date | None:
    """Read a day, or say what speaks against it; where it can be two, ask which. `token` makes a button of a verb."""
    latest = latest_day(turn, member)
    found = days_meant(text, local_day(member, turn.now))
    fit = [day for day in found if not day_problem(day, latest)]
    later: Buttons = (("date-later", token("later")),)
    if len(fit) == 1:
        return fit[0]
    if fit:
        days = [Choice(str(token(f"on:{day.toordinal()}")), turn.words(member, "date-day", day=day)) for day in fit]
        content = Content((Span(turn.words(member, "date-which")),), choices=(*days, *turn.choices(member, later)))
        turn.show(member, content, asking=Asking(Unfit.TEXT))
    else:
        key = f"date-{day_problem(found[0], latest)}" if found else "date-unread"
        said = {one.again for one in turn.tx.questions.open_of(member.id, turn.now) if one.unfit is Unfit.TEXT}
        key = "date-unread-again" if key in said else key
        turn.ask(member, key, buttons=later, again=key, unfit=Unfit.TEXT)
    return None


def tapped_day(turn: Turn, member: Member, verb: str) -> date | None:
    """Return the day that a button says, "today" or "on:ORDINAL"; forged ones are none."""
    if verb == "today":
        return local_day(member, turn.now)
    latest = latest_day(turn, member)
    ordinal = whole_number(verb.removeprefix("on:"), 1, latest.toordinal()) if verb.startswith("on:") else None
    day = None if ordinal is None else date.fromordinal(ordinal)
    return None if day is None or day_problem(day, latest) else day
