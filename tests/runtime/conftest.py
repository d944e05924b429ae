"""The same server and stores that the store's own tests run on, and a dispatcher at work on one."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from tests.runtime.test_dispatch import Platform, Post
from tests.store.cast import ANN, BEN, NOW, admit
from tests.store.fixtures import database, dialect, people, places, server, store

__all__ = ["database", "dialect", "people", "places", "server", "store"]


@pytest.fixture
async def post(places: StorePaths) -> AsyncIterator[Post]:
    opened = await open_sqlite(places, NOW)
    for one in (ANN, BEN):
        await opened.write(partial(admit, one))
    yield Post(opened, Platform())
    await opened.close()
