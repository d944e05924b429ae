"""Care in a browser, on a phone's page: counting, check-ins and their picture, a slip, remembrance, invites, stories.

Each step is tapped in one place and typed, misspelt at times, in another; once all of it in Spanish.
"""

import re
from pathlib import Path

from playwright.async_api import Locator, expect

from buddybot.service.kernel.book import Book
from buddybot.testing import Person
from tests.browser import flaws
from tests.stories.browsing import PATIENCE, Tab
from tests.stories.moderating import staffed
from tests.stories.page_town import PageTown, page_town
from tests.stories.programmes.inviting import CLINIC, code_of
from tests.stories.questions.listening import heard

PHONE = {"width": 390, "height": 844}
CANDLE = "What helped me in grief was to light a candle each evening and say his name aloud, alone or not."
VELA = "Cuando murió mi madre, me ayudó encender una vela cada tarde y hablar con ella en voz alta."
CELEBRATION = ("Something you asked me to note", "Algo que me pediste")


async def test_an_invite_a_count_a_picture_of_the_weeks_and_a_slip(tmp_path: Path, book: Book) -> None:
    async with page_town(tmp_path, book) as town:
        ann, ben = await ann_comes_by_an_invite(town)
        await there_is_nothing_to_draw_yet(ann)
        await ann_counts_days_and_tells_ben(town, ann, ben)
        await her_day_is_asked_for_and_drawn(town, ann)
        await she_is_counted_and_takes_it_back(town, ann)
        await she_used_again_and_nothing_is_celebrated(town, ann, ben)
        assert ann.faults == []


async def test_a_day_to_remember_and_a_story_of_what_helped(tmp_path: Path, book: Book) -> None:
    async with page_town(tmp_path, book) as town:
        luz = await town.tab(viewport=PHONE)
        await luz.reads("I'm BuddyBot")
        await (await town.known(luz, "luz")).joins(lane="bereaved")
        await a_day_is_kept_and_spoken_of(town, luz)
        await a_story_is_shared_found_and_withdrawn(town, luz)
        assert luz.faults == []


async def test_all_of_it_is_typed_in_spanish(tmp_path: Path, book: Book) -> None:
    async with page_town(tmp_path, book) as town:
        code = (await code_of(town.bot)).replace("-", "")
        context = await town.context(viewport=PHONE, locale="es-ES", timezone_id="Europe/Madrid")
        ana = Tab(await context.new_page())
        await ana.open(f"{town.url}/#invite={code}")
        await ana.reads(f"Te invitó {CLINIC}")
        await (await town.known(ana, "ana")).joins(lane="self")
        await talks(
            ana,
            ("mis semanas", "nada que dibujar"),
            ("/milestones días sin fentanilo", "Desde qué día"),
            ("hace 10 dais", "10 días en total"),
            ("/checkin cada dia 19:30", "Te preguntaré"),
            ("/remember", "Si un día del año te pesa"),
            ("nombrar un dia", "Qué día es"),
            ("24 de novienbre", "un nombre o una palabra"),
            ("el día que murió mi madre", "Cuándo te hablo de él"),
            ("por la mañana, 9:00", "el día que murió mi madre: 24 de noviembre"),
            ("/wisdom compartir", "una cosa que te ayudó"),
            (VELA, "se va también"),
            ("compartirla, puede qedarse", "Antes la lee alguien que modera"),
        )
        await lets_it_be_found(town)
        await shown(ana, "ya se puede encontrar")
        await talks(ana, ("/wisdom duelo", "La historia de una persona"), ("/wisdom mias", "Se puede encontrar"))
        await ana.says("retirar mi historia")
        await shown(ana, "ya no está")
        await town.bot.wait(days=1, hours=9)
        await shown(ana, "me pediste tener presente: el día que murió mi madre")
        await shown(ana, "¿Cómo va hoy?")
        await talks(
            ana,
            ("bien", "Ganas de consumir"),
            ("hoy no", "¿Cuál quisiste decir?"),
            ("nada", "a salvo ahora"),
            ("sí", "Nadie más lo ve"),
            ("mis semanas", "solo para ti"),
        )
        await expect(drawing(ana)).to_have_accessible_name(re.compile("Bien 1"), timeout=PATIENCE)
        await talks(ana, ("recaí anoche", "a salvo ahora"), ("sí", "puede aguantar mucho menos"))
        await town.bot.wait(days=4)
        await nothing_is_celebrated(ana)
        await talks(ana, ("/counted on", "una persona entre muchas"), ("/counted off", "en ninguno de sus números"))
        await ana.pictures("care-es")
        assert ana.faults == []


