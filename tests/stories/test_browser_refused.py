"""Who is refused by the server, or by a proxy before it, sees whom to call, and loses nothing of what was typed."""

from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from buddybot.service.kernel.book import Book
from tests.stories.browsing import PATIENCE
from tests.stories.page_town import page_town

CALM, NIGHT = "it was a quiet day", "and so was the night"
BUSY = "<html>503 Service Temporarily Unavailable</html>"
DOOR = "**/api/**"


async def busy(route: Route) -> None:
    """Answer as a proxy does whose server is away."""
    await route.fulfill(status=503, content_type="text/html", body=BUSY)


@pytest.mark.parametrize(
    ("locale", "away"),
    [("en-US", "I can't take anything in just now"), ("es-US", "Ahora no puedo recibir nada")],
)
async def test_whoever_is_refused_sees_whom_to_call_also_where_their_words_look_calm(
    tmp_path: Path, book: Book, locale: str, away: str
) -> None:
    async with page_town(tmp_path, book) as town:
        ann = await town.tab(locale=locale)
        notice = ann.page.locator("#notice")
        await ann.reads("BuddyBot")
        slow = book.words.say(locale[:2], "web-slow")

        async def limited(route: Route) -> None:
            body = {"problem": slow, "help": book.words.say(locale[:2], "web-help-lines")}
            await route.fulfill(status=429, headers={"Retry-After": "1"}, json=body)

        for words, refusal, sentence in ((CALM, limited, slow), (NIGHT, busy, away)):
            await ann.page.route("**/api/do/**", refusal)
            await ann.says(words)
            await expect(notice).to_contain_text(sentence, timeout=PATIENCE)
            for number in ("911", "988"):
                link = notice.get_by_role("link", name=number, exact=True)
                await expect(link).to_have_attribute("href", f"tel:{number}")
            await ann.page.unroute("**/api/do/**")
            await expect(notice).to_be_hidden(timeout=PATIENCE)
            await expect(ann.own(words)).to_have_count(1)


async def test_whoever_is_refused_from_the_first_moment_sees_it_too(tmp_path: Path, book: Book) -> None:
    async with page_town(tmp_path, book) as town:
        context = await town.context()
        await context.route(DOOR, busy)
        page = await context.new_page()
        await page.goto(town.url)
        notice = page.locator("#notice")
        await expect(notice.get_by_role("link", name="988", exact=True)).to_be_visible(timeout=PATIENCE)
        await context.unroute(DOOR)
        await expect(notice).to_be_hidden(timeout=PATIENCE)
