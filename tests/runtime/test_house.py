"""The whole process in one: started and stopped as one, deaf never, with sentences for what can't be."""

import asyncio
import io
import logging
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path

import pytest

from buddybot.adapter import AdapterError, Address, Command, Inbox, Joined, Origin, Reads
from buddybot.config import StoreSettings
from buddybot.runtime.house import QUIET_LOGGERS, House, closing, quieten
from buddybot.runtime.plugins import load_adapters
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.errors import StoreError
from buddybot.testing import MORNING, FakePlatform
from buddybot.tools import setup


class Visited(FakePlatform):
    """A platform on which somebody opens the chat at once, and that may then stop."""

    def __init__(self, ending: Exception | None = None, *, stays: bool = True) -> None:
        super().__init__()
        self.ending, self.stays = ending, stays
        self.ready = asyncio.Event()

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        assert commands
        assert reads.locales()
        await inbox.put(Joined(Origin("e1", Address("fake", "main", "ann"))))
        self.ready.set()
        if self.ending is not None:
            raise self.ending
        if self.stays:
            await asyncio.Event().wait()


async def opened(folder: Path, book: Book, platform: FakePlatform) -> None:
    settings = StoreSettings(url=f"sqlite:{folder / 'bot.db'}", keys=folder / "keys", backups=folder / "backups")
    async with closing(await open_store(settings, MORNING, None)) as store:
        await House(store, system_world(), book, {platform.platform: platform}).run()


async def test_it_serves_until_it_is_cancelled_and_leaves_the_files_to_the_next(tmp_path: Path, book: Book) -> None:
    for _ in range(2):
        platform = Visited()
        serving = asyncio.create_task(opened(tmp_path, book, platform))
        await platform.ready.wait()
        for _ in range(200):
            if platform.chats:
                break
            await asyncio.sleep(0.01)
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving


async def test_an_adapter_that_stops_by_itself_stops_the_bot_with_a_sentence(tmp_path: Path, book: Book) -> None:
    with pytest.raises(AdapterError, match=r"adapters\.fake: it stopped by itself"):
        await opened(tmp_path, book, Visited(stays=False))


async def test_what_an_adapter_says_is_wrong_is_what_the_operator_reads(tmp_path: Path, book: Book) -> None:
    with pytest.raises(AdapterError, match="the token is not accepted"):
        await opened(tmp_path, book, Visited(AdapterError("the token is not accepted")))


def test_libraries_that_log_too_much_are_quiet_whatever_was_asked_for() -> None:
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    quieten()
    assert all(logging.getLogger(name).level >= logging.WARNING for name in QUIET_LOGGERS)


def test_an_adapter_nobody_installed_is_named_with_those_there_are() -> None:
    with pytest.raises(AdapterError, match=r"adapters\.pigeon: no such adapter is installed \(there are: .*web.*\)"):
        load_adapters({"pigeon": {}})


def test_only_what_is_configured_is_made() -> None:
    assert list(load_adapters({"web": {"port": "0"}})) == ["web"]
    assert load_adapters({}) == {}


async def test_a_store_that_can_not_be_opened_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    settings = StoreSettings(
        url=f"sqlite:{tmp_path / 'file' / 'bot.db'}", keys=tmp_path / "keys", backups=tmp_path / "b"
    )
    with pytest.raises(StoreError):
        await open_store(settings, MORNING, None)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    with chdir(tmp_path):
        yield tmp_path


def test_check_says_that_all_is_sound_and_names_help_lines_to_look_after(empty: Path) -> None:
    told = io.StringIO()
    with redirect_stdout(told):
        assert setup.check(None) == 0
    assert told.getvalue().endswith("sound: settings, content, database and keys\n")
    assert list(empty.iterdir()) == []


def test_check_counts_faults_in_content_adapters_and_store(empty: Path) -> None:
    (empty / "config.toml").write_text('[adapters.pigeon]\n[store]\nurl = "sqlite:x.db"\n', encoding="utf-8")
    (empty / "x.db").write_bytes(b"no database at all" * 300)
    told = io.StringIO()
    with redirect_stdout(told):
        assert setup.check(None) == 1
    assert told.getvalue().count("fault: ") == 2
    (empty / "config.toml").write_text("colour = 1\n", encoding="utf-8")
    with redirect_stdout(told):
        assert setup.check(None) == 1
