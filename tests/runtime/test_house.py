"""The whole process in one: started and stopped as one, deaf never, with sentences for what can't be."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, chdir, redirect_stdout
from pathlib import Path

import pytest

from buddybot.adapter import (
    COMMANDS,
    AdapterError,
    Address,
    Command,
    Content,
    Delivery,
    Inbox,
    Joined,
    Origin,
    Reads,
    RetryLater,
    Send,
    Span,
)
from buddybot.config.tables import StoreSettings
from buddybot.runtime.engine import AdapterInbox
from buddybot.runtime.house import QUIET_LOGGERS, House, closing, quieten
from buddybot.runtime.plugins import load_adapters
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.supervisor import SupervisedAdapter
from buddybot.runtime.world import system_world
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.errors import StoreError
from buddybot.testing import MORNING, FakePlatform, TestBot
from buddybot.tools import setup
from tests.waiting import PATIENT, comes

FILE = Path("config.toml")


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
    for greeted in (True, False):  # the next one knows that it has greeted her
        platform = Visited()
        serving = asyncio.create_task(opened(tmp_path, book, platform))
        await comes(platform.ready.wait(), serving)
        async with asyncio.timeout(PATIENT):
            while greeted and not platform.chats:
                await asyncio.sleep(0.01)
        assert bool(platform.chats) is greeted
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving


async def test_an_adapter_that_stops_by_itself_stops_the_bot_with_a_sentence(tmp_path: Path, book: Book) -> None:
    with pytest.raises(AdapterError, match=r"adapters\.fake: it stopped by itself"):
        await opened(tmp_path, book, Visited(stays=False))


async def test_what_an_adapter_says_is_wrong_is_what_the_operator_reads(tmp_path: Path, book: Book) -> None:
    with pytest.raises(AdapterError, match="the token is not accepted"):
        await opened(tmp_path, book, Visited(AdapterError("the token is not accepted")))


class Shaky(Visited):
    """A platform that can't go on so many times, and is fine after that."""

    def __init__(self, platform: str, *problems: Exception) -> None:
        super().__init__()
        self.platform = platform
        self.problems, self.up = list(problems), asyncio.Event()

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:
        assert commands
        assert reads.locales()
        assert await inbox.cursor("none") is None
        if self.problems:
            raise self.problems.pop(0)
        self.up.set()
        await asyncio.Event().wait()


async def housed(folder: Path, book: Book, *platforms: FakePlatform) -> None:
    settings = StoreSettings(url=f"sqlite:{folder / 'bot.db'}", keys=folder / "keys", backups=folder / "backups")
    async with closing(await open_store(settings, MORNING, None)) as store:
        await House(store, system_world(), book, {one.platform: one for one in platforms}).run()


