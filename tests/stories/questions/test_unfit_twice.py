"""Who is not understood twice running never reads the same sentence twice: of the gates and the intake, too.

Of every other question tests/stories/questions/test_every_question.py says so.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Channel, ChannelKind
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, TestBot, running
from tests.stories.questions.listening import never_twice

CHANNELS = (Channel("nights", "Nights"), Channel("lobby", "Lobby", kind=ChannelKind.OPEN))


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    platform = FakePlatform(capabilities=Capabilities(places=True))
    async with running(tmp_path, book=replace(book, channels=CHANNELS), platform=platform) as made:
        yield made


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_of_the_gates_and_the_intake_too(bot: TestBot, locale: str) -> None:
    ann = bot.person("ann", locale=locale)
    await ann.says("hi" if locale == "en" else "hola")
    await ann.sends_token("home.find")
    asked = set[str]()
    for _ in range(30):
        shown = ann.last().content
        tokens = [choice.token for choice in (*shown.choices, *shown.extra)]
        if not any(token.startswith("ask.") for token in tokens):
            break
        asked.add(tokens[0].split(".")[1])
        await never_twice(ann)
        shown = ann.last().content  # what is not understood three times may be left open: the next one is asked
        asked.add(shown.choices[0].token.split(".")[1])
        tokens = [one.token for one in (*shown.extra, *shown.choices)]
        on = [token for token in tokens if token.endswith((".skip", ".keep"))]
        await ann.sends_token((on or [shown.choices[0].token])[0])
    assert {"age", "consent", "country", "lane"} <= asked, asked
