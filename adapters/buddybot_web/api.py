"""What the page may ask of the server: one small handler each."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from aiohttp import web

from buddybot.adapter import COMMANDS, Address, Command, Inbox, Invoked, Origin, Said
from buddybot_web import sessions
from buddybot_web.channels import Channels
from buddybot_web.limits import Limits
from buddybot_web.pages import STATIC, Pages
from buddybot_web.security import address_of, known_host, own_page
from buddybot_web.settings import Settings
from buddybot_web.translate import Problem, client_id_of, event_id, inbound

log = logging.getLogger("buddybot_web")

MAX_BODY = 65_536
COOKIE_SECONDS = 180 * 24 * 3600
# The first is soon, for a tab that connected while the core was just noting that nobody is there.
FIRST_BEAT, BEAT = 1.0, 15.0
_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
_CRISIS = next(c for c in COMMANDS if c.name == "crisis")
_CRISIS_WORDS = {_CRISIS.name, *_CRISIS.aliases}


class Api:
    """The handlers, and the middleware every request passes."""

    def __init__(
        self, settings: Settings, inbox: Inbox, commands: tuple[Command, ...], pages: Pages, channels: Channels
    ) -> None:
        self._settings, self._inbox, self._pages, self._channels = settings, inbox, pages, channels
        self._limits, self._commands = Limits(), commands
        self._cookie = "__Host-notes" if settings.secure else "notes"

    def application(self) -> web.Application:
        """Return the server's routes."""
        app = web.Application(middlewares=[self._guard], client_max_size=MAX_BODY)
        app.add_routes([
            web.get("/", self._page),
            web.get("/api/stream", self._stream),
            web.post("/api/hello", self._hello),
            web.post("/api/ack", self._ack),
            web.post("/api/phrase", self._phrase),
            web.post("/api/return", self._return),
            web.post("/api/leave", self._leave),
            web.post("/api/do/{doing}", self._do),
            web.static("/static", STATIC),
        ])  # fmt: skip
        return app

    # ── Every request ───────────────────────────────────────────────────────────────────

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Refuse what can't come from our page, and put every refusal into words."""
        if refused := self._unwanted(request):
            return refused
        try:
            response = await handler(request)
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(request, 413, "too-long")
        except web.HTTPClientError as error:
            return self._refuse(request, error.status, "missing" if error.status == 404 else "odd")  # noqa: PLR2004 - not found
        if request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-cache"
        return response

    def _unwanted(self, request: web.Request) -> web.Response | None:
        if not known_host(request, self._settings):
            return self._refuse(request, 421, "host")
        if request.path.startswith("/api/") and not own_page(request, self._settings):
            return self._refuse(request, 403, "odd")
        if wait := self._limits.network.take(self._network(request)):
            return self._refuse(request, 429, "slow", wait)
        if request.method == "POST" and request.content_type != "application/json":
            return self._refuse(request, 415, "odd")
        return None

    def _refuse(self, request: web.Request, status: int, name: str, wait: float = 0) -> web.Response:
        """Say no in a sentence. Help lines come along: whoever is refused may be in danger."""
        locale = self._pages.locale_of(request)
        problem, lines = self._pages.words(locale, name), self._pages.words(locale, "help-lines")
        headers = {"Retry-After": str(int(wait) + 1)} if wait else None
        if not request.path.startswith("/api/"):
            return web.Response(text=f"{problem}\n\n{lines}\n", status=status, headers=headers)
        return web.json_response({"problem": problem, "help": lines}, status=status, headers=headers)

    def _secret(self, request: web.Request) -> bytes | None:
        return sessions.secret_in(request.cookies.get(self._cookie, ""))

    def _trusted(self, request: web.Request) -> bytes | None:
        """Return the browser's secret where our own page asks, as the token proves."""
        secret = self._secret(request)
        given = request.headers.get("X-Page-Token", "")
        return secret if secret and sessions.same(given, sessions.token(secret)) else None

    def _network(self, request: web.Request) -> str:
        return self._limits.network_of(address_of(request, self._settings))

    def _address(self, secret: bytes) -> Address:
        return Address("web", "web", sessions.account(secret))

    # ── The page and who it belongs to ──────────────────────────────────────────────────

    async def _page(self, request: web.Request) -> web.Response:
        """Show the page; it sets no cookie, so that a link from another site can't cost anybody their place."""
        return web.Response(text=self._pages.chat(self._pages.locale_of(request)), content_type="text/html")

    async def _hello(self, request: web.Request) -> web.Response:
        """Give the browser its secret, once, and the page its token."""
        known = self._secret(request)
        return self._welcome(known or sessions.new_secret(), fresh=known is None)

    def _welcome(self, secret: bytes, *, fresh: bool) -> web.Response:
        response = web.json_response(
            {"token": sessions.token(secret), "badge": sessions.badge(secret), "fresh": fresh},
        )
        response.set_cookie(
            self._cookie, secret.hex(), max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="Strict",
            secure=self._settings.secure,
        )  # fmt: skip
        return response

    async def _phrase(self, request: web.Request) -> web.Response:
        """Show the person their recovery phrase."""
        secret = self._trusted(request)
        if secret is None:
            return self._refuse(request, 403, "stale")
        return web.json_response({"phrase": sessions.phrase(secret)})

    async def _return(self, request: web.Request) -> web.Response:
        """Make this browser the one that belongs to a phrase."""
        if wait := self._limits.phrase.take(self._network(request)):
            return self._refuse(request, 429, "slow", wait)
        if self._trusted(request) is None:
            return self._refuse(request, 403, "stale")
        given = (await _body(request) or {}).get("phrase")
        secret = sessions.secret_of(given) if isinstance(given, str) else None
        return self._refuse(request, 422, "phrase-wrong") if secret is None else self._welcome(secret, fresh=False)

    async def _leave(self, request: web.Request) -> web.Response:
        """Take the secret out of this browser: only the phrase brings the person back."""
        if self._trusted(request) is None:
            return self._refuse(request, 403, "stale")
        response = web.Response(status=204)
        response.del_cookie(self._cookie, path="/", httponly=True, samesite="Strict", secure=self._settings.secure)
        return response

    # ── What the person does ────────────────────────────────────────────────────────────

    async def _do(self, request: web.Request) -> web.Response:
        """Report one doing; the answer comes only when it is on disk."""
        secret = self._trusted(request)
        if secret is None:
            return self._refuse(request, 403, "stale")
        body = await _body(request)
        client_id = client_id_of(body) if body is not None else None
        if body is None or client_id is None:
            return self._refuse(request, 400, "odd")
        address = self._address(secret)
        origin = Origin(event_id(address.account, client_id), address, self._pages.locale_of(request))
        event = inbound(request.match_info["doing"], body, origin, self._commands)
        if isinstance(event, Problem):
            return self._refuse(request, 413 if event is Problem.LONG else 400, event.removeprefix("web-"))
        cry = _is_crisis(event)
        if wait := (self._limits.crisis if cry else self._limits.session).take(address.account):
            return self._refuse(request, 200 if cry else 429, "slow", wait)
        try:
            await self._inbox.put(event)
        except Exception:  # the inbound border: the browser keeps the event and sends it again
            log.exception("an event could not be recorded")
            return self._refuse(request, 503, "trouble", 1)
        return web.Response(status=204)

    # ── What the person is shown ────────────────────────────────────────────────────────

    async def _ack(self, request: web.Request) -> web.Response:
        """Note which deliveries the browser has put into its own history."""
        secret = self._trusted(request)
        if secret is None:
            return self._refuse(request, 403, "stale")
        ids = (await _body(request) or {}).get("ids")
        if not isinstance(ids, list):
            return self._refuse(request, 400, "odd")
        self._channels.acknowledge(sessions.account(secret), [i for i in ids if isinstance(i, int)])
        return web.Response(status=204)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Keep one tab posted until it goes or the server stops."""
        secret = self._secret(request)
        if secret is None:
            return self._refuse(request, 403, "stale")
        address, last = self._address(secret), request.headers.get("Last-Event-ID") or request.query.get("last", "")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        number = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None  # noqa: PLR2004 - fits 64 bits
        tab = self._channels.open(address.account, lambda: _alive(request), number)
        self._inbox.awake(address)
        beat = FIRST_BEAT
        try:
            while True:
                try:
                    frame = await asyncio.wait_for(tab.queue.get(), beat)
                except TimeoutError:
                    frame, beat = "event: beat\ndata: {}\n\n", BEAT
                    if self._channels.was_missed(address.account):
                        self._inbox.awake(address)
                if frame is None:
                    return response
                await response.write(frame.encode())
        except ConnectionResetError:
            return response
        finally:
            self._channels.close(address.account, tab)


def _alive(request: web.Request) -> bool:
    return request.transport is not None and not request.transport.is_closing()


def _is_crisis(event: object) -> bool:
    """Whether this is a cry for help in so many words; what others mean, the core understands."""
    match event:
        case Invoked(command="crisis"):
            return True
        case Said(text=text):
            return text.strip().lstrip("/!").lower() in _CRISIS_WORDS
    return False


async def _body(request: web.Request) -> Mapping[str, object] | None:
    """Return the JSON object sent, or None for anything else."""
    try:
        found: object = json.loads(await request.read())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
