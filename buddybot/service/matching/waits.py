"""Waiting for a match as a state that is told: what comes next, how long it takes here, who looks after the house."""

from datetime import timedelta

from buddybot.domain.kernel.ids import OfferId
from buddybot.domain.kernel.messages import Content, WaitCard
from buddybot.domain.kernel.rich_text import marked
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.waits import UP_TO, WaitSpan, span_of, usual_wait
from buddybot.domain.people.members import Member
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import HELP, Buttons, Turn

TALK_NOW = ("command-now", Token("command", verb="now"))
STOP = ("looking-stop", Token("home", verb="stop"))
MEANWHILE: Buttons = (
    TALK_NOW,
    ("circle-want", Token("circle", verb="ask")),
    ("wait-breathe", Token("wait", verb="breathe")),
    ("wait-expect", Token("wait", verb="expect")),
    STOP,
)
RECENT = timedelta(days=60)


def show_waiting(turn: Turn, member: Member, key: str) -> None:
    """Tell somebody who looks where they stand, and what there is to do until somebody is found."""
    head = "\n".join(turn.words(member, one) for one in (key, *_no_mentor(turn, member)))
    long = turn.words(member, "waiting-long", span=_usual(turn) or "unknown")
    after = turn.words(member, "waiting-next")
    house = turn.words(member, "waiting-house" if staff.anyone(turn) else "waiting-house-nobody")
    until = turn.words(member, "waiting-until")
    card = WaitCard(head, long, after, house, until)
    text = f"{head}\n{long}\n{after}\n{house}\n{until}"
    turn.show(
        member, Content(marked(text), choices=turn.choices(member, (*_or_else(turn, member), *MEANWHILE)), waiting=card)
    )


def _no_mentor(turn: Turn, member: Member) -> tuple[str, ...]:
    """Say so where no mentor has room for anybody, so that nobody waits for one in vain."""
    return ("looking-mentor-none",) if member.private.wants_mentor and not turn.tx.mentors.taking(1) else ()


def _or_else(turn: Turn, member: Member) -> Buttons:
    """Offer the other search: a buddy to who waits for a mentor, a mentor to who would like somebody further along."""
    if member.private.wants_mentor:
        return (("mentee-buddy", Token("mentee", verb="buddy")),)
    further = "further_on" in candidate_of(turn, member).help_wanted
    return (("mentee-ask", Token("mentee", verb="ask")),) if further and turn.tx.mentors.taking(1) else ()


def press_wait(turn: Turn, member: Member, _subject: str, verb: str) -> None:
    """Button handler of what there is to do meanwhile."""
    match verb:
        case "breathe":
            turn.say(member, "wait-breathing", buttons=(TALK_NOW, HELP))
        case "expect":
            turn.say(member, "wait-expected", buttons=(TALK_NOW, HELP))
        case _:
            turn.say(member, "stale-button")


def count_first_offer(turn: Turn, member: Member, offer: OfferId) -> None:
    """Count how long a search took, once: at its first offer."""
    since = member.looking_since
    if since is not None and not turn.tx.waits.asked_since(member.id, since, offer):
        turn.tx.waits.count(span_of(turn.now - since), turn.now)


def count_given_up(turn: Turn, member: Member) -> None:
    """Count a search that was given up after a day without an offer as a long one: whoever leaves waited too."""
    since = member.looking_since
    gave_up = since is not None and turn.now - since > UP_TO[WaitSpan.DAY]
    if since is not None and gave_up and not turn.tx.waits.asked_since(member.id, since):
        turn.tx.waits.count(WaitSpan.LONGER, turn.now)


def _usual(turn: Turn) -> WaitSpan | None:
    since = turn.now - RECENT
    counts = turn.tx.waits.counts(since)
    running = turn.tx.waits.still_looking(since, turn.now - UP_TO[WaitSpan.WEEK])
    counts[WaitSpan.LONGER] = counts.get(WaitSpan.LONGER, 0) + running
    return usual_wait(counts)
