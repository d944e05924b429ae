"""A mentor on Telegram, somebody on Discord who looks for one, a lead at a real Chromium: the real bot, real wires."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Page, expect

from tests.desk.pictures import picture
from tests.discord.wire import open_wire
from tests.ports import free_port
from tests.stories.browsing import PATIENCE, browsing
from tests.stories.care.test_mentors import RIGHT
from tests.stories.test_browser_desk import signs_in
from tests.stories.wires import OnDiscord, OnTelegram, Process, Talker, comes_in, on_discord, on_telegram, reads, until
from tests.telegram.wire import FakeTelegram

WEEKS = round(timedelta(days=20) / timedelta(microseconds=1))


async def taps(who: Talker, *labels: str) -> None:
    for label in labels:
        await until(lambda: label in who.labels())
        await who.presses(label)


async def weeks_pass(bot: Process, folder: Path) -> None:
    """Let everybody have been here for weeks; the bot is off meanwhile."""
    await bot.kill()
    with closing(sqlite3.connect(folder / "var" / "buddybot.db")) as db, db:
        db.execute("UPDATE member SET joined_at = joined_at - ?", (WEEKS,))
    await bot.start()


async def decides(page: Page) -> None:
    """Open the case from the queue and say yes."""
    await page.get_by_role("link", name="wants to be a mentor").first.click(timeout=PATIENCE)
    await expect(page.get_by_role("heading", name="Offers to be a mentor")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("Weeks here: 2")).to_be_visible()
    await picture(page, "mentor")
    await page.get_by_label("Yes, let them").check()
    await page.get_by_role("button", name="Send the answer").click()
    await expect(page.get_by_text("they are a mentor now")).to_be_visible(timeout=PATIENCE)


async def test_from_an_offer_on_telegram_to_a_talk_with_somebody_on_discord(tmp_path: Path) -> None:
    port = free_port()
    async with open_wire() as wire, FakeTelegram() as fake, browsing() as browser:
        mia, lead, ann = OnTelegram(fake, "mia"), OnTelegram(fake, "lead"), OnDiscord(wire, "ann")
        us = fake.world.token.partition(":")[0]
        staff = [{"role": "lead", "platform": "telegram", "identity": us, "account": str(lead.person.account)}]
        settings = {"BUDDYBOT_ADAPTERS__DESK__PORT": str(port), "BUDDYBOT_STAFF": json.dumps(staff)}
        bot = Process(tmp_path, {**on_discord(wire), **on_telegram(fake), **settings})
        await bot.start()
        try:
            await mia.arrives()
            await comes_in(mia, "Steady for a year or more")
            await taps(mia, "Stop looking")
            await weeks_pass(bot, tmp_path)
            await lead.says("/help")
            await mia.says("/mentor")
            await taps(mia, "Be a mentor", "Yes, go on", "Yes, it is", *RIGHT, "One", "Send it")
            await reads(mia, "A lead looks at it")
            await until(lambda: any("offers to be a mentor" in one for one in lead.sees()))
            page = await signs_in(browser, lead)
            await decides(page)
            await reads(mia, "A lead said yes")
            await ann.arrives()
            await comes_in(ann)
            await reads(ann, "Until then")
            await ann.says("/find mentor")
            await reads(ann, "Should I look for one")
            await taps(ann, "Look for a mentor")
            await until(lambda: any("is a mentor here" in one for one in ann.sees()))
            await ann.presses("Say hello")
            await taps(mia, "Say hello")
            await until(lambda: any("is your mentor now" in one for one in ann.sees()))
            await ann.says("thank you for being here")
            await until(lambda: any("thank you for being here" in one for one in mia.sees()))
            await mia.says("/mentor stop")
            await taps(mia, "Step down now")
            await until(lambda: any("can't be your mentor any more" in one for one in ann.sees()))
            assert "Another mentor" in ann.labels()
            assert str(mia.person.account) not in await page.content()
        finally:
            await bot.end()
