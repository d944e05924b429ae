"""Two people meet, one closes the tab, is called, and comes back after three days: in Chromium, by a clock of ours.

Chromium subscribes at its maker's push service, which no test can reach. So `subscribe` is answered by a device of our
own (`pretends`), whose push service takes the real call over TLS and opens it as a browser would (RFC 8291); the
sentence found inside is then handed to the service worker by the browser's own tools. A notice can't be tapped without
a screen: the worker is told that it was, and what it opens is looked at in place of a window.
"""

from pathlib import Path

from playwright.async_api import BrowserContext, expect

from buddybot.service.kernel.book import Book
from tests.stories.browsing import PATIENCE, Tab
from tests.stories.page_town import PageTown, page_town
from tests.web.push_service import Device
from tests.web.test_installed import Line, pretends, until_called, until_shown, worker_of

NOTES = [f"day {day}: {what}" for day, what in enumerate(("rain", "my sister called", "slept at last", "soup", "sun"))]
CALL = "Something is waiting for you"
DAYS_AHEAD = "{ const now = Date.now; Date.now = () => now() + 3 * 86_400_000; }"
"""A browser whose clock is wrong: what time it is there is asked by the bot's clock and the browser's zone."""
TAPPED = """async () => {
    let opened = null;
    Object.defineProperty(self.clients, "openWindow", { configurable: true, value: async (url) => (opened = url) });
    const [notification] = await self.registration.getNotifications();
    let done;
    const event = new NotificationEvent("notificationclick", { notification });
    event.waitUntil = (promise) => (done = promise);
    self.dispatchEvent(event);
    await done;
    return opened;
}"""
MISSPELT = (
    ("I'm BuddyBot", "find a budy"),
    ("Are you 18", "yess im 34"),
    ("in short", "i agre"),
    ("What country", "untied states"),
    ("What brings you here", "my own opiod use"),
    ("Where are you with opioids", "using thinking abuot a change"),
    ("What would help most", "someone who lisens and nomal life"),
    ("do NOT want", "none of thsse"),
    ("Would any of these fit you", "no"),
    ("rather nobody used medicine", "nope"),
    ("Is it about", "yep"),
    ("When would you most like to talk", "evnings"),
    ("Which languages", "englsh"),
    ("I can start looking now", "look nwo"),
)


async def test_one_closes_the_tab_hears_by_push_and_reads_everything_after_three_days(
    tmp_path: Path, book: Book
) -> None:
    async with page_town(tmp_path, book) as town:
        device, phone = town.push.device(), await allowing(town)
        ann, ben = await town.tab(), await town.tab(phone, pretends(device) + DAYS_AHEAD)
        await ann_types(ann)
        await ben_taps(ben)
        await they_meet(ann, ben)
        await ben_lets_himself_be_called_and_goes(ann, ben)
        line = await worker_of(phone, ben.page)
        await ben.page.goto("about:blank")
        await ann_writes_over_days(town, ann)
        await the_phone_shows_that_something_waits(town, phone, line, device)
        await ben_comes_back(town, phone, ann)
        assert ann.faults == ben.faults == []


async def allowing(town: PageTown) -> BrowserContext:
    """Return a phone whose person lets this page show notices."""
    context = await town.context()
    await context.grant_permissions(["notifications"], origin=town.url)
    return context


async def ann_types(ann: Tab) -> None:
    """Every answer is typed, most with a slip of the fingers."""
    for question, typed in MISSPELT:
        await ann.reads(question)
        await ann.says(typed)
    await ann.reads("Want me to tell you")
    await ann.says("not nwo")
    await ann.reads('Did you mean "Not now"')
    await ann.says("yes")
    await ann.reads("waits here")


async def ben_taps(ben: Tab) -> None:
    await ben.answers("I'm BuddyBot", "Find a buddy")
    await ben.answers("Are you 18", "Yes")
    await ben.answers("in short", "I agree")
    await ben.answers("What country", "United States")
    await ben.answers("What brings you here", "My own opioid use or recovery")
    await ben.answers("Where are you with opioids", "Using, thinking about a change")
    await ben.ticks("What would help most", "Someone who listens", "Talk about normal life")
    await ben.ticks("do NOT want", "None of these")
    await ben.ticks("Would any of these fit you", "No")
    await ben.answers("rather nobody used medicine", "No")
    await ben.answers("Is it about 7:00 am", "Yes")
    await ben.ticks("When would you most like to talk", "Evenings")
    await ben.ticks("Which languages")
    await ben.answers("I can start looking now", "Look now")


async def they_meet(ann: Tab, ben: Tab) -> None:
    for tab in (ann, ben):
        await expect(tab.page.locator(".offer")).to_be_visible(timeout=PATIENCE)
    await ann.says("say helo")
    await ann.reads("I'm asking")
    await ben.press("Say hello")
    for tab in (ann, ben):
        await tab.reads("Your chat is open here")


async def ben_lets_himself_be_called_and_goes(ann: Tab, ben: Tab) -> None:
    await ben.says("hey")
    await ann.hears(["hey"])
    await ben.press("Tell me")
    await ben.reads("I'll tell you once")


async def ann_writes_over_days(town: PageTown, ann: Tab) -> None:
    for number, note in enumerate(NOTES):
        await ann.says(note)
        await ann.said(NOTES[: number + 1])
        await town.bot.wait(hours=17)


async def the_phone_shows_that_something_waits(
    town: PageTown, phone: BrowserContext, line: Line, device: Device
) -> None:
    """One call for all five, signed and sealed; it names nobody, and what it opens is the page."""
    ((_, body, _),) = town.push.calls
    assert device.open(body) == CALL
    assert str(town.push.signed()["sub"]).startswith("mailto:")
    ((title, words, tag, icon),) = await until_called(phone, line, town.url)
    assert (title, words, tag) == (CALL, "", "waiting")
    assert icon == f"{town.url}/static/icon-192.png"
    (worker,) = phone.service_workers
    assert await worker.evaluate(TAPPED) == f"{town.url}/"
    await until_shown(phone, 0)


async def ben_comes_back(town: PageTown, phone: BrowserContext, ann: Tab) -> None:
    ben = await town.tab(phone)
    await ben.hears(NOTES)
    room = ben.page.locator("#rooms [aria-current]")
    await expect(room).to_contain_text("Your buddy")
    await ben.page.reload()
    await ben.hears(NOTES)
    await ben.says("i am here. read it all")
    await ann.hears(["hey", "i am here. read it all"])
    await town.bot.wait(hours=1)
    await ben.hears(NOTES)
    assert len(town.push.calls) == 1
