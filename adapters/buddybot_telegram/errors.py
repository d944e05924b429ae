"""Error mapping: what each refusal of the Bot API, and each fault of the line, means to the core."""

import logging
from collections.abc import Iterable
from datetime import timedelta

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from buddybot.adapter import AdapterError, Effect, RetryLater, Send, Unreachable

REFUSED_PAUSE = 60.0
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, RuntimeError)
"""Causes after which nothing left this machine; RuntimeError is the closed client of a bot that stops."""
GONE = ("chat not found", "user not found", "peer_id_invalid", "input_user_deactivated", "bot_blocked")
TOO_OLD = ("message can't be deleted",)
"""After 48 hours a message can be changed, but no longer deleted."""
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")
SETTLED = ("topic_not_modified", "chat_not_modified", "hide_requester_missing", "user_already_participant")
"""What was asked of a place is so already, or nobody waits for it any more."""
HARMLESS = ("is not modified", "to edit not found", "to delete not found", "to react not found", "can't be edited")
"""What was asked is so already, or their copy is gone: nothing is left to do."""
FATAL = {
    InvalidToken: "Telegram does not accept the bot's token: copy it again from @BotFather (/token), "
    "and check adapters.telegram.base_url if it is set.",
    Conflict: "Another program receives this bot's messages (Telegram answered 409): stop the other one, "
    "or give this one a bot of its own from @BotFather.",
}
log = logging.getLogger(__name__)


def says(error: TelegramError, phrases: Iterable[str]) -> bool:
    """Return whether Telegram refused with one of these phrases."""
    return isinstance(error, BadRequest) and any(phrase in error.message.lower() for phrase in phrases)


def delivery_error(error: TelegramError, effect: Effect) -> Exception:
    """Translate a failed delivery for the core; only a message that is sent twice does harm."""
    match error:
        case RetryAfter():
            return RetryLater(seconds(error.retry_after))
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            return RetryLater(REFUSED_PAUSE)
        case BadRequest():
            return Unreachable() if says(error, GONE) else error
        case _:
            return RetryLater(unknown=isinstance(effect, Send) and not isinstance(error.__cause__, NOT_SENT))


def setup_error(endpoint: str, refusals: tuple[type[TelegramError], ...], error: Exception) -> Exception:
    """Translate a failure of what the adapter asks by itself: a refusal stands, all else but a bad token passes."""
    if isinstance(error, refusals):
        return error
    log.warning("Telegram: %s failed (%s)", endpoint, type(error).__name__)
    if (sentence := FATAL.get(type(error))) is not None:
        return AdapterError(sentence)
    return RetryLater(seconds(error.retry_after) if isinstance(error, RetryAfter) else None)


def seconds(span: float | timedelta) -> float:
    """Return a span of time in seconds, however the library gives it."""
    return span.total_seconds() if isinstance(span, timedelta) else float(span)