# ── With a buddy ────────────────────────────────────────────────────────────────────────


async def ann_comes_by_an_invite(town: PageTown) -> tuple[Tab, Person]:
    code = (await code_of(town.bot)).replace("-", "")
    ann = Tab(await (await town.context(viewport=PHONE)).new_page())
    await ann.open(f"{town.url}/#invite={code}")
    await ann.reads(f"{CLINIC} sent you here")
    await expect(ann.page).to_have_url(f"{town.url}/")
    await ann.pictures("care-invite")
    await town.known(ann, "ann")
    _, ben = await town.bot.pair("ann", "ben")
    for text in ("hello", "how are you"):
        await ann.says(text)
        await expect(ann.own(text)).to_contain_text("Passed on", timeout=PATIENCE)
        await ben.says(f"{text} to you")
    await ann.hears(["hello to you", "how are you to you"])
    return ann, ben


async def there_is_nothing_to_draw_yet(ann: Tab) -> None:
    await ann.says("/chart")
    await ann.reads("There is nothing to draw yet, and that's fine")
    await expect(drawing(ann)).to_have_count(0)


async def ann_counts_days_and_tells_ben(town: PageTown, ann: Tab, ben: Person) -> None:
    before = len(heard(ben))
    await talks(ann, ("/milestones", "no day of it can be lost"))
    await ann.press("Count something")
    await ann.answers("What would you like to count", "In my own words")
    await talks(
        ann,
        ("days since i used", "From which day on?"),
        ("whenever it was", "I didn't get a day from that"),
        ("26 dyas ago", "days since i used: 26 days in all"),
    )
    await ann.press("A quiet note on the day")
    await ann.reads("one quiet note on round days")
    await talks(ann, ("/milestones days since i used", "26 days in all"))
    await ann.press("Tell my buddy")
    await ann.answers("Shall I?", "Send it")
    await ann.reads("I passed it on")
    await ann.pictures("care-milestone")
    await town.bot.settle()
    assert heard(ben)[before:] == ["I wanted you to know. days since i used: 26 days in all."]


async def her_day_is_asked_for_and_drawn(town: PageTown, ann: Tab) -> None:
    await talks(ann, ("/checkin", "Only you see what you tap"), ("evry day", "At what time of your day"))
    await ann.press("Evening, 18:00")
    await ann.reads("Never in your quiet hours")
    await town.bot.wait(days=1)
    await expect(ann.page.locator("#rooms .room-unread")).to_be_visible(timeout=PATIENCE)
    await ann.page.locator("#rooms .room").first.click()
    await shown(ann, "How's today?")
    await ann.press("Good")
    await ann.reads("Thank you")
    await ann.press("Okay")
    await ann.reads("Any craving today?")
    await talks(ann, ("not today", "each answer is fine. Which one did you mean?"))
    await ann.press("None")
    await ann.reads("Do you feel safe right now?")
    await talks(ann, ("yes", "Only you can see this"), ("show my wekes", "for your eyes only"))
    await expect(drawing(ann)).to_be_visible(timeout=PATIENCE)
    await expect(drawing(ann)).to_have_accessible_name(re.compile("Okay 1"), timeout=PATIENCE)
    await ann.page.emulate_media(color_scheme="dark")
    assert "invert" in await drawing(ann).evaluate("one => getComputedStyle(one).filter"), "it does not glare at night"
    await ann.page.emulate_media(color_scheme="light")
    assert await drawing(ann).evaluate("one => getComputedStyle(one).filter") == "none"
    await ann.pictures("care-chart")
    assert await flaws(ann.page) == []


