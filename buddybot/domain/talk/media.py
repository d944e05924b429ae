"""Limits of members' own photos and voice notes, and the reasons for which one is not passed on."""

from enum import StrEnum

from buddybot.domain.kernel.messages import NoteId

PHOTO, VOICE = "photo", "voice"
MOST_IN = 20_000_000
"""Bytes that may come in: what a bot may fetch from Telegram."""
MOST_OUT = 2_000_000
"""Bytes that may go on: what waits for somebody is bounded."""
LONGEST_SIDE = 1600
MOST_PIXELS = 50_000_000
LONGEST_VOICE = 300
"""Seconds."""
_FILE = "-file"


class FileTrouble(StrEnum):
    """Reason for which a file is not passed on; each has its sentence."""

    BROKEN = "broken"
    """It can't be read, or is not what it says it is."""
    SOUND = "sound"
    """A recording in another container or coding than Opus in Ogg or WebM."""
    LARGE = "large"
    LONG = "long"
    BUSY = "busy"
    LOST = "missing"
    """It could not be fetched in time, or the bot was stopped meanwhile."""
    TAKEN_BACK = "off"
    """One of the two took their consent back while it was on its way, or their talk is over."""
    FULL = "full"
    """As many files wait for the other one as may."""


def file_note(new_id: str) -> NoteId:
    """Return the id of a note that is a file. With the id of another note: of the file that came with those words."""
    return NoteId(f"{new_id}{_FILE}")


def words_of(note: NoteId) -> NoteId:
    """Return the id of the note that a file's words are, if there were any."""
    return NoteId(note.removesuffix(_FILE))


def is_file(note: NoteId) -> bool:
    """Return whether a note is a photo or a voice note."""
    return note.endswith(_FILE)
