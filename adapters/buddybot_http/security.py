"""What every answer carries, and which requests are heard at all."""

import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.hdrs import CONTENT_LENGTH
from aiohttp.http_exceptions import HttpProcessingError

from buddybot.adapter import Reads
from buddybot_http.settings import HttpSettings

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; media-src 'self'; font-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex",
}
_WITH_PORT = re.compile(r"\[([^\]%]+)(?:%[^\]]*)?\](?::\d+)?|([^:]+):\d+")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


SILENT_SECONDS = 60.0
"""Between two lines in the log about the same trouble."""
HEALTH = "/healthz"
"""Where a proxy asks each process whether it may send people there; it tells nothing else."""


def health(request: web.BaseRequest, reads: Reads) -> web.Response | None:
    """Answer a proxy that asks how this process is, by whatever name it knows it; None for any other request."""
    if request.path != HEALTH or request.method not in {"GET", "HEAD"}:
        return None
    standing = reads.standing()
    return web.Response(status=200 if standing else 503, text="ready\n" if standing else "others serve meanwhile\n")


async def dress(_request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Put the headers on an answer, and take off what names our software."""
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.popall("Server", None)


def in_one_sentence(refusal: str) -> Callable[[web.BaseRequest, web.StreamResponse], Awaitable[None]]:
    """Return what puts our sentence on a refusal of the server library's own: its words repeat what was sent."""

    async def say(_request: web.BaseRequest, response: web.StreamResponse) -> None:
        if isinstance(response, web.HTTPClientError):
            said = refusal.encode()
            response.body = said
            response.headers[CONTENT_LENGTH] = str(len(said))  # the library has counted its own by now

    return say


def known_host(request: web.BaseRequest, settings: HttpSettings) -> bool:
    """Whether the request asks for a name of ours: a page elsewhere can't point its own name at this server."""
    host = request.headers.get("Host", "").lower()
    if settings.public_url and host == settings.public_host:
        return True
    try:
        return not settings.public_url and urlsplit(f"//{host}").hostname in _LOOPBACK
    except ValueError:
        return False


def own_page(request: web.BaseRequest, settings: HttpSettings) -> bool:
    """Whether the browser says that a page of ours asks.

    Old browsers say nothing; then the token, or the content type that no foreign form can send, has to do.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    here = settings.public_url or f"http://{request.headers.get('Host', '').lower()}"
    return origin is None or origin == here


def address_of(request: web.BaseRequest, settings: HttpSettings) -> str:
    """Return the sender's address: what a trusted proxy says last, else the connection's own."""
    peer = request.remote or ""
    lines = request.headers.getall("X-Forwarded-For", ()) if settings.proxy and peer == settings.proxy else ()
    return last_forwarded(lines) or peer


def last_forwarded(lines: Sequence[str]) -> str:
    """Return the last address of the last X-Forwarded-For line without its port; empty where there is none.

    A proxy appends to the last line, or adds a line: all before that is what the sender says.
    """
    said = lines[-1].rpartition(",")[2].strip() if lines else ""
    found = _WITH_PORT.fullmatch(said)
    try:
        parsed = ip_address((found[1] or found[2]) if found else said.partition("%")[0])
    except ValueError:
        return ""
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped or parsed)


class Discreet(logging.Filter):
    """Keeps addresses and request lines out of the server library's own lines, and nonsense from filling the log."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock, self._silent_until = clock, 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the sentence; keep the error of a bug, whose place the log tells; not of a broken request.

        Anybody can send as many of those as they like: one a minute is told.
        """
        error = record.exc_info[1] if record.exc_info else None
        record.msg, record.args = "a request could not be answered (%s)", (type(error).__name__,)
        if not isinstance(error, HttpProcessingError | web.RequestPayloadError):
            return True
        record.exc_info, now = None, self._clock()
        if now < self._silent_until:
            return False
        self._silent_until = now + SILENT_SECONDS
        return True


def discreet_log(package: str) -> logging.Logger:
    """Return the logger the server library is to use."""
    discreet = logging.getLogger(f"{package}.server")
    discreet.filters = [Discreet()]
    return discreet
