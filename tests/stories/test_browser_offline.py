"""The network goes in the middle of each step: what was typed and tapped is kept, said honestly, and sent once."""

from pathlib import Path

from playwright.async_api import expect

from buddybot.service.kernel.book import Book
from buddybot.testing import Person
from tests.browser import kept_by
from tests.stories.browsing import PATIENCE, Tab
from tests.stories.page_town import AtTheirTab, PageTown, page_town

ANSWERS = {"lane": "self", "now": "thinking", "help_wanted": ("listen", "normal"), "hours": "evening", "pace": "few"}
GONE, ON_ITS_WAY = "The connection is gone", "On its way to the bot"
SLOW_2G = {"offline": False, "latency": 900, "downloadThroughput": 32_000, "uploadThroughput": 16_000}


async def test_without_a_network_nothing_is_lost_doubled_or_claimed(tmp_path: Path, book: Book) -> None:
    async with page_town(tmp_path, book) as town:
        ann = await town.tab()
        await a_tap_and_half_a_thought_wait_for_the_network(ann)
        await a_typed_answer_outlives_the_page_without_a_network(ann)
        ben = await they_are_asked_and_she_answers_without_a_network(town, ann)
        await notes_wait_in_order_and_what_is_taken_back_says_so(town, ann, ben)
        await who_leaves_without_a_network_leaves_nothing(town, ann, ben)
        await erasing_waits_and_is_done_once(ann, ben)
        assert ann.faults == []


async def goes_dark(tab: Tab) -> None:
    await tab.page.context.set_offline(offline=True)
    await expect(tab.page.locator("#notice")).to_contain_text(GONE, timeout=PATIENCE)


async def comes_back(tab: Tab) -> None:
    await tab.page.context.set_offline(offline=False)
    await expect(tab.page.locator("#notice")).not_to_contain_text(GONE, timeout=PATIENCE)


async def waits(tab: Tab, label: str) -> None:
    """Look whether a tap is seen, and said to be on its way and no more."""
    pressed = tab.page.locator("article").filter(has=tab.page.get_by_role("button", name=label, pressed=True)).last
    await expect(pressed).to_contain_text(ON_ITS_WAY, timeout=PATIENCE)


