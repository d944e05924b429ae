"""Copy by lane: who loves or lost somebody reads words of their own where those of using would be out of place.

A sentence that differs stands beside the common one, under its key with "-family" or "-bereaved" behind it.
"""

from buddybot.domain.intake.profile import candidate
from buddybot.domain.intake.progress import Progress, from_json
from buddybot.domain.people.members import Member
from buddybot.service.kernel.turn import Turn

SELF, FAMILY, BEREAVED = "self", "family", "bereaved"


def lane_of(turn: Turn, member: Member) -> str:
    """Return the lane that somebody is in; that of own use while they have not said."""
    kept, flow = member.private.intake, turn.book.intake
    progress = from_json(kept) if kept else Progress(flow.key, flow.version)
    return candidate(flow, progress, member.id, turn.now).lane or SELF


def in_lane(turn: Turn, member: Member, key: str) -> str:
    """Return the key of a sentence as it is said in somebody's lane."""
    own = f"{key}-{lane_of(turn, member)}"
    return own if turn.book.words.has(own) else key
