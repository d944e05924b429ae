"""Reach of a case's thread: which places of the moderators keep threads, and which cases are shown there at all."""

from buddybot.domain.moderation.cases import Case
from buddybot.domain.moderation.staff import WORKERS
from buddybot.domain.people.members import Member
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn


def keeps_threads(turn: Turn, place: Member) -> bool:
    """Return whether a place's platform keeps a thread for each case."""
    address = turn.tx.members.whole_address(place.id)
    return address is not None and address.platform in turn.threaded


def threaded_places(turn: Turn) -> list[Member]:
    """Return the moderators' places that keep threads."""
    return [place for place in staff.moderators_places(turn) if keeps_threads(turn, place)] if turn.threaded else []


def is_for_all(turn: Turn, case: Case) -> bool:
    """Return whether the whole team may see how a case goes: not one about somebody of the team."""
    return case.about is None or staff.role_of(turn, case.about) not in WORKERS
