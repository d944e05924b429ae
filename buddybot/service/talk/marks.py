"""Delivery status for the author, decoupled from the reader: it says what the bot did with a note, never who is there.

A note counts as passed on once it lies in the outbox. One that waits for the end of quiet hours counts so at a moment
drawn after that end, whether or not anybody was there to take it. What waits and what was not sent is a row of its own;
that a note was passed on at once is told after the commit and kept nowhere: a crash forgets it, or tells it twice.
Where several processes share a house it is a row as well, which finds whoever serves the author.
"""

from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Mark, MessageId, NoteId, Passage
from buddybot.service.kernel.turn import Turn
from buddybot.store.volatile import Volatile

SOONEST, LATEST = timedelta(minutes=10), timedelta(hours=2)


def mark(turn: Turn, author: MemberId, note: NoteId, passage: Passage) -> None:
    """Tell an author what became of their note; what was to be told later is not told any more."""
    turn.tx.outbox.unmark(author, note)
    turn.post(author, Mark(note, passage))


def passed_on(turn: Turn, author: MemberId, note: NoteId, message: MessageId, at: Address | None) -> None:
    """Tell an author after the commit that the note just written lies in the outbox; `at` is where their message is."""
    told = Mark(note, Passage.PASSED_ON)
    if at is None or not message or not turn.tx.outbox.alone:
        turn.post(author, told)
    else:
        turn.tx.outbox.volatile.append(Volatile(author, told, at, message))


def tell_again(turn: Turn) -> None:
    """After a crash, tell the authors of what was under way that it was passed on, unless that is to be told later."""
    for author, note in turn.tx.outbox.interrupted() if turn.tx.outbox.alone else ():
        if turn.tx.vault.knows(author) and not turn.tx.outbox.marked(author, note):
            turn.post(author, Mark(note, Passage.PASSED_ON))


def waits(turn: Turn, author: MemberId, note: NoteId, until: datetime) -> None:
    """Tell an author that their note waits, and some time after its wait is over that it was passed on."""
    mark(turn, author, note, Passage.WAITING)
    later = timedelta(seconds=turn.world.rng.uniform(SOONEST.total_seconds(), LATEST.total_seconds()))
    turn.post(author, Mark(note, Passage.PASSED_ON), due=until + later)
