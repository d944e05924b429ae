"""A note that is too long for one message of its reader's platform is one note, whichever part of it is meant."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities, Delivery, MessageId, RetryLater, Send, Voice
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running

MOST = 500


def long(word: str, count: int) -> str:
    return " ".join(f"{word}{number:03}" for number in range(count))


LONG = long("before", 120)
"""Over a thousand characters: three messages."""


def told(person: Person) -> str:
    """Return all that peers said to them, as one text."""
    return " ".join(text.partition(": ")[2] for text in person.hears())


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    platform = FakePlatform(capabilities=Capabilities(max_text=MOST))
    async with running(tmp_path, book=book, platform=platform) as made:
        yield made


async def pair(bot: TestBot) -> tuple[Person, Person]:
    ann, ben = await bot.pair("ann", "ben")
    await bot.tick()
    return ann, ben


async def test_what_is_taken_back_is_gone_whole(bot: TestBot) -> None:
    ann, ben = await pair(bot)
    await ann.says("hello")
    note = await ann.says(LONG)
    assert told(ben) == f"hello {LONG}"
    assert len(ben.hears()) == 4
    await ann.takes_back(note)
    assert told(ben) == "hello"


@pytest.mark.parametrize("at", [-2, -3])
async def test_each_part_can_be_reacted_to_and_answered(bot: TestBot, at: int) -> None:
    ann, ben = await pair(bot)
    note = await ann.says(LONG)
    part = ben.chat()[at]
    await ben.reacts(part.id, "👍")
    await ben.says("me too", reply_to=part)
    (answer,) = [shown for shown in ann.chat() if shown.text.endswith("me too")]
    assert answer.reply_to == note
    assert [
        delivery.message
        for delivery in bot.platform.deliveries
        if delivery.address == ann.address and type(delivery.effect).__name__ == "React"
    ] == [note]


@pytest.mark.parametrize("words", [130, 60, 2])
async def test_of_an_edited_note_no_old_word_stays(bot: TestBot, words: int) -> None:
    ann, ben = await pair(bot)
    await ann.says("hello")
    note = await ann.says(LONG)
    await ann.edits(note, long("after", words))
    assert "before" not in told(ben)
    assert told(ben).count("after") == words
    assert len(ben.hears()) == 1 + -(-words * len("after000 ") // MOST)
    await ann.takes_back(note)
    assert told(ben) == "hello"


@pytest.mark.parametrize("words", [230, 440])
async def test_what_grows_beyond_its_messages_is_shown_anew(bot: TestBot, words: int) -> None:
    """The longest is about what Telegram lets people write."""
    ann, ben = await pair(bot)
    note = await ann.says(LONG)
    await ann.edits(note, long("after", words))
    assert told(ben).count("after") == words


class BreaksOff(FakePlatform):
    """Takes the first message of a note, then none for a while."""

    breaks = False

    async def deliver(self, delivery: Delivery) -> MessageId:
        message = await super().deliver(delivery)
        if self.breaks and isinstance(delivery.effect, Send) and delivery.effect.content.voice is Voice.MEMBER:
            self.fails(delivery.address.account, RetryLater(60))
            self.breaks = False
        return message


async def test_of_a_note_that_broke_off_what_was_shown_goes_as_well(tmp_path: Path, book: Book) -> None:
    platform = BreaksOff(capabilities=Capabilities(max_text=MOST))
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann, ben = await pair(bot)
        platform.breaks = True
        note = await ann.says(LONG)
        assert len(ben.hears()) == 1
        await ann.takes_back(note)
        await bot.wait(minutes=5)
        assert told(ben) == ""
