"""Profiles: what a member has answered, as matching reads it and as the export shows it."""

from dataclasses import replace

from buddybot.domain.intake.profile import candidate
from buddybot.domain.intake.progress import Progress, from_json
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.people.members import Member
from buddybot.domain.people.zones import offset_at
from buddybot.service.kernel.moments import clock
from buddybot.service.kernel.turn import Turn

THIN = 3
"""With fewer soft answers than this, a match is announced as a looser one."""


def exported_answers(member: Member) -> dict[str, list[str] | None]:
    """Return the stored answers for the export."""
    progresses = [from_json(kept) for kept in (member.private.gates, member.private.intake) if kept]
    return {one.question: None if one.keys is None else list(one.keys) for kept in progresses for one in kept.answers}


def candidate_of(turn: Turn, member: Member, blocked: frozenset[str] = frozenset()) -> Candidate:
    """Return the matching profile of a member."""
    kept = member.private.intake
    progress = from_json(kept) if kept else Progress(turn.book.intake.key, turn.book.intake.version)
    one = candidate(turn.book.intake, progress, member.id, turn.now)
    ahead = offset_at(clock(member), turn.now) if member.private.zone else one.utc_offset
    role = "mentee" if member.private.wants_mentor else "peer"
    return replace(one, role=role, blocked=blocked, waiting_since=member.looking_since, utc_offset=ahead)


def is_thin(turn: Turn, member: Member) -> bool:
    """Return whether the profile is too sparse for more than a loose match."""
    one = candidate_of(turn, member)
    soft = (one.now, one.help_wanted, one.hours, one.medicine, one.life, one.pace, one.substances, one.age_band)
    return sum(bool(answer) for answer in soft) < THIN