async def test_an_adapter_that_can_not_go_on_rests_while_the_others_do(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    sick, well = Shaky("sick", *[AdapterError("somebody else has the token")] * 9), Shaky("well")
    serving = asyncio.create_task(housed(tmp_path, book, sick, well))
    while "rests for 30 seconds" not in caplog.text:
        await asyncio.sleep(0.01)
    assert "adapters.sick: somebody else has the token" in caplog.text
    await comes(well.up.wait(), serving)
    assert not serving.done()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_when_no_adapter_can_go_on_the_bot_stops_with_the_sentence_of_each(tmp_path: Path, book: Book) -> None:
    first, second = Shaky("first", AdapterError("no token")), Shaky("second", AdapterError("no port"))
    with pytest.raises(AdapterError, match=r"^adapters\.first: no token\nadapters\.second: no port$"):
        await housed(tmp_path, book, first, second)


async def test_an_adapter_for_practice_alone_keeps_no_bot_alive(tmp_path: Path, book: Book) -> None:
    web, peers = Shaky("web", AdapterError("the port is taken")), Shaky("peers")
    settings = StoreSettings(url=f"sqlite:{tmp_path / 'bot.db'}", keys=tmp_path / "keys", backups=tmp_path / "backups")
    async with closing(await open_store(settings, MORNING, None)) as store:
        house = House(store, system_world(), book, {"web": web, "peers": peers}, pretended=("peers",))
        with pytest.raises(AdapterError, match="the port is taken"):
            await house.run()


class Supervised:
    """One adapter under supervision, whose rests end when the test says so."""

    def __init__(self, *problems: Exception, steady: float = 60.0) -> None:
        self.adapter, self.rests, self.go_on = Shaky("sick", *problems), list[float](), asyncio.Event()
        self.kept = SupervisedAdapter("sick", self.adapter, lambda: True, sleep=self._sleep, steady=steady)

    async def _sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        await self.go_on.wait()
        self.go_on.clear()

    async def rested(self, times: int) -> None:
        while len(self.rests) < times:
            await asyncio.sleep(0)


@asynccontextmanager
async def supervised(bot: TestBot, one: Supervised) -> AsyncIterator[None]:
    engine = bot.house.engine
    running = asyncio.create_task(one.kept.run(AdapterInbox(engine, "sick"), COMMANDS, engine))
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_the_rests_grow_and_what_is_to_be_delivered_waits_uncounted(bot: TestBot) -> None:
    one = Supervised(*[AdapterError("away")] * 3)
    note = Delivery(1, Address("sick", "main", "ann"), Send(Content((Span("hello"),))))
    async with supervised(bot, one):
        for times in (1, 2, 3):
            await one.rested(times)
            with pytest.raises(RetryLater) as later:
                await one.kept.deliver(note)
            assert later.value.seconds is not None
            assert later.value.seconds > 0
            one.go_on.set()
        await comes(one.adapter.up.wait())
        await one.kept.deliver(note)
    assert one.rests == [30, 60, 120]
    assert [shown.text for shown in one.adapter.chats["ann"]] == ["hello"]


async def test_an_adapter_that_runs_again_is_well_and_the_operator_is_told(
    bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    one = Supervised(AdapterError("away"), steady=0.0)
    async with supervised(bot, one):
        await one.rested(1)
        assert one.kept.trouble == "adapters.sick: away"
        one.go_on.set()
        while one.kept.trouble:
            await asyncio.sleep(0)
    assert "adapters.sick is well again" in caplog.text


async def test_a_bug_in_an_adapter_is_named_by_its_kind_and_place_alone(
    bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    one = Supervised(ValueError("somebody's words"))
    async with supervised(bot, one):
        await one.rested(1)
    assert "adapters.sick: it failed (ValueError at" in caplog.text
    assert "somebody's words" not in caplog.text


def test_libraries_that_log_too_much_are_quiet_whatever_was_asked_for() -> None:
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    quieten()
    assert all(logging.getLogger(name).level >= logging.WARNING for name in QUIET_LOGGERS)


def test_an_adapter_nobody_installed_is_named_with_those_there_are() -> None:
    with pytest.raises(
        AdapterError, match=r"^config\.toml: adapters\.pigeon: no such adapter is installed \(there are: .*web.*\)"
    ):
        load_adapters({"pigeon": {}}, FILE)


def test_only_what_is_configured_is_made() -> None:
    assert list(load_adapters({"web": {"port": "0"}}, FILE)) == ["web"]
    assert load_adapters({}, FILE) == {}


def test_every_slip_in_an_adapters_table_is_told_with_the_file() -> None:
    with pytest.raises(AdapterError) as caught:
        load_adapters({"web": {"port": "", "prxy": "x"}}, FILE)
    assert str(caught.value).startswith("config.toml: adapters.web.prxy = (hidden): remove it; known here: ")
    with pytest.raises(AdapterError) as caught:
        load_adapters({"web": {"port": "", "allow_public": "perhaps"}}, FILE)
    assert str(caught.value).splitlines() == [
        "config.toml: adapters.web.port = '': write a port, 1 to 65535; 0 lets the system choose a free one",
        "config.toml: adapters.web.allow_public = 'perhaps': write true or false",
    ]


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
    before, sound, after = told.getvalue().partition("sound: settings, content, database and keys\n")
    assert (before, bool(sound)) == ("", True)
    assert after
    assert all(line.startswith("look: crisis lines of ") for line in after.splitlines())
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
