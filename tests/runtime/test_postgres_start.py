"""A start beside a server that is slow, stands still, is full, refuses or is cut off: one sentence."""

import asyncio
import re
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

from buddybot.runtime.storage.postgres import UPGRADE, open_postgres
from buddybot.runtime.storage.postgres_start import UNHURRIED, StartPace, in_sentences
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.store.kernel.errors import StoreError
from tests.cluster.gate import SOCKET, Gate
from tests.store.cast import ANN, admit
from tests.store.fixtures import Reused, hang_up
from tests.waiting import PATIENT, comes

OURS = {"heartbeat", "bus"}
STILL = StartPace(0.1, 0.3)
"""For a server that answers no more."""
AT_WORK = StartPace(0.05, PATIENT)
"""For one that does, on a machine that may be slow."""


class Failing(Gate):
    """Lets so much of what is asked through, counted in packets, then stands still or cuts every connection."""

    def __init__(self, folder: Path, server: Path, asked: int, *, cuts: bool) -> None:
        super().__init__(folder, server)
        self.left, self._cuts = asked, cuts

    def asks(self) -> None:
        self.left -= 1
        if self.left < 0 and self._cuts:
            raise ConnectionResetError
        if self.left < 0:
            self.stand_still()


@asynccontextmanager
async def behind(database: str, folder: Path, asked: int, *, cuts: bool) -> AsyncIterator[str]:
    """Yield the address of the same database behind a gate that fails after so many packets."""
    address, _, server = database.partition("?host=")
    await asyncio.to_thread(folder.mkdir)
    gate = Failing(folder, Path(server) / SOCKET, asked, cuts=cuts)
    listening = await asyncio.start_unix_server(gate.serve, str(folder / SOCKET))
    try:
        yield f"{address}?host={folder}"
    finally:
        listening.close()
        await gate.stop()


@pytest.fixture
def made(made_database: Reused, places: StorePaths) -> Reused:
    """A database with all its tables, and its keys in their place."""
    shutil.copytree(made_database.keys, places.keys)
    return made_database


def let_go(database: str) -> None:
    """Wait until the server has noticed that whoever was cut off is gone."""
    with psycopg.connect(database) as server:
        hang_up(server)


async def refused(url: str, places: StorePaths, pace: StartPace = UNHURRIED) -> str:
    """Try to start; return the sentence. No thread and no task is left of it."""
    threads, tasks = set(threading.enumerate()), asyncio.all_tasks()
    with pytest.raises(StoreError) as told:
        await comes(open_postgres(url, places.keys, None, pace=pace))
    await asyncio.sleep(0)
    left = [one.name for one in set(threading.enumerate()) - threads]
    assert [name for name in left if name != "connecting"] == []  # nobody waits for that one, nor does the process
    assert [one.get_name() for one in asyncio.all_tasks() - tasks if one.get_name() in OURS] == []
    sentence = str(told.value)
    assert sentence.startswith("store.url: ")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("asked", [1, 3, 9])
async def test_a_server_that_stands_still_is_not_waited_for_for_ever(
    made: Reused, places: StorePaths, tmp_path: Path, asked: int
) -> None:
    async with behind(made.address, tmp_path / "gate", asked, cuts=False) as url:
        assert "gives no answer" in await refused(url, places, STILL)


@pytest.mark.parametrize("shared", [False, True], ids=["alone", "shared"])
async def test_wherever_a_start_is_cut_off_it_ends_in_a_sentence_and_the_next_one_starts(
    made: Reused, places: StorePaths, tmp_path: Path, shared: bool
) -> None:
    for asked in range(0, 40, 3):
        async with behind(made.address, tmp_path / f"gate{asked}", asked, cuts=True) as url:
            with suppress(StoreError):
                await (await comes(open_postgres(url, places.keys, None, shared=shared))).close()
                break
    assert asked > 10
    let_go(made.address)
    await (await open_postgres(made.address, places.keys, None, shared=shared)).close()


@pytest.mark.parametrize("asked", [12, 30])
async def test_tables_that_were_half_made_are_made_whole_by_the_next_start(
    database: str, places: StorePaths, tmp_path: Path, asked: int
) -> None:
    async with behind(database, tmp_path / "gate", asked, cuts=True) as url:
        assert "has trouble" in await refused(url, places)
    let_go(database)
    store = await open_postgres(database, places.keys, None)
    await store.write(partial(admit, ANN))
    await store.close()


async def test_whoever_makes_the_tables_is_waited_for_and_the_operator_is_told(
    made: Reused, places: StorePaths, caplog: pytest.LogCaptureFixture
) -> None:
    def told() -> bool:
        return any("takes its time" in line for line in caplog.messages)

    with psycopg.connect(made.address) as maker:
        maker.execute("SELECT pg_advisory_xact_lock(%s)", (UPGRADE,))
        starting = asyncio.create_task(open_postgres(made.address, places.keys, None, pace=AT_WORK))
        async with asyncio.timeout(PATIENT):
            while not told():
                await asyncio.sleep(0.01)
        assert not starting.done()
    await (await comes(starting)).close()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("ALTER DATABASE {} SET default_transaction_read_only = on", "only reads now"),
        ("ALTER DATABASE {} SET statement_timeout = '1ms'", "has trouble"),
        ("REVOKE ALL ON SCHEMA public FROM public", "the owner of the database"),
        ("ALTER ROLE poor CONNECTION LIMIT 1", "does not let us in"),
    ],
    ids=["a standby", "too slow for its own limit", "a stranger's", "full"],
)
async def test_a_server_that_refuses_is_a_sentence(
    database: str, places: StorePaths, poor: str, setting: str, said: str
) -> None:
    with psycopg.connect(database, autocommit=True) as server:
        server.execute(setting.format(server.info.dbname).encode())
    assert said in await refused(poor, places)


@pytest.fixture
def poor(database: str) -> Iterator[str]:
    """The same database by an account that may do nothing that it was not given."""
    with psycopg.connect(database, autocommit=True) as server:
        server.execute("CREATE ROLE poor LOGIN")
        server.execute("GRANT CREATE ON SCHEMA public TO public")
        yield database.replace("postgres:@", "poor:@")
        server.execute("DROP OWNED BY poor")
        server.execute("DROP ROLE poor")


@pytest.mark.parametrize("url", ["postgresql://a:my s3cret@/house", "postgresql://a:s3cret@[/house", "postgres:s3cret"])
async def test_what_is_no_address_is_a_sentence_without_its_secrets(places: StorePaths, url: str) -> None:
    said = await refused(url, places)
    assert "is no address" in said
    assert "s3cret" not in said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TimeoutError(), "gives no answer"),
        (OSError("no route"), "has trouble (no route)"),
        (psycopg.errors.DiskFull("no space left"), "has trouble (no space left)"),
        (psycopg.errors.InternalError_("broken"), "has trouble (broken)"),
        (psycopg.errors.SerializationFailure("met"), "at the same moment"),
        (psycopg.errors.DuplicateTable("met"), "at the same moment"),
    ],
)
def test_what_a_server_says_at_the_start_is_a_sentence(error: Exception, said: str) -> None:
    with pytest.raises(StoreError, match=re.escape(said)), in_sentences():
        raise error


@pytest.mark.parametrize("error", [psycopg.errors.SyntaxError("ours"), KeyError("ours")])
def test_a_mistake_of_ours_stays_one(error: Exception) -> None:
    with pytest.raises(type(error), match="ours"), in_sentences():
        raise error
