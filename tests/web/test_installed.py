"""The installed page in a real browser: what its worker shows, what it keeps, and what is left after leaving."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright, expect

from buddybot.adapter import Address, Choice, Content, Pressed, Send, Span, Subscribed
from tests.browser import ARGUMENTS, chromium_path, until_true
from tests.waiting import PATIENT
from tests.web.house import House, open_house, until
from tests.web.push_service import Device, PushService, push_service

pytestmark = pytest.mark.asyncio(loop_scope="module")
CALL = "Something is waiting for you"
ASKS = (Choice("notify.on", "Tell me", subscribes=True), Choice("notify.later", "Not now"))
WORKER = "navigator.serviceWorker.ready.then((one) => one.active.state)"
SHOWN = "self.registration.getNotifications().then((all) => all.map((one) => [one.title, one.body, one.tag, one.icon]))"
OLDER = "caches.open('shell-0').then((cache) => cache.put('offline', new Response('old'))).then(() => caches.keys())"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as player:
        opened = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def service(tmp_path: Path) -> AsyncIterator[PushService]:
    async with push_service(tmp_path) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def house(tmp_path: Path, service: PushService) -> AsyncIterator[House]:
    async with open_house({"push_key": str(tmp_path / "push.pem")}, door=service.door) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser, house: House) -> AsyncIterator[BrowserContext]:
    made = await browser.new_context(viewport={"width": 390, "height": 740})
    await made.grant_permissions(["notifications"], origin=house.url)
    yield made
    await made.close()


async def opened(context: BrowserContext, house: House, script: str = "") -> tuple[Page, Address]:
    page = await context.new_page()
    if script:
        await page.add_init_script(script)
    before = len(house.inbox.woken)
    await page.goto(house.url)
    await until(lambda: len(house.inbox.woken) > before)
    return page, house.inbox.woken[-1]


UNCONTROLLED = "Object.defineProperty(ServiceWorkerContainer.prototype, 'controller', { get: () => null })"
"""What a browser says after a reload with the shift key: there is a worker, and the page is not in its care."""


@dataclass
class Line:
    """A line to the browser's own tools, and the number by which they know the worker."""

    session: CDPSession
    number: str = ""


async def worker_of(context: BrowserContext, page: Page) -> Line:
    """Wait until the worker is in charge."""
    await page.evaluate(WORKER)
    line = Line(await context.new_cdp_session(page))

    def seen(event: dict[str, list[dict[str, str]]]) -> None:
        for one in event["registrations"]:
            line.number = one["registrationId"]

    line.session.on("ServiceWorker.workerRegistrationUpdated", seen)
    await line.session.send("ServiceWorker.enable")
    await until(lambda: bool(line.number))
    return line


async def deliver(line: Line, url: str, text: str) -> None:
    """Let the browser get a call, as from its push service."""
    told = {"origin": url, "registrationId": line.number, "data": text}
    await line.session.send("ServiceWorker.deliverPushMessage", told)


async def shown(context: BrowserContext) -> list[list[str]]:
    (worker,) = context.service_workers
    found: list[list[str]] = await worker.evaluate(SHOWN)
    return found


async def until_shown(context: BrowserContext, count: int) -> list[list[str]]:
    async with asyncio.timeout(PATIENT):
        while len(found := await shown(context)) != count:
            await asyncio.sleep(0.02)
    return found


async def until_called(context: BrowserContext, line: Line, url: str) -> list[list[str]]:
    """Call until a notice is there: a page that just went counts as seen for a moment, and then nothing is shown."""
    for _ in range(30):
        await deliver(line, url, CALL)
        for _ in range(20):  # the next call waits, so that none of them is shown late
            if found := await shown(context):
                return found
            await asyncio.sleep(0.05)
    raise TimeoutError


async def test_a_call_shows_one_sentence_and_opening_the_page_takes_it_away(
    context: BrowserContext, house: House
) -> None:
    page, _ = await opened(context, house)
    line = await worker_of(context, page)
    await deliver(line, house.url, CALL)
    assert await shown(context) == []  # somebody is looking
    await page.goto("about:blank")
    await until_called(context, line, house.url)
    ((title, body, tag, icon),) = await until_called(context, line, house.url)
    assert (title, body, tag) == (CALL, "", "waiting")
    assert icon.endswith("/static/icon-192.png")
    await page.goto(house.url)
    await until_shown(context, 0)


