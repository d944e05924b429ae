"""Who is not understood twice running never reads the same sentence twice: of every question, in both languages."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Channel, ChannelKind, Voice
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running
from tests.stories.questions.asked import STORIES, Story

CHANNELS = (Channel("nights", "Nights"), Channel("lobby", "Lobby", kind=ChannelKind.OPEN))
NOTES = {
    "door:APPEAL", "door:MODERATOR", "moderation.appeals:appeal-ask", "talk.routing:show_whom", "talk.rooms:room-held",
}  # fmt: skip
"""Places where words are no answer but notes for somebody: of each is said what became of it."""
UNFIT = ("qwrt zzkp", "brmpf vvq")


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    platform = FakePlatform(capabilities=Capabilities(places=True))
    async with running(tmp_path, book=replace(book, channels=CHANNELS), platform=platform) as made:
        yield made


async def answer_to(person: Person, text: str) -> str:
    """Return all that the bot itself answers, without the words that a card keeps."""
    before = len(person.platform.deliveries)
    await person.says(text)
    mine = (one for one in person.platform.deliveries[before:] if one.address == person.address)
    contents = (content for one in mine if (content := getattr(one.effect, "content", None)) is not None)
    return "\n".join(content.text for content in contents if content.voice is not Voice.MEMBER)


async def never_twice(person: Person) -> None:
    first, second, third = [await answer_to(person, text) for text in (*UNFIT, UNFIT[0])]
    assert not first or first != second
    assert not second or second != third


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.place not in NOTES], ids=lambda story: story.place
)
async def test_two_unfit_answers_are_answered_in_two_ways(bot: TestBot, story: Story) -> None:
    person = await story.opening(bot)
    await never_twice(person)
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    if member is not None:
        await bot.house.store.write(lambda tx: tx.members.save(replace(member, locale="es")))
        await never_twice(person)


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
