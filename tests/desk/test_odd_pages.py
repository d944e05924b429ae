"""The desk where a browser is odd or somebody's words are: kept pages, no storage, letters without an end."""

import pytest
from playwright.async_api import Browser, expect

from tests.desk.house import House
from tests.desk.test_pages import browser, house, sit_down
from tests.stories.moderating import code

__all__ = ["browser", "house"]
pytestmark = pytest.mark.asyncio(loop_scope="module")

KEPT = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
ENDLESS = "a" * 1500
UPSIDE = "\u202e<b>\u0628" + "\u0301" * 60 + "\u0000\ufeff"


async def test_a_page_that_the_browser_kept_shows_nothing_to_whoever_comes_after(
    house: House, browser: Browser
) -> None:
    context = await browser.new_context()
    desk = await sit_down(house, context)
    other = await context.new_page()
    await other.goto(f"{house.url}/queue")
    await desk.page.locator("header button").click()
    await expect(desk.page.get_by_role("alert")).to_contain_text("signed out")
    await other.evaluate(KEPT)
    await expect(other.get_by_role("alert")).to_contain_text("signed out")


async def test_a_form_that_was_sent_can_be_sent_again_on_the_way_back(house: House, browser: Browser) -> None:
    desk = await sit_down(house, await browser.new_context())
    await desk.page.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    field, button = desk.page.locator("form.lookup input[name=alias]"), desk.page.locator("form.lookup button")
    await field.fill("nobody")
    await button.click()  # the line broke: nothing came of it, and the page is shown again
    await desk.page.evaluate(KEPT)
    await expect(desk.page.locator("body")).to_be_visible()
    await field.fill("nobody")
    await button.click()
    await expect(desk.page.get_by_role("status")).to_contain_text("No case has that alias")


async def test_without_storage_keys_and_clocks_work(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    await context.add_init_script(NO_STORAGE)
    desk = await sit_down(house, context)
    await desk.presses("m")
    await expect(desk.page.get_by_role("heading", name="Your shift", exact=True).first).to_be_visible()
    await desk.page.locator("#keys").click()
    await desk.presses("q")
    assert desk.page.url.endswith("/me")
    assert desk.faults == []


@pytest.mark.parametrize("words", [ENDLESS, UPSIDE], ids=["endless", "upside down"])
async def test_words_of_any_shape_leave_the_page_its_own(house: House, browser: Browser, words: str) -> None:
    ann, ben = await house.bot.pair("ann", "ben")
    await ben.says(f"you are mean {words}")
    await ann.uses("report")
    await ann.presses("Threat")
    await ann.presses("Only this one")
    desk = await sit_down(house, await browser.new_context(viewport={"width": 360, "height": 640}))
    await desk.goes(f"case/{await code(house.bot)}")
    await desk.page.locator("#veil summary").click()
    await expect(desk.page.locator(".veil blockquote")).to_contain_text("you are mean")
    assert await desk.fits()
    await desk.presses("c")
    await expect(desk.page.get_by_role("status")).to_contain_text("is yours")
    await desk.presses("n")
    await desk.page.keyboard.insert_text(words[:480])
    await desk.presses("Control+Enter")
    await expect(desk.page.locator(".record .words")).to_be_visible()
    assert await desk.fits()
    await expect(desk.page.locator(".record b, blockquote b")).to_have_count(0)
    assert desk.faults == []
