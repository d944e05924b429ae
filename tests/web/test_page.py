import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from buddybot.adapter import (
    SHARED,
    Address,
    CardProgress,
    Choice,
    Content,
    Conversation,
    ConversationKind,
    Deleted,
    Document,
    Edit,
    Edited,
    Invoked,
    Joined,
    Mark,
    MessageId,
    NoteId,
    OfferCard,
    Passage,
    Pressed,
    React,
    Reacted,
    Retract,
    Said,
    Send,
    Span,
    Style,
    Voice,
)
from buddybot.domain.kernel.drawing.pictures import Box, Picture, as_svg
from buddybot.domain.kernel.rich_text import spans_of
from tests.browser import ARGUMENTS, chromium_path, kept_by, violations
from tests.web.house import House, open_house, until

# One browser serves them all; each person gets a context of their own.
pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = NoteId("note")


class Tab:
    """A person's browser tab; every complaint of the browser is a fault of the page."""

    def __init__(self, house: House, page: Page) -> None:
        self.house, self.page = house, page
        self.faults: list[str] = []
        self.address = Address("web", "web", "")
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None)

    async def open(self) -> "Tab":
        before = len(self.house.inbox.woken)
        await self.page.goto(self.house.url)
        await until(lambda: len(self.house.inbox.woken) > before)
        self.address = self.house.inbox.woken[-1]
        return self

    async def write(self, text: str) -> None:
        await self.page.locator("#text").fill(text)
        await self.page.keyboard.press("Enter")

    async def said(self, text: str) -> Said:
        """Write it, and return it as it arrived."""
        await self.write(text)
        await until(lambda: text in self.texts())
        return next(event for event in self.notes() if event.text == text)

    def notes(self) -> list[Said]:
        return [e for e in self.house.inbox.events if isinstance(e, Said) and e.origin.address == self.address]

    def texts(self) -> list[str]:
        return [note.text for note in self.notes()]

    async def member(self, text: str, reply: str | None = None) -> str:
        content = Content((Span(text),), Voice.MEMBER, "Slow River")
        return await self.house.show(self.address, Send(content, NOTE), reply=reply)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as player:
        opened = await player.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS))
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def house() -> AsyncIterator[House]:
    async with open_house() as opened:
        yield opened


async def enter(house: House, context: BrowserContext) -> Tab:
    return await Tab(house, await context.new_page()).open()


async def test_a_conversation_by_buttons_lists_and_keyboard(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 360, "height": 740}))
    page = tab.page
    await until(lambda: [type(event) for event in house.inbox.events] == [Joined])

    await house.say(tab.address, "Hi. I'm a bot.", "Find a buddy", "How it works")
    await tab.button("Find a buddy").press("Enter")
    await until(lambda: len(pressed(house)) == 1)
    assert (pressed(house)[0].tokens, pressed(house)[0].message) == (("Find a buddy",), MessageId("o1"))
    await expect(tab.button("Find a buddy")).to_be_disabled()
    await expect(tab.button("Find a buddy")).to_be_focused()
    await expect(tab.button("How it works")).to_have_count(0)

    labels = ("Listening", "Check-ins", "Normal life talk")
    choices = tuple(Choice(f"t{number}", label) for number, label in enumerate(labels))
    await house.show(tab.address, Send(Content((Span("Pick up to two."),), choices=choices, many=True, limit=2)))
    await expect(tab.button("Done")).to_be_disabled()
    await page.get_by_label("Listening").press("Space")
    await page.get_by_label("Normal life talk").check()
    await expect(page.get_by_label("Check-ins")).to_be_disabled()
    await page.get_by_label("Listening").uncheck()
    await page.get_by_label("Check-ins").check()
    await expect(page.get_by_text("2 of 2 picked")).to_be_visible()
    await tab.button("Done").click()
    await until(lambda: len(pressed(house)) == 2)
    assert set(pressed(house)[-1].tokens) == {"t1", "t2"}
    await expect(tab.button("Check-ins")).to_be_focused()

    await tab.button("Menu").click()
    await expect(page.get_by_label("For how many days")).to_be_hidden()
    await page.get_by_text("Everything else").click()
    await page.get_by_label("For how many days").fill("3")
    await page.keyboard.press("Enter")
    await until(lambda: len(invoked(house)) == 1)
    assert (invoked(house)[0].command, invoked(house)[0].arguments) == ("pause", (("days", "3"),))
    await expect(page.get_by_label("Write to BuddyBot")).to_be_focused()

    await page.get_by_label("Write to BuddyBot").fill("x" * 4001)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("too long")
    await expect(page.get_by_label("Write to BuddyBot")).to_have_value("x" * 4001)
    assert tab.texts() == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.faults == []


