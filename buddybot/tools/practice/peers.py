"""Practice platform: bots that say so in every message, so that one person alone can try the whole way."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import count

from buddybot.adapter import (
    Address,
    Capabilities,
    Command,
    Content,
    Delivery,
    Inbox,
    Invoked,
    Joined,
    MessageId,
    Origin,
    Pressed,
    Reads,
    Said,
    Send,
    Voice,
)
from buddybot.tools.practice.cast import Cast, PracticePeer, PracticeTalk

PLATFORM = "practice"
LEAD = "lead"
DESK_LINK = re.compile(r"https?://\S+/enter\?\S+")


class PracticePlatform:
    """A platform on which only practice peers live; each answers whatever it is shown, and a lead opens the desk."""

    platform = PLATFORM
    capabilities = Capabilities(marks=False, edits=False)

    def __init__(
        self,
        cast: Cast,
        show_link: Callable[[str], object],
        keep_apart: Callable[[Sequence[Address]], Awaitable[None]],
        pause: float = 1.0,
    ) -> None:
        """`show_link` is given each link to the desk; `keep_apart` is told of all peers before any answers.

        `pause` is in seconds, as a person would need, so that a reply is seen to arrive.
        """
        self._peers: Mapping[str, PracticePeer] = {peer.name: peer for peer in cast.peers}
        self._cast, self._show_link, self._keep_apart, self._pause = cast, show_link, keep_apart, pause
        self._talks: dict[str, PracticeTalk] = {}
        self._shown: asyncio.Queue[tuple[str, Content, MessageId]] = asyncio.Queue()
        self._number = count(1)
        self._inbox: Inbox | None = None

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:  # noqa: ARG002 - protocol
        """Let every peer come in, then answer one message after the other."""
        self._inbox = inbox
        for account in self._peers:
            await inbox.put(Joined(self._origin(account)))
        await self._keep_apart([self._origin(account).address for account in self._peers])
        await inbox.put(Joined(self._origin(LEAD)))
        await self.open_desk()
        while True:
            account, content, message = await self._shown.get()
            if account == LEAD:
                self._look_for_link(content)
            else:
                await self._answer(inbox, reads, self._peers[account], content, message)

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Take what a peer is shown."""
        message = MessageId(f"practice-{delivery.id}")
        if isinstance(delivery.effect, Send):
            self._shown.put_nowait((delivery.address.account, delivery.effect.content, message))
        return message

    async def open_desk(self) -> None:
        """Have the practice lead ask for a link to the desk, which works once."""
        if self._inbox is not None:
            await self._inbox.put(Invoked(self._origin(LEAD), "desk", (("state", "on"),)))

    def _look_for_link(self, content: Content) -> None:
        if found := DESK_LINK.search(content.text):
            self._show_link(found.group(0))

    async def _answer(
        self, inbox: Inbox, reads: Reads, peer: PracticePeer, content: Content, message: MessageId
    ) -> None:
        if content.voice is Voice.MEMBER:
            talk = self._talks.setdefault(peer.name, PracticeTalk())
            if key := talk.reply(self._cast, peer, content.text):
                await asyncio.sleep(self._pause)
                await inbox.put(Said(self._origin(peer.name), reads.words(talk.language, key), self._next(), message))
        elif tokens := _press(self._cast.answers_of(peer), content):
            await inbox.put(Pressed(self._origin(peer.name), tokens, message))

    def _origin(self, account: str) -> Origin:
        roles = (LEAD,) if account == LEAD else ()
        return Origin(self._next(), Address(PLATFORM, PLATFORM, account), roles=roles)

    def _next(self) -> MessageId:
        # Ids must differ from those of an earlier run on the same database.
        return MessageId(f"{asyncio.get_running_loop().time():.6f}-{next(self._number)}")


def _press(answers: Mapping[str, Sequence[str]], content: Content) -> tuple[str, ...]:
    """Return the buttons a peer presses: its own answers, else the way on; a circle is wished for and joined."""
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
    asked = any(token.startswith(("offer.", "circle.")) for token in tokens)
    return next(((token,) for token in tokens if token.endswith((".yes", ".skip") if asked else (".skip",))), ())
