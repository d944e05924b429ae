"""What a tab keeps is sealed, under a key that leaving takes away: a browser's own files hold no word of a talk."""

from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from buddybot.adapter import Content, Send, Span
from tests.browser import ARGUMENTS, chromium_path, kept_by
from tests.web.house import House
from tests.web.test_page import NOTE, browser, enter, house

__all__ = ["browser", "house"]
pytestmark = pytest.mark.asyncio(loop_scope="module")

WORD, CONTROL = "xylophonquartz", "kontrollvorhang"
NO_COOKIE: Final = "Object.defineProperty(document, 'cookie', { get: () => '', set() {} })"


async def key_in(context: BrowserContext) -> str:
    held = [one["value"] for one in await context.cookies() if one["name"] == "tab"]
    return "".join(held)


def files_with(word: str, folder: Path) -> list[str]:
    forms = (word.encode(), word.encode("utf-16-le"))
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


async def test_no_file_of_the_browser_holds_a_word_of_a_talk(house: House, tmp_path: Path) -> None:
    async with async_playwright() as player:
        context = await player.chromium.launch_persistent_context(
            tmp_path, executable_path=chromium_path(), args=list(ARGUMENTS)
        )
        tab = await enter(house, context)
        await tab.member(f"theirs {WORD}")
        await tab.said(f"mine {WORD}")
        await tab.page.locator("#text").fill(f"half {WORD}")
        await expect(tab.page.locator("article")).to_have_count(2)
        await tab.page.evaluate(f"sessionStorage.control = '{CONTROL}'")
        await context.close()
    assert files_with(CONTROL, tmp_path)  # so what a tab keeps does lie there
    assert files_with(WORD, tmp_path) == []


async def test_a_reload_opens_it_and_after_leaving_nothing_does(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    tab = await enter(house, context)
    await tab.member(f"theirs {WORD} \N{SEEDLING}")
    await expect(tab.page.locator("article.member")).to_have_count(1)
    assert f"theirs {WORD} \N{SEEDLING}" in (await kept_by(tab.page))["notes"]
    sealed: str = await tab.page.evaluate("sessionStorage.notes")
    assert WORD not in sealed
    await tab.open()
    await expect(tab.page.locator("article.member")).to_contain_text(f"{WORD} \N{SEEDLING}")
    assert await tab.page.evaluate("sessionStorage.notes") != sealed  # never twice under one nonce
    before = await key_in(context)
    assert len(before) == 64
    await tab.button("Leave quickly").click()
    await tab.page.wait_for_url("about:blank")
    assert await key_in(context) == ""
    await tab.open()
    assert await key_in(context) not in {"", before}
    # What the browser still had of the tab is put back, as somebody would who looks into its files.
    await tab.page.add_init_script(f"sessionStorage.notes = {sealed!a}")
    await tab.open()
    await expect(tab.page.locator("article")).to_have_count(0)
    assert tab.faults == []


async def test_whoever_comes_after_has_another_key(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    tab = await enter(house, context)
    await tab.said("of the one before")
    before = await key_in(context)
    last = Content((Span("I no longer know you."),), erased=True)
    await house.show(tab.address, Send(last, NOTE))
    await expect(tab.page.locator("article.own")).to_have_count(0)
    erased = await key_in(context)
    await context.clear_cookies(name="notes")
    await tab.page.context.set_offline(offline=True)
    await tab.page.context.set_offline(offline=False)
    await expect(tab.page.locator("article")).to_have_count(0)
    assert len({before, erased, await key_in(context)}) == 3
    assert tab.faults == []


async def test_where_no_key_can_be_kept_no_word_is_written_down(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    await context.add_init_script(NO_COOKIE)
    tab = await enter(house, context)
    await tab.button("Menu").click()
    await tab.button("Light or dark").click()
    await tab.page.keyboard.press("Escape")
    await tab.said(f"mine {WORD}")
    await tab.member(f"theirs {WORD}")
    await expect(tab.page.locator("article")).to_have_count(2)
    assert WORD not in str(await kept_by(tab.page))
    await tab.open()
    await expect(tab.page.locator("article")).to_have_count(0)
    assert await tab.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert tab.faults == []