async def test_the_page_follows_the_language_that_the_bot_speaks_and_leaving_forgets_it(
    house: House, browser: Browser
) -> None:
    tab = await enter(house, await browser.new_context())
    page = tab.page
    await page.locator("#text").fill("half a sent")
    await house.show(tab.address, Send(Content((Span("Olá."),), language="pt-BR")))
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.locator("#text").fill("")
    await house.show(tab.address, Send(Content((Span("Tudo bem?"),), language="pt-BR")))
    await expect(page.locator("html")).to_have_attribute("lang", "pt-BR")
    await expect(page.locator("#log")).to_contain_text("Tudo bem?")
    again = await page.context.new_page()
    await again.goto(house.url)
    await expect(again.locator("html")).to_have_attribute("lang", "pt-BR")
    await again.get_by_role("button", name="Leave quickly").click()
    await again.wait_for_url("about:blank")
    assert "language" not in {cookie["name"] for cookie in await page.context.cookies()}
    assert tab.faults == []


async def test_a_browser_that_keeps_no_cookie_does_not_turn_in_a_circle(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    await context.add_init_script("Object.defineProperty(document, 'cookie', { set() {}, get: () => '' });")
    tab = await enter(house, context)
    before = len(house.inbox.woken)
    await house.show(tab.address, Send(Content((Span("Olá."),), language="pt-BR")))
    await until(lambda: len(house.inbox.woken) > before)
    await house.show(tab.address, Send(Content((Span("Tudo bem?"),), language="pt-BR")))
    await expect(tab.page.locator("#log")).to_contain_text("Tudo bem?")
    assert len(house.inbox.woken) == before + 1
    await expect(tab.page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("value", ["", "xx", "en; x", "../en", "e" * 3000])
async def test_a_cookie_that_names_no_language_changes_nothing(house: House, browser: Browser, value: str) -> None:
    context = await browser.new_context()
    await context.set_extra_http_headers({"Cookie": f"language={value}"})
    tab = await enter(house, context)
    await expect(tab.page.locator("html")).to_have_attribute("lang", "en")


def pressed(house: House) -> list[Pressed]:
    return [event for event in house.inbox.events if isinstance(event, Pressed)]


def invoked(house: House) -> list[Invoked]:
    return [event for event in house.inbox.events if isinstance(event, Invoked)]


async def test_a_list_has_its_own_confirm_and_ways_out_and_knows_none_ticked(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context())
    choices = tuple(Choice(f"t{number}", label) for number, label in enumerate(("Mornings", "Evenings")))
    extra = (Choice("skip", "Skip"), Choice("why", "Why?"))
    content = Content((Span("When?"),), choices=choices, many=True, done=Choice("done", "That is all"), extra=extra)
    for _ in range(3):
        await house.show(tab.address, Send(content))
    notes = tab.page.locator("article.bot")
    await notes.nth(0).get_by_role("button", name="That is all").click()
    await notes.nth(1).get_by_label("Evenings").check()
    await notes.nth(1).get_by_role("button", name="That is all").click()
    await notes.nth(2).get_by_role("button", name="Skip").click()
    await until(lambda: len(pressed(house)) == 3)
    assert [event.tokens for event in pressed(house)] == [("done",), ("t1",), ("skip",)]
    await expect(notes.nth(2).get_by_role("button", name="Skip")).to_be_disabled()
    await expect(notes.nth(2).get_by_label("Mornings")).to_have_count(0)
    assert tab.faults == []


async def test_a_tall_note_is_shown_from_its_beginning_and_a_keyboard_covers_nothing(
    house: House, browser: Browser
) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 360, "height": 740}))
    await house.say(tab.address, "line\n" * 60, "Go on")
    await expect(tab.page.locator("article.bot").last).to_be_in_viewport(ratio=0.2)
    assert await tab.page.evaluate("document.querySelector('article').getBoundingClientRect().top >= 0")
    await tab.button("Go on").click()
    await house.say(tab.address, "the newest words")
    await expect(tab.page.get_by_text("the newest words")).to_be_in_viewport(ratio=1)
    await tab.page.set_viewport_size({"width": 360, "height": 420})
    await expect(tab.page.get_by_text("the newest words")).to_be_in_viewport(ratio=1)


