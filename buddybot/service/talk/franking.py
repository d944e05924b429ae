"""Message franking: whether a shared text was really said here, by the keyed hash that the relay kept for a week.

A report supplies the text from the reporter's side; one whose tag does not fit is shown as not verified, never dropped.
"""

import hashlib

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import SHARED
from buddybot.service.kernel.turn import Turn

MOST = 6
_BYTES = "\x00"
"""What no text can begin with: tidied words hold no such sign."""


def of_bytes(data: bytes) -> str:
    """Return what stands for a file where texts are tagged: the hash of its bytes."""
    return _BYTES + hashlib.sha256(data).hexdigest()


def texts(handed: str) -> list[str]:
    """Split what was handed over into texts, the newest six."""
    found = [one.strip() for one in handed.split(SHARED)]
    return [one for one in found if one][-MOST:]


def checked(turn: Turn, room: RoomId, author: MemberId, handed: str) -> tuple[tuple[str, bool], ...]:
    """Verify each text against the tags of this author. A paste may have the alias before it, or text around it."""
    return tuple((one, _fits(turn, room, author, one)) for one in texts(handed))


def _fits(turn: Turn, room: RoomId, author: MemberId, text: str) -> bool:
    return any(turn.tx.tags.fits(room, author, one, turn.now) for one in (text, text.partition(": ")[2]) if one)
