"""Volatile effects: shown once after the commit and kept in no row, since a crash may forget them."""

from dataclasses import dataclass, field

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Mark, MessageId


@dataclass(frozen=True, slots=True)
class Volatile:
    """Passage of a note that was just written, for its author: where their message is, and what it is marked with.

    Where it can't be shown just now it becomes a row of the outbox like any other; a crash in between forgets it.
    """

    recipient: MemberId
    effect: Mark
    address: Address = field(repr=False)
    message: MessageId = field(repr=False)
