"""One Discord bot account: listens through the gateway, writes through the API."""

import asyncio
import logging

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from buddybot.adapter import AdapterError, Capabilities, Channel, Command, Delivery, Inbox, MessageId, Reads, RetryLater
from buddybot_discord.directs import FAILURES
from buddybot_discord.gateway import Gateway
from buddybot_discord.keeper import Keeper
from buddybot_discord.online import lacking
from buddybot_discord.post import Post
from buddybot_discord.settings import Settings
from buddybot_discord.trouble import is_revoked, nothing_left, sentence, trouble

_MAX_TEXT = 1900
"""Room for the alias and for escapes within Discord's 2000."""
_QUIET_LOGGERS = {
    "discord": logging.WARNING,
    "discord.client": logging.WARNING,
    "discord.gateway": logging.WARNING,
    # These two log addresses with channel ids and interaction tokens as warnings.
    "discord.http": logging.ERROR,
    "discord.webhook.async_": logging.ERROR,
}


class DiscordAdapter:
    """Members' direct messages, slash commands and buttons."""

    platform = "discord"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gateway: Gateway | None = None
        self._post: Post | None = None
        self.capabilities = Capabilities(
            marks=settings.marks,
            places=bool(settings.guild),
            max_text=_MAX_TEXT,
            max_choices=25,
            per_second=settings.per_second,
        )

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        """Receive until cancelled. Raise `AdapterError` when the gateway ends: it must not go deaf unseen."""
        self._point()
        async with Gateway(self._settings, inbox, commands, reads) as gateway:
            keeper = Keeper(gateway, gateway.places, self._settings, gateway.rights)
            self._gateway = gateway
            self._post = Post(gateway, gateway.directs, gateway.doors, keeper, gateway.rights)
            listening = asyncio.create_task(gateway.start(self._settings.token))
            try:
                ends: list[asyncio.Future[None]] = [gateway.broken, listening]
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                problem = next(end.exception() for end in ends if end.done())
                raise AdapterError(sentence(problem)) from problem
            finally:
                await gateway.close()
                while not listening.done():  # the library swallows a cancellation while it reconnects
                    listening.cancel()
                    await asyncio.wait({listening}, timeout=1)

    async def inspect(self, channels: tuple[Channel, ...]) -> tuple[str, ...]:
        """Say what the bot account lacks; nothing is changed and no session begun."""
        self._point()
        return await lacking(self._settings, channels)

    def _point(self) -> None:
        """Let the library talk to the server of the settings, and keep it from logging what must not be logged."""
        for name, level in _QUIET_LOGGERS.items():
            logging.getLogger(name).setLevel(level)
        Route.BASE = self._settings.api
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._settings.gateway)

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Carry it out and return the id of the message made or changed."""
        if self._gateway is None or self._post is None or self._gateway.is_closed() or self._gateway.user is None:
            raise RetryLater(1)
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._post.carry_out(delivery)
        except FAILURES as error:  # a time-out is an OSError
            if nothing_left(error):
                return delivery.message or MessageId("")
            if is_revoked(error):
                self._gateway.give_up(error)
            known = trouble(error)
            if known is error:
                raise
            self._gateway.directs.forget(delivery.address.account)
            raise known from error
