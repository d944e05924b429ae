"""One Discord bot account: listens through the gateway, writes through the API."""

import asyncio
import logging

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from buddybot import adapter as core
from buddybot_discord.errors import FAILURES, is_revoked, nothing_left, sentence, trouble
from buddybot_discord.files import KINDS
from buddybot_discord.forms import LIMITS
from buddybot_discord.outbound import DiscordOutbound
from buddybot_discord.rescue.listener import RescuingListener
from buddybot_discord.server.enforcement import DiscordEnforcement
from buddybot_discord.server.permissions import lacking
from buddybot_discord.server.places import channel_of
from buddybot_discord.settings import Settings as DiscordSettings
from buddybot_discord.timing import Doing

_MAX_TEXT = 1900
"""Room for the alias and for escapes within Discord's 2000."""
_QUIET_LOGGERS = {
    logging.WARNING: ("discord", "discord.client", "discord.gateway", "discord.shard"),
    # These two log addresses with channel ids and interaction tokens as warnings.
    logging.ERROR: ("discord.http", "discord.webhook.async_"),
}


def _without_traceback(record: logging.LogRecord) -> bool:
    """Let a line pass without the call stack: values of the library could stand in it."""
    record.exc_info = record.exc_text = None
    return True


def _unsaid(record: logging.LogRecord) -> bool:
    """Drop what the connection says itself, and once."""
    return not str(record.msg).startswith("Failed to connect for shard_id")


class DiscordAdapter:
    """Members' direct messages, slash commands and buttons; with a server, its channels too."""

    platform = "discord"

    def __init__(self, settings: DiscordSettings) -> None:
        self._settings = settings
        self.identity = settings.identity
        self._gateway: RescuingListener | None = None
        self._outbound: DiscordOutbound | None = None
        self.capabilities = core.Capabilities(
            marks=settings.marks,
            places=bool(settings.served),
            case_threads=bool(settings.served),
            forms=LIMITS,
            media=KINDS,
            max_text=_MAX_TEXT,
            per_second=settings.per_second,
        )

    async def run(self, inbox: core.Inbox, commands: tuple[core.Command, ...], reads: core.Reads) -> None:
        """Receive until cancelled. Raise `AdapterError` when the gateway ends: it must not go deaf unseen."""
        self._point()
        async with RescuingListener(self._settings, inbox, commands, reads) as gateway:
            enforcement = DiscordEnforcement(gateway, gateway.places, gateway.notices)
            self._gateway, self._outbound = gateway, DiscordOutbound(gateway, enforcement)
            listening = asyncio.create_task(gateway.start(self._settings.token))
            try:
                ends: list[asyncio.Future[None]] = [gateway.broken, listening]
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                problem = next(end.exception() for end in ends if end.done())
                raise core.AdapterError(sentence(problem)) from problem
            finally:
                await gateway.close()
                while not listening.done():  # the library swallows a cancellation while it reconnects
                    listening.cancel()
                    await asyncio.wait({listening}, timeout=1)

    async def inspect(
        self,
        channels: tuple[core.Channel, ...],
        locales: tuple[str, ...],  # noqa: ARG002 - the protocol's name: Discord keeps all languages in one list
    ) -> tuple[str, ...]:
        """Say what the bot account lacks; nothing is changed and no session begun."""
        self._point()
        return await lacking(self._settings, channels)

    def _point(self) -> None:
        """Let the library talk to the server of the settings, and keep it from logging what must not be logged."""
        for level, names in _QUIET_LOGGERS.items():
            for name in names:
                logging.getLogger(name).setLevel(level)
                logging.getLogger(name).addFilter(_without_traceback)
        logging.getLogger("discord.shard").addFilter(_unsaid)
        Route.BASE = self._settings.api
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._settings.gateway)

    async def deliver(self, delivery: core.Delivery) -> core.MessageId:
        """Carry it out and return the id of the message made or changed."""
        gateway, outbound = self._gateway, self._outbound
        if gateway is None or outbound is None or gateway.is_closed() or gateway.user is None:
            raise core.RetryLater(1)
        to_person = channel_of(delivery.address.account) is None
        if to_person and (left := gateway.pauses.left(Doing.WRITING)) > 0:
            raise core.RetryLater(left)
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await outbound.carry_out(delivery)
        except FAILURES as error:  # a time-out is an OSError
            if nothing_left(error):
                return delivery.message or core.MessageId("")
            if is_revoked(error):
                gateway.give_up(error)
            gateway.pauses.note(error, Doing.WRITING)
            known = trouble(error)
            if isinstance(known, core.Unreachable) and to_person:
                gateway.directs.forget(delivery.address.account)
                if not isinstance(delivery.effect, core.Send):
                    # What stands beside a note closes nobody's room: the next note will tell.
                    known = core.Rejected(str(error.__class__.__name__))
            raise known from error
