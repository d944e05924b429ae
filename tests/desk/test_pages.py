"""The desk in a real Chromium: keys, the veil, a phone, dark and light, every eye and ear; and its pictures."""

import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect
from playwright.async_api import TimeoutError as PlaywrightTimeout

from buddybot.config.tables import StoreSettings
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.service.kernel.book import Book
from buddybot.testing import Person
from tests.browser import ARGUMENTS, chromium_path, flaws, violations
from tests.desk.busy import busy
from tests.desk.house import House, open_desk
from tests.desk.pictures import picture
from tests.stories.moderating import code, reported

# One browser serves them all; each moderator gets a context of their own.
pytestmark = pytest.mark.asyncio(loop_scope="module")

SCREENS = ("queue", "handover", "me", "numbers", "house")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as player:
        opened = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def house(tmp_path: Path, book: Book) -> AsyncIterator[House]:
    async with open_desk(tmp_path, book) as opened:
        yield opened


class Desk:
    """A moderator at a browser; every complaint of the browser is a fault of the page."""

    def __init__(self, house: House, page: Page) -> None:
        self.house, self.page = house, page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None)

    async def enter(self, person: Person) -> "Desk":
        await self.page.goto(f"{self.house.url}/enter?token={await self.house.token(person)}")
        await self.page.locator("button.main").click()
        await expect(self.page.locator("#count")).to_be_visible()
        return self

    async def presses(self, *keys: str) -> None:
        """Press keys, once the page has come and listens."""
        await expect(self.page.locator("html")).to_have_attribute("data-keys", re.compile("on|off"))
        for key in keys:
            await self.page.keyboard.press(key)

    async def goes(self, path: str) -> None:
        await self.page.goto(f"{self.house.url}/{path}")

    async def fits(self) -> bool:
        """Whether nothing is cut off sideways."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def sit_down(house: House, context: BrowserContext, person: Person | None = None) -> Desk:
    return await Desk(house, await context.new_page()).enter(person or house.moderator())


async def test_a_case_from_the_queue_to_the_reason_by_keyboard_alone(house: House, browser: Browser) -> None:
    _, ben = await reported(house.bot, "Threat", share="Only this one")
    desk = await sit_down(house, await browser.new_context(viewport={"width": 1280, "height": 800}))
    page, keys = desk.page, desk.page.keyboard
    await desk.presses("j")
    await desk.presses("Enter")
    await expect(page.get_by_role("heading", name="What to do")).to_be_visible()
    secret = page.get_by_text("you are a mean person")
    await expect(secret).to_be_hidden()
    await desk.presses("s")
    await expect(secret).to_be_visible()
    await desk.presses("Escape")
    await expect(secret).to_be_hidden()
    await desk.presses("c")
    await expect(page.get_by_role("status")).to_contain_text("is yours")
    await expect(page.get_by_role("status")).to_be_focused()
    await desk.presses("2")
    await expect(page.get_by_label("Your words to them").and_(page.locator(":focus"))).to_be_visible()
    await keys.type("That hurt somebody. c j x")
    await desk.presses("Control+Enter")
    await expect(page.get_by_role("status")).to_contain_text("Done:")
    await desk.presses("n")
    await keys.type("First time.")
    await desk.presses("Control+Enter")
    await expect(page.locator(".record")).to_contain_text("First time.")
    await desk.presses("x")
    await expect(page.get_by_role("button", name="Close the case")).to_be_focused()
    await desk.presses("Enter")
    await expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    await house.bot.wait(minutes=21)
    assert any("This is a warning" in one and "That hurt somebody. c j x" in one for one in ben.sees())
    assert desk.faults == []


async def test_keys_can_be_turned_off_and_every_page_has_its_own(house: House, browser: Browser) -> None:
    desk = await sit_down(house, await browser.new_context(viewport={"width": 1280, "height": 800}))
    page = desk.page
    for letter, title in (("h", "Handover"), ("m", "You"), ("u", "Numbers"), ("o", "House"), ("q", "Queue")):
        await desk.presses(letter)
        await expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    await page.get_by_role("button", name="Turn keys off").click()
    await page.locator("main").focus()
    await desk.presses("h")
    await expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    await expect(page.locator("nav kbd").first).to_be_hidden()
    await page.get_by_role("button", name="Turn keys on").click()
    await page.locator("main").focus()
    await desk.presses("h")
    await expect(page.get_by_role("heading", name="Handover")).to_be_visible()


async def test_on_a_wide_screen_the_keys_walk_along_the_queue_beside_the_case(house: House, browser: Browser) -> None:
    case = await busy(house)
    context = await browser.new_context(viewport={"width": 1100, "height": 800})
    desk = await sit_down(house, context, house.moderator("lu"))
    page = desk.page
    await desk.goes(f"case/{case}")
    here = page.locator(".beside [aria-current]")
    await expect(here).to_contain_text("Tall Pine")
    await desk.presses("j")
    focused = page.locator(".beside a:focus")
    await expect(focused).to_be_visible()
    name = await focused.locator("strong").inner_text()
    await desk.presses("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    await page.set_viewport_size({"width": 1000, "height": 800})
    await expect(page.locator(".beside")).to_be_hidden()
    await desk.presses("j")
    await expect(page.locator(".beside a:focus")).to_have_count(0)
    await context.close()
    assert desk.faults == []


async def test_what_ends_something_never_looks_like_care(house: House, browser: Browser) -> None:
    case = await busy(house)
    desk = await sit_down(house, await browser.new_context(), house.moderator("lu"))
    await house.bot.house.store.write(lambda tx: tx.db.run("UPDATE sanction SET points = 20"))
    await desk.goes(f"case/{case}")
    await desk.page.evaluate(OPEN)
    look = "(node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).borderColor].join()"
    kind, last = ["Send the reminder", "Send the warning", "Mute"], ["Pause", "Propose"]
    shown = {
        name: await button.evaluate(look)
        for name in (*kind, *last, "Take this case")
        if await (button := desk.page.get_by_role("button", name=name, exact=name != "Take this case")).count()
    }
    assert {"Propose"} <= set(shown)
    assert not {shown[one] for one in last if one in shown} & {shown[one] for one in shown if one not in last}


async def test_the_queue_renews_itself_and_keeps_the_place_of_whoever_reads(house: House, browser: Browser) -> None:
    await reported(house.bot)
    first = await code(house.bot)
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await context.new_page()
    await page.clock.install()
    desk = await Desk(house, page).enter(house.moderator())
    await expect(page.locator(".row")).to_have_count(1)
    await page.locator(f"#c{first}").focus()
    await house.bot.house.store.write(lambda tx: tx.db.run("UPDATE case_file SET priority = 'P1'"))
    await expect(page.locator(".badge")).to_have_text("P3")
    await until_shown(page, page.locator(".badge").get_by_text("P1"))
    await expect(page.locator(f"#c{first}")).to_be_focused()
    await house.bot.sleep(minutes=31)
    await until_shown(page, page.get_by_text("You are signed out."))
    assert desk.faults == []


async def until_shown(page: Page, wanted: Locator) -> None:
    """Let the page's clock run, as often as it takes on a busy machine, until this is there."""
    for _ in range(100):
        await page.clock.fast_forward(16_000)
        with suppress(PlaywrightTimeout):
            await wanted.wait_for(timeout=1000)
            return
    raise AssertionError(wanted)


