"""Shared rate-limit pauses: a wait that Telegram asked for is kept by whoever calls next, not by the one it was told.

Telegram limits chats, and the bot as a whole, and does not say which of the two it means. So a pause is the chat's
own, or the method's where it names no chat; when two chats are refused at once, it is everybody's.
"""

import math
from collections.abc import Mapping, MutableMapping

from buddybot.adapter import lru

EVERYBODY = ""
RECEIVING = "getUpdates"
MOST = 4096


class Pauses:
    """When each may be called again, on a monotonic clock."""

    def __init__(self) -> None:
        self._until: MutableMapping[str, float] = lru(MOST)

    def left(self, endpoint: str, arguments: Mapping[str, object], now: float) -> int:
        """Return the whole seconds until this may be called, 0 if it may be now."""
        keys = (RECEIVING,) if endpoint == RECEIVING else (EVERYBODY, _key(endpoint, arguments))
        return max(0, *(math.ceil(self._until.get(key, now) - now) for key in keys))

    def ask(self, endpoint: str, arguments: Mapping[str, object], seconds: float, now: float) -> None:
        """Keep a wait that was asked for."""
        key, until = _key(endpoint, arguments), now + seconds
        others = [at for one, at in self._until.items() if one not in {key, EVERYBODY, RECEIVING} and at > now]
        if others and "chat_id" in arguments:
            self._until[EVERYBODY] = min(until, *others)
        self._until[key] = until


def _key(endpoint: str, arguments: Mapping[str, object]) -> str:
    return str(arguments.get("chat_id", endpoint))
