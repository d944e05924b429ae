"""The pool: who may be matched now, looked at one by one, so that no arrival costs more because many wait."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.waiting import PoolStanding
from buddybot.domain.people.members import Loss
from buddybot.domain.people.zones import next_change
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel.moments import clock
from buddybot.service.kernel.turn import Turn
from buddybot.store.matching.ties import TieKind

WEEK = timedelta(days=7)
A_MOMENT = timedelta(microseconds=1)


def pool_standing(turn: Turn, member_id: MemberId) -> PoolStanding:
    """Look at one member (settled: paused, reserved, seated and newly paired people may not be matched)."""
    if not turn.tx.pool.free(member_id) or (member := turn.tx.members.by_id(member_id)) is None:
        return PoolStanding()
    if member.private.lost is not Loss.NONE:
        return PoolStanding()  # their limits are lost: nobody may be matched without them
    if member.paused(turn.now):
        return PoolStanding(later=member.paused_until)
    if (later := turn.book.company.rests_until(member.private.silent_endings, turn.now)) is not None:
        return PoolStanding(later=later)
    if (later := week_is_full(turn, member_id)) is not None:
        return PoolStanding(later=later)
    own = clock(member)
    later = None if own is None else next_change(own, turn.now)
    return PoolStanding(candidate_of(turn, member), later)


def week_is_full(turn: Turn, member: MemberId) -> datetime | None:
    """Return when somebody may be paired again, if they had all the new pairs of a week; else None."""
    most = turn.book.practice.new_pairs_a_week
    pairs = turn.tx.ties.made_since(member, TieKind.PAIRED, turn.now - WEEK)
    return None if len(pairs) < most else pairs[most - 1] + WEEK + A_MOMENT


def matchable(turn: Turn, member: MemberId) -> Candidate | None:
    """Return a member who may be matched now, and whom they may not meet any more."""
    found = pool_standing(turn, member).candidate
    return None if found is None else replace(found, blocked=turn.tx.ties.apart(member))


def catch_up(turn: Turn) -> None:
    """Tell the crowd in memory what this transaction changed so far, also what it has not committed yet."""
    turn.crowd.moved(turn.tx.db.moves.take())
    turn.crowd.catch_up(turn.now, partial(pool_standing, turn))
