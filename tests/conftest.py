"""Fixtures for whole conversations: a bot on the real store, with the real content, and a clock the test moves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from buddybot.testing import TestBot, practice_book, running


@pytest.fixture(scope="session")
def book() -> Book:
    return practice_book()


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=book) as running_bot:
        yield running_bot
