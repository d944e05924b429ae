"""What the browser story needs: the real server as a process of its own, and a person at a browser tab."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.browser import ARGUMENTS, chromium_path
from tests.ports import free_port
from tests.stories.wires import know_content
from tests.waiting import comes

PATIENCE = 60_000
"""Milliseconds for what must come: the browser waits a while between two tries to reach a server that is down."""

STARTS = 180.0
"""Seconds for a start: a few of a processor's, of which browsers and other tests leave little."""

SHOTS = (("phone", 360, 740), ("desk", 1280, 800))


class Served(Protocol):
    """Where the page is, whoever serves it."""

    @property
    def url(self) -> str:
        """Its address."""


class Server:
    """`buddybot run` in a folder of its own; it can be killed and started again on the same files and port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and return once it serves."""
        before = self._ready()
        know_content(self.folder)
        settings = {"BUDDYBOT_ADAPTERS__WEB__PORT": str(self.port), "BUDDYBOT_LOG_LEVEL": "debug"}
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "buddybot", "run"),
                cwd=self.folder,
                env={**os.environ, **settings},
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + STARTS
        while time.monotonic() < end and self._process.returncode is None:
            if self._ready() > before:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.log.read_text())

    def _ready(self) -> int:
        return self.log.read_text().count(f"ready: {self.url}") if self.log.exists() else 0

    async def kill(self) -> None:
        """Take it away without a warning, as a power cut would."""
        assert self._process is not None
        self._process.kill()
        await comes(self._process.wait())

    async def interrupt(self) -> tuple[int, float]:
        """Press Ctrl-C; return the exit status and the seconds it took."""
        assert self._process is not None
        begun = time.perf_counter()
        self._process.send_signal(signal.SIGINT)
        status = await comes(self._process.wait())
        return status, time.perf_counter() - begun

    async def end(self) -> None:
        """Leave no process behind."""
        if self._process is not None and self._process.returncode is None:
            await self.kill()


class Tab:
    """One person's browser tab; every complaint of the browser is a fault of the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None)

    async def open(self, url: str) -> None:
        """Open the chat."""
        await self.page.goto(url)

    async def reads(self, text: str) -> None:
        """Wait until one of the newest messages says this: the bot may add something at once."""
        await expect(self.newest(text)).to_be_visible(timeout=PATIENCE)

    def newest(self, text: str) -> Locator:
        """Return the last of the newest three messages that says this."""
        return self.page.locator("#log article:nth-last-of-type(-n+3)").filter(has_text=text).last

    async def says(self, *texts: str) -> None:
        """Type each and press Enter, whether or not anybody listens just now."""
        for text in texts:
            await self.page.locator("#text").fill(text)
            await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        """Press the newest button of this name that still waits for an answer."""
        await self.waiting(label).click(timeout=PATIENCE)

    def waiting(self, label: str) -> Locator:
        """Return the newest button of this name under a message."""
        return self.page.locator(".choices button:not(.taken)").get_by_text(label, exact=True).last

    async def answers(self, question: str, *labels: str) -> None:
        """Wait for the question, then press these buttons."""
        await self.reads(question)
        for label in labels:
            await self.press(label)

    async def ticks(self, question: str, *labels: str) -> None:
        """Wait for the question, tick these, and confirm."""
        await self.reads(question)
        for label in labels:
            await self.page.get_by_label(label, exact=True).last.check(timeout=PATIENCE)
        await self.press("Done")

    def own(self, text: str) -> Locator:
        """Return the message of theirs that says this."""
        return self.page.locator("article.own").filter(has_text=text)

    def peers(self, text: str) -> Locator:
        """Return the buddy's message that says this."""
        return self.page.locator("article.member").filter(has_text=text)

    async def acts(self, note: Locator, what: str) -> None:
        """Open what can be done with a message, and do it."""
        await note.get_by_role("button", name="More for this note").click(timeout=PATIENCE)
        await note.get_by_role("button", name=what, exact=True).click()

    async def hears(self, texts: Sequence[str]) -> None:
        """Wait until the buddy's messages are exactly these, in this order."""
        await expect(self.page.locator("article.member .text")).to_have_text(list(texts), timeout=PATIENCE)

    async def said(self, texts: Sequence[str], *, marked: Sequence[str] = ()) -> None:
        """Wait until exactly these of their messages were passed on, and are their last.

        Where a bot was killed it may have delivered a note and not said so any more: then only those `marked` must be.
        """
        passed = self.page.locator("article.own").filter(has=self.page.get_by_text("Passed on")).locator(".text")
        if not marked:
            await expect(passed).to_have_text(list(texts), timeout=PATIENCE)
        for text in marked:
            await expect(passed.filter(has_text=text)).to_have_count(1, timeout=PATIENCE)
        everything = await self.page.locator("article.own .text").all_inner_texts()
        assert everything[-len(texts) :] == texts

    async def pictures(self, name: str) -> None:
        """Photograph this moment on phone and desk, light and dark, for whoever asked for pictures."""
        folder, size = os.environ.get("BUDDYBOT_SCREENSHOTS"), self.page.viewport_size
        if not folder or size is None:
            return
        for device, width, height in SHOTS:
            await self.page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                await self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                await self.page.screenshot(path=Path(folder) / f"{name}-{device}-{scheme}.png", animations="disabled")
        await self.page.emulate_media(color_scheme="light")
        await self.page.set_viewport_size(size)


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Server]:
    """Run a server as long as this lasts."""
    server = Server(folder)
    try:
        await server.start()
        yield server
    finally:
        await server.end()


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Run a browser as long as this lasts."""
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def sit_down(browser: Browser, server: Served, width: int, height: int) -> Tab:
    """Open the chat as somebody new."""
    context = await browser.new_context(viewport={"width": width, "height": height})
    tab = Tab(await context.new_page())
    await tab.open(server.url)
    return tab
