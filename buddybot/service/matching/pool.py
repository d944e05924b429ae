"""The pool: who may be matched now, looked at one by one, so that no arrival costs more because many wait."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from buddybot.domain.care.mentors import Mentor, MentorState
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.waiting import PoolStanding
from buddybot.domain.people.members import Loss, Member, Stage
from buddybot.domain.people.zones import next_change
from buddybot.service.intake.profiles import candidate_of
from buddybot.service.kernel import standing
from buddybot.service.kernel.moments import clock
from buddybot.service.kernel.turn import Turn
from buddybot.store.matching.ties import TieKind

WEEK = timedelta(days=7)
A_MOMENT = timedelta(microseconds=1)


def pool_standing(turn: Turn, member_id: MemberId) -> PoolStanding:
    """Look at one member (settled: paused, reserved, seated and newly paired people may not be matched)."""
    looks = turn.tx.pool.free(member_id)
    mentor = None if looks else turn.tx.mentors.of(member_id)
    if (not looks and (mentor is None or not mentor.taking)) or (member := turn.tx.members.by_id(member_id)) is None:
        return PoolStanding()
    if member.private.lost is not Loss.NONE:
        return PoolStanding()  # their limits are lost: nobody may be matched without them
    if (later := _rests_until(turn, member)) is not None:
        return PoolStanding(later=later)
    own = clock(member)
    later = None if own is None else next_change(own, turn.now)
    if mentor is not None:
        return _mentor_standing(turn, member, mentor, later)
    return PoolStanding(candidate_of(turn, member), later)


def _rests_until(turn: Turn, member: Member) -> datetime | None:
    """Return until when a break, silent endings or a busy week keep somebody out of the pool."""
    if member.paused(turn.now):
        return member.paused_until
    rests = turn.book.company.rests_until(member.private.silent_endings, turn.now)
    return rests if rests is not None else week_is_full(turn, member.id)


def _mentor_standing(turn: Turn, member: Member, mentor: Mentor, later: datetime | None) -> PoolStanding:
    """Look at a mentor: in good standing, not resting, with a place free.

    They wait for nobody, so only the wait of a mentee counts in a pair.
    """
    if mentor.rest_until is not None and mentor.rest_until > turn.now:
        return PoolStanding(later=mentor.rest_until)
    free = places_free(turn, mentor)
    if not free or member.stage not in {Stage.HOME, Stage.LOOKING} or not standing.may_match(turn, member):
        return PoolStanding()
    one = replace(candidate_of(turn, member), role="mentor", capacity=free, waiting_since=None)
    return PoolStanding(one, later)


def places_free(turn: Turn, mentor: Mentor) -> int:
    """Return how many mentees more a mentor may be offered: open offers reserve a place like those who sit there."""
    return max(0, mentor.most - turn.tx.mentors.taken(mentor.member)) if mentor.state is MentorState.APPROVED else 0


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
