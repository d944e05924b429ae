"""The web chat on a path of the operator's own site: cookies, streams and files follow."""

import pytest
from aiohttp import ClientSession, CookieJar
from buddybot_web.settings import read_settings
from playwright.async_api import async_playwright, expect

from buddybot.adapter import AdapterError
from tests.browser import ARGUMENTS, chromium_path
from tests.web.house import open_house, until

HOME = {"path": "/harbour/chat", "name": "Harbour chat"}


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
    ],
)
def test_a_name_or_path_that_would_not_work_is_a_sentence(key: str, value: str, sentence: str) -> None:
    with pytest.raises(AdapterError, match=sentence):
        read_settings({key: value})


@pytest.mark.parametrize(("written", "kept"), [("/", ""), ("/chat/", "/chat"), ("/a/b-c", "/a/b-c")])
def test_a_path_is_kept_without_its_last_slash(written: str, kept: str) -> None:
    assert read_settings({"path": written}).path == kept


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


async def test_a_person_talks_and_hears_on_a_path_in_a_real_browser() -> None:
    async with open_house(HOME) as house, async_playwright() as player:
        browser = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        page = await browser.new_page()
        lost: list[str] = []
        page.on("response", lambda one: lost.append(one.url) if one.status >= 400 else None)
        await page.goto(house.url)
        await expect(page.get_by_text("Harbour chat")).to_be_visible()
        await until(lambda: bool(house.inbox.events))
        await page.reload()
        await until(lambda: len(house.inbox.woken) > 1)
        address = house.inbox.events[0].origin.address
        await house.say(address, "Good to see you.")
        await expect(page.get_by_text("Good to see you.")).to_be_visible()
        assert lost == []
        await browser.close()
