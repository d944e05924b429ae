"""The desk as an adapter: it serves pages; nobody is a member here, so nothing is ever delivered."""

import asyncio
import sys

from buddybot_http.connections import Terms
from buddybot_http.holding import Allowance, descriptors
from buddybot_http.security import in_one_sentence
from buddybot_http.serving import address, listening

from buddybot.adapter import Capabilities, Command, Delivery, Inbox, MessageId, Reads, Unreachable
from buddybot_desk.gate import DeskGate, dress
from buddybot_desk.live import Live
from buddybot_desk.pages import DeskPages
from buddybot_desk.settings import NAME, DeskSettings
from buddybot_desk.site import Site

MOST = 256
"""Connections: a team is small, and the members' own server needs the rest."""


class DeskAdapter:
    """`Adapter` for the browsers of moderators."""

    platform = "desk"
    capabilities = Capabilities(shared=True)

    def __init__(self, settings: DeskSettings) -> None:
        self.settings = settings
        self.url, self.bound_port = "", 0
        """Where the pages are, once they are served, and the port behind them."""

    def listens(self) -> tuple[str, int]:
        """Return where the pages are served on this machine."""
        return self.settings.host, self.settings.port

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:  # noqa: ARG002 - the protocol's
        """Serve until cancelled; raise `AdapterError` where that is impossible."""
        pages = DeskPages(reads)
        desk, allowance = reads.desk(), Allowance.of(descriptors(), MOST)
        gate = DeskGate(self.settings, pages, reads)
        app = Site(gate, pages, desk, Live(self.settings, gate, desk, allowance.streams)).application()
        refusal = reads.words(reads.locales()[0], "desk-refused-odd")
        app.on_response_prepare.extend((in_one_sentence(refusal), dress))
        terms = Terms(allowance, refusal)
        async with listening(app, self.settings, NAME, terms) as port:
            self.bound_port = port
            self.url = f"{address(self.settings, port)}/desk"
            # To the person at the terminal, whatever log level they chose.
            sys.stderr.write(f"\n  Your moderators' desk is ready: {self.url}\n")
            sys.stderr.flush()
            await asyncio.get_running_loop().create_future()

    async def deliver(self, delivery: Delivery) -> MessageId:  # noqa: ARG002 - the protocol's
        """Refuse: moderators hear from the bot on the platform that they talk with it on."""
        raise Unreachable