async def test_a_case_says_that_it_went_on_and_leaves_what_is_being_written_alone(
    house: House, browser: Browser
) -> None:
    await reported(house.bot)
    case, other = await code(house.bot), house.moderator("lu")
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await context.new_page()
    await page.clock.install()
    desk = await Desk(house, page).enter(house.moderator())
    await desk.goes(f"case/{case}")
    await page.locator("details.step summary").first.click()
    await page.get_by_label("Your words to them").first.fill("It may have sounded unkind.")
    await other.says(f"/mod claim {case}")
    await until_shown(page, page.get_by_text("This case changed while you looked."))
    await expect(page.get_by_label("Your words to them").first).to_have_value("It may have sounded unkind.")
    await page.locator("details.step[open] button").click()
    await expect(page.get_by_text("Nothing was done.")).to_be_visible()
    assert desk.faults == []


async def test_what_was_shown_is_covered_when_the_page_is_left(house: House, browser: Browser) -> None:
    await reported(house.bot, share="Only this one")
    desk = await sit_down(house, await browser.new_context())
    await desk.goes(f"case/{await code(house.bot)}")
    await desk.page.locator("#veil summary").click()
    secret = desk.page.get_by_text("you are a mean person")
    await expect(secret).to_be_visible()
    await desk.page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true});document.dispatchEvent(new Event('visibilitychange'))"
    )
    await expect(secret).to_be_hidden()


