"""A member's own chart: the last weeks of their check-ins as a picture and in words, and what they count beside it."""

from datetime import timedelta

from buddybot.domain.care.own_days import MOODS
from buddybot.domain.care.weeks import DAYS, WEEKS, counted_moods, draw_weeks, first_day
from buddybot.domain.kernel.messages import Content, Span
from buddybot.domain.people.members import Member
from buddybot.service.care.dates.milestone_lines import own_lines
from buddybot.service.kernel.moments import local_day
from buddybot.service.kernel.turn import Turn

NAME = "my-weeks"


def show_weeks(turn: Turn, member: Member) -> None:
    """Command handler: draw one's own weeks; with nothing to draw, say kindly how it begins."""
    days, today = turn.tx.own.days(member.id), local_day(member, turn.now)
    begins = first_day(today)
    found = counted_moods(days, begins, WEEKS * DAYS)
    counted = own_lines(turn, member)
    kept = "\n".join((turn.words(member, "milestone-yours"), *counted)) if counted else ""
    if not found:
        turn.show(member, Content((Span(kept or turn.words(member, "weeks-none")),)))
        return
    lines = [turn.words(member, "weeks-title", weeks=WEEKS)]
    for week in range(WEEKS):
        monday = begins + timedelta(days=DAYS * week)
        if moods := counted_moods(days, monday, DAYS):
            said = [f"{turn.words(member, f'own-mood-{one}')} {moods[one]}" for one in MOODS if moods[one]]
            lines.append(turn.words(member, "weeks-week", day=monday, list=", ".join(said)))
    alt = "\n".join(lines)
    picture = draw_weeks(days, today, NAME, alt)
    text = "\n".join((*lines, turn.words(member, "weeks-key"), *((kept,) if kept else ())))
    turn.show(member, Content((Span(text),), picture=picture))
