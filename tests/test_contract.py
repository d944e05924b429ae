"""The contract of adapters, on the fake platform and on the web chat."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count

import pytest
from aiohttp import ClientSession, CookieJar
from buddybot_web import WebAdapter
from buddybot_web.settings import read_settings

from buddybot.adapter import Address, Away, Content, MessageId, Opened, Origin, Place, Pressed, Said, Span
from buddybot.testing import AdapterContract, FakePlace, FakePlatform, PlacesContract, ShownMessage, practice_book
from buddybot.testing.contract import ContractStage, PlaceStage, Recorder, start
from tests.waiting import comes
from tests.web.house import House, until
from tests.web.visitor import Visitor

WORDS = practice_book().words


class FakeStage:
    """One person on the fake platform."""

    knows_presence = True

    def __init__(self) -> None:
        self.adapter, self.inbox, self.number = FakePlatform(), Recorder(), count(1)
        self.address = Address("fake", "main", "ann")
        self.running = start(self.adapter, self.inbox, WORDS.say)

    def origin(self) -> Origin:
        return Origin(self.adapter.next_id(), self.address)

    async def writes(self, text: str) -> None:
        await self.inbox.put(Said(self.origin(), text, MessageId(self.adapter.next_id())))

    async def presses(self, token: str) -> None:
        await self.inbox.put(Pressed(self.origin(), (token,)))

    async def leaves(self) -> None:
        self.adapter.fails("ann", Away())

    async def returns(self) -> None:
        self.inbox.awake(self.address)

    def sees(self) -> list[str]:
        return [shown.text for shown in self.adapter.chats.get("ann", []) if not shown.gone]


class FakePlaceStage(FakeStage):
    """The same, with a place they are in."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Address("fake", "main", "nights")
        self.spot = FakePlace(self.adapter, Place("nights", "nights"))

    async def opens(self) -> None:
        await self.inbox.put(Opened(Origin(self.adapter.next_id(), self.place, place=self.spot.place)))

    async def posts(self, text: str) -> MessageId:
        message = MessageId(self.adapter.next_id())
        self.spot.keep(ShownMessage(message, Content((Span(text),)), own=True))
        await self.inbox.put(Said(replace(self.origin(), place=self.spot.place), text, message))
        return message

    def place_sees(self) -> list[str]:
        return self.spot.sees()


class WebStage:
    """One person with a tab open, in a browser without a window."""

    knows_presence = True

    def __init__(
        self, adapter: WebAdapter, inbox: Recorder, running: "asyncio.Task[None]", visitor: Visitor, address: Address
    ) -> None:
        self.adapter, self.inbox, self.running, self.visitor = adapter, inbox, running, visitor
        self.address = address
        self.screen: dict[str, str] = {}
        self.reading: asyncio.Task[None] | None = None

    async def writes(self, text: str) -> None:
        assert await self.visitor.do("say", text=text) == 204

    async def presses(self, token: str) -> None:
        assert await self.visitor.do("press", tokens=[token]) == 204

    async def leaves(self) -> None:
        assert self.reading is not None
        self.reading.cancel()
        await asyncio.gather(self.reading, return_exceptions=True)

    async def returns(self) -> None:
        connected = asyncio.Event()
        self.reading = asyncio.create_task(self._read(connected))
        await comes(connected.wait(), self.reading)

    def sees(self) -> list[str]:
        return list(self.screen.values())

    async def _read(self, connected: asyncio.Event) -> None:
        async with self.visitor.tab() as tab:
            connected.set()
            while True:
                self._show(await tab.effect())

    def _show(self, body: dict[str, object]) -> None:
        message, spans = str(body["message"]), body.get("spans")
        if body["kind"] == "retract":
            self.screen.pop(message, None)
        elif isinstance(spans, list):
            self.screen[message] = "".join(str(span["text"]) for span in spans)


class TestFakePlatform(AdapterContract):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[ContractStage]:
        stage = FakeStage()
        await asyncio.sleep(0)
        yield stage
        stage.running.cancel()
        await asyncio.gather(stage.running, return_exceptions=True)


class TestFakePlaces(PlacesContract):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[PlaceStage]:
        stage = FakePlaceStage()
        await stage.opens()
        yield stage
        stage.running.cancel()
        await asyncio.gather(stage.running, return_exceptions=True)


class TestWebChat(AdapterContract):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[ContractStage]:
        adapter, inbox = WebAdapter(read_settings({"port": "0"}), 1), Recorder()
        running = start(adapter, inbox, WORDS.say)
        await until(lambda: bool(adapter.url) or running.done())
        async with ClientSession(adapter.url, cookie_jar=CookieJar(unsafe=True)) as session:
            visitor = Visitor(House(adapter), session)
            await visitor.hello()
            assert await visitor.do("join") == 204
            stage = WebStage(adapter, inbox, running, visitor, inbox.events.pop().origin.address)
            await stage.returns()
            yield stage
            await stage.leaves()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_the_contract_has_its_promises() -> None:
    assert len([name for name in vars(AdapterContract) if name.startswith("test_")]) >= 8