async def test_without_scripts_every_page_still_works(house: House, browser: Browser) -> None:
    await reported(house.bot, "Threat", share="Only this one")
    desk = await sit_down(house, await browser.new_context(java_script_enabled=False))
    page = desk.page
    await page.get_by_role("button", name="Take", exact=False).first.click()
    await expect(page.get_by_role("status")).to_contain_text("is yours")
    await page.locator("#veil summary").click()
    await expect(page.get_by_text("you are a mean person")).to_be_visible()
    warning = page.locator("details.step").filter(has_text="Send the warning")
    await warning.locator("summary").click()
    await warning.get_by_label("Your words to them").fill("Be kind.")
    await warning.get_by_role("button", name="Send the warning").click()
    await expect(page.get_by_role("status")).to_contain_text("Done:")


async def test_pages_for_every_eye_hand_and_ear(house: House, browser: Browser) -> None:
    case = await busy(house)
    for scheme in ("light", "dark"):
        context = await browser.new_context(
            viewport={"width": 360, "height": 740},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        desk = await sit_down(house, context, house.moderator("lu", locale="es") if scheme == "dark" else None)
        for path in (*SCREENS, f"case/{case}"):
            await desk.goes(path)
            await desk.page.evaluate(OPEN)
            assert await violations(desk.page) == [], path
            assert await desk.page.evaluate(SMALL) == [], path
            assert await desk.fits(), path
            # 200 % text: nothing is cut off sideways.
            await desk.page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert await desk.fits(), path
        await desk.page.locator(".bar button").click()
        await expect(desk.page.get_by_role("alert")).to_be_visible()
        await desk.page.wait_for_load_state()
        assert await violations(desk.page) == []
        assert desk.faults == []
        await context.close()


OPEN = (
    """() => document.querySelectorAll('details').forEach(node => { node.removeAttribute('name'); node.open = true })"""
)
SMALL = """() => [...document.querySelectorAll(
        'button, summary, nav a, .row > a, .button, textarea, select, .pick, input:not([type=radio])')]
    .filter(node => node.checkVisibility())
    .map(node => [node.textContent || node.name, node.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""


async def test_axe_finds_nothing_in_either_scheme_on_phones_and_on_a_desk(house: House, browser: Browser) -> None:
    case = await busy(house)
    desk = await sit_down(house, await browser.new_context())
    for path in (*SCREENS, f"case/{case}"):
        await desk.goes(path)
        await desk.page.evaluate(OPEN)
        assert await flaws(desk.page) == [], path
    await desk.page.locator(".bar button").click()
    await expect(desk.page.get_by_role("alert")).to_be_visible()
    assert await flaws(desk.page) == []


async def test_the_pictures_of_the_guide(house: House, browser: Browser, tmp_path: Path) -> None:
    HouseWatch(house.bot.house, StoreSettings(keys=tmp_path), house.bot.house.engine.operate)
    case = await busy(house)
    desk = await sit_down(house, await browser.new_context(viewport={"width": 360, "height": 740}))
    await picture(desk.page, "queue")
    await desk.goes(f"case/{case}")
    await picture(desk.page, "case")
    await desk.page.locator("details.step summary").first.click()
    await desk.page.get_by_label("Your words to them").first.scroll_into_view_if_needed()
    await picture(desk.page, "step")
    for path in ("handover", "me", "numbers", "house"):
        await desk.goes(path)
        await picture(desk.page, path)
    await house.bot.sleep(minutes=31)
    await desk.goes("queue")
    await picture(desk.page, "door")
    operator = await sit_down(house, await browser.new_context(), house.moderator("op", role="operator"))
    await operator.goes("house")
    await picture(operator.page, "operator")


async def test_no_page_asks_anybody_else(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    desk = await Desk(house, page).enter(house.moderator())
    for path in SCREENS:
        await desk.goes(path)
    assert all(url.startswith(house.root) for url in asked)
    assert await page.title() == "Desk"
