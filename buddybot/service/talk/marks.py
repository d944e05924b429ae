"""Delivery status for the author, decoupled from the reader: it says what the bot did with a note, never who is there.

A note counts as passed on once it lies in the outbox. One that waits for the end of quiet hours counts so at a moment
drawn after that end, whether or not anybody was there to take it.
"""

from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Mark, NoteId, Passage
from buddybot.service.kernel.turn import Turn

SOONEST, LATEST = timedelta(minutes=10), timedelta(hours=2)


def mark(turn: Turn, author: MemberId, note: NoteId, passage: Passage) -> None:
    """Tell an author what became of their note; what was to be told later is not told any more."""
    turn.tx.outbox.unmark(author, note)
    turn.post(author, Mark(note, passage))


def waits(turn: Turn, author: MemberId, note: NoteId, until: datetime) -> None:
    """Tell an author that their note waits, and some time after its wait is over that it was passed on."""
    mark(turn, author, note, Passage.WAITING)
    later = timedelta(seconds=turn.world.rng.uniform(SOONEST.total_seconds(), LATEST.total_seconds()))
    turn.post(author, Mark(note, Passage.PASSED_ON), due=until + later)
