"""Photos and voice notes cross between two who both said yes, where the house lets them; elsewhere there are words."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from buddybot.adapter import Away, Capabilities, Content, MediaFile, NotFetched, Passage, RetryLater
from buddybot.domain.kernel.messages import Deleted, IncomingFile, MessageId, Pressed, Said
from buddybot.domain.talk.media import FileTrouble
from buddybot.runtime.media.worker import made_anew
from buddybot.service.kernel.book import Book
from buddybot.service.talk.media import MOST_FILES
from buddybot.testing import FakePlatform, Person, TestBot, practice_book, running
from tests import samples

SHOWS = Capabilities(media=frozenset({"photo", "voice"}))


def letting(*, photos: bool = True, voice: bool = True) -> Book:
    return practice_book(
        lambda book: replace(book, practice=replace(book.practice, photos=photos, voice=voice)),
    )


async def at_once(kind: str, data: bytes) -> MediaFile | FileTrouble:
    return made_anew(kind, data)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=letting(), platform=FakePlatform(capabilities=SHOWS)) as bot:
        bot.house.engine.arrivals.made_anew = at_once
        yield bot


async def agreed(bot: TestBot) -> tuple[Person, Person]:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("photos", state="on")
    await ben.says("yes, that's okay")
    assert "You both said yes" in ann.sees()[-1]
    return ann, ben


def files(person: Person) -> list[MediaFile]:
    return [one.content.media for one in person.chat() if one.content.media is not None]


async def test_the_first_photo_is_kept_back_and_asked_about_and_the_next_crosses(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.shares("photo", samples.jpeg())
    assert "if you both say yes" in ann.sees()[-1]
    assert files(ben) == []
    assert not any("photos or voice" in text for text in ben.sees())
    await ann.presses("Yes, that's okay")
    assert "would like to share photos" in ben.sees()[-1]
    await ben.presses("Yes, that's okay")
    assert "You both said yes" in ann.sees()[-1]
    assert "You both said yes" in ben.sees()[-1]
    message = await ann.shares("photo", samples.jpeg())
    shown = ben.last().content
    assert shown.text == "A photo. Tap it to see it."
    assert shown.author
    made = files(ben)[0]
    assert Image.open(BytesIO(made.data)).size == (40, 60)
    assert samples.SECRET not in made.data
    assert ann.passage(message) is Passage.PASSED_ON
    await ben.shares("voice", samples.ogg())
    assert [one.seconds for one in files(ann)] == [3]


async def test_words_beneath_a_photo_are_a_note_and_all_of_it_is_taken_back_together(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    message = await ann.shares("photo", samples.png(), "my garden")
    assert ben.sees()[-2].endswith(": my garden")
    assert len(files(ben)) == 1
    await ann.edits(message, "my garden today")
    assert any("my garden today" in text for text in ben.sees())
    await ann.does(Deleted(ann._origin(), message))
    assert files(ben) == []
    assert not any("my garden" in text for text in ben.sees())


async def test_words_that_show_danger_go_at_once_whatever_becomes_of_the_photo(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    await ann.shares("photo", b"broken", "I want to kill myself tonight")
    assert any("kill myself" in text for text in ben.sees())
    assert any("988" in text for text in ann.sees())
    assert any("couldn't read that file" in text for text in ann.sees())


async def test_words_that_are_held_hold_the_photo_too(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    await ann.shares("photo", samples.jpeg(), "call me at 212 555 0142")
    assert files(ben) == []
    assert any("kept the file back too" in text for text in ann.sees())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "couldn't read that file"),
        (samples.svg(), "couldn't read that file"),
        (samples.gif(), "couldn't read that file"),
        (samples.bomb(), "too big for me"),
        (bytes(20_000_001), "didn't reach me whole"),
    ],
)
async def test_a_broken_or_hostile_file_is_a_sentence(bot: TestBot, data: bytes, says: str) -> None:
    ann, ben = await agreed(bot)
    message = await ann.shares("photo", data)
    assert says in ann.sees()[-1]
    assert ann.passage(message) is Passage.NOT_SENT
    assert files(ben) == []


async def test_a_file_that_says_it_is_too_large_is_never_fetched(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    fetched = []

    async def fetch(most: int) -> bytes:
        fetched.append(most)
        raise NotFetched

    file = IncomingFile("photo", fetch, size=20_000_001)
    await ann.does(Said(ann._origin(), "", MessageId("big"), attachments=("photo",), file=file))
    assert "too big for me" in ann.sees()[-1]
    assert fetched == []
    assert files(ben) == []


async def test_either_takes_consent_back_by_words_and_what_was_not_seen_is_called_back(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    bot.platform.fails(ben.address.account, Away())
    message = await ann.shares("photo", samples.jpeg())
    await ben.says("no more photos")
    bot.house.engine.awake(ben.address)
    await bot.settle()
    assert files(ben) == []
    assert ann.passage(message) is Passage.NOT_SENT
    assert any("didn't pass your file on" in text for text in ann.sees())
    assert "just words between you" in ann.sees()[-1]
    assert not any("no more photos" in text for text in ann.sees())
    await ann.shares("photo", samples.jpeg())
    assert files(ben) == []
    assert sum("would like to share" in text for text in ben.sees()) == 1


async def test_consent_that_ends_while_a_file_is_fetched_holds_it_back(bot: TestBot) -> None:
    ann, ben = await agreed(bot)

    async def fetch(most: int) -> bytes:
        assert most
        await bot.door.put(stop)
        return samples.jpeg()

    token = next(one.token for shown in reversed(ben.chat()) for one in shown.content.choices if "off" in one.token)
    stop = Pressed(ben._origin(), (token,))
    file = IncomingFile("photo", fetch)
    await ann.does(Said(ann._origin(), "", MessageId("one"), attachments=("photo",), file=file))
    assert files(ben) == []
    assert sum("didn't pass your file on" in text for text in ann.sees()) == 1


async def test_a_no_is_said_kindly_and_nobody_is_asked_twice(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.shares("photo", samples.jpeg())
    await ann.says("sí, está bien")
    await ben.says("just words")
    assert "just words between you" in ann.sees()[-1]
    asked = sum("would like to share" in text for text in ben.sees())
    await bot.wait(minutes=5)
    await ann.shares("photo", samples.jpeg())
    await ann.uses("photos", state="on")
    assert sum("would like to share" in text for text in ben.sees()) == asked == 1


async def test_the_bot_that_was_stopped_with_a_file_on_its_way_says_so(bot: TestBot) -> None:
    ann, ben = await agreed(bot)

    async def fetch(most: int) -> bytes:
        raise asyncio.CancelledError(most)

    await ann.does(Said(ann._origin(), "", MessageId("one"), attachments=("photo",), file=IncomingFile("photo", fetch)))
    await bot.wait(minutes=6)
    assert "didn't reach me whole" in ann.sees()[-1]
    assert files(ben) == []


async def test_a_retry_and_a_repeated_event_double_nothing(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    bot.platform.fails(ben.address.account, RetryLater(1))
    await ann.shares("photo", samples.jpeg())
    await bot.wait(seconds=5)
    assert len(files(ben)) == 1

    async def fetch(most: int) -> bytes:
        return samples.jpeg()[:most]

    event = Said(ann._origin("twice"), "", MessageId("two"), attachments=("photo",), file=IncomingFile("photo", fetch))
    await ann.does(event)
    await ann.does(event)
    assert len(files(ben)) == 2


async def test_only_so_many_files_wait_for_one_person(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    bot.platform.fails(ben.address.account, *[Away()] * 100)
    for _ in range(MOST_FILES):
        await ann.shares("photo", samples.jpeg())
    assert "still wait to be seen" not in ann.sees()[-1]
    await ann.shares("photo", samples.jpeg())
    assert "still wait to be seen" in ann.sees()[-1]


async def test_a_platform_that_shows_no_photos_says_that_one_came(tmp_path: Path) -> None:
    async with running(tmp_path, book=letting()) as bot:
        bot.house.engine.arrivals.made_anew = at_once
        ann, ben = await agreed(bot)
        await ann.shares("photo", samples.jpeg())
        assert ben.last().content == replace(ben.last().content, media=None)
        assert "can't show here" in ben.sees()[-1]


async def test_where_the_house_lets_none_cross_it_is_as_ever(tmp_path: Path) -> None:
    async with running(tmp_path, book=letting(photos=True, voice=False)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.shares("voice", samples.ogg())
        assert "I can only pass on words" in ann.sees()[-1]
        await ann.sends("document")
        assert "I can only pass on words" in ann.sees()[-1]
        assert ben.hears() == []
    async with running(tmp_path / "off", platform=FakePlatform(capabilities=SHOWS)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        await ann.shares("photo", samples.jpeg())
        assert "I can only pass on words" in ann.sees()[-1]
        await ann.uses("photos", state="on")
        assert "only pass on words" in ann.sees()[-1]


async def test_who_sent_it_is_erased_and_so_is_the_photo_that_waits(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    bot.platform.fails(ben.address.account, Away())
    await ann.shares("photo", samples.jpeg())
    await ann.uses("forget")
    await ann.taps("forget.all")
    await ann.taps("forget.yes")
    bot.house.engine.awake(ben.address)
    await bot.settle()
    assert files(ben) == []


async def test_a_photo_that_can_not_be_changed_says_so(bot: TestBot) -> None:
    ann, ben = await agreed(bot)
    message = await ann.shares("photo", samples.jpeg())
    before = len(ben.chat())
    await ann.edits(message, "with words")
    assert "can't change a photo" in ann.sees()[-1]
    assert len(ben.chat()) == before


async def test_who_is_alone_with_the_bot_can_send_none(bot: TestBot) -> None:
    cara = bot.person("cara")
    await cara.joins(lane="self")
    await cara.shares("photo", samples.jpeg())
    assert "I can only pass on words" in cara.sees()[-1]


def test_bytes_stand_in_no_repr() -> None:
    made = MediaFile("photo", "image/jpeg", samples.SECRET)
    assert samples.SECRET.decode() not in repr(Content((), media=made))
