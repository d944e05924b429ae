"""The library's bot, used for its transport: raw calls, and what each trouble means to the core."""

from collections.abc import Mapping
from datetime import timedelta

import httpx
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from buddybot.adapter import RetryLater, Unreachable
from buddybot_telegram.settings import Settings

ALLOWED = (
    *("message", "edited_message", "callback_query", "message_reaction"),
    *("my_chat_member", "chat_member", "chat_join_request"),
)
HOLD = 25
"""Seconds that Telegram holds a poll open when nothing happens."""
REFUSED_PAUSE = 60.0
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, RuntimeError)
"""Causes after which nothing left this machine; RuntimeError is the closed client of a bot that stops."""
GONE = ("chat not found", "user not found", "peer_id_invalid", "input_user_deactivated", "bot_blocked")
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")
SETTLED = ("topic_not_modified", "chat_not_modified", "hide_requester_missing", "user_already_participant")
"""What was asked of a place is so already, or nobody waits for it any more."""
HARMLESS = ("is not modified", "to edit not found", "to delete not found", "to react not found", "can't be edited")
"""What was asked is so already, or their copy is gone: nothing is left to do."""


class Wire(Bot):
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

    async def call(self, endpoint: str, arguments: Mapping[str, object] | None = None) -> object:
        """Call a method of the Bot API and return its `result` as it came."""
        result: object = await self._post(endpoint, dict(arguments or {}))
        return result

    async def close_connections(self) -> None:
        """Let go of both pools; every later call fails as not sent."""
        await self._request[0].shutdown()
        await self._request[1].shutdown()


def harmless(error: TelegramError) -> bool:
    """Whether Telegram refused because there is nothing left to do."""
    return _says(error, HARMLESS)


def settled(error: TelegramError) -> bool:
    """Whether a place is as it was asked to be."""
    return _says(error, SETTLED)


def no_topic(error: TelegramError) -> bool:
    """Whether somebody deleted the topic."""
    return _says(error, NO_TOPIC)


def too_old(error: TelegramError) -> bool:
    """Whether the message can be changed but no longer deleted (after 48 hours)."""
    return _says(error, ("message can't be deleted",))


def trouble(error: TelegramError, *, repeatable: bool) -> Exception:
    """Say what a failed call means to the core; `repeatable` calls do no harm when they are done twice."""
    match error:
        case RetryAfter():
            return RetryLater(seconds(error.retry_after))
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            return RetryLater(REFUSED_PAUSE)
        case BadRequest():
            return Unreachable() if _says(error, GONE) else error
        case _:
            return RetryLater(unknown=not repeatable and not isinstance(error.__cause__, NOT_SENT))


def seconds(span: float | timedelta) -> float:
    """Return a span of time in seconds, however the library gives it."""
    return span.total_seconds() if isinstance(span, timedelta) else float(span)


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    return isinstance(error, BadRequest) and any(phrase in error.message.lower() for phrase in phrases)
