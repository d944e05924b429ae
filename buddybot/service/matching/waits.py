"""Waiting for a match as a state that is told: what comes next, how long it takes here, who looks after the house."""

from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId, OfferId
from buddybot.domain.kernel.messages import Content, WaitCard
from buddybot.domain.kernel.rich_text import marked
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.matching.waits import UP_TO, WaitSpan, span_of, usual_wait
from buddybot.domain.people.members import Member, Stage
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import staff, standing
from buddybot.service.kernel.turn import HELP, Buttons, Turn
from buddybot.service.talk import respite
from buddybot.store.kernel.timers import Timer

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
NONE_YET = "no-fit-yet"
"""The timer that rings once for a search, when nobody was found for a day."""
NONE_YET_AFTER = timedelta(hours=24)


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


def expect_fit(turn: Turn, member: Member) -> None:
    """Set when somebody who begins to look is told that nobody was found yet."""
    turn.tx.timers.set(Timer(NONE_YET, member.id, turn.now + NONE_YET_AFTER, member.id))


def tell_none_yet(turn: Turn, timer: Timer) -> None:
    """Say once, after a day without an offer, that nobody fits yet, and what else there is."""
    member = turn.tx.members.by_id(MemberId(timer.subject))
    since = None if member is None else member.looking_since
    if member is None or since is None or member.stage is not Stage.LOOKING or turn.now - since < NONE_YET_AFTER:
        return
    held = member.paused(turn.now) or not standing.may_match(turn, member)
    if held or respite.is_in_danger(turn, member):
        return
    turn.say(
        member,
        "wait-none-yet",
        buttons=(
            ("wait-keep", Token("wait", verb="keep")),
            ("wait-hours", Token("answers", verb="hours")),
            ("circle-want", Token("circle", verb="ask")),
            ("command-pause", Token("command", verb="pause")),
        ),
    )


def press_wait(turn: Turn, member: Member, _subject: str, verb: str) -> None:
    """Button handler of what there is to do meanwhile."""
    match verb:
        case "breathe":
            turn.say(member, "wait-breathing", buttons=(TALK_NOW, HELP))
        case "expect":
            turn.say(member, "wait-expected", buttons=(TALK_NOW, HELP))
        case "keep" if member.stage is Stage.LOOKING:
            turn.say(member, "wait-kept")
        case _:
            turn.say(member, "stale-button")


def count_first_offer(turn: Turn, member: Member, offer: OfferId) -> None:
    """Count how long a search took, once: at its first offer. From then on nobody is told that nobody was found.

    Not read off the offers when the time comes: one goes with whoever erases themselves, and that must not show.
    """
    turn.tx.timers.cancel(NONE_YET, member.id)
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
