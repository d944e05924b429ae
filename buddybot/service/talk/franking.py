"""Message franking: whether a shared text was really said here, by the keyed hash that the relay kept for a week.

A report supplies the text from the reporter's side; one whose tag does not fit is shown as not verified, never dropped.
"""

import hashlib

from buddybot.domain.kernel.graphemes import boundary
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import MARKED, SHARED, NoteId, Quote
from buddybot.domain.kernel.note_text import tidy
from buddybot.service.kernel.turn import Turn

MOST = 6
LONGEST_QUOTE = 200
"""Characters of a quote that are passed on: enough to know which words are meant."""
MOST_PARTS, SHORTEST_PART, SEAMS = 4, 400, (" ", "\n", "", "\n\n")
"""Messages that one note may be shown in, letters of each but the last, and what may have stood where it was cut."""
OPENS, CLOSES = "»", "«"
"""What stands around the passage that a reporter marked."""
_BYTES = "\x00"
"""What no text can begin with: tidied words hold no such sign."""


def of_bytes(data: bytes) -> str:
    """Return what stands for a file where texts are tagged: the hash of its bytes."""
    return _BYTES + hashlib.sha256(data).hexdigest()


def texts(handed: str) -> list[str]:
    """Split what was handed over into texts, the newest six."""
    found = [one.strip() for one in handed.split(SHARED)]
    return [one for one in found if one][-MOST:]


def checked(turn: Turn, room: RoomId, author: MemberId | None, handed: str) -> tuple[tuple[str, bool], ...]:
    """Verify each text against the tags of this author, who may be gone: then nothing fits.

    A paste may have the alias before it, or text around it.
    A note that a platform showed in several messages is one text again, where its parts fit together.
    """
    found, told = texts(handed), list[tuple[str, bool]]()
    while found:
        whole = _whole(turn, room, author, found[:MOST_PARTS])
        told.append((found[0], False) if whole is None else (whole[0], True))
        found = found[1 if whole is None else whole[1] :]
    return tuple(told)


def _whole(turn: Turn, room: RoomId, author: MemberId | None, parts: list[str]) -> tuple[str, int] | None:
    """Return the note that these texts begin with, and how many of them it takes; None where none was said here."""
    tries = parts[:1]
    for taken, last in enumerate(parts, 1):
        if (said := next((one for one in tries if _fits(turn, room, author, one)), None)) is not None:
            return said, taken
        if taken == len(parts) or len(last) < SHORTEST_PART:
            break
        tries = [f"{one}{seam}{parts[taken]}" for one in tries for seam in SEAMS]
    return None


def quoted(turn: Turn, room: RoomId, answered: NoteId | None, quote: Quote | None) -> str:
    """Return a quote as it may be passed on: of what was really said in this room, else nothing.

    So nobody can pass on by a quote what was held back, or what somebody said elsewhere.
    """
    found = None if answered is None else turn.tx.rooms.room_of_note(answered)
    if quote is None or found is None or found[0].id != room or quote.part not in quote.whole:
        return ""
    tries, part = dict.fromkeys((quote.whole, tidy(quote.whole))), tidy(quote.part)
    said = any(turn.tx.tags.fits(room, found[1], one, turn.now) for one in tries)
    return part[: boundary(part, LONGEST_QUOTE)].strip() if said else ""


def shown_marked(text: str) -> str:
    """Return a text that is reported with signs around what the reporter marked."""
    return text.replace(MARKED, OPENS, 1).replace(MARKED, CLOSES, 1)


def is_file_of(turn: Turn, room: RoomId, author: MemberId | None, data: bytes) -> bool:
    """Return whether exactly this file was passed on here, from this author; all else is not kept at all."""
    return bool(data) and author is not None and turn.tx.tags.fits(room, author, of_bytes(data), turn.now)


def _fits(turn: Turn, room: RoomId, author: MemberId | None, text: str) -> bool:
    bare = text.replace(OPENS, "", 1).replace(CLOSES, "", 1)
    tries = dict.fromkeys(one for whole in (text, bare) for one in (whole, whole.partition(": ")[2]) if one)
    return author is not None and any(turn.tx.tags.fits(room, author, one, turn.now) for one in tries)
