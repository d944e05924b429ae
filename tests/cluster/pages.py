"""Processes that serve the page of one house side by side, and a browser that talks to any of them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
from aiohttp import ClientResponse, ClientSession, CookieJar
from buddybot_web import WebAdapter
from buddybot_web.settings import read_settings

from buddybot.adapter import Content, Send, Span
from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.house import House
from buddybot.runtime.storage.postgres import PostgresStore, open_postgres
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.store.tx import Tx
from tests.waiting import PATIENT, comes
from tests.web.house import until
from tests.web.visitor import client_id


class PageProcess:
    """One process."""

    def __init__(self, store: PostgresStore, book: Book, ack_seconds: float) -> None:
        self.store, self.page = store, WebAdapter(read_settings({"port": "0"}), ack_seconds)
        self.house = House(store, system_world(), book, {"web": self.page})
        self.running = asyncio.create_task(self.house.run())

    @property
    def id(self) -> str:
        assert self.store.membership is not None
        return self.store.membership.own.id

    async def ends(self) -> None:
        """End in good order."""
        if not self.running.done():
            self.running.cancel()
            with suppress(asyncio.CancelledError):
                await comes(self.running)
            await comes(self.store.close())


@asynccontextmanager
async def page_process(
    database: str, places: StorePaths, book: Book, ack_seconds: float = 5.0
) -> AsyncIterator[PageProcess]:
    opened = await comes(open_postgres(database, places.keys, None, shared=True))
    one = PageProcess(opened, book, ack_seconds)
    try:
        await until(lambda: bool(one.page.url) or one.running.done())
        yield one
    finally:
        await one.ends()


class Browser:
    """One person's browser: what it holds goes to whichever process it is sent to."""

    def __init__(self, session: ClientSession) -> None:
        self.session, self.token, self.cookies = session, "", dict[str, str]()

    async def post(self, at: PageProcess, path: str, body: object) -> int:
        headers = {"X-Page-Token": self.token}
        url = f"{at.page.url}/api/{path}"
        async with self.session.post(url, json=body, headers=headers, cookies=self.cookies) as answer:
            if path == "hello":
                self.token = (await answer.json())["token"]
                self.cookies |= {name: one.value for name, one in answer.cookies.items()}
            return answer.status

    async def do(self, at: PageProcess, doing: str, **body: object) -> None:
        assert await self.post(at, f"do/{doing}", {"id": client_id(), **body}) == 204

    async def health(self, at: PageProcess) -> int:
        async with self.session.get(f"{at.page.url}/healthz") as answer:
            return answer.status

    @asynccontextmanager
    async def tab(self, at: PageProcess, last: str = "") -> AsyncIterator["OpenTab"]:
        url = f"{at.page.url}/api/stream"
        async with self.session.get(url, params={"last": last}, cookies=self.cookies) as answer:
            assert answer.status == 200
            yield OpenTab(self, answer)


class OpenTab:
    """One stream, read in the order of what comes."""

    def __init__(self, browser: Browser, answer: ClientResponse) -> None:
        self.browser, self.answer, self.shown = browser, answer, list[tuple[int, str]]()
        self.taken = dict[int, PageProcess]()

    async def next(self) -> tuple[int, str]:
        """Return number and words of what comes next; a repeat is known by these and acknowledged, as the page does."""
        async with asyncio.timeout(PATIENT):
            while True:
                fields = await self._event()
                if fields["event"] != "effect":
                    continue
                words = "".join(span["text"] for span in json.loads(fields["data"]).get("spans", ()))
                number = int(fields["id"])
                if (number, words) not in self.shown:
                    self.shown.append((number, words))
                    return self.shown[-1]
                if (at := self.taken.get(number)) is not None:
                    await self.takes(number, at)

    async def takes(self, number: int, at: PageProcess) -> None:
        """Say at some process that this is in the page's history."""
        self.taken[number] = at
        assert await self.browser.post(at, "ack", {"ids": [number]}) == 204

    async def reads(self, words: str, ack_at: PageProcess) -> int:
        """Read and acknowledge until these words come; return their number."""
        while True:
            number, text = await self.next()
            await self.takes(number, ack_at)
            if words in text:
                return number

    async def sees_all_settled(self, database: str) -> None:
        """Go on reading until nothing waits in the outbox: what is shown again is acknowledged again."""
        reading = asyncio.create_task(self.next())
        try:
            await until(lambda: left(database) == 0)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _event(self) -> dict[str, str]:
        fields = dict[str, str]()
        async for line in self.answer.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if not name:
                return fields
            fields[name] = value
        raise EOFError


@asynccontextmanager
async def browsing_at(at: PageProcess) -> AsyncIterator[Browser]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        session.cookie_jar.clear()
        browser = Browser(session)
        assert await browser.post(at, "hello", {}) == 200
        yield browser


def left(database: str) -> int:
    """Return how many rows wait in the outbox."""
    with psycopg.connect(database, autocommit=True) as server:
        row = server.execute("SELECT count(*) FROM outbox").fetchone()
    assert row is not None
    return int(row[0])


async def joined(browser: Browser, at: PageProcess) -> MemberId:
    """Join, and return who that is; what is said to a newcomer is dropped, so that each story begins with nothing."""
    await browser.do(at, "join")
    ((member,),) = await at.store.read(lambda tx: tx.db.rows("SELECT id FROM member"))
    await at.house.dispatcher.idle()
    await at.store.write(lambda tx: tx.outbox.forget(MemberId(member)))
    return MemberId(member)


async def tells(at: PageProcess, member: MemberId, *words: str) -> None:
    """Have something come up for somebody at one process."""

    def add(tx: Tx) -> None:
        for one in words:
            tx.outbox.add(member, Send(Content((Span(one),))), system_world().now())

    await at.store.write(add)


@asynccontextmanager
async def two_with_a_browser(
    database: str, places: StorePaths, book: Book, ack_seconds: float = 5.0
) -> AsyncIterator[tuple[PageProcess, PageProcess, Browser]]:
    async with (
        page_process(database, places, book, ack_seconds) as one,
        page_process(database, places, book) as other,
        browsing_at(one) as browser,
    ):
        yield one, other, browser
