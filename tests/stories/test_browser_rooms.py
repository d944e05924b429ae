"""A buddy, a circle and somebody on call at once: each note goes to the room it is written in; and a second device.

The page is 320 pixels wide, with text at 200 %: nothing is cut off, and writing stays in sight in every room.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.async_api import expect

from buddybot.service.kernel.book import Book
from buddybot.testing import Person
from tests.stories.browsing import PATIENCE, Tab
from tests.stories.matching.test_circles import wishing
from tests.stories.page_town import PageTown, page_town
from tests.stories.talk.test_on_call import on_call

LARGE = "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; });"
NARROW = {"width": 320, "height": 640}
CIRCLE = ("cleo", "dan", "eve")


async def test_a_buddy_a_circle_and_somebody_on_call_each_hear_what_is_theirs(tmp_path: Path, book: Book) -> None:
    """Nobody has a buddy and a circle at once: the buddy leaves before the circle begins."""
    async with page_town(tmp_path, book) as town:
        ann = await town.tab(script=LARGE, viewport=NARROW)
        await ann.reads("I'm BuddyBot")
        behind = await town.known(ann, "ann")
        await town.bot.pair("ann", "ben")
        (olga,) = await on_call(town.bot, "olga")
        await behind.uses("now")
        await olga.presses("I can")
        await each_hears_what_is_theirs(town, ann, {"buddy": ("ben",), "talk": ("olga",)}, "i baked bread", "it rains")
        await a_note_is_seen_once_on_each_of_two_devices(town, ann)
        await town.bot.wait(minutes=61)
        await the_buddy_leaves_and_a_circle_begins(town, ann, behind)
        await behind.uses("now")
        await olga.presses("I can")
        await expect(ann.page.locator("#rooms .room:not(.over)")).to_have_count(3, timeout=PATIENCE)
        await each_hears_what_is_theirs(town, ann, {"circle": CIRCLE, "talk": ("olga",)}, "hello all", "back again")
        assert ann.faults == []


async def the_buddy_leaves_and_a_circle_begins(town: PageTown, ann: Tab, behind: Person) -> None:
    bot, ben = town.bot, town.bot.person("ben")
    await ben.uses("goodbye")
    await ben.presses("A kind standard note")
    await expect(ann.page.locator(".room.over")).to_have_count(2, timeout=PATIENCE)
    await behind.uses("circle")
    await wishing(bot, *CIRCLE)
    await bot.wait(hours=1)
    for one in (behind, *(bot.person(name) for name in CIRCLE)):
        await one.presses("Yes, I'd like that")


async def each_hears_what_is_theirs(town: PageTown, ann: Tab, rooms: Mapping[str, Sequence[str]], *notes: str) -> None:
    """What is written in a room is heard there alone; what comes into another is marked, and stands there alone."""
    for (kind, names), note in zip(rooms.items(), notes, strict=True):
        await goes_to(ann, kind)
        await ann.says(note)
        await expect(ann.own(note)).to_contain_text("Passed on", timeout=PATIENCE)
        assert await ann.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        await expect(ann.page.locator("#text")).to_be_in_viewport(ratio=1)
        await town.bot.settle()
        everybody = [name for name in town.bot.people if name != "ann"]
        assert {name for name in everybody if note in heard(town.bot.person(name))} == set(names)
    first = next(iter(rooms))
    await town.bot.person(rooms[first][0]).says(f"only in the {first}")
    await expect(ann.page.locator(".room:not(.over) .room-unread")).to_have_text("1", timeout=PATIENCE)
    await expect(ann.peers(f"only in the {first}")).to_have_count(0)
    await goes_to(ann, first)
    await expect(ann.peers(f"only in the {first}")).to_have_count(1)
    await expect(ann.page.locator(".room:not(.over) .room-unread")).to_have_count(0)


def heard(person: Person) -> list[str]:
    return [text.partition(": ")[2] for text in person.hears()]


async def goes_to(tab: Tab, kind: str) -> None:
    """Open a room, by what the page says of it once it is open."""
    about = {"buddy": "Your buddy", "circle": "With ", "talk": "Here for up to an hour"}[kind]
    rooms = tab.page.locator("#rooms .room:not(.over)")
    for number in range(await rooms.count()):
        await rooms.nth(number).click()
        if about in await tab.page.locator("#rooms [aria-current]").inner_text():
            return
    raise AssertionError(kind)


async def a_note_is_seen_once_on_each_of_two_devices(town: PageTown, ann: Tab) -> None:
    """Her nine words open a second device: both show what comes, and what is written on either is passed on once."""
    ben = town.bot.person("ben")
    await goes_to(ann, "buddy")
    other = await town.tab()
    await other.reads("I'm BuddyBot")
    await comes_along(ann, other)
    await ben.says("on both")
    await expect(ann.peers("on both")).to_have_count(1, timeout=PATIENCE)
    await other.hears(["on both"])
    await other.says("from the second")
    await other.said(["from the second"])
    await other.page.context.set_offline(offline=True)
    await ben.says("only the first is there")
    await expect(ann.peers("only the first is there")).to_have_count(1, timeout=PATIENCE)
    await other.page.context.set_offline(offline=False)
    await ann.says("from the first")
    await expect(ann.own("from the first")).to_contain_text("Passed on", timeout=PATIENCE)
    await town.bot.settle()
    assert heard(ben)[1:] == ["from the second", "from the first"]
    await other.hears(["on both"])
    assert other.faults == []
    await other.page.context.close()


async def comes_along(ann: Tab, other: Tab) -> None:
    for label in ("Menu", "Keep your place", "Show my words"):
        await ann.page.get_by_role("button", name=label, exact=True).click()
    await expect(ann.page.locator("#phrase")).to_be_visible(timeout=PATIENCE)
    words = await ann.page.locator("#phrase").inner_text()
    await ann.page.keyboard.press("Escape")
    for label in ("Menu", "Come back with your words"):
        await other.page.get_by_role("button", name=label, exact=True).click()
    await other.page.get_by_label("Your nine words").fill(words)
    await other.page.get_by_role("button", name="Come back", exact=True).click()
    await other.reads("You have a buddy here")
