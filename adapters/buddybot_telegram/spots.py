"""Where channels are on Telegram: a topic of a forum, or a whole group, known by its chat and topic."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from buddybot.adapter import Channel, Place


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel's place. `account` is the number of the chat, for a topic with a slash and the topic's behind it."""

    channel: Channel
    account: str = field(repr=False)

    @property
    def chat(self) -> int:
        """The group."""
        return int(self.account.partition("/")[0])

    @property
    def topic(self) -> int | None:
        """The topic; None is the whole group."""
        return int(self.account.partition("/")[2] or 0) or None

    @property
    def place(self) -> Place:
        """What the core calls it."""
        return Place(self.channel.key, self.account)


Spots: TypeAlias = Mapping[str, Spot]
"""Every place by its account."""


def account_of(chat: int, topic: int | None = None) -> str:
    """Return the account of a place."""
    return f"{chat}/{topic}" if topic else str(chat)


def target(account: str) -> dict[str, object]:
    """Return the arguments that send something to a person or a place."""
    chat, _, topic = account.partition("/")
    return {"chat_id": int(chat), **({"message_thread_id": int(topic)} if topic else {})}


def group_of(account: str) -> str:
    """Return the group that a place is in: its topics share one limit. Empty for a person."""
    return account.partition("/")[0] if account.startswith("-") else ""


def within(spots: Spots, chat: int) -> list[Spot]:
    """Return the places of one group."""
    return [spot for spot in spots.values() if spot.chat == chat]
