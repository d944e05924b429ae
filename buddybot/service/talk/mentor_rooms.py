"""Rooms of a mentor and a mentee: what both hear at the beginning and at the end, and the rest that follows."""

from datetime import timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.tokens import Token
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel.turn import Turn
from buddybot.store.kernel.timers import Timer

DEBRIEF = "mentor-debrief"
"""Rings when a mentor is to be asked how they are; the payload says after what."""
OWN_CRISIS = "mentor-own-crisis"
"""Rings a day after a mentor had a crisis of their own."""
ENDED, DANGER = "ended", "danger"
BY_TEAM = "mentor-left-team"
"""What mentees hear where moderators ended it: the truth, and nothing about the other."""
AFTER_MENTOR = (
    ("mentor-another", Token("mentee", verb="look")),
    ("mentee-buddy", Token("mentee", verb="buddy")),
    ("goodbye-rest", Token("home", verb="rest")),
)


def opening(room: Room, member: MemberId) -> str:
    """Return the key of what somebody hears whose room has just been opened."""
    if room.mentor is None:
        return "room-open"
    return "room-open-mentee" if room.mentor == member else "room-open-mentor"


def standing_in(room: Room, member: MemberId) -> str:
    """Return the key that says whom somebody talks with in an open room."""
    if room.mentor is None:
        return "status-room"
    return "status-room-mentee" if room.mentor == member else "status-room-mentor"


def tell_ended(turn: Turn, other: Member, room: Room, key: str, alias: str) -> None:
    """Tell whoever is left that a talk with a mentor is over: a mentee is looked after, a mentor is asked nothing."""
    if room.mentor == other.id:
        turn.say(other, key, alias=alias)
    else:
        turn.say(other, key if key == BY_TEAM else "mentor-left", buttons=AFTER_MENTOR, alias=alias)


def rest_after(turn: Turn, room: Room) -> None:
    """Give a mentor whose talk ended the rest that follows, and ask later how they are."""
    if room.mentor is None:
        return
    turn.tx.mentors.rest(room.mentor, turn.now + timedelta(days=turn.book.weights.policy.mentor_rest_days))
    ask_later(turn, room.mentor, ENDED)


def ask_later(turn: Turn, mentor: MemberId, why: str) -> None:
    """Set when a mentor is asked how they are; a mentee in danger counts for more than an ending."""
    rules = turn.book.mentoring
    before = turn.tx.timers.find(DEBRIEF, mentor)
    if before is not None and before.payload == DANGER and why == ENDED:
        return
    due = turn.now + (rules.crisis_debrief if why == DANGER else rules.debrief)
    turn.tx.timers.set(Timer(DEBRIEF, mentor, due, mentor, payload=why))
