"""Fixtures for whole conversations: a bot on the real store, with the real content, and a clock the test moves."""

import os
import shutil
import sys
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from buddybot.service.kernel.book import Book
from buddybot.testing import TestBot, practice_book, running
from buddybot.unswept import unswept
from tests.copy.clockwork import machine_dates, said_by_the_bot
from tests.store.fixtures import database, dialect, made_database, people, places, reused, server, store

__all__ = ["database", "dialect", "made_database", "people", "places", "reused", "server", "store"]
"""Here, and nowhere else: a server of PostgreSQL is one to a process only where it is one fixture."""
TESTS = Path(__file__).parent
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 - pytest makes a private folder in it
LONG = (
    "stories/test_killing.py",
    "stories/test_killing_channels.py",
    "cluster",
    "test_first_change.py",
    "conversations/test_wires.py",
    "machine",
    "runtime/faults",
    "stories/questions/test_every_question.py",
    "stories/test_browser",
    "test_cli.py",
    "test_init.py",
    "test_demo.py",
    "deploy",
    "stories",
    "web",
    "desk",
    "keeping",
    "watching",
    "telegram",
    "conversations",
    "runtime",
    "discord",
    "matching",
)
"""Files and folders by how long they take: those come first, so that no worker ends alone on one of them."""

# What a killed process leaves is the same in memory as on a disk: a SIGKILL takes nothing from the file system.
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# Each worker, and each of the processes that tests start, would compile the whole bot anew where no bytecode is kept.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A change is refused for what it does and not for what was drawn that time: the same examples in each run, others in
# every soak. Deadlines and slowness say nothing about the bot: both are limits on the real clock.
SOAKED = os.environ.get("BUDDYBOT_EXAMPLES")
settings.register_profile(
    "checked",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=SOAKED is None,
    max_examples=int(SOAKED or settings().max_examples),
)
settings.load_profile("checked")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave the tests themselves out of every later search for garbage: they are half a million objects that stay."""
    with unswept():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes longest, a file at a time."""
    items.sort(key=lambda item: _place(item.path.relative_to(TESTS).as_posix()))


def _place(path: str) -> int:
    return next((place for place, long in enumerate(LONG) if path.startswith(long)), len(LONG))


@pytest.fixture(scope="session")
def book() -> Book:
    return practice_book()


@pytest.fixture
async def bot(tmp_path: Path, book: Book) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=book) as running_bot:
        yield running_bot
        assert machine_dates(said_by_the_bot(running_bot.platform)) == []