async def a_tap_and_half_a_thought_wait_for_the_network(ann: Tab) -> None:
    """On a slow line a doubled tap is one; without a line the answer waits under its button."""
    line = await ann.page.context.new_cdp_session(ann.page)
    await ann.reads("I'm BuddyBot")
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", SLOW_2G)
    await ann.waiting("Find a buddy").dblclick()
    await expect(ann.page.get_by_role("button", name="Find a buddy", pressed=True)).to_be_visible()
    await ann.reads("Are you 18")
    await expect(ann.page.get_by_text("Are you 18")).to_have_count(1)
    await line.send(
        "Network.emulateNetworkConditions", {**SLOW_2G, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    )
    await line.detach()
    await goes_dark(ann)
    await ann.press("Yes")
    await waits(ann, "Yes")
    await ann.page.locator("#text").fill("half a tho")
    await comes_back(ann)
    await ann.reads("in short")
    await expect(ann.page.locator("#text")).to_have_value("half a tho")
    await expect(ann.page.get_by_text(ON_ITS_WAY)).to_have_count(0)
    await expect(ann.page.get_by_text("Here is how it works, in short")).to_have_count(1)


async def a_typed_answer_outlives_the_page_without_a_network(ann: Tab) -> None:
    """Loading the page anew shows numbers for help; the answer is sent from the next page."""
    await ann.answers("in short", "I agree")
    await ann.reads("What country")
    await ann.page.evaluate("navigator.serviceWorker.ready")
    await goes_dark(ann)
    await ann.says("usa")
    await expect(ann.own("usa")).to_contain_text(ON_ITS_WAY)
    await ann.page.reload()
    await expect(ann.page.get_by_role("link", name="988", exact=True)).to_have_attribute("href", "tel:988")
    assert "usa" not in await ann.page.content()
    await ann.page.context.set_offline(offline=False)
    await ann.page.get_by_role("link", name="Try again").click()
    await ann.reads("What brings you here")
    await expect(ann.own("usa")).to_have_count(1)


async def they_are_asked_and_she_answers_without_a_network(town: PageTown, ann: Tab) -> Person:
    """Bring both to an offer; her yes waits for the network, and counts once."""
    behind, ben = await town.known(ann, "ann"), town.bot.person("ben")
    await goes_on(town, behind)
    await ben.joins(**ANSWERS)
    await town.bot.wait(hours=1, seconds=1)
    await expect(ann.waiting("Say hello")).to_be_visible(timeout=PATIENCE)
    await goes_dark(ann)
    await ann.press("Say hello")
    await waits(ann, "Say hello")
    await comes_back(ann)
    await ann.reads("I'm asking")
    await expect(ann.page.get_by_text(ON_ITS_WAY)).to_have_count(0)
    await ben.presses("Say hello")
    await ann.reads("Your chat is open here")
    return ben


async def goes_on(town: PageTown, behind: AtTheirTab) -> None:
    for question, value in ANSWERS.items():
        await town.bot.answer(behind, question, (value,) if isinstance(value, str) else tuple(value))
    await town.bot.skip_rest(behind)


async def notes_wait_in_order_and_what_is_taken_back_says_so(town: PageTown, ann: Tab, ben: Person) -> None:
    await ann.says("hello from the tunnel")
    await ann.said(["hello from the tunnel"])
    await goes_dark(ann)
    await ann.says("one", "two")
    await ann.acts(ann.own("hello from the tunnel"), "Take back")
    taken = ann.page.locator("article.own").filter(has_text="taken back")
    await expect(taken).to_contain_text(ON_ITS_WAY, timeout=PATIENCE)
    await ben.says("are you there?")
    await comes_back(ann)
    await expect(taken).not_to_contain_text(ON_ITS_WAY, timeout=PATIENCE)
    await ann.hears(["are you there?"])
    await town.bot.settle()
    assert [text.partition(": ")[2] for text in ben.hears()] == ["one", "two"]


async def who_leaves_without_a_network_leaves_nothing(town: PageTown, ann: Tab, ben: Person) -> None:
    """A shared phone: what was not sent yet goes too, and the way back shows nothing."""
    await goes_dark(ann)
    await ann.says("nobody may read this")
    await ann.page.locator("#text").fill("nor this")
    await ann.page.get_by_role("button", name="Leave quickly").click()
    await ann.page.wait_for_url("about:blank")
    await ann.page.context.set_offline(offline=False)
    await ann.page.go_back()
    assert "nobody may" not in await ann.page.content()
    await ann.open(town.url)
    await ann.reads("You have a buddy here")
    everything = await ann.page.content() + str(await kept_by(ann.page))
    assert not any(words in everything for words in ("nobody may", "nor this", "tunnel", "are you there"))
    await town.bot.settle()
    assert not any("nobody may" in text for text in ben.hears())


async def erasing_waits_and_is_done_once(ann: Tab, ben: Person) -> None:
    await ben.says("are you there again?")
    await ann.hears(["are you there again?"])
    await ann.says("/forget")
    await ann.answers("It can't be undone", "Erase all")
    await ann.reads("Sure?")
    await goes_dark(ann)
    await ann.press("Yes, erase")
    await waits(ann, "Yes, erase")
    await comes_back(ann)
    await ann.reads("I no longer know you")
    await expect(ann.page.locator("#log article")).to_have_count(1)
    await expect(ann.page.locator("#rooms")).to_be_hidden()
    assert "are you there" not in str(await kept_by(ann.page))
    await ann.says("hi")
    await ann.reads("I'm BuddyBot")
