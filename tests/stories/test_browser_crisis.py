"""A cry, typed answers, a moderator who writes, and an overdose: a real page at 390 px, a bot with a clock of its own.

With BUDDYBOT_SCREENSHOTS=docs/images it makes the pictures of docs/crisis-content.md again.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from buddybot_web import WebAdapter
from playwright.async_api import expect

from buddybot.service.kernel.book import Book
from tests.browser import violations
from tests.conversations.wires import Town, town
from tests.stories.browsing import PATIENCE, Tab, browsing
from tests.stories.moderating import code, staffed
from tests.stories.wires import until

PHONE = {"width": 390, "height": 844}


@asynccontextmanager
async def phone(folder: Path, book: Book, locale: str = "en-US") -> AsyncIterator[tuple[Town, Tab]]:
    """Run a bot, and open its chat on somebody's phone."""
    async with town(folder, book, "web") as place, browsing() as browser:
        adapter = place.line.inner
        assert isinstance(adapter, WebAdapter)
        await until(lambda: adapter.url)
        context = await browser.new_context(viewport=PHONE, locale=locale)  # type: ignore[arg-type]  # a mapping of its own
        tab = Tab(await context.new_page())
        await tab.open(adapter.url)
        await tab.reads("BuddyBot")
        yield place, tab
        assert tab.faults == []


async def picture(tab: Tab, name: str) -> None:
    """Photograph this moment, for whoever asked for pictures."""
    if folder := os.environ.get("BUDDYBOT_SCREENSHOTS"):
        await tab.page.screenshot(path=Path(folder) / f"crisis-{name}-phone.png", animations="disabled")


async def in_sight(tab: Tab, text: str) -> None:
    """Look whether a line of the newest messages is on the screen without scrolling."""
    line = tab.newest(text).get_by_text(text).first
    await expect(line).to_be_in_viewport(timeout=PATIENCE)


async def test_the_first_screen_of_an_overdose_says_whom_to_call_and_three_steps(tmp_path: Path, book: Book) -> None:
    async with phone(tmp_path, book) as (_, ann):
        await ann.says("my bf is blue he wont wake up")
        await ann.reads("Rub hard")
        for line in ("CALL", "Rub", "Naloxone", "Breathe"):
            await in_sight(ann, line)
        first = ann.newest("Rub hard").locator('a[href="tel:911"]')
        await expect(first).to_be_in_viewport(timeout=PATIENCE)
        await picture(ann, "overdose")
        assert await violations(ann.page) == []
        await ann.press("My country")
        await ann.press("United Kingdom")
        await ann.reads("CALL 999")
        await ann.says("done whats next")
        await ann.reads("Rub and shout")
        await picture(ann, "overdose-step")
        await ann.says("no narcan")
        await ann.reads("Breathing for them matters most")
        await ann.says("hes breathing")
        await ann.reads("onto their side")


async def test_a_cry_is_answered_as_it_is_typed_and_a_moderator_writes(tmp_path: Path, book: Book) -> None:
    async with phone(tmp_path, book) as (place, ann):
        mo = staffed(place.bot, "mo")
        await mo.uses("shift", state="on")
        await ann.says("i dont think i can be here anymore")
        await ann.reads("are you thinking about ending your life?")
        await picture(ann, "cry")
        await ann.says("yes")
        await ann.reads("Do you have a plan")
        await ann.says("yeah the pills are here")
        await ann.reads("I told the on-call moderator")
        await picture(ann, "danger")
        await ann.says("i cant do any of that")
        await ann.reads("Is anyone in the home or close by?")
        name = await code(place.bot)
        await mo.says(f"/mod claim {name}")
        await mo.says(f"/mod say {name} Hi, I am here and I have time for you. Are you alone right now?")
        await ann.reads("I have time for you")
        await picture(ann, "moderator")
        await ann.says("yes im alone")
        await until(lambda: any("yes im alone" in text for text in mo.sees()))


@pytest.mark.parametrize(("locale", "number"), [("en-GB", "999"), ("en-AU", "000")])
async def test_the_region_of_the_browser_is_called_first_and_marked_as_a_guess(
    tmp_path: Path, book: Book, locale: str, number: str
) -> None:
    async with phone(tmp_path, book, locale) as (_, ann):
        await ann.says("my friend wont wake up and is blue")
        await ann.reads("The first number is a guess")
        links = ann.newest("The first number is a guess").locator('a[href^="tel:"]')
        await expect(links.first).to_have_attribute("href", f"tel:{number}", timeout=PATIENCE)
