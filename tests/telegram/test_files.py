"""A photo or a voice note is fetched when the core asks for it: from the Bot API's own host, bounded."""

import pytest

from buddybot.adapter import Content, IncomingFile, MediaFile, NotFetched, Rejected, Said, Send, Span, Voice
from tests import samples
from tests.telegram.house import Book, running, sending, to
from tests.telegram.wire import FakeTelegram, until

A_VOICE = Send(
    Content((Span("A voice note."),), Voice.MEMBER, "Cool Pine", media=MediaFile("voice", "audio/ogg", b"x"))
)


async def received(fake: FakeTelegram, inbox: Book, kind: str, data: bytes, says: int = 0) -> IncomingFile:
    fake.person("ann").shares(kind, data, says=says)
    await until(lambda: inbox.events)
    event = inbox.events[-1]
    assert isinstance(event, Said)
    assert event.attachments == (kind,)
    assert event.file is not None
    return event.file


async def test_the_largest_size_of_a_photo_is_fetched_when_it_is_asked_for_and_no_sooner() -> None:
    async with FakeTelegram() as fake:
        inbox = Book()
        async with running(fake, inbox):
            file = await received(fake, inbox, "photo", samples.jpeg())
            assert (file.kind, file.size) == ("photo", len(samples.jpeg()))
            assert (fake.world.fetched, fake.asked("getFile")) == ([], [])
            assert await file.fetch(1_000_000) == samples.jpeg()
            assert "file0" not in repr(file)


async def test_a_voice_note_says_how_long_it_is() -> None:
    async with FakeTelegram() as fake:
        inbox = Book()
        async with running(fake, inbox):
            file = await received(fake, inbox, "voice", samples.ogg())
            assert (file.seconds, await file.fetch(1_000_000)) == (3, samples.ogg())


async def test_what_is_larger_than_it_says_is_cut_off_and_what_is_gone_is_not_there() -> None:
    async with FakeTelegram() as fake:
        inbox = Book()
        async with running(fake, inbox):
            file = await received(fake, inbox, "photo", bytes(500_000), says=10)
            assert file.size == 10
            with pytest.raises(NotFetched):
                await file.fetch(100_000)
            fake.world.files.clear()
            with pytest.raises(NotFetched):
                await file.fetch(1_000_000)


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret", "http://elsewhere.example/x", "", None, 7])
async def test_a_path_that_leads_elsewhere_is_not_followed(path: object) -> None:
    async with FakeTelegram() as fake:
        inbox = Book()
        async with running(fake, inbox):
            file = await received(fake, inbox, "photo", samples.jpeg())
            fake.answers["getFile"] = {"file_id": "x", "file_unique_id": "x", "file_path": path}
            with pytest.raises(NotFetched):
                await file.fetch(1_000_000)
            assert [one for one in fake.world.fetched if one] == []


async def test_a_voice_note_for_somebody_who_takes_none_is_given_up_at_once() -> None:
    async with FakeTelegram() as fake, sending(fake) as adapter:
        ann = fake.person("ann")
        fake.world.deaf_ears.add(ann.account)
        with pytest.raises(Rejected):
            await adapter.deliver(to(ann, A_VOICE))
