"""The contract of adapters with places, on our own wire."""

from collections.abc import AsyncIterator

import pytest

from buddybot.adapter import MessageId
from buddybot.testing import PlacesContract
from buddybot.testing.contract import PlaceStage, Recorder
from tests.discord.house import KnowingNotebook, address
from tests.discord.people import Person
from tests.discord.town import LOBBY, Town, open_town
from tests.discord.wire import Wire, until


class Book(Recorder, KnowingNotebook):
    """The contract's recorder, with what our own houses ask of an inbox."""

    def __init__(self) -> None:
        KnowingNotebook.__init__(self)
        Recorder.__init__(self)


class DiscordStage:
    """Ann, in the bot's DM and in the lobby."""

    knows_presence = False

    def __init__(self, town: Town, inbox: Book, ann: Person) -> None:
        self.inbox: Recorder = inbox
        self.adapter, self.ann, self._town = town.house.adapter, ann, town
        self.address, self.place = address(ann), town.place("lobby")
        assert town.house.running is not None
        self.running = town.house.running

    async def writes(self, text: str) -> None:
        said = await self.ann.says(text)
        await until(lambda: any(each.origin.event == str(said.id) for each in self.inbox.events))

    async def presses(self, token: str) -> None:
        label = next(
            str(part["label"])
            for message in self.ann.inbox()
            for row in message.components
            for part in row["components"]  # type: ignore[attr-defined]  # the fake keeps what it was sent
            if part["custom_id"] == token
        )
        click = await self.ann.presses(label)
        await until(lambda: click.answers)

    async def leaves(self) -> None:
        """Discord tells bots nothing of the kind."""

    async def returns(self) -> None:
        """Nor of this."""

    async def posts(self, text: str) -> MessageId:
        said = await self.ann.says_in(self._town.room("lobby"), text)
        await until(lambda: any(each.origin.event == str(said.id) for each in self.inbox.events))
        return MessageId(str(said.id))

    def sees(self) -> list[str]:
        return [each.replace("\\", "") for each in self.ann.sees()]

    def place_sees(self) -> list[str]:
        room = self._town.room("lobby")
        return [each.content.replace("\\", "") for each in self.ann.reads_in(room) if each.id not in room.pins]


class TestDiscord(PlacesContract):
    @pytest.fixture
    async def stage(self, wire: Wire) -> AsyncIterator[PlaceStage]:
        inbox = Book()
        async with open_town(wire, inbox, (LOBBY,)) as town:
            ann = await town.person("ann")
            await until(lambda: len(inbox.events) == 2)
            stage = DiscordStage(town, inbox, ann)
            yield stage
            if stage.running.cancelled():
                town.house.running = None
