"""Boundaries of a pair: who needs less says so to the bot, and the other hears it kindly."""

from dataclasses import replace

from buddybot.domain.care.pair_care import eased
from buddybot.domain.people.members import Member
from buddybot.service.care.pairs import current_pair, left_in_peace_until, pace_together
from buddybot.service.kernel.turn import FIND, Turn


def need_less(turn: Turn, member: Member) -> None:
    """Command handler: make the pace of the present pair one step slower, and tell the other it is not about them."""
    pair = current_pair(turn, member)
    if pair is None:
        turn.say(member, "room-none", buttons=(FIND,))
        return
    now = pace_together(turn, pair)
    slow = eased(now)
    if slow == now:
        turn.say(member, "less-slowest")
        return
    turn.tx.pair_care.save(pair.room.id, member.id, replace(pair.mine, pace=slow))
    pace = turn.words(member, f"deal-pace-{slow}")
    turn.say(member, "less-done", pace=pace, alias=pair.alias)
    theirs = turn.words(pair.other, f"deal-pace-{slow}")
    later = left_in_peace_until(turn, pair.other)
    turn.say(pair.other, "less-other", due=later, pace=theirs, alias=pair.turned().alias)
