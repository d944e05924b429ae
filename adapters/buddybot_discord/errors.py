"""Error translation: what Discord's refusals mean to the core and to the operator."""

import re
from collections.abc import Mapping

import aiohttp
import discord

from buddybot import adapter as core

FAILURES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What a call to Discord may end with."""
_ALREADY_SO = {10008, 10014, 30010, 90001}
"""The message is gone, the emoji unknown here, the message full of reactions, or theirs closed to ours."""
CLOSED = {50007, 50278}
"""Cannot send messages to this user, or only because no server is shared any more: 403 of a message, 400 of a DM."""
NO_HISTORY = {160002, 160009}
"""Read Message History is missing: nothing there may be answered or named."""
_WORN_OUT = {10015, 50027}
"""The token of a click is too old, or was never answered: 404, or a 401 that says nothing of the bot's own token."""
_GONE = CLOSED | _WORN_OUT | {10003, 10013, 50033}
"""Unknown channel, unknown user, invalid recipient."""
_OF_THE_BOT = {0, 40001, 40002, 40333, 50014, 50178}
"""Of a 403: no code, not authorized, account to be verified, blocked by Cloudflare: it says nothing of people."""
FLAGGED, OPENING_TOO_FAST = 20026, 40003
_SLOW_DOWN = {FLAGGED: 3600, OPENING_TOO_FAST: 600} | dict.fromkeys((20016, 20022, 20028, 20029, 40062, 130000), 60)
"""Flagged for spam, opening direct messages too fast, a limit of one channel, overloaded: seconds to wait."""
_OF_THE_MESSAGE = {20009, 30046, 40005, 50005, 50006, 50021, 50035, 50045, 50068, 200000, 200001, 240000}
"""What is minded in the message itself, whatever the status: words, a link, its size or shape, its age."""
_UNAUTHORIZED, _FORBIDDEN, _TIMED_OUT, _TOO_MANY, _SERVER = 401, 403, 408, 429, 500
_EDGE = 300.0
"""Seconds to wait after a 403 that says nothing of people."""
_FIELD = re.compile(r"^In ([\w.\[\]]+):", re.MULTILINE)
_BAD_FORM = 50035
_SECONDS = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_OF_ONE_ROUTE = {"user", "shared"}
"""`X-RateLimit-Scope` of a limit of one route, or of one channel, server or webhook; the other is `global`."""

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
    """Translate a failed call for the core."""
    if isinstance(error, discord.RateLimited):
        return core.RetryLater(error.retry_after)
    if isinstance(error, discord.HTTPException):
        return _refusal(error)
    # Reset, cut off or timed out: it may have taken effect; without a connection it can't have.
    return core.RetryLater(unknown=not isinstance(error, aiohttp.ClientConnectorError))


def _refusal(error: discord.HTTPException) -> Exception:
    """Judge by the code first, then by the status: any 4xx that isn't one of a few will be the same next time."""
    if error.code in _SLOW_DOWN:
        return core.RetryLater(max(_SLOW_DOWN[error.code], _asked_for(error, 0)))
    if error.status in {_UNAUTHORIZED, _TOO_MANY} and error.code not in _GONE:
        return core.RetryLater(_asked_for(error, 60))
    if error.status == _TIMED_OUT or error.status >= _SERVER:
        return core.RetryLater(unknown=True)
    if error.code in _OF_THE_MESSAGE:
        return core.Rejected(why(error))
    if error.code in _GONE or (error.status == _FORBIDDEN and error.code not in _OF_THE_BOT):
        return core.Unreachable()
    return core.RetryLater(_EDGE) if error.status == _FORBIDDEN else core.Rejected(why(error))


def _asked_for(error: discord.HTTPException, unless: float) -> float:
    return asked_for(error.response.headers) or unless


def asked_for(headers: Mapping[str, str]) -> float:
    """Return the seconds that an answer asks for; 0 where it asks for nothing, or for a date as a proxy may."""
    asked = headers.get("Retry-After", "")
    return float(asked) if _SECONDS.fullmatch(asked) else 0


def points_amiss(error: discord.HTTPException) -> bool:
    """Return whether all that is minded of a message is what it answers: without that it is taken."""
    return error.code in NO_HISTORY or (error.code == _BAD_FORM and set(_minded(error)) == {"message_reference"})


def _minded(error: discord.HTTPException) -> list[str]:
    return [str(field).partition(".")[0] for field in _FIELD.findall(error.text)]


def is_for_all(error: Exception) -> bool:
    """Return whether a 429 is meant for the whole address: one that Discord's own limits of a route did not ask for."""
    if not isinstance(error, discord.HTTPException) or error.status != _TOO_MANY:
        return False
    return error.response.headers.get("X-RateLimit-Scope") not in _OF_ONE_ROUTE


def why(error: discord.HTTPException) -> str:
    """Name the status, the code and the fields that Discord minded; never what stood in them."""
    fields = ", ".join(_FIELD.findall(error.text))
    return f"Discord answered {error.status} (code {error.code}{f', in {fields}' if fields else ''})"


def place_of(error: BaseException | None) -> str:
    """Name an error and the line that raised it, but none of its values: they could hold a text or an account."""
    trace = error.__traceback__ if error is not None else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = type(error).__name__
    return (
        name if trace is None else f"{name} at {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
    )


def passes(error: Exception) -> bool:
    """Return whether the same call may succeed later."""
    return isinstance(trouble(error), core.RetryLater)


def nothing_left(error: Exception) -> bool:
    """Return whether what was asked is so already, or can never be."""
    return isinstance(error, discord.HTTPException) and error.code in _ALREADY_SO


def is_revoked(error: Exception) -> bool:
    """Return whether Discord no longer takes the token: going on would get the address blocked."""
    is_refused = isinstance(error, discord.HTTPException) and error.status == _UNAUTHORIZED
    return is_refused and getattr(error, "code", 0) not in _WORN_OUT


def sentence(error: BaseException | None) -> str:
    """Say to the operator why the gateway ended, and what to do."""
    match error:
        case discord.LoginFailure() | discord.HTTPException(status=401):
            sure = _CLOSURES[4004]
        case discord.PrivilegedIntentsRequired():
            sure = _CLOSURES[4014]
        case discord.ConnectionClosed(code=code):
            sure = _CLOSURES.get(code, f"the gateway closed with code {code}; start again later")
        case discord.HTTPException(status=status) if status < _SERVER and status != _TOO_MANY:
            sure = f"{why(error)}; report it, that is no state of Discord's that passes"
        case discord.HTTPException(status=status, code=code):
            sure = f"the API answered {status} (code {code}); if it stays so, see https://discordstatus.com"
        case OSError() | aiohttp.ClientError():
            sure = f"it can't be reached ({type(error).__name__}); check the network, and the settings api and gateway"
        case _:
            sure = f"the gateway stopped ({place_of(error)}); start again, and report it if it comes back"
    return f"discord: {sure}"
