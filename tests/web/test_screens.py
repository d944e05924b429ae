"""Each screen of the web chat, looked at in both schemes, at three widths, with large text; and photographed."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from buddybot.adapter import Choice, Content, Purpose, Reacted, Send, Span
from tests.browser import flaws, violations
from tests.stories.browsing import Tab, browsing
from tests.web.house import open_house, until
from tests.web.pictures import photograph
from tests.web.screens import BUDDY, SCREENS, Screen

# One browser serves them all: each screen has a context of its own.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as opened:
        yield opened


@asynccontextmanager
async def screen(browser: Browser, name: str) -> AsyncIterator[tuple[Screen, Tab]]:
    async with open_house() as house:
        context = await browser.new_context(viewport={"width": 390, "height": 844})
        tab = Tab(await context.new_page())
        await tab.open(house.url)
        await until(lambda: bool(house.inbox.woken))
        shown = Screen(tab.page, house, house.inbox.woken[-1], count(1))
        await SCREENS[name](shown)
        await settled(tab.page, name)
        yield shown, tab
        await context.close()


async def settled(page: Page, name: str) -> None:
    """Wait until the last thing of a screen is drawn."""
    drawn = {"talk": "article.member >> nth=1", "rooms": "article.own", "report": ".choices button >> nth=6"}
    await page.locator(drawn.get(name, ".choices button, .choices input")).first.wait_for()


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_keeps_nobody_from_using_it(browser: Browser, name: str) -> None:
    async with screen(browser, name) as (shown, tab):
        assert await flaws(shown.page) == []
        await photograph(shown.page, f"web-{name}")
        assert tab.faults == []


async def test_help_stands_out_a_quote_stands_above_and_a_moment_is_the_readers_own(browser: Browser) -> None:
    async with screen(browser, "talk") as (shown, _):
        page = shown.page
        await expect(page.locator("article.member .quoted")).to_have_text("at night")
        until_then = Span("December 2", at=datetime(2026, 12, 2, 18, tzinfo=UTC))
        choices = (
            Choice("a", "Find", main=True),
            Choice("b", "More"),
            Choice("c", "Help", purpose=Purpose.HELP),
            Choice("d", "Erase", purpose=Purpose.ERASE),
        )
        await shown.house.show(shown.who, Send(Content((until_then,), choices=choices, conversation=BUDDY)))
        await expect(page.locator('time[datetime="2026-12-02T18:00:00.000Z"]')).to_contain_text("2026")
        colour = "one => getComputedStyle(one).color"
        drawn = [await page.get_by_role("button", name=one.label, exact=True).evaluate(colour) for one in choices]
        assert drawn[2] == drawn[3] not in drawn[:2]
        assert await flaws(page) == []


@pytest.mark.parametrize("name", SCREENS)
async def test_text_twice_as_large_is_cut_off_nowhere(browser: Browser, name: str) -> None:
    async with screen(browser, name) as (shown, _):
        await shown.page.set_viewport_size({"width": 390, "height": 844})
        await shown.page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = await shown.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        await shown.page.locator("#text").fill("still here")
        assert await shown.page.locator("#text").is_visible()
        assert await shown.page.locator("#help-now").is_visible()
        assert await violations(shown.page) == []


async def test_a_reaction_beyond_the_first_five_is_chosen_by_keyboard_alone(browser: Browser) -> None:
    async with screen(browser, "talk") as (shown, _):
        page, note = shown.page, shown.page.locator("article.member").last
        await note.get_by_role("button", name="More for this note").focus()
        await page.keyboard.press("Enter")
        await note.get_by_role("button", name="More reactions").focus()
        await page.keyboard.press("Enter")
        assert await flaws(page) == []
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await until(lambda: any(isinstance(one, Reacted) for one in shown.house.inbox.events))
        reacted = next(one for one in shown.house.inbox.events if isinstance(one, Reacted))
        assert reacted.emoji == "💚"
        await expect(note.get_by_role("img", name="You: 💚")).to_be_visible()


async def test_without_scripts_the_page_says_so_and_shows_help(browser: Browser) -> None:
    async with open_house() as house:
        context = await browser.new_context(java_script_enabled=False)
        page = await context.new_page()
        await page.goto(house.url)
        assert await page.locator("noscript").count() == 1
        assert "988" in await page.locator(".plain-notice.care").inner_text()
        await context.close()


async def test_the_page_without_scripts_keeps_nobody_from_reading_it(browser: Browser) -> None:
    """axe-core is a script itself: it looks at the page as a browser without scripts draws it."""
    async with open_house() as house:
        context = await browser.new_context()
        page = await context.new_page()

        async def bare(route: Route) -> None:
            answer = await route.fetch()
            text = re.sub(r"</?noscript>", "", re.sub(r"<script[^>]*></script>", "", await answer.text()))
            await route.fulfill(response=answer, body=text)

        await page.route(f"{house.url}/", bare)
        await page.goto(f"{house.url}/")
        await expect(page.locator(".plain-notice.care")).to_be_visible()
        await expect(page.locator("#composer")).to_be_hidden()
        assert await flaws(page) == []
        await context.close()
