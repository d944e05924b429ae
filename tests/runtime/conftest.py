"""A dispatcher at work on a store."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from tests.runtime.test_dispatch import Platform, Post
from tests.store.cast import ANN, BEN, NOW, admit


@pytest.fixture
async def post(places: StorePaths) -> AsyncIterator[Post]:
    opened = await open_sqlite(places, NOW)
    for one in (ANN, BEN):
        await opened.write(partial(admit, one))
    yield Post(opened, Platform())
    await opened.close()
