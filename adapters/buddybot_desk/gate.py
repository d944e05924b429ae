"""What every request passes before a page is made: whose it is, that our own page sent it, and at what pace."""

import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web
from buddybot_http import security
from buddybot_http.bodies import take_in
from buddybot_http.compression import compress
from buddybot_http.limits import Buckets, GuardBuckets, Networks, household_of
from buddybot_http.paths import nameable
from buddybot_http.security import address_of, health, known_host, own_page

from buddybot.adapter import Reads, SignedOut
from buddybot_desk.pages import DeskPages
from buddybot_desk.settings import DeskSettings

log = logging.getLogger("buddybot_desk")

HOME, ENTER, STATIC = "/desk/queue", "/desk/enter", "/desk/static/"
CHALLENGE = "/desk/challenge"
FORM = "application/x-www-form-urlencoded"
_SECRET = re.compile(r"[\w-]{1,200}", re.ASCII)
LASTS = 8 * 3600
"""Seconds the cookie stays; the core ends the session by itself, and earlier when nobody uses it."""

_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def dress(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Put the headers on an answer. A form's own origin is known only with this policy for referrers."""
    await security.dress(request, response)
    response.headers["Referrer-Policy"] = "same-origin"


class DeskGate:
    """Lets in what our own page sends, at a bearable pace; knows the moderator by the cookie."""

    def __init__(self, settings: DeskSettings, pages: DeskPages, reads: Reads) -> None:
        self._settings, self._pages, self._reads = settings, pages, reads
        self._cookie = "__Host-desk" if settings.secure else "desk"
        self._networks = Networks()
        self._sessions, self._doors = Buckets(120, 4), GuardBuckets("desk door", 10, 0.1, reads)

    @web.middleware
    async def guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse what can't come from our page, and put every refusal into words."""
        try:
            if answer := health(request, self._reads) or self._unwanted(request) or await self._hasty(request):
                return answer
            await take_in(request)
            response = await handler(request)
        except SignedOut:
            return await self.sign_out(request)
        except web.HTTPNotFound:
            return self.refuse(request, 404, "missing")
        except web.HTTPClientError as error:
            return self.refuse(request, error.status, "odd")
        except web.HTTPException:
            raise
        except Exception as error:  # noqa: BLE001 - the inbound border: a bug or a full disk is a sentence here
            log.error("a page could not be made: %s", type(error).__name__)
            return self.refuse(request, 503, "trouble")
        if request.path.startswith(STATIC):
            response.headers["Cache-Control"] = "no-cache"
            compress(request, response)  # its files only: its pages hold keys of forms beside what was asked for
        return response

    def refuse(self, request: web.Request, status: int, name: str, wait: float = 0) -> web.Response:
        """Say no in a sentence, with the way to the door."""
        text = self._pages.render("refused.html", self._pages.words(request), problem=name)
        headers = {"Retry-After": str(int(wait) + 1)} if wait else None
        return web.Response(text=text, status=status, content_type="text/html", headers=headers)

    async def sign_out(self, request: web.Request) -> web.Response:
        """Take the session out of the browser; a page that renews itself is sent to the door."""
        response = self.refuse(request, 401, "signed-out")
        self.hand_over(response, "")
        if request.headers.get("HX-Request"):
            response.headers["HX-Redirect"] = "/desk"
        return response

    def session(self, request: web.Request) -> str:
        """Return the secret that the browser holds."""
        if found := self._held(request):
            return found
        raise SignedOut

    def hand_over(self, response: web.StreamResponse, session: str) -> None:
        """Put a session into the browser, or take it out."""
        response.set_cookie(
            self._cookie,
            session,
            max_age=LASTS if session else 0,
            path="/",
            httponly=True,
            samesite="Strict",
            secure=self._settings.secure,
        )

    def key(self, session: str) -> str:
        """Return what each form of this session carries: another site can neither read nor compute it."""
        return hmac.new(session.encode(), b"buddybot desk form", hashlib.sha256).hexdigest()

    def trusts(self, session: str, given: str) -> bool:
        """Whether a form is one of ours."""
        return hmac.compare_digest(given.encode(errors="replace"), self.key(session).encode())

    def _held(self, request: web.Request) -> str:
        """Return what the cookie holds; nothing where it could be no secret of ours, as bytes that are no letters."""
        found = request.cookies.get(self._cookie, "")
        return found if _SECRET.fullmatch(found) else ""

    def _unwanted(self, request: web.Request) -> web.Response | None:
        if not known_host(request, self._settings):
            return self.refuse(request, 421, "host")
        if not nameable(request):
            return self.refuse(request, 404, "missing")
        network = self._networks.network_of(address_of(request, self._settings))
        pace = self._networks.network.take(network)
        if request.method == "POST":
            said = request.headers.get("Origin") or request.headers.get("Sec-Fetch-Site")
            if not (said and own_page(request, self._settings)):
                return self.refuse(request, 403, "odd")
            # A form says which alphabet its words are in, and some make half letters that nothing can store.
            if request.content_type != FORM or (request.charset or "utf-8").lower() != "utf-8":
                return self.refuse(request, 415, "odd")
        session = self._held(request)
        pace = pace or (self._sessions.take(self.key(session)) if session else 0)
        return self.refuse(request, 429, "slow", pace) if pace else None

    async def _hasty(self, request: web.Request) -> web.Response | None:
        """Slow down whoever tries the door too often, at whichever process."""
        if request.method != "POST" or request.path not in {ENTER, CHALLENGE}:
            return None
        address = address_of(request, self._settings)
        wait = await self._doors.take(self._networks.network_of(address), household_of(address))
        return self.refuse(request, 429, "slow", wait) if wait else None