async def test_talking_with_a_peer_and_changing_ones_mind(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context())
    page = tab.page
    mine = await tab.said("hey. im harbor")
    await house.show(tab.address, Mark(NOTE, Passage.PASSED_ON), mine.message)
    own = page.locator("article.own").first
    await expect(own).to_contain_text("Passed on")
    theirs = await tab.member("ha same", reply=mine.message)
    peer = page.locator("article.member")
    await expect(peer).to_contain_text("Slow River")
    await expect(peer.locator("blockquote")).to_have_text("hey. im harbor")

    await peer.get_by_role("button", name="More for this note").click()
    await peer.get_by_role("button", name="React 🙏").click()
    await until(lambda: isinstance(house.inbox.events[-1], Reacted))
    await expect(peer.get_by_role("button", name="More for this note")).to_be_focused()
    await peer.get_by_role("button", name="More for this note").click()
    await peer.get_by_role("button", name="Reply").click()
    answer = await tab.said("whats your dogs name")
    assert answer.reply_to == theirs
    await house.show(tab.address, React(NOTE, "👍"), mine.message)
    await expect(own.get_by_role("img", name="They reacted with 👍")).to_be_visible()

    await own.get_by_role("button", name="More for this note").click()
    await own.get_by_role("button", name="Change").click()
    await tab.write("hey. im blue harbor")
    await until(lambda: isinstance(house.inbox.events[-1], Edited))
    await expect(own).to_contain_text("im blue harbor")
    await own.get_by_role("button", name="More for this note").click()
    await own.get_by_role("button", name="Take back").click()
    await until(lambda: isinstance(house.inbox.events[-1], Deleted))
    await expect(own).to_contain_text("taken back")

    await house.show(
        tab.address, Edit(NOTE, Content((Span("ha the same (edited)"),), Voice.MEMBER, "Slow River")), theirs
    )
    await expect(peer).to_contain_text("ha the same")
    assert (await peer.inner_text()).count("edited") == 1
    await house.show(tab.address, Retract(NOTE), theirs)
    await expect(peer).not_to_contain_text("ha the same")
    assert tab.faults == []


