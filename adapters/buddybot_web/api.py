"""What the page may ask of the server: one small handler each. The gate has let the request in before."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace

from aiohttp import web
from buddybot_http import SHARED
from buddybot_http.paths import below
from buddybot_http.streams import event_stream, is_open

from buddybot.adapter import Address, Command, Inbound, Inbox, Invoked, Origin, Pressed, Said
from buddybot_web import sessions
from buddybot_web.channels import QUIET_SECONDS, Channels, Tab
from buddybot_web.embedding import BUTTON
from buddybot_web.files.uploads import Uploads
from buddybot_web.gate import FILES, HELLO, WebGate
from buddybot_web.newcomers import Newcomers
from buddybot_web.pages import STATIC, WebPages
from buddybot_web.translate.inbound import Problem, client_id_of, conversation_of, event_id, inbound, zone_of

MAX_BODY = 65_536
MOST_TAKEN = 100
"""Acknowledgements in one request; a page sends one by one."""
FOR_GOOD = "max-age=31536000, immutable"
# The first is soon, for a tab that connected while the core was just noting that nobody is there.
FIRST_BEAT, BEAT = 1.0, 15.0


class Api:
    """The handlers."""

    def __init__(
        self,
        gate: WebGate,
        inbox: Inbox,
        commands: tuple[Command, ...],
        pages: WebPages,
        channels: Channels,
        *,
        path: str,
        calls_for_help: Callable[[str], bool],
    ) -> None:
        self._gate, self._inbox, self._commands, self._calls_for_help = gate, inbox, commands, calls_for_help
        self._pages, self._channels, self._newcomers, self._at = pages, channels, Newcomers(), path
        self._uploads = Uploads(inbox)

    def application(self) -> web.Application:
        """Return the server's routes."""
        app = web.Application(middlewares=[self._gate.guard], client_max_size=MAX_BODY)
        app.add_routes(below(self._at, [
            web.get("/", self._page),
            web.get("/sw.js", self._worker),
            web.get("/manifest.webmanifest", self._manifest),
            web.get("/offline", self._offline),
            web.get("/api/stream", self._stream),
            web.post(HELLO, self._hello),
            web.post("/api/ack", self._ack),
            web.post("/api/phrase", self._phrase),
            web.post("/api/return", self._return),
            web.post("/api/leave", self._leave),
            web.post("/api/do/{doing}", self._do),
            web.post(FILES + "{name:m[0-9a-f]{32}}", self._file),
            web.get(BUTTON, self._button),
            web.get("/static/page.{mark:[0-9a-f]{12}}.js", self._script),
            web.static("/static/shared", SHARED),
            web.static("/static", STATIC),
        ]))  # fmt: skip
        if self._at:
            app.router.add_get(self._at, self._home)
        return app

    def _secret(self, request: web.Request) -> bytes:
        """Return the secret, which the gate has seen."""
        secret = self._gate.secret(request)
        assert secret is not None
        return secret

    def _address(self, request: web.Request) -> Address:
        return Address("web", "web", sessions.account(self._secret(request)))

    # ── The page and who it belongs to ──────────────────────────────────────────────────

    async def _page(self, request: web.Request) -> web.Response:
        """Show the page; it sets no cookie, so that a link from another site can't cost anybody their place."""
        return web.Response(text=self._pages.chat(self._pages.locale_of(request)), content_type="text/html")

    async def _worker(self, _request: web.Request) -> web.StreamResponse:
        """Serve the worker from where the page is, so that it may care for all of it; browsers ask for it anew."""
        return web.FileResponse(STATIC / "sw.js", headers={"Cache-Control": "no-cache"})

    async def _manifest(self, request: web.Request) -> web.Response:
        """Tell what an installed app is called."""
        made = self._pages.manifest(self._pages.locale_of(request))
        return web.json_response(made, content_type="application/manifest+json")

    async def _offline(self, request: web.Request) -> web.Response:
        """Show what an installed app keeps for when there is no network."""
        return web.Response(text=self._pages.offline(self._pages.locale_of(request)), content_type="text/html")

    async def _home(self, _request: web.Request) -> web.Response:
        """Send whoever left out the last slash to the page: what it loads is named from there."""
        raise web.HTTPPermanentRedirect(f"{self._at}/")

    async def _script(self, request: web.Request) -> web.Response:
        """Give the page its script, to be kept for good; an older page's mark gets today's, to be asked for again."""
        kept = FOR_GOOD if request.match_info["mark"] == self._pages.script.mark else "no-cache"
        headers = {"Cache-Control": kept}
        return web.Response(text=self._pages.script.text, content_type="text/javascript", headers=headers)

    async def _button(self, _request: web.Request) -> web.Response:
        """Give a button to a page of the operator's: the one thing here that other sites may load."""
        headers = {"Cache-Control": "max-age=3600"}
        return web.Response(text=self._pages.button(), content_type="text/javascript", headers=headers)

    async def _hello(self, request: web.Request) -> web.Response:
        """Give the browser its secret, once, and the page its token."""
        known = self._gate.secret(request)
        return self._welcome(request, known or sessions.new_secret(), fresh=known is None)

    def _welcome(self, request: web.Request, secret: bytes, *, fresh: bool) -> web.Response:
        body = {"token": sessions.token(secret), "badge": sessions.badge(secret), "fresh": fresh}
        response = web.json_response(body)
        self._gate.hand_over(request, response, secret)
        return response

    async def _phrase(self, request: web.Request) -> web.Response:
        """Show the person their recovery phrase."""
        return web.json_response({"phrase": sessions.phrase(self._secret(request))})

    async def _return(self, request: web.Request) -> web.Response:
        """Make this browser the one that belongs to a phrase."""
        if wait := await self._gate.limits.phrase.take(self._gate.network(request), self._gate.household(request)):
            return self._gate.refuse(request, 429, "slow", wait)
        given = (await _body(request) or {}).get("phrase")
        secret = sessions.secret_of(given) if isinstance(given, str) else None
        if secret is None:
            return self._gate.refuse(request, 422, "phrase-wrong")
        return self._welcome(request, secret, fresh=False)

    async def _leave(self, request: web.Request) -> web.Response:
        """Take the secret out of this browser: only the phrase brings the person back."""
        response = web.Response(status=204)
        self._gate.hand_over(request, response, None)
        return response

    # ── What the person does ────────────────────────────────────────────────────────────

    async def _do(self, request: web.Request) -> web.Response:
        """Report one doing; the answer comes only when it is on disk."""
        body = await _body(request)
        client_id = client_id_of(body) if body is not None else None
        within = None if body is None else conversation_of(body)
        # Words for a conversation that can't be read go nowhere: they could end up before others than they are for.
        if body is None or client_id is None or (within is None and "conversation" in body):
            return self._gate.refuse(request, 400, "odd")
        address = self._address(request)
        tag = self._pages.tag_of(request)
        origin = Origin(event_id(address.account, client_id), address, tag, conversation=within, zone=zone_of(body))
        file = self._uploads.named(address, client_id, body.get("file"))
        event = inbound(request.match_info["doing"], body, origin, self._commands, file)
        if isinstance(event, Pressed) and file is not None:
            event = replace(event, file=await self._uploads.brought(address, client_id))
        if isinstance(event, Problem):
            return self._gate.refuse(request, 413 if event is Problem.LONG else 400, event.removeprefix("web-"))
        cry = self._is_crisis(event)
        wait = (self._gate.limits.crisis if cry else self._gate.limits.session).take(address.account)
        if wait := wait or self._newcomers.take(address.account, self._gate.network(request), cry=cry):
            return self._gate.refuse(request, 200 if cry else 429, "slow", wait)
        self._channels.heard(address.account)
        if not cry:
            await self._newcomers.together(address.account)
        self._newcomers.arrived(address.account)
        await self._inbox.put(event)  # a browser that hears nothing meanwhile keeps the event and sends it again
        return web.Response(status=204)

    async def _file(self, request: web.Request) -> web.Response:
        """Take a photo or a voice note in, for the message that says what it is."""
        address = self._address(request)
        if wait := self._gate.limits.session.take(address.account):
            return self._gate.refuse(request, 429, "slow", wait)
        if not await self._uploads.take(address, request.match_info["name"], request):
            return self._gate.refuse(request, 413, "file-large")
        return web.Response(status=204)

    def _is_crisis(self, event: Inbound) -> bool:
        """Return whether this is a cry for help in so many words, as the core has them."""
        match event:
            case Invoked(command="crisis"):
                return True
            case Said(text=text):
                return self._calls_for_help(text)
        return False

    # ── What the person is shown ────────────────────────────────────────────────────────

    async def _ack(self, request: web.Request) -> web.Response:
        """Note which deliveries the browser has put into its own history."""
        ids, account = (await _body(request) or {}).get("ids"), self._address(request).account
        if not isinstance(ids, list):
            return self._gate.refuse(request, 400, "odd")
        self._channels.taken(account, [number for number in ids[:MOST_TAKEN] if isinstance(number, int)])
        self._channels.heard(account)
        return web.Response(status=204)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Keep one tab posted until it goes or the server stops."""
        address, last = self._address(request), request.headers.get("Last-Event-ID") or request.query.get("last", "")
        tab = self._channels.admit(self._gate.place(request), lambda: is_open(request))
        if tab is None:
            return self._gate.refuse(request, 429, "slow", QUIET_SECONDS)
        number = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None  # noqa: PLR2004 - fits 64 bits
        try:
            return await event_stream(request, self._frames(address, tab, number))
        finally:
            self._channels.close(address.account, tab)

    async def _frames(self, address: Address, tab: Tab, last: int | None) -> AsyncIterator[str]:
        """Say that this tab listens; yield what it is to be sent, and a beat while there is nothing."""
        self._channels.open(address.account, tab, last)
        self._inbox.awake(address)
        beat = FIRST_BEAT
        while True:
            try:
                async with asyncio.timeout(beat):
                    frame = await tab.queue.get()
            except TimeoutError:
                frame, beat = "event: beat\ndata: {}\n\n", BEAT
                if self._channels.was_missed(address.account):
                    self._inbox.awake(address)
            if frame is None:
                return
            yield frame


async def _body(request: web.Request) -> Mapping[str, object] | None:
    """Return the JSON object sent, or None for anything else."""
    try:
        found: object = json.loads(await request.read())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
