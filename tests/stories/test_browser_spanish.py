"""Spanish the whole way, from "ola" to the erasing: typed with slips, tapped, not an English sentence on the page."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser, ast
from playwright.async_api import expect

from buddybot.content.files import content_dir
from buddybot.service.kernel.book import Book
from tests.copy.reading import readings
from tests.stories.browsing import PATIENCE, Tab
from tests.stories.page_town import PageTown, page_town

ALIKE = {"lane": "self", "now": "thinking", "help_wanted": ("listen", "normal"), "hours": "evening", "language": "es"}
LEAST = 3
"""Words that make a sentence: a single one may be the same in both languages."""
SHOWN = """() => [document.title, document.body.textContent, ...[...document.querySelectorAll("body *")].flatMap(
    (one) => ["aria-label", "placeholder", "title", "alt"].map((name) => one.getAttribute(name) ?? ""))].join("\\n")"""
TYPED = (
    ("Soy BuddyBot", "buscar a algien"),
    ("¿Tienes 18 años", "si tengo 34"),
    ("en pocas palabras", "de acuerdo"),
    ("¿En qué país estás?", "españa"),
    ("¿Qué te trae aquí?", "mi propio consumo"),
    ("¿Cómo estás ahora", "consumo y pienso en canbiar"),
    ("¿Qué te ayudaría más", "alguien que escuche y hablar de la vida normal"),
    ("¿Hay algo que NO quieres", "nada de eso"),
    ("¿Algo de esto va contigo?", "no"),
    ("que nadie use medicina", "no"),
    ("¿Tu reloj marca más o menos 1:00 pm", "si"),
    ("¿Cuándo te gustaría más hablar?", "por las noches"),
    ("¿En qué idiomas", "español"),
    ("Ya puedo empezar a buscar", "empieza ya"),
)


async def test_everything_is_said_in_spanish(tmp_path: Path, book: Book) -> None:
    async with page_town(tmp_path, book) as town:
        ana = Spanish(await town.tab(locale="es-ES", timezone_id="Europe/Madrid"))
        await expect(ana.tab.page.locator("html")).to_have_attribute("lang", "es")
        await ana.types_every_answer()
        await ana.meets(town)
        await ana.writes_and_is_in_danger(town)
        await ana.reports_and_leaves(town)
        await ana.is_erased()
        assert ana.tab.faults == []


def sentences(language: str) -> Iterator[str]:
    """Return what the bot can say in a language, cut at what is put in, in lower case."""
    entries: dict[str, ast.Message] = {}
    for path in sorted((content_dir() / "locales" / language).glob("*.ftl")):
        for one in FluentParser().parse(path.read_text("utf-8")).body:
            if isinstance(one, ast.Message):
                entries[one.id.name] = one
    for entry in entries.values():
        for reading in readings(entry, entries):
            for part in re.split(r"[.!?:\n%]", reading.text):
                if len(part.split()) >= LEAST:
                    yield " ".join(part.lower().split())


@cache
def english() -> frozenset[str]:
    return frozenset(sentences("en")) - frozenset(sentences("es"))


class Spanish:
    """Somebody whose phone speaks Spanish; whatever is on their page is looked through at each step."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    async def reads(self, text: str) -> None:
        await self.tab.reads(text)
        await self.looks()

    async def looks(self) -> None:
        shown = " ".join((await self.tab.page.evaluate(SHOWN)).lower().split())
        assert [one for one in english() if one in shown] == []

    async def types_every_answer(self) -> None:
        for question, typed in TYPED:
            await self.reads(question)
            await self.tab.says(typed)
        await self.reads("¿Quieres que te avise")
        await self.tab.says("ahora no")
        await self.reads("espera aquí")

    async def meets(self, town: PageTown) -> None:
        ben = town.bot.person("ben", locale="es")
        await ben.opens()
        await ben.presses("Buscar a alguien")
        gates = {"age": "yes", "consent": "agree", "country": "US"}
        for question, value in {**gates, **ALIKE}.items():
            await town.bot.answer(ben, question, (value,) if isinstance(value, str) else tuple(value))
        await town.bot.skip_rest(ben)
        await town.bot.wait(hours=1, seconds=1)
        await expect(self.tab.waiting("Saludar")).to_be_visible(timeout=PATIENCE)
        await self.looks()
        await self.tab.press("Saludar")
        await self.reads("pregunto")
        await ben.presses("Saludar")
        await self.reads("chat")
        await expect(self.tab.page.locator("#rooms [aria-current]")).to_contain_text(
            "persona de apoyo", timeout=PATIENCE
        )

    async def writes_and_is_in_danger(self, town: PageTown) -> None:
        ben = town.bot.person("ben")
        await self.tab.says("hola, que tal")
        await ben.says("bien, aqui")
        await self.tab.hears(["bien, aqui"])
        await expect(self.tab.own("que tal")).to_contain_text("Ya lo pasé", timeout=PATIENCE)
        await self.tab.says("ya no quiero vivir mas")
        card = self.tab.page.locator("article.crisis").last
        await expect(card).to_contain_text("024", timeout=PATIENCE)
        await self.looks()

    async def reports_and_leaves(self, town: PageTown) -> None:
        note = self.tab.peers("bien, aqui")
        await note.get_by_role("button", name="Más opciones de este mensaje").click()
        await self.looks()
        await note.get_by_role("button", name="Reportar esto").click()
        await self.reads("¿De qué se trata?")
        await self.tab.says("dinero")
        await self.reads("moderación vea")
        await self.tab.press("Solo esta")
        await self.reads("¿Qué hacemos ahora?")
        await self.tab.press("Dejarlo abierto")
        await self.reads("El chat sigue abierto")
        await self.tab.says("/goodbye")
        await self.reads("¿Cómo te gustaría irte?")
        await self.tab.press("Un mensaje amable ya escrito")
        await self.reads("¿Quieres conocer a alguien más")
        await town.bot.settle()

    async def is_erased(self) -> None:
        page = self.tab.page
        await page.get_by_role("button", name="Escribe a BuddyBot").click()
        await self.tab.says("/forget")
        await self.reads("No se puede deshacer")
        await self.tab.press("Borrar todo")
        await self.reads("¿Lo borro?")
        await self.tab.press("Sí, borrar")
        await self.reads("Ya no sé quién eres")
        await page.get_by_role("button", name="Menú").click()
        await self.looks()