async def test_what_was_changed_or_taken_back_is_gone_from_every_quote_of_it(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context())
    page = tab.page
    theirs = await tab.member("my sister knows about the debts")
    peer = page.locator("article.member").first
    for _ in range(2):
        await peer.get_by_role("button", name="More for this note").click()
        await peer.get_by_role("button", name="Reply").click()
        await tab.said("thank you for telling me")
    await tab.member("and i told her more", reply=theirs)
    await peer.get_by_role("button", name="More for this note").click()
    await peer.get_by_role("button", name="Reply").click()
    quotes = page.locator("blockquote")
    await expect(quotes).to_have_text(["my sister knows about the debts"] * 3)
    await expect(page.locator("#about-text")).to_contain_text("about the debts")

    changed = Content((Span("my sister knows (edited)"),), Voice.MEMBER, "Slow River")
    await house.show(tab.address, Edit(NOTE, changed), theirs)
    await expect(quotes).to_have_text(["my sister knows (edited)"] * 3)
    await expect(page.locator("#about-text")).not_to_contain_text("debts")
    await house.show(tab.address, Retract(NOTE), theirs)
    await expect(quotes).to_have_count(0)
    await expect(page.locator("#about")).to_be_hidden()
    assert "sister" not in await page.content()
    assert "sister" not in str(await kept_by(page))
    mine = page.locator("article.own").last
    own = tab.notes()[-1].message
    await house.show(tab.address, Mark(NOTE, Passage.PASSED_ON), own)
    await tab.member("so kind", reply=own)
    await expect(quotes).to_have_text(["thank you for telling me"])
    await mine.get_by_role("button", name="More for this note").click()
    await mine.get_by_role("button", name="Take back").click()
    await expect(quotes).to_have_count(0)
    assert tab.faults == []


HOSTILE = "<img src=x onerror=alert(1)> <b>bold</b> </script><script>alert(1)</script> \u202egnp.exe &amp; javascript:x"


async def test_what_people_write_is_text_and_styles_are_the_cores_alone(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context())
    page = tab.page
    await tab.member(HOSTILE)
    peer = page.locator("article.member .text")
    assert await peer.evaluate("node => [node.textContent, node.children.length]") == [HOSTILE, 0]
    spans = (
        Span("Call ", Style.STRONG),
        Span("988", Style.LINK, "tel:988"),
        Span("<i>spoiler</i>", Style.HIDDEN),
        Span("bad", Style.LINK, "javascript:alert(1)"),
    )
    paper = Document("export.json", "application/json", '{"held": "little"}')
    await house.show(tab.address, Send(Content(spans, Voice.CRISIS, document=paper)))
    crisis = page.get_by_role("alert")
    await expect(crisis.locator("strong")).to_have_text("Call ")
    assert await crisis.locator("a").evaluate_all("links => links.map(link => link.href)") == ["tel:988"]
    await expect(crisis).not_to_contain_text("spoiler")
    await tab.button("Tap to show").click()
    await expect(page.locator("article.crisis")).to_contain_text("<i>spoiler</i>")
    async with page.expect_download() as downloading:
        await tab.button("Save export.json").click()
    saved = await downloading.value
    assert saved.suggested_filename == "export.json"
    assert await asyncio.to_thread((await saved.path()).read_text, "utf-8") == '{"held": "little"}'
    assert tab.faults == []


async def test_a_picture_is_drawn_with_a_label_for_screen_readers(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context())
    picture = Picture("my-weeks", 40, 40, (Box(4, 4, 20, 20, "1f6f78"),), "one < row")
    drawn = Document("my-weeks.svg", "image/svg+xml", as_svg(picture), alt=picture.alt)
    await house.show(tab.address, Send(Content((Span("Your weeks."),), document=drawn)))
    shown = tab.page.get_by_role("img", name="one < row")
    await expect(shown).to_be_visible()
    assert await shown.locator("rect").count() == 2
    assert tab.faults == []


