"""Bot API client: the library's bot, used for its transport."""

import logging

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from buddybot.adapter import until_answered
from buddybot_telegram.errors import setup_error
from buddybot_telegram.outbound import Arguments
from buddybot_telegram.settings import Settings

HOLD = 25
"""Seconds that Telegram holds a poll open when nothing happens."""
log = logging.getLogger(__name__)


class BotApi(Bot):
    """Calls by name with raw answers: an answer the library can't parse must not look like a failed send."""

    def __init__(self, settings: Settings) -> None:
        """Prepare two pools of connections; nothing is contacted yet."""
        seconds = settings.timeout_seconds
        super().__init__(
            settings.token,
            base_url=f"{settings.base_url}/bot",
            request=HTTPXRequest(read_timeout=seconds, write_timeout=seconds, pool_timeout=seconds),
            get_updates_request=HTTPXRequest(2, read_timeout=HOLD + seconds, pool_timeout=seconds),
        )

    async def call(self, endpoint: str, arguments: Arguments | None = None) -> object:
        """Call a method of the Bot API and return its `result` as it came."""
        result: object = await self._post(endpoint, dict(arguments or {}))
        return result

    async def ask(
        self, endpoint: str, arguments: Arguments | None = None, *, refusals: tuple[type[TelegramError], ...] = ()
    ) -> object:
        """Call until Telegram answers; raise `AdapterError` where trying again can't help, and a refusal as it is."""

        def meaning(error: Exception) -> Exception:
            meant = setup_error(error, refusals)
            if meant is not error:
                log.warning("Telegram: %s failed (%s)", endpoint, type(error).__name__)
            return meant

        return await until_answered(lambda: self.call(endpoint, arguments), failures=(TelegramError,), meaning=meaning)

    async def close_connections(self) -> None:
        """Let go of both pools; every later call fails as not sent."""
        await self._request[0].shutdown()
        await self._request[1].shutdown()
