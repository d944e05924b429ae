"""The pages' addresses, one small handler each. The gate has let the request in before."""

import asyncio
from collections.abc import Mapping, Sequence

from aiohttp import web
from buddybot_http import SHARED

from buddybot.adapter import Challenge, Desk
from buddybot_desk import passkeys, tasks, views
from buddybot_desk.gate import CHALLENGE, ENTER, HOME, DeskGate
from buddybot_desk.live import Live
from buddybot_desk.pages import STATIC, DeskPages
from buddybot_desk.tasks import Task

MAX_BODY = 16_384
CODE = "{code:[0-9a-z]{8}}"
TOKEN_ROOM = 200


class Site:
    """The handlers."""

    def __init__(self, gate: DeskGate, pages: DeskPages, desk: Desk, live: Live) -> None:
        self._gate, self._pages, self._desk, self._live = gate, pages, desk, live

    def application(self) -> web.Application:
        """Return the server's routes."""
        app = web.Application(middlewares=[self._gate.guard], client_max_size=MAX_BODY)
        screens = "|".join(views.SCREENS)
        app.add_routes([
            web.get("/", self._home),
            web.get("/desk", self._home),
            web.get("/desk/", self._home),
            web.get(ENTER, self._door),
            web.get("/enter", self._door),
            web.post(ENTER, self._enter),
            web.post("/desk/leave", self._leave),
            web.post(CHALLENGE, self._challenge),
            web.post("/desk/passkey", self._passkey),
            web.get("/desk/rows", self._rows),
            web.get("/desk/live", self._live.stream),
            web.get(f"/desk/case/{CODE}", self._case),
            web.post(f"/desk/case/{CODE}", self._work),
            web.get(f"/desk/case/{CODE}/changed", self._changed),
            web.get(f"/desk/case/{CODE}/file/{{number:[0-9]{{1,4}}}}", self._file),
            web.get(f"/desk/{{screen:{screens}}}", self._screen),
            web.post(f"/desk/{{screen:{screens}}}", self._self),
            web.static("/desk/static/shared", SHARED),
            web.static("/desk/static", STATIC),
        ])  # fmt: skip
        app.on_shutdown.append(self._live.close_all)
        return app

    # ── The door ────────────────────────────────────────────────────────────────────────

    async def _home(self, request: web.Request) -> web.Response:
        """Lead to the queue, or say how to get in."""
        self._gate.session(request)
        raise web.HTTPSeeOther(HOME)

    async def _door(self, request: web.Request) -> web.Response:
        """Show a button: a preview of the link that somebody's chat makes must not use it up."""
        token = request.query.get("token", "")[:TOKEN_ROOM]
        return _html(self._pages.render("enter.html", self._pages.words(request), token=token))

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        form = await _form(request)
        if "credential" in form:
            asked = await self._answered(request, form)
            entered = None if asked is None else await self._desk.enter_by(asked, passkeys.shown(form))
        else:
            entered = await self._desk.enter(form.get("token", "")[:TOKEN_ROOM])
        if entered is None:
            return self._gate.refuse(request, 403, "passkey" if "credential" in form else "link-over")
        response = web.Response(status=303, headers={"Location": HOME})
        self._gate.hand_over(response, entered.session)
        return response

    async def _leave(self, request: web.Request) -> web.Response:
        session, _ = await self._trusted(request)
        await self._desk.leave(session)
        return await self._gate.sign_out(request)

    async def _challenge(self, request: web.Request) -> web.Response:
        """Ask a browser for its passkey."""
        return web.json_response({"challenge": await self._desk.challenge(), "host": passkeys.host(request)})

    async def _passkey(self, request: web.Request) -> web.Response:
        """Keep a fresh passkey, or forget all of one's own."""
        session, form = await self._trusted(request)
        key = "passkeys-dropped"
        if form.get("do") == "drop":
            await self._desk.drop_passkeys(session)
        else:
            asked = await self._answered(request, form)
            kept = asked is not None and await self._desk.keep_passkey(session, asked, passkeys.made(form))
            key = "passkey-kept" if kept else "passkey-trouble"
        words = self._pages.words(request, await self._desk.me(session))
        return await self._show(request, "me", [words(key)])

    async def _answered(self, request: web.Request, form: Mapping[str, str]) -> Challenge | None:
        """Return what was asked, once, if we asked it."""
        challenge = form.get("challenge", "")
        return passkeys.asked(request, challenge) if await self._desk.answered(challenge) else None

    # ── Looking ─────────────────────────────────────────────────────────────────────────

    async def _screen(self, request: web.Request) -> web.Response:
        return await self._show(request, request.match_info["screen"])

    async def _rows(self, request: web.Request) -> web.Response:
        """Return the queue anew when it changed; this look of the page itself keeps no session."""
        session = self._gate.session(request)
        items = await self._desk.queue(session, views.SHOWN, awake=False)
        if views.digest(items) == request.query.get("known"):
            return web.Response(status=204)
        me = await self._desk.me(session, awake=False)
        words = self._pages.words(request, me)
        found = views.listed(items, words, me)
        beside = request.query.get("beside", "")
        frame = {"key": self._gate.key(session), "live": True, "beside": beside}
        return _html(self._pages.render("rows.html", words, **frame, **found))

    async def _changed(self, request: web.Request) -> web.Response:
        """Tell a page that its case went on without it."""
        session, code = self._gate.session(request), request.match_info["code"]
        seen = tasks.number(request.query.get("seen", ""))
        if seen is None or not await self._desk.changed(session, code, seen):
            return web.Response(status=204)
        words = self._pages.words(request, await self._desk.me(session, awake=False))
        return _html(self._pages.render("changed.html", words, code=code))

    async def _case(self, request: web.Request) -> web.Response:
        return await self._show(request, "case")

    async def _file(self, request: web.Request) -> web.Response:
        """Show a photo or a voice note that was shared: the page asks for it once somebody opens it."""
        session, code = self._gate.session(request), request.match_info["code"]
        found = await self._desk.open_file(session, code, int(request.match_info["number"]))
        if found is None:
            return self._gate.refuse(request, 404, "no-case")
        return web.Response(body=found[1], content_type=found[0])

    async def _show(
        self, request: web.Request, screen: str, notes: Sequence[str] = (), task: Task | None = None
    ) -> web.Response:
        """Render one screen in its frame; what was written for somebody is not lost when a colleague was quicker."""
        session = self._gate.session(request)
        me = await self._desk.me(session)
        words = self._pages.words(request, me)
        said = task is not None and task.command == "say"
        draft = task if said or notes == [words.of("mod-stale")] else None
        screen = screen if draft is None else "case"
        looking = views.Looking(self._desk, session, me, words)
        code = request.match_info.get("code", "")
        view = views.case(looking, code) if screen == "case" else views.SCREENS[screen](looking)
        found, meter = await asyncio.gather(view, self._desk.exposure(session))
        if found is None:
            return self._gate.refuse(request, 404, "no-case")
        kept = {} if draft is None else {"do": draft.command, **dict(draft.arguments)}
        frame = {"me": me, "meter": meter, "key": self._gate.key(session), "notes": notes, "draft": kept}
        return _html(self._pages.render(f"{screen}.html", words, screen=screen, **frame, **found))

    # ── Doing ───────────────────────────────────────────────────────────────────────────

    async def _work(self, request: web.Request) -> web.Response:
        """Do something with a case, and show where the moderator goes on."""
        _, form = await self._trusted(request)
        back = form.get("back", "case")
        return await self._do(
            request, tasks.of_case(form, request.match_info["code"]), back if back in views.SCREENS else "case"
        )

    async def _self(self, request: web.Request) -> web.Response:
        """Do something for oneself: a shift, a rest, a kind of case left to others; or look an alias up."""
        session, form = await self._trusted(request)
        screen = request.match_info["screen"]
        task = tasks.of_self(form, screen)
        if task is not None and task.command == "optout":
            me = await self._desk.me(session)
            kind = dict(task.arguments).get("kind", "")
            if (kind in {str(one) for one in me.opted_out}) is (form.get("wanted") == "out"):
                return await self._show(request, screen)
        return await self._do(request, task, screen)

    async def _do(self, request: web.Request, task: Task | None, screen: str) -> web.Response:
        if task is None:
            return self._gate.refuse(request, 400, "odd")
        told = await self._desk.run(self._gate.session(request), task.command, task.arguments, task.seen)
        return await self._show(request, screen, [one.text for one in told], task)

    async def _trusted(self, request: web.Request) -> tuple[str, Mapping[str, str]]:
        """Return session and form; a form without the key of the session is nobody's."""
        session, form = self._gate.session(request), await _form(request)
        if not self._gate.trusts(session, form.get("key", "")):
            raise web.HTTPForbidden
        return session, form


async def _form(request: web.Request) -> dict[str, str]:
    found = await request.post()
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html")