async def test_nothing_is_lost_or_doubled_over_a_reload_and_a_restart(browser: Browser) -> None:
    async with open_house() as house:
        tab = await enter(house, await browser.new_context())
        page, port = tab.page, house.adapter.bound_port
        await house.say(tab.address, "before", "Yes")
        await page.get_by_label("Write to BuddyBot").fill("half a thought")
        await tab.open()
        await expect(page.get_by_label("Write to BuddyBot")).to_have_value("half a thought")
        await house.say(tab.address, "after the reload")
        await expect(page.locator("article.bot .text")).to_have_text(["before", "after the reload"])
        # The reload may have cut off the answer to the first join: it is sent again, and must be taken by this house.
        while json.loads((await kept_by(page))["notes"])["unsent"]:
            await asyncio.sleep(0.02)
        house.inbox.has_room.clear()
        await tab.write("first")
        await expect(page.locator("article.own")).to_contain_text("On its way")
    await tab.write("second")
    await expect(page.get_by_role("status")).to_contain_text("nobody has read this yet")
    await tab.button("Get help now").click()
    await expect(page.locator("article.crisis")).to_contain_text("988")
    async with open_house({"port": str(port)}) as again:
        tab.house, again.numbers = again, house.numbers
        await until(lambda: len(tab.texts()) == 2)
        assert tab.texts() == ["first", "second"]
        assert [e.command for e in invoked(again)] == ["crisis"]
        await until(lambda: again.inbox.woken[-1:] == [tab.address])
        await again.say(tab.address, "back")
        await expect(page.locator("article.bot .text")).to_have_text(["before", "after the reload", "back"])
        assert not any(isinstance(event, Joined) for event in again.inbox.events)
        again.numbers = count(1)
        await again.say(tab.address, "before, as another version draws it", "Yes", "No")
        await expect(page.locator("article.bot .text").first).to_have_text("before, as another version draws it")
        await expect(page.locator("article.bot .text")).to_have_count(3)
        await expect(page.get_by_role("button", name="No", exact=True)).to_be_visible()
    assert tab.faults == []


