"""Notices to the operator about the machine: in the chat as well, since few read a log every day."""

from collections.abc import Sequence

from buddybot.domain.moderation.staff import Role
from buddybot.service.kernel import staff
from buddybot.service.kernel.turn import Turn


def damaged(turn: Turn, places: Sequence[str]) -> None:
    """Tell operators in which tables rows were found damaged; the log names each row."""
    for one in staff.heads(turn):
        if staff.role_of(turn, one.id) is Role.OPERATOR:
            turn.say(one, "notice-damaged", places=", ".join(places))
