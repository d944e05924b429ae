"""Active sanctions: what a member may not do now. It only reads, so that everything may ask.

Help in a crisis, export, forget and appeal never ask here.
"""

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.domain.people.members import Loss, Member
from buddybot.domain.talk.rooms import Room
from buddybot.service.kernel.turn import Turn


def running(turn: Turn, member: MemberId) -> list[Sanction]:
    """Return the sanctions in force; one that is scheduled does not count yet."""
    return [one for one in turn.tx.sanctions.of_member(member) if one.runs(turn.now) and one.given_at <= turn.now]


def active_hold(turn: Turn, member: Member) -> frozenset[Step]:
    """Return the sanction in force, also the one kept by hash after an erasure."""
    steps = {one.step for one in running(turn, member.id)}
    for person in turn.tx.members.hashes_of(member.id):
        steps |= set(turn.tx.sanctions.held(person, turn.now))
    return frozenset(steps)


def is_suspended(turn: Turn, member: Member) -> bool:
    """Return whether a member is suspended: removed, or quarantined while a moderator looks."""
    return bool(active_hold(turn, member) & {Step.REMOVAL, Step.QUARANTINE})


def may_post(turn: Turn, member: Member) -> bool:
    """Return whether a member may post in channels; never asked for a cry for help."""
    return not active_hold(turn, member)


def may_match(turn: Turn, member: Member) -> bool:
    """Return whether a member may be matched: not suspended, nor muted for something serious."""
    if member.private.lost is not Loss.NONE:
        return False  # their limits are lost: nobody may be matched without them
    grave = any(one.step is Step.MUTE and one.severity >= Severity.S3 for one in running(turn, member.id))
    return not grave and not is_suspended(turn, member)


def blocks_relay(turn: Turn, author: Member, room: Room) -> bool:
    """Return whether relaying to this room is blocked: a suspension, or a mute over this buddy."""
    found = running(turn, author.id)
    if not found:
        return False
    if any(one.step in {Step.QUARANTINE, Step.REMOVAL} for one in found):
        return True
    cases = [turn.tx.cases.by_id(one.case) for one in found if one.step is Step.MUTE]
    return any(case is not None and case.room == room.id for case in cases)
