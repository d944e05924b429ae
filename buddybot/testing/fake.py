"""A platform in memory: keeps each person's chat, and fails on request. `buddybot.testing` hands it out."""

import asyncio
from dataclasses import dataclass
from itertools import count

from buddybot.adapter import (
    Admit,
    Away,
    Capabilities,
    Command,
    Content,
    Delivery,
    Edit,
    Inbox,
    Mark,
    MessageId,
    Passage,
    PlaceEffect,
    Purge,
    PushAddress,
    React,
    Reads,
    Restrict,
    Retract,
    RetryLater,
    Send,
    ThreadPost,
    Tune,
    Unreachable,
    Voice,
)

REPEAT = "(may be a repeat)"
"""What stands under a message that may have been shown before, as adapters write it."""


@dataclass(slots=True)
class ShownMessage:
    """One message in a person's chat, as it looks now."""

    id: MessageId
    content: Content
    reply_to: MessageId | None = None
    reactions: str = ""
    gone: bool = False
    own: bool = False
    """Written there by a person, not shown by the bot."""
    repeat: bool = False
    """Whether the bot said that it may have been shown before."""

    @property
    def text(self) -> str:
        """The message as a person reads it: a peer's alias before their words, a repeat's sign below them."""
        author = f"{self.content.author}: " if self.content.voice is Voice.MEMBER else ""
        return author + self.content.text + (f"\n{REPEAT}" if self.repeat else "")


class FakePlatform:
    """A platform in memory: keeps each person's chat, and fails on request."""

    def __init__(self, platform: str = "fake", capabilities: Capabilities | None = None) -> None:
        self.platform = platform
        self.capabilities = capabilities or Capabilities()
        self.chats: dict[str, list[ShownMessage]] = {}
        self.marks: dict[str, dict[MessageId, Passage]] = {}
        self.deliveries: list[Delivery] = []
        self.ruled: list[tuple[str, PlaceEffect]] = []
        """What was done in places, with the account of each."""
        self.called: list[tuple[PushAddress, str]] = []
        """Devices that were called, and what they showed."""
        self.call_errors: list[Exception] = []
        """What the next calls end in, one after the other."""
        self._errors: dict[str, list[Exception]] = {}
        self._failed: set[str] = set()
        self._number = count(1)

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:  # noqa: ARG002 - protocol
        """Wait to be cancelled: people act through `Person`."""
        await asyncio.Event().wait()

    def fails(self, account: str, *errors: Exception) -> None:
        """Let the next deliveries to this account fail like this, one after the other."""
        self._errors.setdefault(account, []).extend(errors)

    def recovers(self, account: str) -> bool:
        """Let nothing more fail for this account; say whether anything did, or would have."""
        troubled = bool(self._errors.pop(account, [])) or account in self._failed
        self._failed.discard(account)
        return troubled

    def troubled(self, account: str) -> bool:
        """Return whether the next delivery to this account will fail."""
        return bool(self._errors.get(account))

    def rate_limits(self, account: str, seconds: float) -> None:
        """Let the next delivery to this account be refused for so long."""
        self.fails(account, RetryLater(seconds))

    def loses(self, account: str) -> None:
        """Let this account be unreachable from the next delivery on."""
        self.fails(account, Unreachable())

    def steps_away(self, account: str) -> None:
        """Let nobody be there at the next delivery."""
        self.fails(account, Away())

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Put the effect into the recipient's chat."""
        account = delivery.address.account
        if errors := self._errors.get(account):
            self._failed.add(account)
            raise errors.pop(0)
        self.deliveries.append(delivery)
        chat = self.chats.setdefault(account, [])
        match delivery.effect:
            case Send(content):
                number = MessageId(f"m{next(self._number)}")
                chat.append(ShownMessage(number, content, delivery.reply_to, repeat=delivery.repeat))
                return number
            case Edit(_, content):
                self._find(delivery).content = content
            case Retract():
                self._find(delivery).gone = True
            case React(_, emoji):
                self._find(delivery).reactions = emoji
            case ThreadPost(content=content):
                return self._thread(chat, delivery, content)
            case Purge() | Restrict() | Admit() | Tune():
                return self._ruled(account, delivery.effect)
            case Mark(_, passage):
                assert delivery.message is not None
                self.marks.setdefault(account, {})[delivery.message] = passage
        assert delivery.message is not None
        return delivery.message

    async def call(self, push: PushAddress, text: str) -> None:
        """Let a device show this."""
        if self.call_errors:
            raise self.call_errors.pop(0)
        self.called.append((push, text))

    def _ruled(self, account: str, effect: Purge | PlaceEffect) -> MessageId:
        """Do something to a place, or to many messages of it."""
        if isinstance(effect, Purge):
            for shown in (one for one in self.chats[account] if one.id in effect.messages):
                shown.gone = True
        else:
            self.ruled.append((account, effect))
        return MessageId("")

    def _thread(self, chat: list[ShownMessage], delivery: Delivery, content: Content) -> MessageId:
        """Make the thread, or bring the one that is there to what it is to be."""
        shown = next((one for one in chat if one.id == delivery.message and not one.gone), None)
        if shown is None:
            shown = ShownMessage(MessageId(f"m{next(self._number)}"), content)
            chat.append(shown)
        shown.content = content
        return shown.id

    def _find(self, delivery: Delivery) -> ShownMessage:
        chat = self.chats[delivery.address.account]
        found = [shown for shown in chat if shown.id == delivery.message]
        # A reaction may be to a message that the person wrote: that one is not in the list of what they were shown.
        return found[0] if found else ShownMessage(MessageId("own"), Content(()))

    def next_id(self) -> str:
        """Return an id that this platform has not used."""
        return f"e{next(self._number)}"
