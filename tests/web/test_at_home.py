"""The web chat at home on the operator's own site: a path, a name, a color, a button, a frame where it is allowed."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from aiohttp import ClientSession, CookieJar, web
from buddybot_web.look import TEXT, accent_trouble, contrast, for_the_dark, palette
from buddybot_web.settings import read_settings
from playwright.async_api import Browser, Page, async_playwright, expect

from buddybot.adapter import AdapterError
from tests.browser import ARGUMENTS, chromium_path, flaws
from tests.web.house import House, open_house, until

HOME = {"path": "/harbour/chat", "name": "Harbour chat"}
in_browser = pytest.mark.asyncio(loop_scope="module")
"""One browser serves them all, in the loop that it was started in; each tab has a context of its own."""


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("name", "x" * 31, "write a name of 30 letters at most"),
        ("name", "two\nlines", "in one line"),
        ("path", "chat", r"adapters\.web\.path = 'chat': write the path that the chat has on your site"),
        ("path", "/Chat", "in small letters"),
        ("path", "/a//b", 'such as "/chat"'),
        ("path", "/../x", "such as"),
        ("path", "/desk", "below /desk is the desk of the moderators"),
        ("accent", "green", "write a color as six hexadecimal digits"),
        (
            "accent",
            "#ffcc00",
            r"adapters\.web\.accent = '#ffcc00': its contrast with the page is 1\.3 to 1, and words need 4\.5",
        ),
        ("accent", "#94c9b1", "choose a darker one"),
        ("accent_dark", "#2c5a4b", "choose a lighter one"),
        ("accent_dark", "#94c9b1", "set accent as well"),
        ("frames", "www.example.org", "www.example.org is no origin"),
        ("frames", "https://www.example.org/page", "such as https://www.example.org, no more"),
        ("frames", "http://www.example.org", "write https:// and a name"),
        ("frames", "https://a;script-src https://*.example.org", "is no origin"),
    ],
)
def test_a_name_or_path_that_would_not_work_is_a_sentence(key: str, value: str, sentence: str) -> None:
    with pytest.raises(AdapterError, match=sentence):
        read_settings({key: value})


@pytest.mark.parametrize(("written", "kept"), [("/", ""), ("/chat/", "/chat"), ("/a/b-c", "/a/b-c")])
def test_a_path_is_kept_without_its_last_slash(written: str, kept: str) -> None:
    assert read_settings({"path": written}).path == kept


def test_a_frame_needs_https_and_says_so() -> None:
    with pytest.raises(AdapterError, match=r"adapters\.web\.frames = .*make public_url an https address"):
        read_settings({"frames": "https://a.example", "public_url": "http://chat.example.org"})


def test_origins_stand_in_a_text_or_in_a_list() -> None:
    both = ("https://a.example", "http://localhost:8000")
    assert read_settings({"frames": ", ".join(both)}).frames == both
    assert read_settings({"frames": str(list(both))}).frames == both


@pytest.mark.parametrize("accent", ["#1f4e79", "#7a1f3d", "#000000", "#4b2e83"])
def test_one_color_is_readable_in_both_schemes(accent: str) -> None:
    dark = for_the_dark(accent)
    assert accent_trouble(accent, "light") is accent_trouble(dark, "dark") is None
    assert contrast(accent, palette("dark")["own-ink"]) >= TEXT, "one's own notes in the dark"
    sheet = read_settings({"accent": accent.upper()}).colors
    assert (sheet.count(accent), sheet.count(dark)) >= (4, 4)
    for peer, scheme in zip(re.findall(r"--peer: (#\w+)", sheet), ("light", "dark", "dark"), strict=True):
        assert contrast(peer, palette(scheme)["ink"]) >= TEXT


async def test_all_that_the_chat_has_stands_below_its_path_and_nothing_beside_it() -> None:
    async with open_house(HOME) as house, ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        root = house.url.removesuffix(HOME["path"])
        async with session.get(house.url, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (308, "/harbour/chat/")
        async with session.get(f"{house.url}/") as answer:
            assert "<span>Harbour chat</span>" in await answer.text()
        async with session.get(f"{house.url}/static/chat.css") as answer:
            assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
        async with session.post(f"{house.url}/api/hello", json={}) as answer:
            assert answer.cookies["notes"]["path"] == "/harbour/chat/"
        for path in ("/", "/static/chat.css", "/harbour/chatter", "/harbour"):
            async with session.get(f"{root}{path}") as answer:
                assert answer.status == 404, path


async def test_a_cookie_of_one_path_is_secure_where_the_host_prefix_is_refused() -> None:
    table = {**HOME, "public_url": "https://example.org"}
    async with open_house(table) as house, ClientSession() as session:
        here = f"http://127.0.0.1:{house.adapter.bound_port}{HOME['path']}/api/hello"
        async with session.post(here, json={}, headers={"Host": "example.org"}) as answer:
            kept = answer.cookies["__Secure-notes"]
    assert house.url == "https://example.org/harbour/chat"
    assert (kept["secure"], kept["samesite"], kept["path"]) == (True, "Strict", "/harbour/chat/")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as player:
        opened = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        yield opened
        await opened.close()


class Site:
    """The operator's own site, on an origin of its own: to a browser 127.0.0.1 and localhost are strangers."""

    def __init__(self) -> None:
        self.page, self.origin = "", ""

    async def answer(self, _request: web.Request) -> web.Response:
        return web.Response(
            text=f"<!doctype html><html lang='en'><title>Harbour</title><main>{self.page}</main>",
            content_type="text/html",
        )


