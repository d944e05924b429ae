"""Outbound effects: what one recipient is to see, as a closed union, and one of them ready to be carried out."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from buddybot.domain.kernel.messages.address import Address, MessageId, NoteId
from buddybot.domain.kernel.messages.content import Content
from buddybot.domain.kernel.places import PlaceEffect

MOST_PURGED = 100
"""Messages that platforms delete in one request."""


class Passage(StrEnum):
    """Delivery status of a message for its author: never says whether the other is online."""

    PASSED_ON = "passed_on"
    WAITING = "waiting"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Send:
    """Show a new message. `note` is what it is a copy of, where it is one; receipts map it."""

    content: Content
    note: NoteId | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Change the recipient's copy of a note.

    With `tidies` it only takes away what is over, such as buttons: where nothing can be edited, nothing is shown.
    """

    note: NoteId
    content: Content
    tidies: bool = False


@dataclass(frozen=True, slots=True)
class Retract:
    """Delete the recipient's copy of a note; `case` is the code of the case it is for, as in `Restrict`."""

    note: NoteId
    case: str = ""


@dataclass(frozen=True, slots=True)
class Purge:
    """Bulk deletion: delete many messages of a place, `MOST_PURGED` at most, whoever wrote them.

    Messages that are gone already are no failure. `asked_by` is the core's
    own name of the moderator who is told how many could not be deleted.
    """

    messages: tuple[MessageId, ...] = field(repr=False)
    asked_by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class React:
    """Put a reaction on the recipient's copy of a note; empty takes it away."""

    note: NoteId
    emoji: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """Show the author the delivery status of their note."""

    note: NoteId
    passage: Passage


@dataclass(frozen=True, slots=True)
class ThreadPost:
    """Declared state of one thread at a place: made where there is none, else brought to this, as often as it is said.

    `note` names it for good, and `title` begins with `code`, by which it is found again. `tags` are short words, to be
    drawn as labels where the platform has them; `content` says the same. A thread that is `closed` is put away, and
    brought back when it is open again. `alarm` calls those on call to it. `holder` is the account there of whoever has
    the matter, where the platform itself vouches for them; it is drawn as a name, and calls nobody.
    """

    note: NoteId
    code: str
    title: str
    content: Content
    tags: tuple[str, ...] = ()
    closed: bool = False
    alarm: bool = False
    holder: str = field(default="", repr=False)


Effect: TypeAlias = Send | Edit | Retract | Purge | React | Mark | ThreadPost | PlaceEffect


@dataclass(frozen=True, slots=True)
class Delivery:
    """One effect for one recipient, ready to carry out.

    `id` is a number made of `key`: of this part alone, no count of anything, the same at each try. `message` is the
    platform's id of the copy that an Edit, Retract, React or Mark is about; `reply_to` that of the copy that a Send
    answers. `repeat` says that an earlier attempt may have arrived.

    `key` is the idempotency key where the platform has one: 24 hex digits, random, of this part of this row alone, and
    the same again at each retry of it. Who looks for an earlier attempt by its words finds it after `after`, the last
    message known to be another one, and no earlier than `since`, when the row was made by the core's clock (None where
    `after` is all that is needed).
    """

    id: int
    address: Address
    effect: Effect
    message: MessageId | None = field(default=None, repr=False)
    reply_to: MessageId | None = field(default=None, repr=False)
    repeat: bool = False
    key: str = ""
    after: MessageId | None = field(default=None, repr=False)
    since: datetime | None = None
