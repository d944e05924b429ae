"""From "hi" to goodbye and the erasing by keyboard alone: the focus is seen, in a sensible order, and never lost."""

from pathlib import Path

from playwright.async_api import expect

from buddybot.service.kernel.book import Book
from tests.stories.browsing import PATIENCE, Tab
from tests.stories.page_town import PageTown, page_town
from tests.stories.test_browser_offline import ANSWERS
from tests.stories.wires import until

FOCUS = """() => {
    const node = document.activeElement, box = node.getBoundingClientRect(), style = getComputedStyle(node);
    const outlined = node.matches(":focus-visible") && style.outlineStyle !== "none" && style.outlineWidth !== "0px";
    const around = node.closest(".tick, textarea")?.closest(".tick, .composer");
    const drawn = around && getComputedStyle(around);
    const ring = drawn && (drawn.outlineStyle !== "none" || drawn.boxShadow !== "none");
    const said = node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent || "";
    return {
        name: said.trim().slice(0, 80),
        lost: node === document.body || node === document.documentElement,
        seen: outlined || Boolean(ring),
        inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
        dialog: node.closest("dialog")?.id ?? "",
    };
}"""
MOST = 60


class Keys:
    """Somebody who has no pointer."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.page = tab, tab.page

    async def focus(self) -> dict[str, object]:
        """Say where the focus is; it must be somewhere, seen, and on the screen."""
        found: dict[str, object] = await self.page.evaluate(FOCUS)
        assert not found["lost"], found
        assert found["seen"], found
        assert found["inside"], found
        return found

    async def to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until something of this name is reached."""
        passed = []
        for _ in range(MOST):
            await self.page.keyboard.press(key)
            passed.append(found := await self.focus())
            if str(found["name"]).startswith(name):
                return
        raise AssertionError((name, [one["name"] for one in passed]))

    async def choose(self, question: str, *names: str) -> None:
        """Wait for a question, and choose: with Enter, or with the space bar where several may be ticked."""
        await self.tab.reads(question)
        for name in names[:-1]:
            await self.to(name)
            await self.page.keyboard.press("Space")
        await self.to(names[-1])
        await self.page.keyboard.press("Enter")
        await self.focus()


async def test_from_hi_to_goodbye_and_erased_by_keyboard_alone(tmp_path: Path, book: Book) -> None:
    async with page_town(tmp_path, book) as town:
        ann = await town.tab()
        keys = Keys(ann)
        await the_skip_link_leads_to_writing(keys)
        await a_card_that_changes_keeps_the_focus(keys)
        await a_buddy_says_hello(town, keys)
        await a_note_is_answered_and_taken_back(town, keys)
        await a_dialog_holds_nobody(keys)
        await help_and_goodbye(keys)
        await everything_is_erased(keys)
        assert ann.faults == []


async def the_skip_link_leads_to_writing(keys: Keys) -> None:
    await keys.tab.reads("I'm BuddyBot")
    await keys.page.keyboard.press("Tab")
    assert (await keys.focus())["name"] == "Skip to writing"
    await keys.page.keyboard.press("Enter")
    await expect(keys.page.locator("#text")).to_be_focused()
    await keys.page.keyboard.type("hi")
    await keys.page.keyboard.press("Enter")
    await expect(keys.page.locator("#text")).to_be_focused()


async def a_card_that_changes_keeps_the_focus(keys: Keys) -> None:
    await keys.tab.reads("What would help right now")
    await keys.to("Find a buddy", "Shift+Tab")
    await keys.page.keyboard.press("Enter")
    await keys.choose("Are you 18", "Yes")
    await keys.choose("in short", "I agree")
    await keys.choose("What country", "United States")
    await keys.choose("What brings you here", "My own opioid use or recovery")
    await keys.choose("Where are you with opioids", "Using, thinking about a change")
    await keys.choose("What would help most", "Someone who listens", "Talk about normal life", "Done")
    await keys.choose("do NOT want", "None of these", "Done")
    await keys.choose("Would any of these fit you", "No", "Done")
    await keys.choose("rather nobody used medicine", "No")
    await keys.choose("Is it about", "Yes")
    await keys.choose("When would you most like to talk", "Evenings", "Done")
    await keys.choose("Which languages", "Done")
    await keys.choose("I can start looking now", "Look now")


