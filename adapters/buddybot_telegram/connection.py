"""Bot API client: the library's bot, used for its transport."""

import asyncio
import logging
import math
import ssl
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

import httpx
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from buddybot.adapter import lru, until_answered
from buddybot_telegram.errors import EXPLAINED, refusal, says, seconds, setup_error
from buddybot_telegram.outbound import Arguments, plainly
from buddybot_telegram.settings import Settings as TelegramSettings

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

Refusals: TypeAlias = tuple[type[TelegramError], ...]
HOLD = 25
"""Seconds that Telegram holds a poll open when nothing happens."""
DEFAULT = BaseRequest.DEFAULT_NONE
EVERYBODY = ""
RECEIVING = "getUpdates"
MOST = 4096
CLOSED = "the connections to Telegram are closed"
A_MOMENT = 1.0
"""Seconds that calls under way have to end in when the bot stops."""
log = logging.getLogger(__name__)


class CodedRequest(HTTPXRequest):
    """HTTP transport that reads the code of a refusal, which the library's exceptions lose."""

    async def do_request(  # noqa: PLR0917 - the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = DEFAULT,
        write_timeout: "ODVInput[float]" = DEFAULT,
        connect_timeout: "ODVInput[float]" = DEFAULT,
        pool_timeout: "ODVInput[float]" = DEFAULT,
    ) -> tuple[int, bytes]:
        """Ask, and raise what the library would misread."""
        code, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if (error := refusal(code, payload, url.rpartition("/")[2])) is not None:
            raise error
        return code, payload


class Pauses:
    """Shared rate-limit pauses: a wait that Telegram asked for is kept by whoever calls next, not only by who was told.

    Telegram limits chats, and the bot as a whole, and does not say which of the two it means. So a pause is the chat's
    own, or the method's where it names no chat; when two chats are refused at once, it is everybody's.
    """

    def __init__(self) -> None:
        self._until: MutableMapping[str, float] = lru(MOST)

    def left(self, endpoint: str, arguments: Arguments, now: float) -> int:
        """Return the whole seconds until this may be called, 0 if it may be now."""
        keys = (RECEIVING,) if endpoint == RECEIVING else (EVERYBODY, _key(endpoint, arguments))
        return max(0, *(math.ceil(self._until.get(key, now) - now) for key in keys))

    def ask(self, endpoint: str, arguments: Arguments, wait: float, now: float) -> None:
        """Keep a wait that was asked for."""
        key, until = _key(endpoint, arguments), now + wait
        others = [at for one, at in self._until.items() if one not in {key, EVERYBODY, RECEIVING} and at > now]
        if others and "chat_id" in arguments:
            self._until[EVERYBODY] = min(until, *others)
        self._until[key] = until


class CallsUnderWay:
    """Count of the calls that wait for their answer.

    A pool that is closed while it opens a connection forgets that one: it would stay open, with nobody to close it.
    """

    def __init__(self) -> None:
        self._number = 0
        self._last: asyncio.Future[None] | None = None

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one more until it ends."""
        self._number += 1
        try:
            yield
        finally:
            self._number -= 1
            if not self._number and self._last is not None and not self._last.done():
                self._last.set_result(None)

    async def ended(self, seconds: float) -> None:
        """Wait until there are none, for so long at most."""
        if self._number:
            self._last = asyncio.get_running_loop().create_future()
            await asyncio.wait([self._last], timeout=seconds)


@cache
def _trust() -> ssl.SSLContext:
    """Return whom to trust: the authorities are read once a process, which takes 50 ms, and not by every client."""
    return httpx.create_ssl_context()


def _key(endpoint: str, arguments: Arguments) -> str:
    return str(arguments.get("chat_id", endpoint))


class BotApi(Bot):
    """Calls by name with raw answers: an answer the library can't parse must not look like a failed send."""

    def __init__(self, settings: TelegramSettings, moved: Callable[[int, int], None]) -> None:
        """Prepare two pools of connections, contact nothing yet; `moved` hears of a group that has a new number."""
        timeout = settings.timeout_seconds
        trust = {"verify": _trust()}
        super().__init__(
            settings.token,
            base_url=f"{settings.base_url}/bot",
            request=CodedRequest(read_timeout=timeout, write_timeout=timeout, pool_timeout=timeout, httpx_kwargs=trust),
            get_updates_request=CodedRequest(2, read_timeout=HOLD + timeout, pool_timeout=timeout, httpx_kwargs=trust),
        )
        self._moved = moved
        self._pauses = Pauses()
        self._calls, self._is_closed = CallsUnderWay(), False
        self._is_old = False

    async def call(self, endpoint: str, arguments: Arguments | None = None) -> object:
        """Call a method of the Bot API and return its `result` as it came; follow a group that moved."""
        asked = dict(arguments or {})
        try:
            return await self._patiently(endpoint, asked)
        except ChatMigrated as error:
            self._moved(int(str(asked["chat_id"])), error.new_chat_id)
            return await self._patiently(endpoint, {**asked, "chat_id": error.new_chat_id})

    async def _patiently(self, endpoint: str, asked: dict[str, object]) -> object:
        """Call it, unless Telegram asked for a wait that is not over: then it is refused here, and not asked again."""
        clock = asyncio.get_running_loop().time
        if left := self._pauses.left(endpoint, asked, clock()):
            raise RetryAfter(left)
        try:
            result = await self._drawn(endpoint, asked)
        except RetryAfter as error:
            self._pauses.ask(endpoint, asked, seconds(error.retry_after), clock())
            raise
        return result

    async def _drawn(self, endpoint: str, asked: dict[str, object]) -> object:
        """Call it; a server that refuses what is new about it, and takes it without, is never sent such again."""
        bare = dict(plainly(asked))
        try:
            result = await self._sent(endpoint, bare if self._is_old else asked)
        except BadRequest as error:
            if self._is_old or bare == asked or says(error, EXPLAINED):
                raise
            result = await self._sent(endpoint, bare)
            self._is_old = True
            log.warning("Telegram: this Bot API takes no colours, copying buttons or moments: it is older than 9.5")
        return result

    async def _sent(self, endpoint: str, asked: dict[str, object]) -> object:
        if self._is_closed:
            raise NetworkError(CLOSED) from RuntimeError(CLOSED)
        with self._calls.one():
            result: object = await self._post(endpoint, asked)
        return result

    async def ask(self, endpoint: str, arguments: Arguments | None = None, refusals: Refusals = ()) -> object:
        """Call until Telegram answers; raise `AdapterError` where trying again can't help, and a refusal as it is."""
        meaning, asked = partial(setup_error, endpoint, refusals), partial(self.call, endpoint, arguments)
        return await until_answered(asked, failures=(TelegramError,), meaning=meaning)

    async def open_connections(self) -> None:
        """Open both pools again, if an earlier run let go of them."""
        self._is_closed = False
        await self._request[0].initialize()
        await self._request[1].initialize()

    async def close_connections(self) -> None:
        """Let go of both pools; every later call fails as not sent, those under way have a moment to end."""
        self._is_closed = True
        await self._calls.ended(A_MOMENT)
        await self._request[0].shutdown()
        await self._request[1].shutdown()
