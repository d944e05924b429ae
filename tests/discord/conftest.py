"""A wire and an adapter on it, for every test of this folder."""

from collections.abc import AsyncIterator

import pytest

from tests.discord.house import House, open_house
from tests.discord.wire import Wire, open_wire


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with open_wire() as opened:
        yield opened


@pytest.fixture
async def house(wire: Wire) -> AsyncIterator[House]:
    async with open_house(wire) as opened:
        yield opened
