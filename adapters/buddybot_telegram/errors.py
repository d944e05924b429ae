"""Error mapping: what each refusal of the Bot API, and each fault of the line, means to the core.

What is final is told by the code of the answer, never by a list of texts: Telegram words its refusals anew every year.
"""

import json
import logging
import re
from collections.abc import Iterable
from datetime import timedelta

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from buddybot.adapter import AdapterError, Edit, Effect, Mark, React, Rejected, Retract, RetryLater, Send, Unreachable

REFUSED_PAUSE = 15
"""Seconds for which Telegram is left alone when it was not Telegram that answered, or it doubts our token."""
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, RuntimeError)
"""Causes after which nothing left this machine; RuntimeError is the closed client of a bot that stops."""
GONE = ("chat not found", "user not found", "peer_id_invalid", "input_user_deactivated", "bot_blocked")
TOO_OLD = ("message can't be deleted",)
"""After 48 hours a message can be changed, but no longer deleted."""
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")
REPLY_GONE = ("to be replied not found", "reply message not found")
"""What is answered is gone, and stands in another topic: only within one does Telegram send it without."""
NO_QUOTE = ("quote",)
"""The words are not found in the message that is answered: their copy of it looks different, or was changed."""
SETTLED = ("topic_not_modified", "chat_not_modified", "hide_requester_missing", "user_already_participant")
"""What was asked of a place is so already, or nobody waits for it any more."""
LACKING = ("not enough rights", "have no rights", "need administrator rights", "chat_write_forbidden")
"""Refusals that end when somebody gives the bot a right: worth a second try, as no other is."""
HARMLESS = ("is not modified", "to edit not found", "to delete not found", "to react not found", "can't be edited")
"""What was asked is so already, or their copy is gone: nothing is left to do, and nothing to tell the operator."""
EXPLAINED = (*GONE, *TOO_OLD, *NO_TOPIC, *REPLY_GONE, *NO_QUOTE, *SETTLED, *LACKING, *HARMLESS)
"""Refusals whose cause is known: none of them minds how a message is drawn."""
OWN_WORDS = (400, 401, 403, 409)
"""Codes that the library tells apart by itself."""
PASSING = (408, 425)
"""Refusals that a second try may not meet."""
TOO_LARGE, NOT_FOUND, TOO_MANY = 413, 404, 429
FATAL = {
    InvalidToken: "Telegram does not accept the bot's token: copy it again from @BotFather (/token), "
    "and check adapters.telegram.base_url if it is set.",
    Conflict: "Another program receives this bot's messages (Telegram answered 409): stop the other one, "
    "or give this one a bot of its own from @BotFather.",
}
QUOTED = re.compile(r"""(["']).*\1|@\w+|\d{5,}""")
"""What is quoted, a name, a number as long as an id."""
log = logging.getLogger(__name__)


def says(error: TelegramError, phrases: Iterable[str]) -> bool:
    """Return whether Telegram refused with one of these phrases."""
    return isinstance(error, BadRequest) and any(phrase in error.message.lower() for phrase in phrases)


def described(error: TelegramError) -> str:
    """Return Telegram's own description of a refusal, for the log: without what it quotes, and without ids."""
    return QUOTED.sub("...", error.message)


def is_missing(error: TelegramError) -> bool:
    """Return whether the server does not have the method at all."""
    return error.message.lower().startswith("not found")


def refusal(code: int, payload: bytes, endpoint: str) -> TelegramError | None:
    """Return what an answer means that the library would take for a fault of the line, or for a bad token.

    None for all that it reads rightly. An answer without a description is no answer of Telegram's: something in between
    spoke, and may let the next one through.
    """
    if code < httpx.codes.BAD_REQUEST or code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return None
    try:
        told = json.loads(payload)
    except ValueError:
        told = None
    described_there = told.get("description") if isinstance(told, dict) else None
    if code == TOO_LARGE:
        return BadRequest(str(described_there or "Request Entity Too Large"))
    if code == NOT_FOUND and endpoint == "getMe":
        return None  # of a bot that doesn't exist nothing is found
    if not described_there:
        return RetryAfter(REFUSED_PAUSE)
    if code == TOO_MANY:
        parameters = told.get("parameters") if isinstance(told, dict) else None
        return None if isinstance(parameters, dict) and parameters.get("retry_after") else RetryAfter(REFUSED_PAUSE)
    return None if code in {*OWN_WORDS, *PASSING} else BadRequest(str(described_there))


def delivery_error(error: TelegramError, effect: Effect, endpoint: str) -> Exception:
    """Translate a failed delivery for the core; only a message that is sent twice does harm."""
    match error:
        case RetryAfter():
            return RetryLater(seconds(error.retry_after), limited=True)
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            log.warning("Telegram: %s was answered with 401: %s", endpoint, FATAL[InvalidToken])
            return RetryLater(REFUSED_PAUSE)
        case BadRequest() if says(error, LACKING):
            return RetryLater()
        case BadRequest():
            return Unreachable() if says(error, GONE) else Rejected(f"{endpoint}: {described(error)}")
        case _:
            return RetryLater(unknown=isinstance(effect, Send) and not isinstance(error.__cause__, NOT_SENT))


def ends_quietly(error: TelegramError, effect: Effect) -> bool:
    """Return whether a refusal leaves nothing to do: no mark, reaction or change is worth holding up what follows."""
    if not isinstance(effect, Edit | Mark | React | Retract):
        return False
    return isinstance(error, BadRequest) and not says(error, GONE)


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