async def test_without_a_network_the_help_numbers_are_there(context: BrowserContext, house: House) -> None:
    page, _ = await opened(context, house)
    await worker_of(context, page)
    await page.reload()
    await context.set_offline(offline=True)
    await page.reload()
    for number in ("911", "112", "999", "988"):
        await expect(page.get_by_role("link", name=number, exact=True)).to_have_attribute("href", f"tel:{number}")
    if folder := os.environ.get("BUDDYBOT_SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / "offline.png")
    await context.set_offline(offline=False)
    await page.get_by_role("link", name="Try again").click()
    await expect(page.locator("#text")).to_be_visible()


async def test_the_worker_keeps_no_words_and_an_older_ones_cache_goes(context: BrowserContext, house: House) -> None:
    page, address = await opened(context, house)
    await worker_of(context, page)
    await house.say(address, "a secret of somebody")
    await page.locator("#text").fill("another secret")
    await page.keyboard.press("Enter")
    every = "caches.keys().then((all) => Promise.all(all.map((name) => caches.open(name).then((one) => one.keys()))))"
    kept = await page.evaluate(f"{every}.then((all) => all.flat().map((one) => new URL(one.url).pathname))")
    assert sorted(kept) == ["/offline", "/static/icon.svg", "/static/offline.css", "/static/shared/palette.css"]
    await page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.unregister())")
    assert "shell-0" in await page.evaluate(OLDER)
    await page.reload()
    await page.evaluate(WORKER)
    await until_true(page, "caches.keys().then((all) => all.join() === 'shell-1')")


@pytest.mark.parametrize("script", ["", UNCONTROLLED], ids=["controlled", "loaded past its worker"])
async def test_leaving_quickly_clears_worker_caches_and_notices(
    context: BrowserContext, house: House, script: str
) -> None:
    await context.add_init_script(script or "0")
    page, _ = await opened(context, house)
    line = await worker_of(context, page)
    await page.goto("about:blank")
    await until_called(context, line, house.url)
    await page.goto(house.url)
    await page.evaluate("navigator.serviceWorker.ready")
    await page.get_by_role("button", name="Leave quickly").click()
    await page.wait_for_url("about:blank")
    await page.goto(f"{house.url}/static/icon.svg")
    await until_true(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
    await until_true(page, "caches.keys().then((all) => all.length === 0)")


def pretends(device: Device) -> str:
    """Stand in for the push service of a browser's maker, which no test can reach."""
    keys = {"p256dh": device.push.key, "auth": device.push.secret}
    made = json.dumps({"endpoint": device.endpoint, "keys": keys})
    return (
        f"PushManager.prototype.subscribe = async (options) => ({{ toJSON: () => ({made}), options }});"
        "PushManager.prototype.getSubscription = async () => null;"
    )


async def asks(house: House, address: Address) -> None:
    await house.show(address, Send(Content((Span("Want me to tell you?"),), choices=ASKS)))


async def test_the_tap_tells_where_the_device_is_before_it_answers(
    context: BrowserContext, house: House, service: PushService
) -> None:
    device = service.device()
    page, address = await opened(context, house, pretends(device))
    await worker_of(context, page)
    await asks(house, address)
    await page.get_by_role("button", name="Tell me").click()
    await until(lambda: any(isinstance(one, Pressed) for one in house.inbox.events))
    told, pressed = house.inbox.events[-2:]
    assert isinstance(told, Subscribed)
    assert isinstance(pressed, Pressed)
    assert told.push == device.push
    await house.adapter.call(told.push, CALL)
    assert device.open(service.calls[-1][1]) == CALL


async def test_where_no_worker_may_be_the_tap_is_answered_all_the_same(browser: Browser, house: House) -> None:
    context = await browser.new_context(service_workers="block")
    await context.grant_permissions(["notifications"], origin=house.url)
    page, address = await opened(
        context,
        house,
        "window.setTimeout = ((wait) => (doing, time, ...more) => "
        "wait(doing, time === 8000 ? 0 : time, ...more))(window.setTimeout);",
    )
    await asks(house, address)
    await page.get_by_role("button", name="Tell me").click()
    await expect(page.get_by_text("This browser doesn't allow it.")).to_be_visible()
    await context.close()


async def test_where_it_is_not_allowed_the_page_says_so_and_offers_the_phrase(browser: Browser, house: House) -> None:
    context = await browser.new_context()
    page, address = await opened(context, house, "Notification.requestPermission = async () => 'denied';")
    await asks(house, address)
    await page.get_by_role("button", name="Tell me").click()
    await until(lambda: any(isinstance(one, Subscribed) for one in house.inbox.events))
    told = next(one for one in house.inbox.events if isinstance(one, Subscribed))
    assert told.push is None
    await expect(page.get_by_text("This browser doesn't allow it.")).to_be_visible()
    await page.locator("#notice-act").click()
    await expect(page.get_by_role("dialog", name="Keep your place")).to_be_visible()
    assert not any(isinstance(one, Pressed) for one in house.inbox.events)
    await context.close()
