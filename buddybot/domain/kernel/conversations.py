"""Conversation: which of a person's talks an effect or an event belongs to, told apart by kind and key.

A platform with one chat for everything shows the names; a page of our own draws a room for each.
"""

from dataclasses import dataclass, field
from enum import StrEnum

BOT_KEY = ""
"""The key of the talk with the bot itself: everybody has it, and it never ends."""


class ConversationKind(StrEnum):
    """With whom it is."""

    BOT = "bot"
    BUDDY = "buddy"
    CIRCLE = "circle"
    TALK = "talk"
    """With somebody on call, for an hour."""
    MODERATOR = "moderator"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One talk of one person, as they see it: `others` are the aliases there, `mine` is their own.

    `key` comes back with what they do there (`Origin.conversation`); it is a random id, and the same at every effect.
    `over` says that nobody can be written to there any more.
    """

    kind: ConversationKind = ConversationKind.BOT
    key: str = BOT_KEY
    others: tuple[str, ...] = field(default=(), repr=False)
    mine: str = field(default="", repr=False)
    over: bool = False


WITH_BOT = Conversation()
