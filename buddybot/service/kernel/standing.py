"""How somebody stands: what holds them back now. Only reads, so that everything may ask.

Help in a crisis, export, forget and appeal never ask here.
"""

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.domain.people.members import Loss, Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel.turn import Turn


def running(turn: Turn, member: MemberId) -> list[Sanction]:
    """Return the sanctions that hold somebody back now; one that is to begin later does not yet."""
    return [one for one in turn.tx.sanctions.of_member(member) if one.runs(turn.now) and one.given_at <= turn.now]


def held(turn: Turn, member: Member) -> frozenset[Step]:
    """Return what holds somebody, also after they erased themselves and came back."""
    steps = {one.step for one in running(turn, member.id)}
    for person in turn.tx.members.hashes_of(member.id):
        steps |= set(turn.tx.sanctions.held(person, turn.now))
    return frozenset(steps)


def is_suspended(turn: Turn, member: Member) -> bool:
    """Whether somebody may not use the house: removed, or paused while a moderator looks."""
    return bool(held(turn, member) & {Step.REMOVAL, Step.QUARANTINE})


def may_post(turn: Turn, member: Member) -> bool:
    """Whether somebody may write in channels; never asked for a cry for help."""
    return not held(turn, member)


def may_match(turn: Turn, member: Member) -> bool:
    """Whether somebody may be in the pool: not while out, nor muted for something serious."""
    if member.private.lost is not Loss.NONE:
        return False  # their limits are lost: nobody may be matched without them
    grave = any(one.step is Step.MUTE and one.severity >= Severity.S3 for one in running(turn, member.id))
    return not grave and not is_suspended(turn, member)


def blocks_relay(turn: Turn, author: Member, room: Room) -> bool:
    """Whether somebody's notes to this room are stopped: they are out, or muted for what they did to this buddy."""
    found = running(turn, author.id)
    if any(one.step in {Step.QUARANTINE, Step.REMOVAL} for one in found):
        return True
    cases = [turn.tx.cases.by_id(one.case) for one in found if one.step is Step.MUTE]
    return any(case is not None and case.room == room.id for case in cases)
