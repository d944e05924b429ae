"""Copy about who else can read along names the app that somebody writes in, and no other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running

OTHERS = {"web": ("Discord", "Telegram"), "discord": ("Telegram",), "telegram": ("Discord",)}


@pytest.fixture(params=["web", "discord", "telegram"])
async def here(tmp_path: Path, book: Book, request: pytest.FixtureRequest) -> AsyncIterator[tuple[TestBot, str]]:
    async with running(tmp_path, book=book, platform=FakePlatform(request.param)) as made:
        yield made, str(request.param)


def names(person: Person) -> str:
    return "\n".join(person.sees())


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_consent_privacy_and_erasing_name_this_app_alone(here: tuple[TestBot, str], locale: str) -> None:
    bot, platform = here
    ann = bot.person("ann", locale=locale)
    await ann.uses("find")
    await ann.sends_token("ask.age.yes")
    await ann.uses("privacy")
    await ann.sends_token("ask.consent.agree")
    await ann.uses("forget")
    said = names(ann)
    assert not any(other in said for other in OTHERS[platform])
    if platform == "web":
        assert "Leave quickly" in said or "Salir rápido" in said
    else:
        assert platform.title() in said
