"""A sentence in pieces is read as one, within two minutes, in one conversation, and by its plain words alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from buddybot.adapter import Capabilities
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.messages import Address, Origin
from buddybot.domain.kernel.places import Channel, Place
from buddybot.runtime.engine.fragments import KEPT, MOST_PEOPLE, SHORT_WORDS, FragmentMemory
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, TestBot, running

AT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
ANN, BEN = Address("fake", "main", "ann"), Address("fake", "main", "ben")
ASKED = ("ending your life", "a plan, or the things", "worried about you")
_number = count()


def note(author: Address, conversation: str | None = None) -> Origin:
    """Return where one more note comes from."""
    return Origin(f"event {next(_number)}", author, conversation=conversation)


def test_pieces_are_joined_in_order_and_by_who_wrote_them() -> None:
    memory = FragmentMemory()
    assert memory.joined(note(ANN), "i want", AT) == ""
    assert memory.joined(note(BEN), "tea?", AT) == ""
    assert memory.joined(note(ANN), "to die", AT) == "i want to die"


def test_a_note_that_is_read_twice_is_one_piece() -> None:
    memory, again = FragmentMemory(), note(ANN)
    memory.joined(note(ANN), "i want", AT)
    assert [memory.joined(again, "to die", AT) for _ in range(2)] == ["i want to die"] * 2


def test_pieces_of_two_conversations_are_not_one_sentence() -> None:
    memory = FragmentMemory()
    memory.joined(note(ANN, "buddy"), "i want", AT)
    assert memory.joined(note(ANN, "bot"), "to die", AT) == ""


@pytest.mark.parametrize("later", [KEPT, timedelta(days=1), timedelta(seconds=-1)])
def test_what_was_said_before_is_forgotten_after_two_minutes(later: timedelta) -> None:
    memory = FragmentMemory()
    memory.joined(note(ANN), "i want", AT)
    assert memory.joined(note(ANN), "to die", AT + later) == ""


def test_a_long_note_is_no_piece_and_begins_anew() -> None:
    memory = FragmentMemory()
    memory.joined(note(ANN), "i want", AT)
    assert memory.joined(note(ANN), " ".join(["word"] * (SHORT_WORDS + 1)), AT) == ""
    assert memory.joined(note(ANN), "to die", AT) == ""


def test_everything_goes_once_somebody_was_erased() -> None:
    memory = FragmentMemory()
    memory.keep_while(1)
    memory.joined(note(ANN), "i want", AT)
    memory.keep_while(2)
    assert memory.joined(note(ANN), "to die", AT) == ""


def test_no_more_people_than_a_bound_are_remembered() -> None:
    memory = FragmentMemory()
    memory.joined(note(ANN), "i want", AT)
    for number in range(MOST_PEOPLE):
        memory.joined(note(Address("fake", "main", str(number))), "hi", AT)
    assert memory.joined(note(ANN), "to die", AT) == ""


@pytest.mark.parametrize(
    "notes",
    [
        ("i cant", "live", "anymore"),
        ("gave my dog to my sister", "she doesnt know why"),
        ("im gonna", "kill myself"),
        ("i just", "dont want", "to be here", "anymore"),
    ],
)
async def test_a_cry_in_pieces_is_heard_with_its_last_piece(bot: TestBot, notes: tuple[str, ...]) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for note in notes:
        await ann.says(note)
    assert any(words in text for words in ASKED for text in ann.sees())
    assert [text.partition(": ")[2] for text in ben.hears()[-len(notes) :]] == list(notes)


async def test_the_first_note_after_a_start_is_a_piece_as_well(tmp_path: Path, book: Book) -> None:
    platform = FakePlatform()
    async with running(tmp_path, book=book, platform=platform) as bot:
        await bot.pair("ann", "ben")
    async with running(tmp_path, book=book, platform=platform) as bot:
        ann = bot.person("ann")
        for note in ("gave my dog to my sister", "she doesnt know why"):
            await ann.says(note)
        assert any(words in ann.sees()[-1] for words in ASKED)


@pytest.mark.parametrize(
    "notes",
    [
        ("im dead", "tired"),
        ("gave my dog", "a bath", "she doesnt like it"),
        ("took all of it", "to the tip"),
        ("im done", "with work", "see you tomorrow"),
        ("i cant", "find my keys", "anymore"),
    ],
)
async def test_everyday_notes_in_a_row_make_no_cry(bot: TestBot, book: Book, notes: tuple[str, ...]) -> None:
    reading = book.screen(" ".join(notes))
    assert reading.level is None or reading.level < Level.L2 or reading.weighed
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(notes[0])
    seen = len(ann.sees())
    for note in notes[1:]:
        await ann.says(note)
    assert not any("988" in text for text in ann.sees()[seen:])


async def test_a_cry_in_pieces_is_heard_in_a_channel_too(tmp_path: Path, book: Book) -> None:
    nights = Channel("nights", "Nights", "For those who are up late.")
    platform = FakePlatform(capabilities=Capabilities(places=True))
    async with running(tmp_path, book=replace(book, channels=(nights,)), platform=platform) as bot:
        ann, spot = bot.person("ann"), await bot.place("nights")
        await ann.joins(lane="self")
        for note in ("im gonna", "kill myself"):
            await ann.posts(spot, note)
        assert any(words in text for words in ASKED for text in ann.sees())


def test_what_was_said_in_a_channel_is_no_piece_of_what_is_said_to_the_bot() -> None:
    memory = FragmentMemory()
    memory.joined(replace(note(ANN), place=Place("nights", "1")), "i want", AT)
    assert memory.joined(note(ANN), "to die", AT) == ""
