"""A pretend Bot API on loopback: the same paths, encodings, checks and words as the real one, with faults on demand.

Its own log (`world.asked`) is the oracle of the tests.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import replace
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.telegram.arguments import Arguments, read_arguments
from tests.telegram.faults import Fault, FaultPlan, Rejected
from tests.telegram.groups import Group
from tests.telegram.hooking import Hooking
from tests.telegram.limits import Limits
from tests.telegram.methods import Method, Methods
from tests.telegram.objects import Json
from tests.telegram.people import Person
from tests.telegram.shapes import Shape, as_it_is
from tests.telegram.world import Asked, World
from tests.waiting import PATIENT

SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
MOST_UPDATES = 100


class FakeTelegram:
    """One bot account's view of Telegram. `latency` is what each answer takes, in seconds."""

    def __init__(self, world: World | None = None, limits: Limits | None = None, latency: float = 0.0) -> None:
        self.world = world or World()
        self.world.started = self.world.clock()
        self.faults = FaultPlan()
        self.answers: dict[str, object] = {}
        """Methods that answer so, whatever is asked."""
        self.shape: Shape = as_it_is
        """What becomes of every object on its way to the bot."""
        self.limits = limits
        self.latency = latency
        self.url = ""
        self._methods = Methods(self.world)
        self.hooking = Hooking(self.world, self._shown)
        self._people: dict[str, Person] = {}
        self._held: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None
        self._hook: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = site.name
        self._hook = asyncio.create_task(self.hooking.run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._hook is not None
        assert self._runner is not None
        self._hook.cancel()
        await asyncio.gather(self._hook, return_exceptions=True)
        if self._held is not None:
            self._held.set()
        await self._runner.cleanup()

    def person(self, name: str, language: str = "en", *, stranger: bool = False) -> Person:
        """Return this person, who has opened the chat with the bot, or not yet."""
        if name not in self._people:
            self._people[name] = Person(self.world, name, 1_000 + len(self._people), language)
            if stranger:
                self.world.strangers.add(self._people[name].account)
        return self._people[name]

    def group(self, number: int, *, forum: bool = True, basic: bool = False) -> Group:
        """Make a group in which the bot is an administrator with every right."""
        return Group(self.world, number, forum=forum, basic=basic)

    def asked(self, method: str) -> list[Asked]:
        """All requests of this method, oldest first."""
        return [asked for asked in self.world.asked if asked.method == method]

    async def settled(self, seconds: float = PATIENT) -> None:
        """Wait until every update has been taken and confirmed."""
        await until(lambda: not self.world.pending, seconds)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method, arguments = request.match_info["method"], await read_arguments(request)
        note = Asked(method, arguments, 200, took_effect=True, at=self.world.clock())
        fault = self.faults.meet(method, note.chat)
        if self.latency:
            await asyncio.sleep(self.latency)
        body: Json
        if fault is not None and fault.page:
            self.world.asked.append(replace(note, code=fault.page, took_effect=False))
            return web.Response(status=fault.page, text="<html>no</html>", content_type="text/html")
        try:
            if fault is not None and not fault.after:
                await self._break(request, fault)
            body = {"ok": True, "result": self._shaped(await self._carry_out(request.match_info["token"], note))}
            self.world.asked.append(note)
            if fault is not None:
                await self._break(request, fault)
        except Rejected as refused:
            if fault is None or not fault.after:
                self.world.asked.append(replace(note, code=refused.code, took_effect=False))
            body = {"ok": False, "error_code": refused.code, "description": refused.description}
            if refused.parameters:
                body["parameters"] = dict(refused.parameters)
            return web.json_response(body, status=refused.code)
        if fault is not None and fault.line == "cut":
            return web.Response(text=json.dumps(body)[:-10], content_type="application/json")
        return web.json_response(body)

    async def _file(self, request: web.Request) -> web.Response:
        """A file of somebody's, by the path that getFile told."""
        path = request.match_info["path"]
        self.world.fetched.append(path)
        data = self.world.files.get(path.rpartition("/")[2].partition(".")[0])
        if request.match_info["token"] != self.world.token or data is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=data, content_type="application/octet-stream")

    def _shown(self, update: Json) -> Json:
        return self.shape(update)

    def _shaped(self, result: object) -> object:
        if isinstance(result, list):
            return [self._shaped(each) for each in result]
        return self.shape(result) if isinstance(result, dict) else result

    async def _break(self, request: web.Request, fault: Fault) -> None:
        if fault.refused is not None:
            raise fault.refused
        if fault.line == "hang":
            await asyncio.sleep(30)
        if fault.line != "cut" and request.transport is not None:
            request.transport.abort()
            raise web.HTTPBadGateway

    async def _carry_out(self, token: str, asked: Asked) -> object:
        name, arguments = asked.method, asked.arguments
        if ":" not in token:
            raise Rejected(404, "Not Found")
        if token != self.world.token:
            raise Rejected(401, "Unauthorized")
        if name in self.answers:
            return self.answers[name]
        if name == "getUpdates":
            return await self._updates(arguments)
        method: Method | None = self._methods.named(name)
        if method is None:
            raise Rejected(404, "Not Found: method not found")
        if self.limits is not None:
            self.limits.count(name, asked.chat, asked.at)
        return method(arguments)

    async def _updates(self, arguments: Arguments) -> list[Json]:
        if self.world.webhook:
            raise Rejected(409, HOOKED)
        if self._held is not None:
            self._held.set()
        ended = self._held = asyncio.Event()
        self.world.confirm(arguments.number("offset"))
        allowed = arguments.words("allowed_updates")
        self.world.allowed = allowed if allowed is not None else self.world.allowed
        deadline = self.world.clock() + arguments.number("timeout")
        while not self.world.pending and self.world.clock() < deadline:
            self.world.stirred.clear()
            await _first(ended, self.world.stirred, deadline - self.world.clock())
            if ended.is_set():
                raise Rejected(409, SECOND_POLLER)
        self._held = None
        return self.world.pending[: min(MOST_UPDATES, arguments.number("limit", MOST_UPDATES))]


async def _first(one: asyncio.Event, other: asyncio.Event, seconds: float) -> None:
    waits: list[Coroutine[None, None, bool]] = [one.wait(), other.wait()]
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def until(true: Callable[[], object], seconds: float = PATIENT) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)
