"""A thread of a channel that somebody deletes as a whole: what stood in it goes elsewhere too, and nothing else."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Channel, ChannelKind
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlace, FakePlatform, TestBot, running
from tests.stories.reading import scripted

LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
CAN = Capabilities(places=True)


@pytest.fixture
def other() -> FakePlatform:
    return FakePlatform("other", CAN)


@pytest.fixture
async def bot(tmp_path: Path, book: Book, other: FakePlatform) -> AsyncIterator[TestBot]:
    told = scripted(replace(book, channels=(LOBBY,)), {})
    async with running(tmp_path, book=told, platform=FakePlatform(capabilities=CAN), others=(other,)) as made:
        yield made


async def places(bot: TestBot, other: FakePlatform) -> tuple[FakePlace, FakePlace]:
    return await bot.place("lobby"), await bot.place("lobby", on=other)


async def test_a_deleted_thread_takes_its_notes_along_everywhere_and_no_others(
    bot: TestBot, other: FakePlatform
) -> None:
    lobby, far = await places(bot, other)
    ann, ben = bot.person("ann"), bot.person("ben")
    for words in ("good evening", "good evening"):
        await ann.posts(lobby, words)
    await ben.posts(lobby, "hello you two")
    assert len(far.sees()) == 3
    await ben.clears(lobby, "ann-")
    (left,) = far.sees()
    assert left.endswith(": hello you two")
    assert "took it away" not in " ".join(ann.sees()), "their own message is theirs to see"


async def test_who_wrote_elsewhere_hears_once_that_a_thread_with_their_words_is_gone(
    bot: TestBot, other: FakePlatform
) -> None:
    lobby, far = await places(bot, other)
    dan, mod = bot.person("dan", on=other), bot.person("mo")
    await dan.posts(far, "first")
    await dan.posts(far, "second")
    before = len(dan.sees())
    begin = lobby.shown()[0].id[:1]
    assert all(one.id.startswith(begin) for one in lobby.shown())
    await mod.clears(lobby, begin)
    assert lobby.sees() == []
    assert far.sees() == []
    assert len(dan.sees()) == before + 1
