"""The desk at work on a whole bot, and moderators at browsers without a window."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path

from aiohttp import ClientSession, CookieJar
from buddybot_desk import DeskAdapter, create

from buddybot.adapter import COMMANDS
from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running
from tests.copy.clockwork import machine_dates, readable
from tests.stories.moderating import staffed
from tests.web.house import until

FORM = re.compile(r'name="(key|seen)" value="([^"]*)"')


class House:
    """A bot with a desk."""

    def __init__(self, bot: TestBot, adapter: DeskAdapter) -> None:
        self.bot, self.adapter = bot, adapter
        self.serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return self.adapter.url

    @property
    def root(self) -> str:
        return self.adapter.url.removesuffix("/desk")

    async def member(self, person: Person) -> MemberId:
        found = await self.bot.house.store.read(lambda tx: tx.members.by_address(person.address))
        assert found is not None
        return found.id

    async def adapter_stops(self) -> None:
        """Stop serving, as the end of the program does."""
        assert self.serving is not None
        self.serving.cancel()
        await asyncio.gather(self.serving, return_exceptions=True)

    def moderator(self, name: str = "mo", role: str = "moderator", locale: str = "en") -> Person:
        person = staffed(self.bot, name, role)
        person.locale = locale
        return person

    async def token(self, person: Person) -> str:
        await person.uses("desk", state="on")
        return person.sees()[-1].rpartition("=")[2]


@asynccontextmanager
async def open_desk(
    folder: Path, book: Book, settings: Mapping[str, str] | None = None, *, shared: bool = False
) -> AsyncIterator[House]:
    practice = replace(book.practice, desk_url="https://desk.example/desk", contact="ops@example.org")
    adapter = create({"port": "0", **(settings or {})})
    async with running(folder, book=replace(book, practice=practice)) as bot:
        bot.house.engine.shared = shared
        serving = asyncio.create_task(adapter.run(AdapterInbox(bot.house.engine, "desk"), COMMANDS, bot.house.engine))
        await until(lambda: bool(adapter.url) or serving.done())
        try:
            if serving.done():
                await serving
            house = House(bot, adapter)
            house.serving = serving
            yield house
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


class Visitor:
    """One browser without a window."""

    def __init__(self, house: House, session: ClientSession) -> None:
        self.house, self.session, self.text, self.status = house, session, "", 0
        self.headers: Mapping[str, str] = {}

    async def get(self, path: str, **headers: str) -> str:
        async with self.session.get(path, headers=headers) as answer:
            return await self._read(answer.status, answer.headers, await answer.text())

    async def post(self, path: str, form: Mapping[str, str], **headers: str) -> str:
        sent = {"Origin": self.house.root, **headers}
        async with self.session.post(path, data=form, headers=sent) as answer:
            return await self._read(answer.status, answer.headers, await answer.text())

    async def _read(self, status: int, headers: Mapping[str, str], text: str) -> str:
        self.status, self.headers, self.text = status, headers, text
        assert not machine_dates([readable(text)]), machine_dates([readable(text)])
        return text

    def form(self, **fields: str) -> dict[str, str]:
        """Return what the forms of the page that is shown carry, and these fields."""
        return {**{name: unescape(value) for name, value in FORM.findall(self.text)}, **fields}

    async def enter(self, person: Person) -> "Visitor":
        await self.post("/desk/enter", {"token": await self.house.token(person)})
        assert self.status == 200, self.text
        return self

    async def looks(self, case: str) -> str:
        return await self.get(f"/desk/case/{case}")

    async def does(self, case: str, what: str, **fields: str) -> str:
        """Fill in a form of the page that is shown, and send it."""
        return await self.post(f"/desk/case/{case}", self.form(do=what, **fields))


@asynccontextmanager
async def visit(house: House, **headers: str) -> AsyncIterator[Visitor]:
    async with ClientSession(house.root, cookie_jar=CookieJar(unsafe=True), headers=headers) as session:
        yield Visitor(house, session)
