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
    Opened,
    Origin,
    Place,
    Pressed,
    Reads,
    Said,
    Send,
    Voice,
)
from buddybot.tools.practice.cast import Cast, PracticePeer, PracticeTalk

PLATFORM = "practice"
LEAD = "lead"
CHANNEL_KEY = "evening"
STOP = "home.stop"
DESK_LINK = re.compile(r"https?://\S+/enter\?\S+")


class PracticePlatform:
    """A platform on which only practice peers live; each answers whatever it is shown, and a lead opens the desk."""

    platform = PLATFORM
    capabilities = Capabilities(marks=False, edits=False)

    def __init__(
        self,
        cast: Cast,
        show_link: Callable[[str], object],
        furnish: Callable[[Sequence[Address], Sequence[Address], Reads], Awaitable[None]],
        pause: float = 1.0,
        show_post: Callable[[str], object] = lambda _: None,
    ) -> None:
        """`show_link` is given each link to the desk; `furnish` is told who looks for a buddy, and of everybody, first.

        `pause` is in seconds, as a person would need, so that a reply is seen to arrive. `show_post` is given what is
        posted in the channel.
        """
        self._peers: Mapping[str, PracticePeer] = {peer.name: peer for peer in cast.peers}
        self._cast, self._show_link, self._furnish, self._pause = cast, show_link, furnish, pause
        self._show_post = show_post
        self._talks: dict[str, PracticeTalk] = {}
        self._shown: asyncio.Queue[tuple[str, Content, MessageId]] = asyncio.Queue()
        self._number = count(1)
        self._inbox: Inbox | None = None
        self._programs: Sequence[str] = ()
        self._tables = [one.name for one in cast.peers if one.circle]

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:  # noqa: ARG002 - protocol
        """Let every peer come in, then answer one message after the other."""
        self._inbox = inbox
        looking = [one.name for one in self._peers.values() if not one.circle]
        for account in looking:
            await inbox.put(Joined(self._origin(account)))
        addresses = {account: self._origin(account).address for account in self._peers}
        await self._furnish([addresses[account] for account in looking], list(addresses.values()), reads)
        await self._next_at_the_table(inbox)
        place = Address(PLATFORM, PLATFORM, CHANNEL_KEY)
        await inbox.put(Opened(Origin(self._next(), place, place=Place(CHANNEL_KEY, CHANNEL_KEY))))
        # A peer's words are never answered: two of them in a circle would go on for ever.
        self._programs = [reads.words(locale, "practice-hello").partition(":")[0] for locale in self._cast.replies]
        await inbox.put(Joined(self._origin(LEAD)))
        await self.open_desk()
        while True:
            account, content, message = await self._shown.get()
            if account == LEAD:
                self._look_for_link(content)
            elif account == CHANNEL_KEY:
                self._show_post(content.text)
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
            if any(name in content.text for name in self._programs):
                return
            talk = self._talks.setdefault(peer.name, PracticeTalk())
            if key := talk.reply(self._cast, peer, content.text):
                await asyncio.sleep(self._pause)
                await inbox.put(Said(self._origin(peer.name), reads.words(talk.language, key), self._next(), message))
        elif peer.circle and any(choice.token == STOP for choice in (*content.choices, *content.extra)):
            await inbox.put(Pressed(self._origin(peer.name), (STOP,), message))
            await inbox.put(Invoked(self._origin(peer.name), "circle"))
            await self._next_at_the_table(inbox)
        elif tokens := _press(self._cast.answers_of(peer), content):
            await inbox.put(Pressed(self._origin(peer.name), tokens, message))

    async def _next_at_the_table(self, inbox: Inbox) -> None:
        """Let the next peer of a circle come in; one after the other, so that no two of them look at a time."""
        if self._tables:
            await inbox.put(Joined(self._origin(self._tables.pop(0))))

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
