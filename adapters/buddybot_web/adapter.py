"""The web chat as an adapter: serves the page, reports what people do, shows one effect to one person."""

import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path

from buddybot_http.connections import Terms
from buddybot_http.holding import Allowance, descriptors
from buddybot_http.security import dress, in_one_sentence
from buddybot_http.serving import address, listening
from buddybot_http.streams import SLOWEST_LINE

from buddybot.adapter import (
    Address,
    Away,
    Capabilities,
    Command,
    Delivery,
    Inbox,
    Lines,
    MessageId,
    PushAddress,
    Reads,
    RetryLater,
)
from buddybot_web.api import Api
from buddybot_web.channels import Channels
from buddybot_web.embedding import embeddable
from buddybot_web.files.uploads import KINDS
from buddybot_web.gate import WebGate
from buddybot_web.pages import WebPages
from buddybot_web.push import PushDoor, PushSender, installed
from buddybot_web.settings import NAME, WebSettings
from buddybot_web.translate.frames import frame, message_id
from buddybot_web.translate.inbound import MAX_CHOICES, MAX_TEXT


class WebAdapter:
    """`Adapter` for browsers. A person is reachable while a tab is open; `Away` otherwise.

    `ack_seconds` is how long a browser may take to say that it has something, `first_seconds` how long a connection may
    take to ask its first question.
    """

    platform = "web"

    def __init__(
        self,
        settings: WebSettings,
        ack_seconds: float = 5.0,
        first_seconds: float = 10.0,
        door: PushDoor | None = None,
    ) -> None:
        self.settings = settings
        self.capabilities = Capabilities(
            calls=bool(settings.push_key) and installed(),
            rooms=True,
            max_text=MAX_TEXT,
            max_choices=MAX_CHOICES,
            media=KINDS,
            pictures="svg",
            shared=True,
        )
        self._door = door or PushDoor()
        self._sender: PushSender | None = None
        self.url, self.bound_port = "", 0
        """Where the page is served, once it is, and the port behind it."""
        self._ack_seconds, self._first_seconds = ack_seconds, first_seconds
        self._allowance = Allowance.of(descriptors())
        self._channels = Channels(self._allowance.streams)

    def listens(self) -> tuple[str, int]:
        """Return where the pages are served on this machine."""
        return self.settings.host, self.settings.port

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Serve until cancelled; raise `AdapterError` where that is impossible."""
        self._sender = sender = self._make_sender()
        pages = WebPages(reads, commands, self.settings, "" if sender is None else sender.public_key)
        for locale in reads.locales():
            pages.chat(locale)  # a string that is missing must show now, not to a person
        gate, cries = WebGate(self.settings, pages, reads), reads.calls_for_help
        app = Api(
            gate, inbox, commands, pages, self._channels, path=self.settings.path, calls_for_help=cries
        ).application()
        refusal = pages.refusal(reads.locales()[0])
        app.on_response_prepare.extend(
            (
                in_one_sentence(refusal),
                dress,
                embeddable(self.settings, pages.style.source),
            )
        )
        terms = Terms(self._allowance, refusal, self._first_seconds)
        async with listening(app, self.settings, NAME, terms) as port:
            self._ready(port)
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                self._channels.close_all()
                if sender is not None:
                    await sender.close()

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Show it, and return when a browser has it in its own history."""
        account = delivery.address.account
        shown = frame(delivery)
        taken = self._channels.offer(account, delivery.id, shown)
        if taken is None:
            raise Away
        try:
            async with asyncio.timeout(self._ack_seconds + len(shown) / SLOWEST_LINE):
                await taken
        except TimeoutError:
            self._channels.hang_up(account)
            raise Away from None
        finally:
            self._channels.forget(account, delivery.id)
        return message_id(delivery)

    def join(self, lines: Lines) -> None:
        """Tell of lines from now on: other processes serve the page as well."""
        self._channels.lines = lines

    def mirror(self, delivery: Delivery) -> None:
        """Show what another process delivers in the tabs that are open here."""
        self._channels.mirror(delivery.address.account, frame(delivery))

    def acknowledge(self, address: Address, numbers: Iterable[int]) -> None:
        """Take what a browser acknowledged at another process as acknowledged here."""
        self._channels.acknowledge(address.account, numbers)

    def hand_over(self, address: Address) -> None:
        """Give back what is on its way to somebody whose newest line is elsewhere."""
        self._channels.hand_over(address.account)

    async def call(self, push: PushAddress, text: str) -> None:
        """Show this one sentence on a device whose person is not there."""
        if self._sender is None:
            raise RetryLater
        await self._sender.call(push, text)

    def _make_sender(self) -> PushSender | None:
        if not self.capabilities.calls:
            return None
        return PushSender(Path(self.settings.push_key), self.settings.contact, self._door)

    def _ready(self, port: int) -> None:
        self.bound_port, self.url = port, address(self.settings, port) + self.settings.path
        # To the person at the terminal, whatever log level they chose.
        sys.stderr.write(f"\n  Your web chat is ready: {self.url}\n  Open it in a browser. Ctrl-C stops it.\n\n")
        sys.stderr.flush()
