"""The desk's stream: it says that something changed, never what, and only what this moderator's page would show."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientResponse

from buddybot.domain.moderation.cases import Concern
from buddybot.service.kernel.book import Book
from buddybot.service.moderation.casework import CaseReport, open_case
from buddybot.testing import Person
from tests.desk.house import House, Visitor, open_desk, visit
from tests.stories.moderating import code, reported
from tests.web.house import until


@pytest.fixture
async def house(tmp_path: Path, book: Book) -> AsyncIterator[House]:
    async with open_desk(tmp_path, book) as opened:
        yield opened


@asynccontextmanager
async def listens(visitor: Visitor, case: str = "") -> AsyncIterator[ClientResponse]:
    """Open the stream as the page that is shown would."""
    known = re.search(r'data-known="(\w+)"', visitor.text)
    seen = re.search(r'data-seen="(\d+)"', visitor.text)
    asked = {"known": known[1] if known else "", "case": case, "seen": seen[1] if seen else ""}
    async with visitor.session.get("/desk/live", params=asked) as answer:
        yield answer


async def newcomer(house: House) -> Person:
    person = house.bot.person("lu")
    await person.joins(lane="self")
    return person


async def event(answer: ClientResponse) -> str:
    """Return the name of the next event; its data is always nothing."""
    lines = [(await answer.content.readline()).decode().strip() for _ in range(3)]
    assert lines[1:] == ["data: {}", ""]
    return lines[0].removeprefix("event: ")


async def test_a_page_hears_at_once_that_its_queue_and_its_case_went_on(house: House) -> None:
    await reported(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as lu:
        await mo.enter(house.moderator())
        await lu.enter(house.moderator("lu"))
        await lu.looks(case)
        await mo.looks(case)
        async with listens(mo, case) as stream:
            assert stream.headers["Content-Type"] == "text/event-stream"
            assert await event(stream) == "beat"
            await lu.does(case, "claim")
            assert [await event(stream) for _ in range(2)] == ["queue", "case"]


async def test_of_a_case_that_is_too_close_nothing_is_heard(house: House) -> None:
    ann, _ = await reported(house.bot)
    case = await code(house.bot)
    ann.roles = ("moderator",)
    engine, lu = house.bot.house.engine, await house.member(await newcomer(house))
    async with visit(house) as mo, visit(house) as close:
        await mo.enter(house.moderator())
        await close.enter(ann)
        await mo.looks(case)
        await close.looks(case)
        async with listens(close, case) as stream:
            assert await event(stream) == "beat"
            await mo.does(case, "claim")
            await mo.does(case, "note", text="asked for $40 twice")
            await house.bot.house.store.write(lambda tx: open_case(engine.turn(tx), CaseReport(Concern.CRISIS, lu)))
            assert await event(stream) == "queue", "what others did with it before was no event, not even a beat"


async def test_the_end_of_a_session_is_the_last_event(house: House) -> None:
    await reported(house.bot)
    case = await code(house.bot)
    async with visit(house) as mo, visit(house) as lu:
        await mo.enter(house.moderator())
        await house.bot.sleep(minutes=20)
        await lu.enter(house.moderator("lu"))
        async with listens(mo) as stream:
            assert await event(stream) == "beat"
            await house.bot.sleep(minutes=11)
            await lu.looks(case)
            await lu.does(case, "claim")
            assert await event(stream) == "over"
            assert await stream.content.read() == b""


async def test_a_stranger_and_a_fourth_page_get_no_stream(house: House) -> None:
    async with visit(house) as mo, visit(house) as stranger:
        await stranger.get("/desk/live")
        assert stranger.status == 401
        await mo.enter(house.moderator())
        async with listens(mo) as one, listens(mo) as two, listens(mo) as three:
            assert [await event(each) for each in (one, two, three)] == ["beat"] * 3
            async with listens(mo) as four:
                assert (four.status, four.headers["Retry-After"]) == (429, "31")
        # Pages that are gone make room, without a word having to be sent to them.
        found = 0

        async def ask() -> None:
            nonlocal found
            async with listens(mo) as again:
                found = again.status

        for _ in range(600):
            await ask()
            if found == 200:
                break
            await asyncio.sleep(0.05)
        assert found == 200


async def test_a_stop_ends_the_streams(tmp_path: Path, book: Book) -> None:
    ended = False
    async with open_desk(tmp_path, book) as house, visit(house) as mo:
        await mo.enter(house.moderator())
        async with listens(mo) as stream:
            assert await event(stream) == "beat"

            async def reads() -> None:
                nonlocal ended
                await stream.content.read()
                ended = True

            reading = asyncio.create_task(reads())
            await house.adapter_stops()
            await until(lambda: ended)
            await reading
