"""Practice peers: bots that say so in every message, so that one person alone can try the whole way."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from buddybot.adapter import (
    Adapter,
    Address,
    Capabilities,
    Command,
    Content,
    Delivery,
    Inbox,
    Joined,
    MessageId,
    Origin,
    Pressed,
    Reads,
    Said,
    Send,
    Voice,
)
from buddybot.config import MatchingSettings, Settings
from buddybot.service.kernel.book import Book

PLATFORM = "practice"
COMMON: Mapping[str, Sequence[str]] = {
    "age": ("yes",),
    "consent": ("agree",),
    "help_wanted": ("listen", "normal", "give"),
    "not_ok": ("none",),
    "statements": ("none",),
    "medicine_views": ("yes",),
    "hours": ("any",),
    "pace": ("loose",),
    "language": ("en",),
    "gender_pref": ("any",),
}
PEERS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "one": {**COMMON, "lane": ("self",), "now": ("thinking",)},
    "two": {**COMMON, "lane": ("family",), "now_family": ("active",)},
    "three": {**COMMON, "lane": ("bereaved",), "now_bereaved": ("over_1y",)},
}


class PracticePeer:
    """A platform on which only practice peers live; each answers whatever it is shown."""

    platform = PLATFORM
    capabilities = Capabilities(marks=False)

    def __init__(self) -> None:
        self._shown: asyncio.Queue[tuple[str, Content, MessageId]] = asyncio.Queue()
        self._number = count(1)

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:  # noqa: ARG002 - protocol
        """Let every peer come in, then answer one message after the other."""
        for account in PEERS:
            await inbox.put(Joined(self._origin(account)))
        while True:
            account, content, message = await self._shown.get()
            await self._answer(inbox, reads, account, content, message)

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Take what a peer is shown."""
        message = MessageId(f"practice-{delivery.id}")
        if isinstance(delivery.effect, Send):
            self._shown.put_nowait((delivery.address.account, delivery.effect.content, message))
        return message

    async def _answer(self, inbox: Inbox, reads: Reads, account: str, content: Content, message: MessageId) -> None:
        if content.voice is Voice.MEMBER:
            # A short pause, as a person would need, so that the reply is seen to arrive.
            await asyncio.sleep(1)
            await inbox.put(Said(self._origin(account), reads.words("en", "practice-reply"), self._next(), message))
        elif tokens := _press(PEERS[account], content):
            await inbox.put(Pressed(self._origin(account), tokens, message))

    def _origin(self, account: str) -> Origin:
        return Origin(self._next(), Address(PLATFORM, PLATFORM, account))

    def _next(self) -> MessageId:
        # Ids must differ from those of an earlier run on the same database.
        return MessageId(f"{asyncio.get_running_loop().time():.6f}-{next(self._number)}")


def _press(answers: Mapping[str, Sequence[str]], content: Content) -> tuple[str, ...]:
    """Return the buttons a peer presses: its own answers, else the way on."""
    tokens = [choice.token for choice in (*content.choices, *content.extra)]
    mine = tuple(
        token
        for token in tokens
        if token.startswith("ask.") and token.split(".")[2] in answers.get(token.split(".")[1], ())
    )
    if mine:
        return mine
    for wanted in ("ask.review.keep", "ask.confirm.yes", "home.find"):
        if wanted in tokens:
            return (wanted,)
    ends = (".yes", ".skip") if any(token.startswith("offer.") for token in tokens) else (".skip",)
    return next(((token,) for token in tokens if token.endswith(ends)), ())


def practice_peers() -> tuple[Adapter, ...]:
    """Return the platform that the practice peers live on."""
    return (PracticePeer(),)


def lenient(book: Book) -> Book:
    """Return the content with no floor of score, so that one who skips every question meets a peer too.

    Every hard limit stands: somebody whose limits rule the peers out meets nobody, as in earnest.
    """
    waiting = replace(book.weights.waiting, floors=(), floor_after=0.0)
    policy = replace(book.weights.policy, instant_at=0.0)
    return replace(book, weights=replace(book.weights, waiting=waiting, policy=policy))


def shortened(settings: Settings) -> Settings:
    """Return the settings with a round every minute, so that nobody waits an hour to try it."""
    return settings.model_copy(update={"matching": MatchingSettings(round_minutes=1)})
