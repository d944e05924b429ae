"""The page where something is missing: the line, the cookie, the storage, the script, half of the window. Not help."""

from itertools import count
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from buddybot.adapter import Conversation, ConversationKind, Invoked
from tests.browser import kept_by, until_true
from tests.web.house import House, until
from tests.web.screens import BUDDY, WITH_BOT, Screen
from tests.web.test_page import Tab, browser, enter, house

__all__ = ["browser", "house"]
pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE: Final[ViewportSize] = {"width": 360, "height": 640}
NO_STORAGE = (
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })"
)
NO_ROOM = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"


async def numbers(where: Page | Locator) -> list[str]:
    return [str(await one.get_attribute("href")) for one in await where.get_by_role("link").all()]


async def test_what_is_typed_without_a_line_says_that_nobody_reads_it_and_whom_to_call(
    house: House, browser: Browser
) -> None:
    tab = await enter(house, await browser.new_context(viewport=PHONE, reduced_motion="reduce"))
    notice = tab.page.locator("#notice")
    await tab.page.context.set_offline(offline=True)
    await expect(notice).to_contain_text("I keep trying")
    await tab.write("i cannot go on")
    await expect(notice).to_contain_text("nobody has read this yet")
    assert await numbers(notice) == ["tel:911", "tel:112", "tel:999", "tel:988"]
    await expect(notice.get_by_role("link", name="988")).to_be_in_viewport(ratio=1)
    await tab.button("Get help now").click()
    card = tab.page.locator("article.crisis")
    assert await numbers(card) == ["tel:911", "tel:112", "tel:999", "tel:988"]
    await expect(card.get_by_role("link").first).to_be_in_viewport(ratio=1)
    await expect(notice).to_contain_text("I keep trying")
    await tab.page.context.set_offline(offline=False)
    await until(lambda: tab.texts() == ["i cannot go on"])
    await expect(notice).not_to_contain_text("The connection is gone")
    assert tab.faults == []


async def test_words_of_this_minute_outlive_a_browser_that_is_nobodys_any_more(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport=PHONE))
    await tab.said("known so far")
    await tab.page.context.clear_cookies()
    await tab.write("i want to die")
    await expect(tab.page.locator("#text")).to_have_value("i want to die")
    await expect(tab.page.locator("#notice")).to_contain_text("went to nobody")
    assert "tel:988" in await numbers(tab.page.locator("#notice"))
    await expect(tab.page.get_by_text("known so far")).to_have_count(0)
    await tab.page.locator("#send").click()
    await until(lambda: house.inbox.events[-1].origin.address != tab.address)
    await tab.page.context.clear_cookies()
    await tab.button("Get help now").click()
    await until(lambda: any(isinstance(event, Invoked) for event in house.inbox.events))
    assert len({one.origin.address for one in house.inbox.events}) == 3
    assert tab.faults == []


async def test_old_words_are_not_shown_to_whoever_has_the_browser_now(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport=PHONE))
    await tab.page.context.set_offline(offline=True)
    await tab.write("somebody else wrote this")
    await tab.page.evaluate("Date.now = () => new Date(2100, 1).getTime()")
    await tab.page.context.clear_cookies()
    await tab.page.context.set_offline(offline=False)
    await expect(tab.page.locator("article.own")).to_have_count(0)
    await expect(tab.page.locator("#text")).to_have_value("")
    assert "somebody else" not in str(await kept_by(tab.page))


@pytest.mark.parametrize("script", [NO_STORAGE, NO_ROOM], ids=["no storage", "no room in it"])
async def test_without_storage_a_talk_goes_on_as_long_as_the_page_does(
    house: House, browser: Browser, script: str
) -> None:
    context = await browser.new_context(viewport=PHONE)
    await context.add_init_script(script)
    tab = await enter(house, context)
    for text in ("one", "two", "three"):
        await tab.said(text)
    await expect(tab.page.get_by_text("On its way")).to_have_count(0)
    await say_in(house, tab, BUDDY, "hello from the buddy")
    await say_in(house, tab, WITH_BOT, "and from the bot")
    for room, texts in (("Clear Robin", ["hello from the buddy"]), ("BuddyBot", ["one", "two", "three"])):
        await tab.page.locator("#rooms").get_by_role("button", name=room).click()
        for text in texts:
            await expect(tab.page.locator("#log").get_by_text(text, exact=True)).to_be_visible()
    assert tab.faults == []


async def say_in(house: House, tab: Tab, where: Conversation, text: str) -> None:
    screen = Screen(tab.page, house, tab.address, count(1))
    if where.kind is ConversationKind.BUDDY:
        await screen.peer(where, "Clear Robin", text)
    else:
        await screen.bot(text)


async def test_leaving_quickly_leaves_in_every_tab_and_nothing_comes_back_from_the_browsers_memory(
    house: House, browser: Browser
) -> None:
    context = await browser.new_context(viewport=PHONE)
    one, two, lain_aside = [await enter(house, context) for _ in range(3)]
    await one.member("something private")
    await expect(lain_aside.page.locator("article.member")).to_have_count(1)
    # What a browser does with a page that it kept and shows again; meanwhile the tab was left.
    await lain_aside.page.evaluate("sessionStorage.clear()")
    await lain_aside.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    await expect(lain_aside.page.locator("article.member")).to_have_count(0)
    await one.button("Leave quickly").click()
    for tab in (one, two, lain_aside):
        await tab.page.wait_for_url("about:blank")


@pytest.mark.parametrize(("width", "height"), [(360, 340), (320, 256), (640, 360), (640, 200), (180, 320)])
async def test_help_and_the_line_to_write_in_are_in_sight_however_low_the_window(
    house: House, browser: Browser, width: int, height: int
) -> None:
    tab = await enter(house, await browser.new_context(viewport=PHONE, reduced_motion="reduce"))
    await tab.page.locator("#text").click()
    await tab.page.set_viewport_size({"width": width, "height": height})
    for number in range(6):
        await house.say(tab.address, f"words to read, line {number}")
    await expect(tab.page.get_by_text("line 5")).to_be_in_viewport()
    await expect(tab.button("Get help now")).to_be_in_viewport(ratio=1)
    await expect(tab.page.locator("#text")).to_be_in_viewport(ratio=0.9)
    await tab.page.evaluate("scrollTo(0, 9999)")
    await expect(tab.button("Get help now")).to_be_in_viewport(ratio=1)


async def test_a_tap_on_help_behind_a_sheet_is_a_cry_for_help(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport=PHONE))
    await tab.page.locator("#menu-open").click()
    box = await tab.button("Get help now").or_(tab.page.locator("#help-now")).first.bounding_box()
    assert box is not None
    await tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    await until(lambda: any(isinstance(event, Invoked) for event in house.inbox.events))
    await expect(tab.page.locator("#menu")).to_be_hidden()


async def test_a_script_that_does_not_come_leaves_numbers_to_call(house: House, browser: Browser) -> None:
    page = await (await browser.new_context(viewport=PHONE)).new_page()
    await page.route("**/static/page.*", lambda route: route.abort())
    await page.goto(house.url)
    late = page.locator("#late")
    await until_true(page, "document.querySelector('#late').getAnimations().length === 1")
    await page.evaluate("document.querySelector('#late').getAnimations()[0].finish()")
    await expect(late).to_be_in_viewport(ratio=1)
    assert await numbers(late) == ["tel:911", "tel:112", "tel:999", "tel:988"]