async def she_is_counted_and_takes_it_back(town: PageTown, ann: Tab) -> None:
    await town.bot.wait(days=2, hours=4)
    await shown(ann, "May I count you?")
    await ann.press("Yes, count me")
    await ann.reads(f"one of many in the numbers of {CLINIC}")
    await talks(ann, ("/counted", "They see numbers of many, never you"))
    await ann.press("Stop counting me")
    await ann.reads("none of their numbers")
    await talks(ann, ("/counted on", "one of many"), ("/counted off", "none of their numbers"))


async def she_used_again_and_nothing_is_celebrated(town: PageTown, ann: Tab, ben: Person) -> None:
    await talks(ann, ("i slipped last nite, so ashamed", "not in trouble here"))
    await ann.press("Yes")
    await ann.reads("Have naloxone near")
    await ann.press("Tell my buddy")
    await talks(ann, ("send taht", "Sent."))
    await ann.pictures("care-slip")
    await town.bot.settle()
    assert "I used again" in heard(ben)[-1]
    await talks(ann, ("/milestones", "Nothing of it is lost"))
    await town.bot.wait(days=3)
    await shown(ann, "No need to answer. How is it today?")
    await nothing_is_celebrated(ann)
    await ann.press("Skip")
    await ann.reads("Okay, skipped.")
    await town.bot.wait(days=1)
    await talks(ann, ("stop these", "I stopped asking"))
    assert await flaws(ann.page) == []


# ── Alone with the bot ──────────────────────────────────────────────────────────────────


async def a_day_is_kept_and_spoken_of(town: PageTown, luz: Tab) -> None:
    await talks(luz, ("/milestones", "I don't count days here"))
    await luz.press("Name a day")
    await luz.reads("Which day is it?")
    await talks(
        luz, ("novembr 24", "a name or a word for that day"), ("the day my brother died", "When should I speak")
    )
    await luz.press("In the morning, 9:00")
    await luz.reads("the day my brother died: November 24, 2026")
    await luz.pictures("care-remembrance")
    await town.bot.wait(hours=21, minutes=10)
    await shown(luz, "Today is the day you asked me to have in mind: the day my brother died. You don't have to answer")
    await luz.press("Skip")
    await shown(luz, "Go gently today")
    await talks(luz, ("/remember", "for your eyes only"))


async def a_story_is_shared_found_and_withdrawn(town: PageTown, luz: Tab) -> None:
    await talks(luz, ("/wisdom", "There are no stories yet"))
    await luz.press("Share what helped me")
    await luz.reads("one thing that helped you")
    await talks(
        luz,
        ("call me 212-555-0143, it helped me to talk about him", "I kept nothing"),
        (CANDLE, "should it go too?"),
    )
    await luz.press("Share it, it may stay")
    await luz.reads("A moderator reads it first")
    await lets_it_be_found(town)
    await shown(luz, "Your story can be found now")
    await talks(luz, ("/wisdom greif", "One person's story"))
    await luz.reads(CANDLE)
    await luz.pictures("care-story")
    assert await flaws(luz.page) == []
    await talks(luz, ("/wisdom mine", "Others can find it"))
    await luz.press("Take my story back")
    await luz.reads("Your story is gone from here")
    await talks(luz, ("/wisdom grief", "I found no story about that"))


# ── What all of them do ─────────────────────────────────────────────────────────────────


async def talks(tab: Tab, *steps: tuple[str, str]) -> None:
    """Type each, and wait until one of the newest messages says what it leads to."""
    for typed, then in steps:
        await tab.says(typed)
        await tab.reads(then)


async def shown(tab: Tab, text: str) -> None:
    """Wait until a message says this, however much came after it."""
    await expect(tab.page.locator("#log article").filter(has_text=text).last).to_be_visible(timeout=PATIENCE)


def drawing(tab: Tab) -> Locator:
    """Return the picture of one's weeks, as a screen reader meets it."""
    return tab.page.get_by_role("img").and_(tab.page.locator("svg.picture")).last


async def nothing_is_celebrated(tab: Tab) -> None:
    for text in CELEBRATION:
        await expect(tab.page.locator("#log article").filter(has_text=text)).to_have_count(0)


async def lets_it_be_found(town: PageTown) -> None:
    mod = staffed(town.bot, "mod")
    await mod.says("/casework review")
    await mod.presses("Let members find it")
