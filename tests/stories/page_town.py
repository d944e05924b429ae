"""A whole bot with a clock of the test's own, its web page over real sockets, and people at tabs of Chromium."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from buddybot_web import WebAdapter, sessions
from buddybot_web.settings import read_settings
from playwright.async_api import Browser, BrowserContext, Page

from buddybot.adapter import COMMANDS, Address, Inbound, PushAddress
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, ShownMessage, TestBot, running
from tests.conversations.wires import Line
from tests.stories.browsing import Tab, browsing
from tests.stories.wires import until
from tests.web.push_service import PushService, push_service

PHONE = {"width": 360, "height": 740}


class CallingLine(Line):
    """An adapter that calls devices as well."""

    async def call(self, push: PushAddress, text: str) -> None:
        assert isinstance(self.inner, WebAdapter)
        await self.inner.call(push, text)


@dataclass(slots=True)
class AtTheirTab(Person):
    """Somebody whom the test moves along behind the page: what happens is shown on the tab that they sit at."""

    line: Line | None = None
    account: str = ""

    @property
    def address(self) -> Address:
        return Address("web", "web", self.account)

    async def does(self, event: Inbound) -> None:
        await AdapterInbox(self.bot.house.engine, "web").put(event)
        await self.bot.settle()

    def chat(self) -> list[ShownMessage]:
        assert self.line is not None
        return [one for one in self.line.shown.get(self.account, []) if not one.gone]


@dataclass
class PageTown:
    """A bot, its page, and a browser; everybody else is on a pretend platform."""

    bot: TestBot
    line: Line
    browser: Browser
    push: PushService
    url: str

    async def context(self, **options: object) -> BrowserContext:
        """Return a device that was never here: a phone, in English, unless said otherwise."""
        given = {
            "viewport": PHONE,
            "locale": "en-US",
            "timezone_id": "America/New_York",
            "reduced_motion": "reduce",
            **options,
        }
        return await self.browser.new_context(**given)  # type: ignore[arg-type]  # options of Playwright's own

    async def tab(self, context: BrowserContext | None = None, script: str = "", **options: object) -> Tab:
        """Open the chat there."""
        context = context or await self.context(**options)
        page = await context.new_page()
        if script:
            await page.add_init_script(script)
        tab = Tab(page)
        await tab.open(self.url)
        return tab

    async def known(self, tab: Tab, name: str) -> AtTheirTab:
        """Return who sits at a tab, under a name by which the test can move them along."""
        account = await account_of(tab.page, self.url)
        person = AtTheirTab(self.bot, name, line=self.line, account=account)
        self.bot.people[name] = person
        return person


async def account_of(page: Page, url: str) -> str:
    """Return the account of whoever this browser belongs to."""
    cookies = await page.context.cookies(url)
    secret = sessions.secret_in(next(one["value"] for one in cookies if one["name"] == "notes"))
    assert secret is not None
    return sessions.account(secret)


@asynccontextmanager
async def page_town(
    folder: Path, book: Book, settings: Mapping[str, str] | None = None, *, platform: FakePlatform | None = None
) -> AsyncIterator[PageTown]:
    """Run a bot whose page calls devices through a push service of our own."""
    async with AsyncExitStack() as stack:
        push = await stack.enter_async_context(push_service(folder))
        made = {"port": "0", "push_key": str(folder / "push.pem"), **(settings or {})}
        adapter = WebAdapter(read_settings(made), door=push.door)
        line = CallingLine(adapter)
        bot = await stack.enter_async_context(running(folder, book=book, platform=platform, others=(line,)))
        serving = asyncio.create_task(line.run(AdapterInbox(bot.house.engine, "web"), COMMANDS, bot.house.engine))
        browser = await stack.enter_async_context(browsing())
        await until(lambda: adapter.url)
        try:
            yield PageTown(bot, line, browser, push, adapter.url)
        finally:
            serving.cancel()
            outcome = (await asyncio.gather(serving, return_exceptions=True))[0]
        assert isinstance(outcome, asyncio.CancelledError), outcome
