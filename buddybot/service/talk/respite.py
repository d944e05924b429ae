"""Suppression of unasked questions about a pair while something weighs more: danger, a report, a moderator's step."""

from datetime import timedelta

from buddybot.domain.crisis.state_text import care_from
from buddybot.domain.moderation.cases import Concern, State
from buddybot.domain.people.members import Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel import standing
from buddybot.service.kernel.turn import Turn

LATER = timedelta(days=1)
"""After so long it is looked again."""
LULL, PUT_OFF = timedelta(hours=2), timedelta(hours=3)
"""While somebody wrote in the last two hours, a question about the talk waits."""


def is_talking(turn: Turn, room: Room) -> bool:
    """Return whether a talk is under way, so that no question of the bot's comes between."""
    return any(at > turn.now - LULL for at in turn.tx.rooms.spoke(room.id).values())


def has_respite(turn: Turn, member: Member, room: Room) -> bool:
    """Return whether nobody asks this member how often they would like to write, or how it goes, for now.

    A crisis of either is open, one of them was reported from this talk within a day, or a moderator's step keeps them
    from writing.
    """
    there = [turn.tx.members.by_id(seat.member) for seat in room.seats]
    if standing.blocks_relay(turn, member, room) or any(is_in_danger(turn, one) for one in there if one is not None):
        return True
    about = [case for seat in room.seats for case in turn.tx.cases.about(seat.member)]
    fresh = [one for one in about if one.room == room.id and one.opened_at > turn.now - LATER]
    return any(one.concern is not Concern.CRISIS and one.state is not State.CLOSED for one in fresh)


def is_in_danger(turn: Turn, member: Member) -> bool:
    """Return whether a crisis of theirs is open: a sign of danger within the last day that was not taken back."""
    state = care_from(member.private.care)
    fresh = state.signed_at is not None and turn.now - state.signed_at < turn.book.pace.open
    return fresh and (state.level is not None or state.lane is not None)
