"""What every request passes before a handler sees it, and the words of every refusal."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web
from buddybot_http.bodies import take_in
from buddybot_http.compression import compress
from buddybot_http.limits import household_of
from buddybot_http.paths import nameable
from buddybot_http.security import address_of, health, known_host, own_page

from buddybot.adapter import Reads
from buddybot_web import sessions
from buddybot_web.embedding import Cookies
from buddybot_web.limits import Limits
from buddybot_web.pages import WebPages
from buddybot_web.settings import WebSettings

HELLO = "/api/hello"
FILES = "/api/file/"

_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebGate:
    """Lets in what our own page sends, at a bearable pace; knows the browser by its cookie."""

    def __init__(self, settings: WebSettings, pages: WebPages, reads: Reads) -> None:
        self._settings, self._pages, self._reads = settings, pages, reads
        self._cookies = Cookies(settings)
        self.limits = Limits(reads)

    @web.middleware
    async def guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse what can't come from our page, and put every refusal into words."""
        if answer := health(request, self._reads) or self._unwanted(request):
            return answer
        try:
            if not self._brings_file(request):
                await take_in(request)
            response = await handler(request)
        except web.HTTPRequestEntityTooLarge:
            return self.refuse(request, 413, "too-long")
        except web.HTTPNotFound:
            return self.refuse(request, 404, "missing")
        except web.HTTPClientError as error:
            return self.refuse(request, error.status, "odd")
        if self.local(request).startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-cache")
        if not self.local(request).startswith("/api/"):
            compress(request, response)  # the page and its files are the same for everybody
        return response

    def refuse(self, request: web.Request, status: int, name: str, wait: float = 0) -> web.Response:
        """Say no in a sentence. Help lines come along: whoever is refused may be in danger."""
        locale = self._pages.locale_of(request)
        problem, lines = self._pages.words(locale, name), self._pages.words(locale, "help-lines")
        headers = {"Retry-After": str(int(wait) + 1)} if wait else None
        if not self.local(request).startswith("/api/"):
            return web.Response(text=self._pages.refusal(locale, name), status=status, headers=headers)
        return web.json_response({"problem": problem, "help": lines}, status=status, headers=headers)

    def local(self, request: web.BaseRequest) -> str:
        """Return the path that is asked for, seen from where the chat begins."""
        return request.path.removeprefix(self._settings.path)

    def secret(self, request: web.Request) -> bytes | None:
        """Return the secret of the browser that asks."""
        return sessions.secret_in(self._cookies.secret(request))

    def network(self, request: web.Request) -> str:
        """Return the key of the network that asks."""
        return self.limits.network_of(address_of(request, self._settings))

    def household(self, request: web.Request) -> str:
        """Return the name that the network which asks has in every process."""
        return household_of(address_of(request, self._settings))

    def place(self, request: web.Request) -> str:
        """Return the key of what may hold streams open together."""
        return self.limits.place_of(address_of(request, self._settings))

    def hand_over(self, request: web.Request, response: web.Response, secret: bytes | None) -> None:
        """Put a secret into the browser, or take it out."""
        self._cookies.hand_over(request, response, secret.hex() if secret else "")

    def _unwanted(self, request: web.Request) -> web.Response | None:
        api, post = self.local(request).startswith("/api/"), request.method == "POST"
        if not known_host(request, self._settings):
            return self.refuse(request, 421, "host")
        if not nameable(request):
            return self.refuse(request, 404, "missing")
        if api and not own_page(request, self._settings):
            return self.refuse(request, 403, "odd")
        if wait := self.limits.network.take(self.network(request)):
            return self.refuse(request, 429, "slow", wait)
        if post and request.content_type != "application/json" and not self._brings_file(request):
            return self.refuse(request, 415, "odd")
        return self.refuse(request, 403, "stale") if api and not self._trusted(request) else None

    def _brings_file(self, request: web.Request) -> bool:
        """Return whether a photo or a voice note comes: its handler reads it piece by piece, up to what it allows."""
        return request.method == "POST" and self.local(request).startswith(FILES)

    def _trusted(self, request: web.Request) -> bool:
        """Whether the browser is known, and our own page asks, as the token proves (a stream can't carry one)."""
        if self.local(request) == HELLO:
            return True
        secret, given = self.secret(request), request.headers.get("X-Page-Token", "")
        return secret is not None and (request.method == "GET" or sessions.same(given, sessions.token(secret)))
