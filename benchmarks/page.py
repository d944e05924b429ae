"""First load of the web chat on a throttled phone: bytes over the wire, requests, milliseconds until it can be used.

Chromium as a phone: 390 x 844, processor four times slower, 150 ms a round trip, 1.6 Mbit/s down and 0.75 up, nothing
cached: the profile that Lighthouse calls mobile. "interactive" is the moment at which the composer can be written into,
"connected" the one at which the server knows of the tab, "largest" the largest contentful paint. "before" counts what
has to arrive before anybody can write: document, styles and scripts, with their bytes. "processor" is the time that
the page's main thread worked, at the slower pace.

Milliseconds on a busy machine say more of the machine than of the page. The probe is a plain page from the same server,
the one without a script that an installed app shows offline, loaded just before each of ours in the same browser:
"beside" is the median of what ours took beyond the probe that came before it. Prints one line of JSON; times are
medians of seven loads, and the exit status is 0 only if bytes, requests and milliseconds are as wanted.
"""

import asyncio
import json
import statistics
import sys
from dataclasses import dataclass, field

from playwright.async_api import Browser, CDPSession, async_playwright

from tests.browser import ARGUMENTS, chromium_path
from tests.web.house import open_house

LOADS = 7
WANTED = {"bytes": 120_000, "before": 2, "interactive": 1000}
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
NEEDED = {"Document", "Stylesheet", "Script"}
WATCH = """
  window.figures = { interactive: 0, connected: 0, largest: 0 };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.figures.largest = one.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  const look = () => {
    const form = document.getElementById("composer");
    if (form && !form.hidden) window.figures.interactive ||= performance.now();
    if (document.getElementById("notice")?.dataset.state === "online") window.figures.connected ||= performance.now();
    else requestAnimationFrame(look);
  };
  look();
"""
LOADED = "({ loaded: performance.getEntriesByType('navigation')[0].loadEventStart })"


@dataclass
class Load:
    """What one load cost."""

    bytes: int = 0
    requests: int = 0
    needed: set[str] = field(default_factory=set)
    needed_bytes: int = 0
    processor: float = 0
    figures: dict[str, float] = field(default_factory=dict)


def watch(cdp: CDPSession, load: Load) -> None:
    def sent(event: dict[str, str]) -> None:
        load.requests += 1
        if event.get("type") in NEEDED:
            load.needed.add(event["requestId"])

    def finished(event: dict[str, object]) -> None:
        size = int(str(event["encodedDataLength"]))
        load.bytes += size
        if event["requestId"] in load.needed:
            load.needed_bytes += size

    cdp.on("Network.requestWillBeSent", sent)
    cdp.on("Network.loadingFinished", finished)


async def one_load(browser: Browser, url: str, watched: str, figures: str) -> Load:
    load = Load()
    context = await browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    watch(cdp, load)
    await cdp.send("Network.enable")
    await cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    await cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await cdp.send("Network.emulateNetworkConditions", SLOW)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    await page.add_init_script(watched)
    await page.goto(url)
    while not all((await page.evaluate(figures)).values()):
        await asyncio.sleep(0.1)  # the page's own policy forbids to wait inside it
    await asyncio.sleep(1.5)
    load.figures = await page.evaluate(figures)
    metrics = {one["name"]: one["value"] for one in (await cdp.send("Performance.getMetrics"))["metrics"]}
    load.processor = metrics["TaskDuration"] * 1000
    await context.close()
    return load


def figures(loads: list[Load]) -> dict[str, int]:
    counted: dict[str, list[float]] = {
        "bytes": [one.bytes for one in loads],
        "requests": [one.requests for one in loads],
        "before": [len(one.needed) for one in loads],
        "before_bytes": [one.needed_bytes for one in loads],
        "processor": [one.processor for one in loads],
    }
    times = {name: [one.figures[name] for one in loads] for name in loads[0].figures}
    return {name: round(statistics.median(values)) for name, values in (counted | times).items()}


async def main() -> int:
    async with async_playwright() as player, open_house() as house:
        browser = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        ours, probe = [], []
        for _ in range(LOADS):
            probe.append(await one_load(browser, f"{house.url}/offline", "", LOADED))
            ours.append(await one_load(browser, house.url, WATCH, "window.figures"))
        await browser.close()
    beside = [one.figures["interactive"] - other.figures["loaded"] for one, other in zip(ours, probe, strict=True)]
    cost = figures(ours)
    print(json.dumps({
        "page": cost, "probe": figures(probe), "beside": round(statistics.median(beside)), "wanted": WANTED,
    }))  # fmt: skip
    return 0 if all(cost[name] <= most for name, most in WANTED.items()) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
