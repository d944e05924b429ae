"""Ann at a tab and Ben elsewhere agree to photos and voice: both ways, hidden until tapped, and stopped with a tap."""

from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import FilePayload, expect

from buddybot.adapter import Capabilities
from buddybot.domain.moderation import file_evidence
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform
from tests import samples
from tests.browser import flaws
from tests.stories.browsing import PATIENCE, Tab
from tests.stories.moderating import cases
from tests.stories.page_town import PageTown, page_town

PASTE = """(encoded) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0))], "p.jpg", { type: "image/jpeg" }));
  document.getElementById("text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""
LOADED = "document.querySelector('script[src*=\"files.js\"]') !== null"


async def test_photos_go_both_ways_between_a_page_and_another_app(tmp_path: Path, book: Book) -> None:
    lets = replace(book, practice=replace(book.practice, photos=True, voice=True))
    shows = FakePlatform(capabilities=Capabilities(media=frozenset({"photo", "voice"})))
    async with page_town(tmp_path, lets, platform=shows) as town:
        ann = await town.tab()
        await ann.reads("I'm BuddyBot")
        await town.known(ann, "ann")
        _, ben = await town.bot.pair("ann", "ben")
        assert not await ann.page.evaluate(LOADED)
        await ann.page.evaluate(PASTE, encoded(samples.jpeg()))
        await ann.answers("if you both say yes", "Yes, that's okay")
        await ann.reads("I'm asking")
        await town.bot.settle()
        await ben.presses("Yes, that's okay")
        await ann.reads("You both said yes")
        await ann_sends_one(town, ann)
        await ben.shares("photo", samples.png())
        theirs = ann.page.locator("article.member .media")
        await theirs.get_by_role("button", name="Show the photo").click(timeout=PATIENCE)
        await expect(theirs.get_by_role("img", name="A photo")).to_be_visible()
        assert await theirs.locator("img").evaluate("(it) => it.decode().then(() => it.naturalWidth)") == 60
        await ben.shares("voice", samples.ogg())
        await ann.page.get_by_role("button", name="Play the voice note").click(timeout=PATIENCE)
        await expect(ann.page.locator("article.member audio")).to_be_visible()
        assert await flaws(ann.page) == []
        await ann.press("Stop photos and voice")
        await ann.reads("just words between you")
        await expect(ann.page.locator(".takes")).to_have_count(0)
        await town.bot.settle()
        assert "just words" in ben.sees()[-1]
        await ann_reports_one(town, ann)
        assert ann.faults == []


async def ann_sends_one(town: PageTown, ann: Tab) -> None:
    ben = town.bot.person("ben")
    picture: FilePayload = {"name": "IMG_4711.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg(3000, 2000)}
    await ann.page.locator(".takes input").set_input_files(picture)
    await expect(ann.own("A photo")).to_contain_text("Passed on", timeout=PATIENCE)
    await town.bot.settle()
    made = ben.chat()[-1].content.media
    assert made is not None
    assert Image.open(BytesIO(made.data)).size == (1067, 1600)
    assert samples.SECRET not in made.data


async def ann_reports_one(town: PageTown, ann: Tab) -> None:
    """What she holds goes along with its words: the bot has no copy."""
    await ann.acts(ann.peers("A photo").first, "Report this")
    await ann.answers("What is it about", "Mean")
    await ann.answers("Should moderators see", "Only this one")
    await ann.reads("Sent")
    await town.bot.settle()
    (case,) = await cases(town.bot)
    shared = await town.bot.house.store.read(lambda tx: tx.records.reports(case.id))
    assert [one.verified for one in shared] == [True, True]
    assert Image.open(BytesIO(file_evidence.in_text(shared[1].text))).size == (60, 40)


def encoded(data: bytes) -> str:
    return b64encode(data).decode()