@asynccontextmanager
async def tab(browser: Browser) -> AsyncIterator[Page]:
    """Open a browser of one's own, and close it before the servers end."""
    context = await browser.new_context()
    try:
        yield await context.new_page()
    finally:
        await context.close()


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    opened, app = Site(), web.Application()
    app.router.add_get("/", opened.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    at = web.TCPSite(runner, "127.0.0.1", 0)
    await at.start()
    opened.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield opened
    await runner.cleanup()


def near(house: House) -> str:
    """Return the chat's address by a name that is another site than the operator's."""
    return f"http://localhost:{house.adapter.bound_port}{house.adapter.settings.path}"


@in_browser
async def test_a_person_talks_and_hears_on_a_path_in_a_real_browser(browser: Browser) -> None:
    async with open_house({**HOME, "accent": "#4b2e83"}) as house, tab(browser) as page:
        lost: list[str] = []
        page.on("response", lambda one: lost.append(one.url) if one.status >= 400 else None)
        await page.goto(house.url)
        await expect(page.get_by_text("Harbour chat")).to_be_visible()
        await until(lambda: bool(house.inbox.events))
        await page.reload()
        await until(lambda: len(house.inbox.woken) > 1)
        await house.say(house.inbox.events[0].origin.address, "Good to see you.")
        await expect(page.get_by_text("Good to see you.")).to_be_visible()
        assert (
            await page.evaluate("getComputedStyle(document.getElementById('send')).backgroundColor")
            == "rgb(75, 46, 131)"
        )
        assert await flaws(page) == []
        assert lost == []


@in_browser
async def test_one_line_puts_a_button_on_a_page_of_another_site_and_it_opens_the_chat(browser: Browser) -> None:
    async with open_house({**HOME, "host": "localhost"}) as house, site() as home, tab(browser) as page:
        home.page = f"<h1>Harbour</h1><script src='{near(house)}/button.js'></script>"
        await page.goto(home.origin)
        link = page.get_by_role("link", name="Talk with somebody")
        await expect(link).to_be_visible()
        assert await page.context.cookies() == [], "whoever only reads the page gets nothing"
        async with page.context.expect_page() as opening:
            await link.click()
        chat = await opening.value
        await expect(chat.get_by_text("Harbour chat")).to_be_visible()
        assert await chat.evaluate("[window.opener, document.referrer]") == [None, ""]
        await until(lambda: bool(house.inbox.events))
        assert await flaws(page) == []


@in_browser
async def test_a_button_stands_where_its_line_is_in_the_language_of_the_page(browser: Browser) -> None:
    async with open_house({"host": "localhost"}) as house, site() as home, tab(browser) as page:
        home.page = f"<script src='{near(house)}/button.js' data-inline data-label='Write to us'></script>"
        await page.goto(home.origin)
        await expect(page.get_by_role("link", name="Write to us")).to_be_visible()


@in_browser
async def test_no_page_may_frame_the_chat_unless_the_operator_named_it(browser: Browser) -> None:
    async with open_house() as house, site() as home, tab(browser) as page:
        home.page = f"<iframe src='{near(house)}/'></iframe>"
        refused: list[str] = []
        page.on("console", lambda line: refused.append(line.text) if "frame-ancestors" in line.text else None)
        await page.goto(home.origin)
        await until(lambda: bool(refused))
        assert house.inbox.events == []
        async with ClientSession() as session, session.get(f"{house.url}/") as answer:
            assert answer.headers["X-Frame-Options"] == "DENY"


@in_browser
async def test_the_named_origin_frames_the_chat_and_a_frame_keeps_its_person(browser: Browser) -> None:
    async with (
        site() as home,
        site() as other,
        open_house({"host": "localhost", "frames": home.origin}) as house,
        tab(browser) as page,
        tab(browser) as alone,
    ):
        home.page = f"<h1>Harbour</h1><script src='{near(house)}/button.js' data-frame></script>"
        other.page = f"<iframe src='{near(house)}/'></iframe>"
        await page.goto(home.origin)
        await page.get_by_role("button", name="Talk with somebody").click()
        chat = page.frame_locator("iframe")
        await expect(chat.get_by_role("button", name="Get help now")).to_be_visible()
        await until(lambda: bool(house.inbox.events))
        kept = [one for one in await page.context.cookies() if one["name"] == "notes-framed"]
        assert [(one["secure"], one["httpOnly"], one["sameSite"]) for one in kept] == [(True, True, "None")]
        others = [one for one in await page.context.cookies() if one not in kept]
        # The key of what the tab keeps; the strict one of who it is, is not for frames.
        assert [(one["name"], one["secure"], one["sameSite"]) for one in others] == [("tab", True, "None")]
        first = house.inbox.events[0].origin.address
        await page.reload()
        await page.get_by_role("button", name="Talk with somebody").click()
        await expect(chat.get_by_role("button", name="Get help now")).to_be_visible()
        await until(lambda: len(house.inbox.woken) > 1)
        assert {one.origin.address for one in house.inbox.events} == {first}
        await house.say(first, "Good to see you.")
        await expect(chat.get_by_text("Good to see you.")).to_be_visible()
        await chat.get_by_role("button", name="Leave quickly").click()
        await expect(page).to_have_url("about:blank")
        await alone.goto(f"{near(house)}/")
        await until(lambda: len({one.origin.address for one in house.inbox.events}) > 1)
        refused: list[str] = []
        alone.on("console", lambda line: refused.append(line.text) if "frame-ancestors" in line.text else None)
        await alone.goto(other.origin)
        await until(lambda: bool(refused))


async def test_a_frames_cookie_opens_nothing_from_another_site() -> None:
    table = {"host": "localhost", "frames": "https://www.example.org"}
    framed = {"X-Page-Framed": "1", "Sec-Fetch-Site": "same-origin"}
    async with open_house(table) as house, ClientSession() as session:
        hello = f"{near(house)}/api/hello"
        async with session.post(hello, json={}, headers=framed) as answer:
            line = next(one for one in answer.headers.getall("Set-Cookie") if one.startswith("notes-framed="))
        assert line.endswith("HttpOnly; Secure; SameSite=None; Partitioned")
        for sender, seen in (("same-origin", (200, False)), ("", (200, True)), ("cross-site", (403, None))):
            session.cookie_jar.clear()
            headers = {"Cookie": line.partition(";")[0], **({"Sec-Fetch-Site": sender} if sender else {})}
            async with session.post(hello, json={}, headers=headers) as answer:
                assert (answer.status, (await answer.json()).get("fresh")) == seen
