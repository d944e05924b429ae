"""Whether a text that somebody shares was really said here: by the tag that the relay kept of it for a week.

A report supplies the text from the reporter's side; one whose tag does not fit is shown as not verified, never dropped.
"""

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import SHARED
from buddybot.service.kernel.turn import Turn

MOST = 6


def texts(handed: str) -> list[str]:
    """Return what was handed over, text by text, the newest six."""
    found = [one.strip() for one in handed.split(SHARED)]
    return [one for one in found if one][-MOST:]


def checked(turn: Turn, room: RoomId, author: MemberId, handed: str) -> tuple[tuple[str, bool], ...]:
    """Return each text with whether this author said it there. A paste may have the alias before it, or some around."""
    return tuple((one, _fits(turn, room, author, one)) for one in texts(handed))


def _fits(turn: Turn, room: RoomId, author: MemberId, text: str) -> bool:
    return any(turn.tx.tags.fits(room, author, one, turn.now) for one in (text, text.partition(": ")[2]) if one)
