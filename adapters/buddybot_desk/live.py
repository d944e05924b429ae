"""Server-sent events of the desk: a page hears that its queue or its case went on, and asks. No words travel here.

What a moderator may not see is no event for them: each commit is compared with what their page shows, on this side.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from aiohttp import web
from buddybot_http.holding import Allowance, Holders
from buddybot_http.limits import Networks
from buddybot_http.security import address_of
from buddybot_http.streams import event_stream, is_open

from buddybot.adapter import Desk, SignedOut
from buddybot_desk import tasks, views
from buddybot_desk.gate import DeskGate
from buddybot_desk.settings import DeskSettings

BEAT = 20.0
"""Seconds of silence after which a beat goes out; it also notices that a clock ran out, or the session."""
PAUSE = 0.5
"""Seconds between two looks: what a busy minute brings is one look, not a hundred."""
FULL = 30.0
MOST = 3
"""Pages of one session: a browser opens six connections to a server, and some must be left for work."""


@dataclass(eq=False, slots=True)
class Watch:
    """One open page: what its queue looked like, and the case on it."""

    session: str
    known: str
    case: str
    seen: int | None
    alive: Callable[[], bool]
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def differs(self, desk: Desk) -> list[str]:
        """Return what of this page is out of date, each thing once."""
        found = list[str]()
        digest = views.digest(await desk.queue(self.session, views.SHOWN, awake=False))
        if digest != self.known:
            self.known = digest
            found.append("queue")
        if self.seen is not None and await desk.changed(self.session, self.case, self.seen):
            self.seen = None
            found.append("case")
        return found


class Live:
    """All open pages. There is a bound for each network and for the house; what is over it asks from time to time."""

    def __init__(self, settings: DeskSettings, gate: DeskGate, desk: Desk, allowance: Allowance) -> None:
        self._settings, self._gate, self._desk = settings, gate, desk
        self._networks = Networks()
        self._holders = Holders[Watch](allowance, lambda one: not one.alive(), lambda one: one.over.set())
        self._open: set[Watch] = set()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Keep one page posted until it goes, its session ends, or the server stops."""
        watch = self._watch(request)
        await self._desk.me(watch.session, awake=False)
        network = self._networks.place_of(address_of(request, self._settings))
        own = [one for one in self._open if one.session == watch.session and one.alive()]
        if len(own) >= MOST or not self._holders.admit(network, watch):
            return self._gate.refuse(request, 429, "slow", FULL)
        self._open.add(watch)
        try:
            return await event_stream(request, self._frames(watch))
        finally:
            self._holders.leave(watch)
            self._open.discard(watch)

    async def close_all(self, _app: web.Application) -> None:
        """End every stream, so that the server can stop."""
        for one in self._open:
            one.over.set()

    def _watch(self, request: web.Request) -> Watch:
        asked = request.query
        seen = tasks.number(asked.get("seen", ""))
        known, case = asked.get("known", ""), asked.get("case", "")
        alive = partial(is_open, request)
        return Watch(self._gate.session(request), known, case, seen if case else None, alive)

    async def _frames(self, watch: Watch) -> AsyncIterator[str]:
        async for event in self._events(watch):
            yield f"event: {event}\ndata: {{}}\n\n"

    async def _events(self, watch: Watch) -> AsyncIterator[str]:
        """Yield what went on, and a beat at its time only: one beside it would tell of what this page may not see."""
        mark, beat, clock = 0, 0.0, asyncio.get_running_loop().time
        while not watch.over.is_set():
            try:
                found = await watch.differs(self._desk)
            except SignedOut:
                yield "over"
                return
            for event in found:
                yield event
            if clock() >= beat:
                beat = clock() + BEAT
                yield "beat"
            mark = await self._next(watch, mark, beat - clock())

    async def _next(self, watch: Watch, mark: int, beat: float) -> int:
        """Wait for news, for the next beat, or for the end; return the mark to wait with next."""
        news, over = asyncio.create_task(self._desk.news(mark)), asyncio.create_task(watch.over.wait())
        try:
            await asyncio.wait({news, over}, timeout=max(0.0, beat), return_when=asyncio.FIRST_COMPLETED)
            if news.done():
                with suppress(TimeoutError):
                    async with asyncio.timeout(PAUSE):
                        await watch.over.wait()
                return news.result()
            return mark
        finally:
            news.cancel()
            over.cancel()
