"""A photo or a voice note comes to the server in memory alone, goes out inside the stream, and is bounded both ways."""

import asyncio
from base64 import b64decode

import pytest

from buddybot.adapter import Content, MediaFile, NotFetched, Said, Send, Span, Voice
from tests import samples
from tests.web.house import open_house
from tests.web.visitor import client_id, visit

BYTES = "application/octet-stream"


async def test_a_file_is_brought_and_then_told_of_and_can_be_fetched_once() -> None:
    async with open_house() as house, visit(house) as ann:
        address, name = await ann.address(), client_id()
        assert await ann.raw(f"file/{name}", samples.jpeg(), BYTES) == (204, "")
        assert await ann.do("say", id=name, file={"kind": "photo", "seconds": 0}) == 204
        event = house.inbox.events[-1]
        assert isinstance(event, Said)
        assert (event.attachments, event.text, event.origin.address) == (("photo",), "", address)
        assert event.file is not None
        assert event.file.size == len(samples.jpeg())
        assert samples.SECRET.decode() not in repr(event)
        assert await event.file.fetch(10_000_000) == samples.jpeg()
        with pytest.raises(NotFetched):
            await event.file.fetch(10_000_000)


async def test_nobody_gets_at_what_another_browser_brought() -> None:
    async with open_house() as house, visit(house) as ann, visit(house) as ben:
        name = client_id()
        assert (await ann.raw(f"file/{name}", samples.jpeg(), BYTES))[0] == 204
        assert await ben.do("say", id=name, file={"kind": "photo"}) == 204
        event = house.inbox.events[-1]
        assert isinstance(event, Said)
        assert event.file is not None
        with pytest.raises(NotFetched):
            await event.file.fetch(10_000_000)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("file/m" + "0" * 32, bytes(3_000_001), 413),
        ("file/../do/say", b"x", 415),
        ("file/not-an-id", b"x", 404),
    ],
)
async def test_what_is_too_large_or_odd_is_refused(path: str, body: bytes, status: int) -> None:
    async with open_house() as house, visit(house) as ann:
        found, text = await ann.raw(path, body, BYTES)
        assert found == status
        assert "988" in text


async def test_a_file_needs_the_page_s_token() -> None:
    async with open_house() as house, visit(house) as ann:
        ann.token = "0" * 64
        assert (await ann.raw(f"file/{client_id()}", samples.jpeg(), BYTES))[0] == 403


@pytest.mark.parametrize("file", [{"kind": "document"}, {"kind": ["photo"]}, "photo", {}])
async def test_a_message_that_describes_no_file_is_words_or_nothing(file: object) -> None:
    async with open_house() as house, visit(house) as ann:
        assert await ann.do("say", file=file) == 400


async def test_a_photo_goes_out_in_the_stream_of_its_reader() -> None:
    async with open_house() as house, visit(house) as ann:
        address = await ann.address()
        made = MediaFile("photo", "image/jpeg", samples.jpeg(), 40, 60)
        content = Content((Span("A photo."),), Voice.MEMBER, "Cool Pine", media=made, takes=("photo",))
        async with ann.tab() as tab:
            showing = asyncio.create_task(house.show(address, Send(content)))
            body = await tab.effect()
            await showing
        media = body["media"]
        assert isinstance(media, dict)
        assert b64decode(media["data"]) == samples.jpeg()
        assert {**media, "data": ""} == {"kind": "photo", "type": "image/jpeg", "seconds": 0, "data": ""}
        assert body["takes"] == ["photo"]


async def test_the_page_may_show_what_it_has_and_nothing_from_elsewhere() -> None:
    async with open_house() as house, visit(house) as ann, ann.session.get("/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "img-src 'self' blob:; media-src blob:;" in policy
        assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    async with open_house() as house, visit(house) as ann, ann.session.get("/offline") as answer:
        assert "blob:" not in answer.headers["Content-Security-Policy"]
        assert "microphone=()" in answer.headers["Permissions-Policy"]
