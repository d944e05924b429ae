"""The contract of adapters with places, on the pretend Telegram."""

from collections.abc import AsyncIterator

import pytest
from buddybot_telegram.markup import AT, SLASH

from buddybot.adapter import Adapter, Address, MessageId
from buddybot.testing import PlacesContract
from buddybot.testing.contract import PlaceStage
from tests.telegram.town import LOBBY, Town, town
from tests.telegram.wire import FakeTelegram


class TelegramStage:
    """One person with a chat of their own, and a topic they are in."""

    knows_presence = False

    def __init__(self, there: Town) -> None:
        self.town, self.inbox, self.running = there, there.inbox, there.running
        self.adapter: Adapter = there.adapter
        self.person = there.fake.person("ann")
        self.address = Address("telegram", "4242", str(self.person.account))
        self.place = Address("telegram", "4242", there.account("Lobby"))
        self.before = len(there.room.notes("Lobby"))

    async def writes(self, text: str) -> None:
        self.person.says(text)
        await self.town.fake.settled()

    async def presses(self, token: str) -> None:
        note = next(note for note in reversed(self.person.notes()) if note.keyboard)
        self.person.presses_data(token, note)
        await self.town.fake.settled()

    async def leaves(self) -> None:
        """Telegram says nothing of that."""

    async def returns(self) -> None:
        """Nor of this."""

    def sees(self) -> list[str]:
        return [text.replace(AT, "@").replace(SLASH, "/") for text in self.person.sees()]

    async def posts(self, text: str) -> MessageId:
        note = self.person.posts(self.town.room, text, "Lobby")
        await self.town.fake.settled()
        return MessageId(str(note.id))

    def place_sees(self) -> list[str]:
        return self.town.room.sees("Lobby")[self.before :]


class TestTelegram(PlacesContract):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[PlaceStage]:
        async with FakeTelegram() as fake, town(fake, LOBBY) as there:
            yield TelegramStage(there)


class TestTelegramWithoutRights(PlacesContract):
    """A bot that may do nothing in the group but read and write: nothing may be held up by that."""

    @pytest.fixture
    async def stage(self) -> AsyncIterator[PlaceStage]:
        async with FakeTelegram() as fake, town(fake, LOBBY) as there:
            there.room.gives_the_bot("administrator", "can_delete_messages")
            await fake.settled()
            there.inbox.events[1:] = []
            yield TelegramStage(there)
