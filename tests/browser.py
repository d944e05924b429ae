"""Where the browser tests find Chromium, and what axe-core says of a page."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final, TypedDict

from axe_playwright_python.async_playwright import Axe
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from playwright.async_api import Page, expect

# Whatever is expected of a page without a word about how long: a busy machine may take its time.
expect.set_options(timeout=60_000)
WITHOUT = (
    # What Playwright leaves out, said again: Chromium goes by the last such list alone.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    # Two pages of the address bar's own, in each window that nobody sees: two thirds of what opening a page costs.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    f"--disable-features={','.join(WITHOUT)}",
)


class Fault(TypedDict):
    """What axe-core minds of a page, as far as it is read here."""

    id: str
    impact: str
    nodes: list[dict[str, str]]


async def until_true(page: Page, script: str) -> None:
    """Ask until it is true. `Page.wait_for_function` fails where the first answer is no: the page forbids `eval`."""
    for _ in range(3000):
        if await page.evaluate(script):
            return
        await asyncio.sleep(0.02)
    raise TimeoutError(script)


async def violations(page: Page) -> list[str]:
    """Return what keeps somebody from using this page."""
    await page.evaluate(Axe().axe_script)
    found: list[Fault] = await page.evaluate(RUN)
    return [_named(fault) for fault in found if fault["impact"] in {"serious", "critical"}]


def _named(fault: Fault) -> str:
    return f"{fault['id']}: {fault['nodes'][0]['html']}"


async def kept_by(page: Page) -> dict[str, str]:
    """Return what this tab's storage holds, opened with the key in its cookie where it is sealed (RFC 8439)."""
    held: dict[str, str] = await page.evaluate("({...localStorage, ...sessionStorage})")
    key = re.search(r"\btab=([0-9a-f]{64})", await page.evaluate("document.cookie"))
    return {name: text if key is None else _opened(bytes.fromhex(key[1]), text) for name, text in held.items()}


def _opened(key: bytes, text: str) -> str:
    nonce, words = (data := text.encode("latin-1"))[:12], data[12:]
    cipher = Cipher(algorithms.ChaCha20(key, (1).to_bytes(4, "little") + nonce), None)
    return cipher.decryptor().update(words).decode()


RUN = "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"
"""As the library runs it; once its script is in the page, that stays for the next run."""
SCHEMES: Final = ("light", "dark")
WIDTHS = (320, 390, 1280)


async def flaws(page: Page) -> list[str]:
    """Return all that axe-core minds, in both colour schemes and at each width, and what is cut off sideways."""
    size, found = page.viewport_size, dict[str, str]()
    await page.evaluate(Axe().axe_script)
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 844})
            faults: list[Fault] = await page.evaluate(RUN)
            for fault in faults:
                found.setdefault(_named(fault), f"{scheme} {width}")
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.setdefault("cut off sideways", f"{scheme} {width}")
    if size is not None:
        await page.set_viewport_size(size)
    await page.emulate_media(color_scheme=None, reduced_motion=None)
    return [f"{where}: {fault}" for fault, where in found.items()]


@cache
def chromium_path() -> str:
    """Return an executable Chromium, installing one where there is none; fails with a sentence, never skips."""
    for attempt in (_present, _from_debian, _from_playwright):
        if found := attempt():
            return found
    raise RuntimeError(
        "The browser tests need Chromium and could not install it: install Debian's chromium package, "
        f"or run `{sys.executable} -m playwright install chromium`, then run the tests again."
    )


def _present() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None


def _from_debian() -> str | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("installing Debian's chromium for the browser tests ...", file=sys.stderr)  # noqa: T201 - a long wait is announced
    _run("apt-get", "update")
    _run("apt-get", "install", "-y", "--no-install-recommends", "chromium")
    return _present()


def _from_playwright() -> str | None:
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    cache_dir = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(path) for path in sorted(cache_dir.glob("chromium-*/chrome-linux*/chrome"), reverse=True)), None)


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, capture_output=True, env=environment, timeout=900)
