"""The rules of engagement in a real browser, against the real server."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import expect

from tests.stories.browsing import PATIENCE, Tab, browsing, serving, sit_down

WANTED = ("Someone who listens", "Talk about normal life")
BOUGHT = "I bought yesterday. I feel bad about it."
NUMBER = "you can reach me at 415-555-0134 tonight"
CRY = "i want to kill myself tonight"
OFFER = "got oxys for sale 20 each dm me"


async def test_a_number_is_nudged_a_cry_is_helped_an_offer_is_held_and_honesty_is_free(tmp_path: Path) -> None:
    async with serving(tmp_path) as server, browsing() as browser:
        ann = await sit_down(browser, server, 360, 740)
        ben = await sit_down(browser, server, 1280, 800)
        await asyncio.gather(comes_in(ann), comes_in(ben))
        await they_meet(ann, ben)
        await honesty_is_free(ann, ben)
        await a_number_is_nudged(ann, ben)
        await an_offer_is_held(ann, ben)
        await a_cry_is_helped(ann, ben)
        assert ann.faults == ben.faults == []
        assert not any(words in server.log.read_text() for words in ("bought", "0134", "oxys", "kill"))


async def comes_in(tab: Tab) -> None:
    await tab.answers("I'm BuddyBot", "Find a buddy")
    await tab.answers("Are you 18", "Yes")
    await tab.answers("in short", "I agree")
    await tab.answers("What country", "United States")
    await tab.answers("What brings you here", "My own opioid use or recovery")
    await tab.answers("Where are you with opioids", "Using, thinking about a change")
    await tab.ticks("What would help most", *WANTED)
    await tab.ticks("do NOT want", "None of these")
    await tab.ticks("Would any of these fit you", "No")
    await tab.answers("rather nobody used medicine", "No")
    await tab.reads("What time is it")
    await tab.newest("What time is it").locator(".choice").first.click()
    await tab.ticks("When would you most like to talk", "Evenings")
    await tab.ticks("Which languages")
    await tab.answers("I can start looking now", "Look now")


async def they_meet(ann: Tab, ben: Tab) -> None:
    for tab in (ann, ben):
        await tab.reads("Someone who may fit you")
    await ann.press("Say hello")
    await ann.reads("I'm asking")
    await ben.press("Say hello")
    for tab in (ann, ben):
        await tab.reads("Your chat is open here")


async def honesty_is_free(ann: Tab, ben: Tab) -> None:
    await ann.says(BOUGHT)
    await ben.hears([BOUGHT])
    await expect(ann.own("bought").locator(".meta")).to_contain_text("Passed on", timeout=PATIENCE)


async def a_number_is_nudged(ann: Tab, ben: Tab) -> None:
    await ann.says(NUMBER)
    await ann.reads("That looks like a contact")
    await expect(ann.waiting("It's not a contact, send")).to_have_count(0)
    await ben.hears([BOUGHT])
    await ann.press("Send without it")
    await ann.reads("I passed it on without that part")
    await expect(ben.peers("tonight")).to_have_count(1, timeout=PATIENCE)
    await expect(ben.page.get_by_text("0134")).to_have_count(0)


async def an_offer_is_held(ann: Tab, ben: Tab) -> None:
    await ann.says(OFFER)
    await ann.reads("I did not send that. It reads like an offer to sell or share drugs (rule 4)")
    await expect(ann.waiting("I think this is a mistake")).to_be_visible()
    await ann.press("Don't send")
    await ann.reads("I did not send it")
    await expect(ben.peers("oxys")).to_have_count(0)


async def a_cry_is_helped(ann: Tab, ben: Tab) -> None:
    await ann.says(CRY)
    await expect(ben.peers(CRY)).to_have_count(1, timeout=PATIENCE)
    await expect(ann.own(CRY).locator(".meta")).to_contain_text("Passed on", timeout=PATIENCE)
    for tab, words in ((ann, "988"), (ben, "Your buddy")):
        await expect(tab.page.locator("article.crisis").last).to_contain_text(words, timeout=PATIENCE)
    shown = ben.page.locator("article.member, article.crisis")
    await expect(shown.last).to_have_class(re.compile(r"\bcrisis\b"), timeout=PATIENCE)
    links = await ann.page.locator("article.crisis").last.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert "tel:988" in links
