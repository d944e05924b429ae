"""Bot API client: the library's bot, used for its transport."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from telegram import Bot
from telegram.error import ChatMigrated, TelegramError
from telegram.request import HTTPXRequest

from buddybot.adapter import until_answered
from buddybot_telegram.errors import setup_error
from buddybot_telegram.outbound import Arguments
from buddybot_telegram.settings import Settings as TelegramSettings

Refusals: TypeAlias = tuple[type[TelegramError], ...]
HOLD = 25
"""Seconds that Telegram holds a poll open when nothing happens."""


class BotApi(Bot):
    """Calls by name with raw answers: an answer the library can't parse must not look like a failed send."""

    def __init__(self, settings: TelegramSettings, moved: Callable[[int, int], None]) -> None:
        """Prepare two pools of connections, contact nothing yet; `moved` hears of a group that has a new number."""
        seconds = settings.timeout_seconds
        super().__init__(
            settings.token,
            base_url=f"{settings.base_url}/bot",
            request=HTTPXRequest(read_timeout=seconds, write_timeout=seconds, pool_timeout=seconds),
            get_updates_request=HTTPXRequest(2, read_timeout=HOLD + seconds, pool_timeout=seconds),
        )
        self._moved = moved

    async def call(self, endpoint: str, arguments: Arguments | None = None) -> object:
        """Call a method of the Bot API and return its `result` as it came; follow a group that moved."""
        asked = dict(arguments or {})
        try:
            result: object = await self._post(endpoint, asked)
        except ChatMigrated as error:
            self._moved(int(str(asked["chat_id"])), error.new_chat_id)
            result = await self._post(endpoint, {**asked, "chat_id": error.new_chat_id})
        return result

    async def ask(self, endpoint: str, arguments: Arguments | None = None, refusals: Refusals = ()) -> object:
        """Call until Telegram answers; raise `AdapterError` where trying again can't help, and a refusal as it is."""
        meaning, asked = partial(setup_error, endpoint, refusals), partial(self.call, endpoint, arguments)
        return await until_answered(asked, failures=(TelegramError,), meaning=meaning)

    async def close_connections(self) -> None:
        """Let go of both pools; every later call fails as not sent."""
        await self._request[0].shutdown()
        await self._request[1].shutdown()
