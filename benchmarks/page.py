"""First load of the web chat on a throttled phone: bytes over the wire, requests, milliseconds until it can be used.

Chromium as a phone: 390 x 844, processor four times slower, 150 ms a round trip, 1.6 Mbit/s down and 0.75 up, nothing
cached: the profile that Lighthouse calls mobile. "interactive" is the moment at which the composer can be written into,
"largest" the largest contentful paint. An empty page from the same server is the probe: what is left when ours weighs
nothing. Prints one line of JSON; times are medians of five loads.
"""

import asyncio
import json
import statistics
import sys
from dataclasses import dataclass, field

from playwright.async_api import Browser, CDPSession, async_playwright

from tests.browser import ARGUMENTS, chromium_path
from tests.web.house import open_house

LOADS = 5
WANTED = {"bytes": 120_000, "interactive": 1000}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
PROBE = "static/shared/palette.css"
"""The smallest page there is: one file, no script."""
WATCH = """
  window.figures = { interactive: 0, largest: 0 };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.figures.largest = one.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  const look = () => {
    const form = document.getElementById("composer");
    if (form && !form.hidden && !window.figures.interactive) window.figures.interactive = performance.now();
    else requestAnimationFrame(look);
  };
  look();
"""


@dataclass
class Load:
    """What one load cost."""

    bytes: int = 0
    requests: int = 0
    figures: dict[str, float] = field(default_factory=dict)


def watch(cdp: CDPSession, load: Load) -> None:
    def sent(_event: object) -> None:
        load.requests += 1

    def finished(event: dict[str, float]) -> None:
        load.bytes += int(event["encodedDataLength"])

    cdp.on("Network.requestWillBeSent", sent)
    cdp.on("Network.loadingFinished", finished)


async def one_load(browser: Browser, url: str, *, ours: bool) -> Load:
    load = Load()
    context = await browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    watch(cdp, load)
    await cdp.send("Network.enable")
    await cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await cdp.send("Network.emulateNetworkConditions", SLOW)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    if ours:
        await page.add_init_script(WATCH)
    await page.goto(url)
    if ours:
        await page.wait_for_function("window.figures.interactive > 0")
        await page.wait_for_timeout(1500)
        load.figures = await page.evaluate("window.figures")
    else:
        load.figures = {"loaded": await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")}
    await context.close()
    return load


def figures(loads: list[Load]) -> dict[str, int]:
    times = {name: round(statistics.median(one.figures[name] for one in loads)) for name in loads[0].figures}
    size = round(statistics.median(one.bytes for one in loads))
    return {"bytes": size, "requests": round(statistics.median(one.requests for one in loads)), **times}


async def main() -> int:
    async with async_playwright() as player, open_house() as house:
        browser = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        ours, probe = [], []
        for _ in range(LOADS):
            probe.append(await one_load(browser, f"{house.url}/{PROBE}", ours=False))
            ours.append(await one_load(browser, house.url, ours=True))
        await browser.close()
    found = {"page": figures(ours), "probe": figures(probe), "wanted": WANTED}
    print(json.dumps(found))
    return 0 if all(found["page"][name] <= most for name, most in WANTED.items()) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
