"""Identifiers that cross the border: where a person is, and what a message and a note are called there and here."""

from dataclasses import dataclass, field
from typing import NewType

MessageId = NewType("MessageId", str)
"""A platform's own id of one message in one chat."""

NoteId = NewType("NoteId", str)
"""Our id of one thing said: the same for its author's copy and for every copy relayed."""


@dataclass(frozen=True, slots=True)
class Address:
    """Platform address of a person: never leaves the relay layer, never shown to anyone.

    `identity` names which of our bot accounts on the platform they talk to. `chat` is the id of their private
    chat there, where that is another one: kept sealed beside the account, so that a restart need not ask for it.
    """

    platform: str
    identity: str
    account: str = field(repr=False)
    chat: str = field(default="", repr=False, compare=False)
