"""A wire and an adapter on it, for every test of this folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.discord.desk import Desk
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


@pytest.fixture
async def desk(tmp_path: Path, wire: Wire, house: House) -> AsyncIterator[Desk]:
    made = Desk(tmp_path, wire, house, wire.person("ann"))
    await made.opens()
    await made.admits()
    yield made
    await made.dispatcher.stop()
    await made.store.close()