async def test_leaving_quickly_leaves_nothing_to_see(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    for leave in ("button", "keyboard"):
        tab = await enter(house, context)
        await tab.member("something private")
        await expect(tab.page.locator("article.member")).to_have_count(1)
        if leave == "button":
            await tab.button("Leave quickly").click()
        else:
            await tab.page.keyboard.press("Escape")
            await tab.page.keyboard.press("Escape")
        await tab.page.wait_for_url("about:blank")
        await tab.page.goto(house.url)
        await expect(tab.page.get_by_label("Write to BuddyBot")).to_be_visible()
        assert "private" not in await tab.page.content()
        assert "private" not in str(await kept_by(tab.page))
        assert tab.faults == []


async def test_one_press_of_escape_as_the_page_opens_leaves_nothing(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    # Every press comes a tenth of a second after the page began, however slow the machine is.
    await context.add_init_script("Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 100 })")
    tab = await enter(house, context)
    await tab.page.keyboard.press("Escape")
    await tab.said("still here")
    await tab.page.keyboard.press("Escape")
    await tab.page.wait_for_url("about:blank")


async def test_nine_words_carry_a_person_to_another_browser_and_signing_out_ends_it(
    house: House, browser: Browser
) -> None:
    first = await enter(house, await browser.new_context())
    await first.button("Menu").click()
    await first.button("Keep your place").click()
    await first.button("Show my words").click()
    await expect(first.page.locator("#phrase")).to_have_text(re.compile(r"^(\w{5} ){8}\w{5}$"))
    words = await first.page.locator("#phrase").inner_text()

    second = await enter(house, await browser.new_context())
    assert second.address != first.address
    await second.member("of the other person")
    await second.button("Menu").click()
    await second.button("Come back with your words").click()
    await second.page.get_by_label("Your nine words").fill("babab")
    await second.button("Come back").click()
    await expect(second.page.locator("#back-problem")).to_contain_text("nine words")
    before = len(house.inbox.woken)
    await second.page.get_by_label("Your nine words").fill(words)
    await second.button("Come back").click()
    await until(lambda: house.inbox.woken[before:] == [first.address])
    await expect(second.page.get_by_text("of the other person")).to_have_count(0)

    await second.button("Menu").click()
    await second.button("Sign out of this browser").click()
    await second.button("Sign out").click()
    await second.page.wait_for_url("about:blank")
    assert [cookie for cookie in await second.page.context.cookies(house.url) if cookie["name"] == "notes"] == []
    assert first.faults == second.faults == []


async def test_a_page_for_every_eye_hand_and_ear(house: House, browser: Browser) -> None:
    for scheme in ("light", "dark"):
        context = await browser.new_context(
            viewport={"width": 360, "height": 740},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        tab = await enter(house, context)
        mine = await tab.said(f"hello in the {scheme}")
        await house.show(tab.address, Mark(NOTE, Passage.PASSED_ON), mine.message)
        await house.say(tab.address, "Which?", "One", "Two")
        choices = (Choice("a", "Tick me"), Choice("b", "Or me"))
        await house.show(tab.address, Send(Content((Span("Many?"),), choices=choices, many=True, limit=1)))
        await tab.page.get_by_label("Tick me").check()
        await tab.member("hi", reply=mine.message)
        await house.say(tab.address, "Call now.", "I called", voice=Voice.CRISIS)
        await tab.page.locator("article.member").get_by_role("button", name="More for this note").click()
        assert await violations(tab.page) == []
        small = """() => [...document.querySelectorAll('button, .tick, textarea, input:not([type=checkbox])')]
            .filter(node => node.checkVisibility())
            .map(node => [node.textContent || node.id, node.getBoundingClientRect()])
            .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""
        assert await tab.page.evaluate(small) == []
        await tab.button("Menu").click()
        assert await violations(tab.page) == []
        await tab.page.keyboard.press("Escape")
        # 200 % text: nothing is cut off sideways, and the composer is still there.
        await tab.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert await tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await expect(tab.page.get_by_label("Write to BuddyBot")).to_be_in_viewport()
        await context.close()


async def test_a_theme_chosen_by_hand_lasts_over_a_reload(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(color_scheme="light"))
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = await tab.page.evaluate(background)
    await tab.button("Menu").click()
    await tab.button("Light or dark").click()
    assert await tab.page.evaluate(background) != light
    await tab.open()
    assert await tab.page.evaluate(background) != light


async def test_without_scripts_there_are_words_and_help_lines(house: House, browser: Browser) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(house.url)
    await expect(page.locator("noscript p").first).to_contain_text("needs JavaScript")
    await expect(page.get_by_text("If a life may be in danger")).to_be_in_viewport()
    await expect(page.get_by_role("link", name="988")).to_have_attribute("href", "tel:988")
    await expect(page.get_by_role("button", name="Get help now")).to_be_hidden()
    await expect(page.get_by_label("Write to BuddyBot")).to_be_hidden()


async def test_the_page_asks_no_third_party_and_keeps_the_title_plain(house: House, browser: Browser) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(house.url)
    await until(lambda: bool(house.inbox.woken))
    assert asked
    assert all(url.startswith(house.url) for url in asked)
    assert await page.title() == "Notes"
    writing = page.locator("#text")
    assert await writing.evaluate("it => [it.spellcheck, it.writingSuggestions]") == [False, "false"]


async def test_pictures_of_a_talk_on_phone_and_desk(house: House, browser: Browser, tmp_path: Path) -> None:
    folder = Path(os.environ.get("BUDDYBOT_SCREENSHOTS") or tmp_path)
    for name, width, height in (("phone", 360, 740), ("desk", 1280, 800)):
        for scheme in ("light", "dark"):
            context = await browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
            )
            tab = await enter(house, context)
            await house.say(tab.address, "I found someone. They go by Slow River.", "Say hello", "Not this one")
            await tab.button("Say hello").click()
            await house.say(tab.address, "Slow River said yes. Your chat is open here. Type and I'll pass it on.")
            mine = await tab.said(f"hey. im harbor, on a {name}")
            await house.show(tab.address, Mark(NOTE, Passage.PASSED_ON), mine.message)
            await tab.member("ha same. whats your dogs name", reply=mine.message)
            picture = await tab.page.screenshot(path=folder / f"web-{name}-{scheme}.png", animations="disabled")
            assert len(picture) > 10_000
            await context.close()


# ── Rooms ───────────────────────────────────────────────────────────────────────────────

BUDDY = Conversation(ConversationKind.BUDDY, "pair", ("Clear Robin",), "Blue Harbor")
CIRCLE = Conversation(ConversationKind.CIRCLE, "ring", ("Tall Pine", "Night Owl"), "Soft Rain")
ON_CALL = Conversation(ConversationKind.TALK, "hour", ("Amber Field",), "Gold Meadow")
OF_ALL = {"Clear Robin": BUDDY, "Your circle": CIRCLE, "Amber Field": ON_CALL}


async def heard(tab: Tab, where: Conversation, text: str) -> str:
    content = Content((Span(text),), Voice.MEMBER, where.others[0], conversation=where)
    return await tab.house.show(tab.address, Send(content, NOTE))


def rooms(tab: Tab) -> Locator:
    return tab.page.get_by_role("navigation", name="Your talks")


async def test_each_talk_has_a_room_and_words_go_where_they_are_written(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 390, "height": 844}))
    await house.say(tab.address, "Hi. I'm a bot.")
    await expect(rooms(tab)).to_be_hidden()
    for where in OF_ALL.values():
        await heard(tab, where, f"hello from {where.key}")
    await expect(rooms(tab).get_by_role("button")).to_have_count(4)
    await expect(rooms(tab).locator("[aria-current]")).to_contain_text("Clear Robin")
    await expect(rooms(tab).get_by_role("button", name="Your circle")).to_contain_text("1 new")
    assert await violations(tab.page) == []
    for name, where in OF_ALL.items():
        await rooms(tab).get_by_role("button", name=name).press("Enter")
        await expect(tab.page.locator("article.member")).to_have_count(1)
        await expect(
            tab.page.get_by_label(f"Write to {name[0].lower() if where is CIRCLE else name[0]}{name[1:]}")
        ).to_be_visible()
        note = await tab.said(f"for {where.key}")
        assert note.origin.conversation == where.key
    await rooms(tab).get_by_role("button", name="BuddyBot").click()
    assert (await tab.said("for the bot")).origin.conversation == ""
    await expect(rooms(tab)).not_to_contain_text("new")
    await rooms(tab).get_by_role("button", name="Your circle").click()
    await expect(rooms(tab).locator("[aria-current]")).to_contain_text("With Tall Pine, Night Owl")
    assert tab.faults == []


async def test_what_is_begun_in_a_room_stays_there_and_nothing_goes_into_one_that_is_over(
    house: House, browser: Browser
) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 390, "height": 844}))
    text = tab.page.locator("#text")
    for where in OF_ALL.values():
        await heard(tab, where, "hi")
    await text.fill("half a thought for robin")
    await heard(tab, CIRCLE, "and you?")
    await rooms(tab).get_by_role("button", name="Your circle").click()
    await expect(text).to_have_value("")
    await text.fill("morning")
    await tab.page.reload()
    await expect(text).to_have_value("morning")
    await rooms(tab).get_by_role("button", name="Clear Robin").click()
    await expect(text).to_have_value("half a thought for robin")
    over = replace(BUDDY, over=True)
    content = Content(
        (Span("Clear Robin has moved on."),), choices=(Choice("home.find", "Find someone new"),), conversation=over
    )
    await house.show(tab.address, Send(content))
    await expect(text).not_to_be_editable()
    await expect(text).to_have_value("half a thought for robin")
    await text.press("Enter")
    await tab.button("Find someone new").click()
    await until(lambda: bool(pressed(house)))
    assert pressed(house)[-1].origin.conversation == ""
    assert tab.texts() == []
    await expect(rooms(tab).locator("[aria-current]")).to_contain_text("BuddyBot")


async def test_help_is_gone_to_unless_something_is_being_written(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 390, "height": 844}))
    await heard(tab, BUDDY, "hi")
    await tab.page.locator("#text").fill("i am")
    await house.say(tab.address, "How are you right now?", voice=Voice.CRISIS)
    await expect(rooms(tab).locator("[aria-current]")).to_contain_text("Clear Robin")
    await tab.button("Look").click()
    await expect(tab.page.get_by_text("How are you right now?")).to_be_visible()
    await rooms(tab).get_by_role("button", name="Clear Robin").click()
    await tab.page.locator("#text").fill("")
    await house.say(tab.address, "And now?", voice=Voice.CRISIS)
    await expect(tab.page.get_by_text("And now?")).to_be_visible()


async def test_a_note_is_reported_from_its_own_menu_with_the_notes_before_it(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 390, "height": 844}))
    for number in range(8):
        await heard(tab, BUDDY, f"note {number}")
    await heard(tab, CIRCLE, "from elsewhere")
    third = tab.page.locator("article.member").filter(has_text="note 6")
    await third.get_by_role("button", name="More for this note").press("Enter")
    await tab.button("Report this").press("Enter")
    await until(lambda: bool(invoked(house)))
    assert invoked(house)[-1].command == "report"
    assert dict(invoked(house)[-1].arguments)["message"] == (await third.get_attribute("id") or "").removeprefix("n-")
    shares = (
        Choice("report.pair.one", "Only this one", share=1),
        Choice("report.pair.six", "This and 5 before", share=6),
    )
    await house.show(
        tab.address, Send(Content((Span("Should moderators see it?"),), choices=shares, conversation=BUDDY))
    )
    await tab.button("This and 5 before").press("Enter")
    await until(lambda: bool(pressed(house)))
    assert pressed(house)[-1].text.split(SHARED) == [f"note {number}" for number in range(1, 7)]


async def test_an_offer_shows_both_emblems_and_one_filled_button(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 390, "height": 844}))
    card = OfferCard(
        "Clear Robin", "Blue Harbor", ("you both like music", "you have hours in common"), "Nobody is told why."
    )
    choices = (Choice("offer.1.yes", "Say hello", main=True), Choice("offer.1.pass", "Not this one"))
    await house.show(tab.address, Send(Content((Span("I found someone."),), choices=choices, offer=card)))
    await expect(tab.page.locator(".offer svg.emblem")).to_have_count(2)
    await expect(tab.page.get_by_role("list", name="Why you two").get_by_role("listitem")).to_have_count(2)
    await expect(tab.page.locator(".choice.first")).to_have_text("Say hello")
    assert await violations(tab.page) == []


async def test_a_card_changes_in_place_and_keeps_what_was_answered(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 390, "height": 844}))
    for number, answers in enumerate((("For me",), ("For me", "Evenings")), 2):
        made = CardProgress("card", number, 7, answers)
        await house.show(tab.address, Send(Content((Span(f"Question {number}"),), progress=made)))
    await expect(tab.page.get_by_text("Question 2")).to_have_count(0)
    await expect(tab.page.locator(".answers li")).to_have_count(2)
    assert await tab.page.get_by_role("progressbar").evaluate("one => one.value / one.max") == 3 / 7


async def test_lists_are_lists_and_the_number_to_call_stays_in_sight(house: House, browser: Browser) -> None:
    tab = await enter(house, await browser.new_context(viewport={"width": 360, "height": 480}))
    steps = "".join(f"\n{number}) **Rub** hard: your knuckles on the breastbone, and again." for number in range(1, 9))
    spans = (*spans_of(f"**CALL 911 NOW.**{steps}"), Span("\n"), Span("Call 911", Style.LINK, "tel:911"))
    await house.show(tab.address, Send(Content(spans, Voice.CRISIS)))
    await expect(tab.page.locator(".crisis ol > li")).to_have_count(8)
    await expect(tab.page.locator(".crisis li").first).to_have_text(
        "Rub hard: your knuckles on the breastbone, and again."
    )
    await expect(tab.page.locator(".crisis li strong").first).to_have_text("Rub")
    await expect(tab.page.get_by_role("link", name="Call 911")).to_be_in_viewport()
    assert await violations(tab.page) == []
