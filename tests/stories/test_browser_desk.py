"""Reported on Telegram, said on Discord, decided on the desk: the real bot, real wires, moderators at a real Chromium.

A pause (S4) follows at once. Milder steps wait some minutes, so that nobody can guess who told: other stories
have those.
"""

import json
import re
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.desk.pictures import picture
from tests.discord.wire import open_wire
from tests.ports import free_port
from tests.stories.browsing import PATIENCE, browsing
from tests.stories.wires import OnDiscord, OnTelegram, Process, meet, on_discord, on_telegram, until
from tests.telegram.wire import FakeTelegram

SAID = "send me the money or i will find you"
SONG = "it was a line of a song we both know"


async def test_reported_acted_on_appealed_and_overturned(tmp_path: Path) -> None:
    port = free_port()
    async with open_wire() as wire, FakeTelegram() as fake, browsing() as browser:
        mo, lu, ann = (OnTelegram(fake, one) for one in ("mo", "lu", "ann"))
        ben = OnDiscord(wire, "ben")
        us = fake.world.token.partition(":")[0]
        staff = [
            {"role": "moderator", "platform": "telegram", "identity": us, "account": str(one.person.account)}
            for one in (mo, lu)
        ]
        settings = {"BUDDYBOT_ADAPTERS__DESK__PORT": str(port), "BUDDYBOT_STAFF": json.dumps(staff)}
        bot = Process(tmp_path, {**on_discord(wire), **on_telegram(fake), **settings})
        await bot.start()
        try:
            await meet(ann, ben)
            await ann_reports(ann, ben)
            first = await comes_to_the_desk(browser, mo)
            await mo_pauses_ben(first)
            await until(lambda: any("I paused your notes" in one for one in ben.sees()))
            await until(lambda: any("You did nothing wrong" in one for one in ann.sees()))
            await ben.says("/appeal")
            await until(lambda: any("Tell me in your words" in one for one in ben.sees()))
            await ben.says(SONG)
            await until(lambda: any("Somebody who was not part of it" in one for one in ben.sees()))
            await mo_may_not_decide(first)
            second = await comes_to_the_desk(browser, lu)
            await lu_undoes_it(second)
            await until(lambda: any("We were wrong, and we are sorry" in one for one in ben.sees()))
            await ben.says("are you still there?")
            await until(lambda: any("are you still there?" in one for one in ann.sees()))
            for page in (first, second):
                assert str(mo.person.account) not in await page.content()
            assert not re.search("find you|line of a song|are you still", bot.log.read_text())
        finally:
            await bot.end()


async def ann_reports(ann: OnTelegram, ben: OnDiscord) -> None:
    await ben.says(SAID)
    await until(lambda: any(SAID in one for one in ann.sees()))
    await ann.says("/report")
    await until(lambda: "Threat" in ann.labels())
    await ann.presses("Threat")
    await until(lambda: "Only this one" in ann.labels())
    await ann.presses("Only this one")
    await until(lambda: any("Please paste" in one or "Sent." in one for one in ann.sees()))
    if not any("Sent." in one for one in ann.sees()):
        await ann.says(SAID)
    await until(lambda: any("Sent." in one for one in ann.sees()))


async def signs_in(browser: Browser, who: OnTelegram) -> Page:
    """Ask the bot for a link, follow it, and press the button there."""
    await who.says("/mod desk on")
    await until(lambda: any("enter?token=" in one for one in who.sees()))
    link = re.findall(r"http://\S+/enter\?token=[\w-]+", who.sees()[-1])[0]
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await context.new_page()
    await page.goto(link)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Queue")).to_be_visible(timeout=PATIENCE)
    return page


async def comes_to_the_desk(browser: Browser, who: OnTelegram) -> Page:
    """Sign in, and open the first case."""
    page = await signs_in(browser, who)
    await page.locator(".row > a").first.click()
    await expect(page.get_by_role("heading", name="What was shared")).to_be_visible(timeout=PATIENCE)
    return page


async def mo_pauses_ben(page: Page) -> None:
    await page.locator("#veil summary").click()
    await expect(page.get_by_text(SAID)).to_be_visible()
    await expect(page.get_by_text("Said here, word for word")).to_be_visible()
    await picture(page, "evidence")
    await page.locator("details.step summary").get_by_text("Pause all their notes").click()
    step = page.locator("details.step[open]")
    await step.get_by_label("Your words to them").fill("It read like a threat.")
    await step.get_by_role("button", name="Pause").click()
    await expect(page.get_by_role("status")).to_contain_text("Done:", timeout=PATIENCE)


async def mo_may_not_decide(page: Page) -> None:
    await page.goto(page.url)
    await page.locator(".others a").click()
    await expect(page.get_by_text(SONG).first).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("so somebody else answers")).to_be_visible()
    await expect(page.get_by_role("button", name="Send the answer")).to_have_count(0)


async def lu_undoes_it(page: Page) -> None:
    await page.locator(".others a").click()
    await expect(page.get_by_text(SONG).first).to_be_visible()
    await picture(page, "appeal")
    await page.get_by_label("Undo it, say sorry").check()
    await page.get_by_role("button", name="Send the answer").click()
    await expect(page.get_by_role("status")).to_contain_text("Decided", timeout=PATIENCE)
    await expect(page.locator("main")).to_contain_text("overturned")
    await expect(page.get_by_text(SONG)).to_have_count(0)