async def a_buddy_says_hello(town: PageTown, keys: Keys) -> None:
    await keys.tab.reads("Want me to tell you")
    await arrows_scroll(keys)
    ben = town.bot.person("ben")
    await ben.joins(**ANSWERS)
    await town.bot.wait(hours=1, seconds=1)
    await keys.choose("Someone who may fit you", "Say hello")
    await ben.presses("Say hello")
    await keys.tab.reads("Your chat is open here")
    await keys.focus()
    await ben.says("hey you")
    await keys.tab.hears(["hey you"])


async def a_note_is_answered_and_taken_back(town: PageTown, keys: Keys) -> None:
    """The menu of a note opens, Reply leads to writing; what is taken back keeps the focus on itself."""
    page, ben = keys.page, town.bot.person("ben")
    await page.locator("#text").focus()
    await keys.to("More for this note", "Shift+Tab")
    await page.keyboard.press("Enter")
    await keys.to("Reply")
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("hey back")
    await page.keyboard.press("Enter")
    await keys.tab.said(["hey back"])
    await keys.to("More for this note", "Shift+Tab")
    await page.keyboard.press("Enter")
    await keys.to("Take back")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("This note was taken back.")).to_have_count(1)
    await keys.focus()
    await until(lambda: not any("hey back" in text for text in ben.hears()))  # the page shows it at once


async def a_dialog_holds_nobody(keys: Keys) -> None:
    """Inside it the focus goes round; Escape leads out, to writing."""
    page = keys.page
    await page.locator("#text").focus()
    await keys.to("Menu", "Shift+Tab")
    await page.keyboard.press("Enter")
    assert (await keys.focus())["dialog"] == "menu"
    await keys.to("Keep your place")
    await page.keyboard.press("Enter")
    assert (await keys.focus())["dialog"] == "keep"
    await keys.to("Show my words")
    await page.keyboard.press("Enter")
    await expect(page.locator("#phrase")).to_be_visible(timeout=PATIENCE)
    await keys.focus()
    await page.keyboard.press("Escape")
    await expect(page.locator("#text")).to_be_focused()


async def arrows_scroll(keys: Keys) -> None:
    await keys.to("Your conversation", "Shift+Tab")
    await keys.page.keyboard.press("Home")
    await expect(keys.page.locator("#log article").first).to_be_in_viewport()
    before = await keys.page.locator("#scroll").evaluate("one => one.scrollTop")
    await keys.page.keyboard.press("ArrowDown")
    await keys.page.keyboard.press("End")
    await expect(keys.page.locator("#log article").last).to_be_in_viewport()
    assert await keys.page.locator("#scroll").evaluate("one => one.scrollTop") > before


async def help_and_goodbye(keys: Keys) -> None:
    page = keys.page
    await keys.to("Get help now", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("988", timeout=PATIENCE)
    await keys.focus()
    await page.locator("#text").focus()
    await page.keyboard.type("/goodbye")
    await page.keyboard.press("Enter")
    await keys.tab.reads("How would you like to leave")
    await keys.to("A kind standard note", "Shift+Tab")
    await page.keyboard.press("Enter")
    await keys.tab.reads("Want a new buddy")
    await keys.focus()


async def everything_is_erased(keys: Keys) -> None:
    """The last word stands alone, and the focus is on it or on writing."""
    page = keys.page
    await keys.to("Write to BuddyBot")
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.type("/forget")
    await page.keyboard.press("Enter")
    await keys.tab.reads("It can't be undone")
    await keys.to("Erase all", "Shift+Tab")
    await page.keyboard.press("Enter")
    await keys.choose("Sure?", "Yes, erase")
    await keys.tab.reads("I no longer know you")
    await expect(page.locator("#log article")).to_have_count(1)
    await keys.focus()
