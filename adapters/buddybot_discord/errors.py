"""Error translation: what Discord's refusals mean to the core and to the operator, and retries until it answers."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from buddybot import adapter as core

T = TypeVar("T")

FAILURES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What a call to Discord may end with."""
_ALREADY_SO = {10008, 10014, 30010}
"""The message is gone, the emoji unknown here, the message full of reactions: nothing is left to do."""
_GONE = {10003, 10013, 50033}
"""Unknown channel, unknown user, invalid recipient."""
_SLOW_DOWN = {20026: 3600, 40003: 600}
"""Flagged for spam, opening direct messages too fast: seconds to leave Discord alone."""
_UNAUTHORIZED, _FORBIDDEN, _TOO_MANY, _SERVER = 401, 403, 429, 500

_RESET = "open the Bot page of the application in Discord's developer portal, reset the token and put in the new one"
_CLOSURES = {
    4004: f"Discord refused the token; {_RESET}",
    4010: "Discord refused the shard count; leave shards out of the settings",
    4011: "the bot is in too many servers for one shard; leave shards out of the settings, or raise it",
    4012: "the gateway no longer speaks this API version; update discord.py",
    4013: "Discord does not know the intents asked for; update discord.py",
    4014: "an intent is switched off; open the Bot page of the application in the developer portal and allow Server "
    "Members and Message Content, which open channels need",
}


def trouble(error: Exception) -> Exception:
    """Translate a failed call for the core; anything unknown is a bug and comes back unchanged."""
    if isinstance(error, discord.RateLimited):
        return core.RetryLater(error.retry_after)
    if isinstance(error, discord.HTTPException):
        return _refusal(error)
    # Reset, cut off or timed out: it may have taken effect; without a connection it can't have.
    return core.RetryLater(unknown=not isinstance(error, aiohttp.ClientConnectorError))


def _refusal(error: discord.HTTPException) -> Exception:
    if error.code in _SLOW_DOWN:
        return core.RetryLater(_SLOW_DOWN[error.code])
    if error.status in {_UNAUTHORIZED, _TOO_MANY}:
        return core.RetryLater(float(error.response.headers.get("Retry-After", 60)))
    if error.status >= _SERVER:
        return core.RetryLater(unknown=True)
    return core.Unreachable() if error.status == _FORBIDDEN or error.code in _GONE else error


def passes(error: Exception) -> bool:
    """Return whether the same call may succeed later."""
    return isinstance(trouble(error), core.RetryLater)


async def patiently(call: Callable[[], Awaitable[T]]) -> T | None:
    """Retry until Discord answers, no sooner than it allows; None where it refuses for good."""
    try:
        return await core.until_answered(call, failures=FAILURES, meaning=trouble, pauses=core.backoff(5, 60))
    except (*FAILURES, core.Unreachable):
        return None


def nothing_left(error: Exception) -> bool:
    """Return whether what was asked is so already, or can never be."""
    return isinstance(error, discord.HTTPException) and error.code in _ALREADY_SO


def is_revoked(error: Exception) -> bool:
    """Return whether Discord no longer takes the token: going on would get the address blocked."""
    return isinstance(error, discord.HTTPException) and error.status == _UNAUTHORIZED


def sentence(error: BaseException | None) -> str:
    """Say to the operator why the gateway ended, and what to do."""
    name = type(error).__name__
    match error:
        case discord.LoginFailure() | discord.HTTPException(status=401):
            why = _CLOSURES[4004]
        case discord.PrivilegedIntentsRequired():
            why = _CLOSURES[4014]
        case discord.ConnectionClosed(code=code):
            why = _CLOSURES.get(code, f"the gateway closed with code {code}; start again later")
        case discord.HTTPException(status=status, code=code):
            why = f"the API answered {status} (code {code}); if it stays so, see https://discordstatus.com"
        case OSError() | aiohttp.ClientError():
            why = f"it can't be reached ({name}); check the network, and the settings api and gateway"
        case _:
            why = f"the gateway stopped ({name}); start again, and report it if it comes back"
    return f"discord: {why}"
