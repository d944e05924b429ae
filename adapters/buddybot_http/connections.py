"""HTTP connections with deadlines and a bound, accepted by hand: a full table of files is one line in the log."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from buddybot_http.holding import Allowance, Holders
from buddybot_http.limits import Networks
from buddybot_http.security import HEADERS, SILENT_SECONDS

LINGER_SECONDS = 2.0
BACKLOG = 1024
RETRY_SECONDS = 1.0

trouble = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a server grants a connection, and says to what is no request at all.

    `first_seconds` may pass until the first request is there, its headers whole, `kept_seconds` until the next: longer
    than proxies keep a connection, so that it is they who end it.
    """

    allowance: Allowance
    refusal: str
    first_seconds: float = 10.0
    kept_seconds: float = 75.0


class RefusalResponse(web.Response):
    """What is said without a handler, to what is no request: it carries the same headers as every other answer."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text=text, status=status, headers={**HEADERS, "Cache-Control": "no-store"})
        self.force_close()

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.popall("Server", None)


class Connection(web.RequestHandler):
    """One connection: gone when it asks nothing in time, and answered in our words when it asks nonsense."""

    def __init__(
        self, server: web.Server, log: logging.Logger, terms: Terms, left: Callable[["Connection"], None]
    ) -> None:
        access = logging.getLogger(f"{log.name}.access")
        access.disabled = True
        # What is compressed comes in as it is: our pages compress nothing, and what can't be read must not be unpacked.
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            logger=log,
            access_log=access,
            keepalive_timeout=terms.kept_seconds,
            lingering_time=LINGER_SECONDS,
            auto_decompress=False,
        )
        self._terms, self._left = terms, left
        self._first: asyncio.TimerHandle | None = None

    @property
    def idle(self) -> bool:
        """Whether nobody waits for an answer here."""
        return not self._request_in_progress

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, and wait only so long for the first request."""
        super().connection_made(transport)
        if self._force_close:  # dropped for a neighbour before it began
            transport.close()
        self._first = asyncio.get_running_loop().call_later(self._terms.first_seconds, self._overdue)

    def connection_lost(self, exc: BaseException | None) -> None:
        """End."""
        super().connection_lost(exc)
        if self._first is not None:
            self._first.cancel()
        self._left(self)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer with our one sentence, and nothing of what came."""
        super().handle_error(request, status, exc, message)  # it logs, and raises where an answer has begun
        return RefusalResponse(self._terms.refusal, status)

    def _overdue(self) -> None:
        if not self._request_count:
            self.force_close()


class Listener:
    """Accepts connections of one server, as many as there is room for."""

    def __init__(self, server: web.Server, terms: Terms, log: logging.Logger, proxy: str) -> None:
        self._server, self._terms, self._log, self._proxy = server, terms, log, proxy
        self._networks = Networks()
        self._holders = Holders[Connection](terms.allowance, lambda one: one.idle, lambda one: one.force_close())
        self._said = -SILENT_SECONDS

    @asynccontextmanager
    async def accepting(self, sockets: Sequence[socket.socket]) -> AsyncIterator[None]:
        """Accept on these as long as this lasts."""
        tasks = [asyncio.create_task(self._accept(one), name="accept") for one in sockets]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for one in sockets:
                one.close()

    async def _accept(self, listening: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, peer = await loop.sock_accept(listening)
            except ConnectionError:
                continue
            except OSError as error:
                self._say(
                    f"no more connections for a while ({error.strerror}): raise the limit of open files (ulimit -n)"
                )
                await asyncio.sleep(RETRY_SECONDS)
                continue
            await self._admit(accepted, str(peer[0]))

    async def _admit(self, accepted: socket.socket, address: str) -> None:
        connection = Connection(self._server, self._log, self._terms, self._holders.leave)
        if not self._holders.admit(self._networks.place_of(address), connection, shared=address == self._proxy):
            accepted.close()
            self._say("one network holds as many connections as it may, or all are taken; more are refused")
            return
        try:
            await asyncio.get_running_loop().connect_accepted_socket(lambda: connection, sock=accepted)
        except OSError:
            self._holders.leave(connection)
            accepted.close()

    def _say(self, sentence: str) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._said >= SILENT_SECONDS:
            self._said = now
            trouble.warning(sentence)
