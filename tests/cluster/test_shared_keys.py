"""Several processes on one key database: one key of an hour, one who destroys, and nobody who still knows."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from math import inf
from pathlib import Path
from typing import Protocol

import psycopg
import pytest

from buddybot.config.tables import StoreSettings
from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.key_server.hearing import UNHURRIED, steady
from buddybot.runtime.key_server.server import KeyServer
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.storage.sqlite import StorePaths
from buddybot.store.kernel.errors import KeysMet, KeyTrouble
from buddybot.store.kernel.keys import Lasts, member_name
from buddybot.store.kernel.sealing import Vault
from tests.cluster import keeper
from tests.store.cast import NOW
from tests.waiting import PATIENT

ANN, BEN, CASE = member_name("ann"), member_name("ben"), member_name("case:1")
KEY, OTHER = bytes(range(100, 132)), bytes(32)
SOON = 0.01
"""Seconds between two looks."""


class Opening(Protocol):
    """Opens the keys in one more process, which goes by this clock."""

    def __call__(self, clock: Callable[[], float] = steady) -> KeyServer: ...


@pytest.fixture
def opening(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Opening]:
    opened: list[KeyServer] = []
    pace = keeper.HASTY if {"hasty", "child"} & set(request.fixturenames) else UNHURRIED

    def another(clock: Callable[[], float] = steady) -> KeyServer:
        opened.append(KeyServer(database, keeper.OPERATOR, tmp_path, fresh=True, clock=clock, pace=pace))
        return opened[-1]

    yield another
    for keys in opened:
        keys.close()


class Child:
    """Another process with the same keys."""

    def __init__(self, url: str, folder: Path) -> None:
        root = Path(__file__).parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.cluster.keeper", url, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        assert self._line() == "ready"

    def asked(self, line: str) -> bytes | None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        told = self._line()
        return None if told == "none" else bytes.fromhex(told)

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def hasty() -> None:
    """Let this process look as often as the other ones do."""


@pytest.fixture
def child(database: str, opening: Opening, tmp_path: Path) -> Iterator[Child]:
    opening().change({ANN: KEY, BEN: OTHER})
    running = Child(database, tmp_path)
    with running.process:
        yield running
        running.process.send_signal(signal.SIGCONT)  # in case it was paused; none is sent to one that is gone
        running.process.kill()


def until_forgotten(keys: KeyServer) -> int:
    """Wait until every living process has acknowledged; return how often it was asked in vain."""
    number = keys.awaited(None)
    for asked in range(int(PATIENT / SOON)):
        if number is None:
            return asked
        time.sleep(SOON)
        number = keys.awaited(number)
    raise AssertionError(number)


# ── One key for all ─────────────────────────────────────────────────────────────────────


def test_however_many_ask_at_once_an_hour_has_one_key(opening: Opening, child: Child) -> None:
    processes = [opening() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        for hour in range(5):
            made = set(pool.map(lambda keys, hour=hour: keys.hour(hour, Lasts.A_DAY), processes))
            assert len(made) == 1
            assert child.asked(f"hour {hour}") in made


def test_two_who_make_a_key_of_one_name_never_seal_under_two(opening: Opening) -> None:
    one, two = opening(), opening()
    first, second = Vault(one), Vault(two)
    case = MemberId("case:1")
    sealed = first.seal(case, "shared", b"from one")
    second.seal(case, "shared", b"from two")
    first.flush()
    with pytest.raises(KeysMet):
        second.flush()
    second.revert()
    again = second.seal(case, "shared", b"from two")
    second.flush()
    # What the first one made stays even where its database did not take it: the other may have sealed under it.
    first.revert()
    assert Vault(two).open(case, "shared", again) == b"from two"
    assert Vault(one).open(case, "shared", sealed) == b"from one"


# ── Forgotten by all ────────────────────────────────────────────────────────────────────


def test_a_destroyed_key_is_forgotten_by_every_process_before_anybody_is_told(opening: Opening, child: Child) -> None:
    one, two = opening(), opening()
    assert (one.find(ANN), two.find(ANN), child.asked(f"find {ANN}")) == (KEY, KEY, KEY)
    one.rest()  # the second is in the middle of something
    one.change({}, [ANN])
    one.rest()
    for _ in range(3):
        assert one.awaited(None) is not None
    assert ANN not in one._known
    two.rest()
    until_forgotten(one)
    assert ANN not in two._known
    assert (two.find(ANN), child.asked(f"find {ANN}"), child.asked(f"find {BEN}")) == (None, None, OTHER)


@pytest.mark.usefixtures("hasty")
def test_a_lost_word_is_found_by_the_next_look(opening: Opening) -> None:
    one, two = opening(), opening()
    one.change({ANN: KEY})
    one.rest()
    assert two.find(ANN) == KEY
    two.rest()
    two._hearing._link.rows("UNLISTEN buddybot_keys")
    one.change({}, [ANN])
    one.rest()
    until_forgotten(one)
    assert ANN not in two._known
    assert two.find(ANN) is None


def test_who_was_paused_is_not_waited_for_for_ever_and_asks_anew_when_it_is_back(
    opening: Opening, child: Child
) -> None:
    one = opening()
    assert child.asked(f"find {ANN}") == KEY
    child.process.send_signal(signal.SIGSTOP)
    one.change({}, [ANN])
    one.rest()
    assert until_forgotten(one) > 0
    child.process.send_signal(signal.SIGCONT)
    assert child.asked(f"find {ANN}") is None
    assert child.asked(f"find {BEN}") == OTHER


def test_who_hears_nothing_of_the_server_trusts_no_memory(opening: Opening) -> None:
    moments = [0.0]
    one = opening(lambda: moments[-1])
    one.change({ANN: KEY})
    assert one.find(ANN) == KEY
    one._link.rows("DELETE FROM key WHERE name = %s", ANN)  # as if another process did, and no word of it came
    assert one.find(ANN) == KEY
    moments.append(inf)  # whenever it looked last, it is too long ago
    assert one.find(ANN) is None
    assert not one._known


# ── One who destroys ────────────────────────────────────────────────────────────────────


def test_only_one_process_erases_somebody_and_the_other_tries_again(opening: Opening) -> None:
    one, two = opening(), opening()
    one.change({ANN: KEY})
    one.rest()
    first, second = Vault(one), Vault(two)
    first.destroy(MemberId("ann"))
    first.flush()
    # For the other it is not one to be finished: whoever began is alive.
    assert second.without_key([MemberId("ann")]) == []
    second.destroy(MemberId("ann"))
    with pytest.raises(KeysMet):
        second.flush()
    second.revert()
    first.revert()
    assert two.find(ANN) == KEY
    assert one.erased() == set()


def test_what_a_killed_process_left_half_done_is_finished_by_whoever_looks_next(opening: Opening, child: Child) -> None:
    one = opening()
    assert child.asked(f"drop {ANN}") == KEY
    ann = MemberId("ann")
    assert Vault(one).without_key([ann]) == []
    child.process.send_signal(signal.SIGKILL)
    child.process.wait(PATIENT)
    for _ in range(int(PATIENT / SOON)):
        if Vault(one).without_key([ann]):
            break
        time.sleep(SOON)
    until_forgotten(one)
    assert one.find(ANN) is None


def test_what_was_to_be_put_back_is_put_back_when_the_server_is_there_again(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = opening(), opening()
    one.change({ANN: KEY})
    vault = Vault(one)
    vault.destroy(MemberId("ann"))
    vault.flush()

    def away() -> None:
        raise KeyTrouble("away")

    with monkeypatch.context() as patch:
        patch.setattr(one._link, "open", away)  # a server that is away for one call
        vault.revert()
        with pytest.raises(KeyTrouble):
            one.find(ANN)
    assert one.find(BEN) is None
    assert two.find(ANN) == KEY


@pytest.mark.usefixtures("hasty")
def test_a_lost_connection_is_made_anew_unnoticed(opening: Opening, database: str) -> None:
    one = opening()
    one.change({ANN: KEY})
    one._known.clear()
    with psycopg.connect(database, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database()"
        )
    assert one.find(ANN) == KEY
    one.change({BEN: OTHER}, [ANN])
    one.rest()
    until_forgotten(one)


def test_what_postgresql_leaves_of_a_destroyed_key_goes_as_the_page_says(opening: Opening, database: str) -> None:
    one = opening()
    one.change({ANN: KEY, BEN: OTHER})
    with psycopg.connect(database, autocommit=True) as connection:
        (wrapped,) = connection.execute("SELECT wrapped FROM key WHERE name = %s", (ANN,)).fetchone() or ()
        found = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        )
        ((data, number),) = found.fetchall()
        files = Path(data) / "base" / str(number)

        def lies_there() -> bool:
            connection.execute("CHECKPOINT")
            return any(wrapped in file.read_bytes() for file in files.iterdir())

        assert lies_there()
        one.change({}, [ANN])
        one.rest()
        connection.execute("VACUUM FULL key")
        assert not lies_there()
    assert one.find(BEN) == OTHER


# ── Settings ────────────────────────────────────────────────────────────────────────────


async def test_the_main_database_is_refused_as_the_place_of_the_keys(database: str, places: StorePaths) -> None:
    for _ in range(2):
        settings = StoreSettings.model_validate({"url": database, "keys": database, "backups": places.backups})
        settings = settings.model_copy(update={"keys": places.keys})
        with pytest.raises(KeyTrouble, match="this is the main database itself") as refused:
            await open_store(settings, NOW, None)
        assert database not in str(refused.value)


async def test_an_address_in_the_place_of_the_folder_keeps_the_keys_there(
    database: str, server: str, places: StorePaths
) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE keys_apart")
    apart = server.replace("/postgres?", "/keys_apart?")
    settings = StoreSettings.model_validate({"url": database, "keys": apart, "backups": places.backups})
    settings = settings.model_copy(update={"keys": places.keys})
    names = set[str]()
    for _ in range(2):
        store = await open_store(settings, NOW, None)
        names.add(await store.read(lambda tx: tx.vault.name))
        await store.close()
    assert len(names) == 1
    assert sorted(path.name for path in places.keys.iterdir()) == ["operator.key"]
    with psycopg.connect(apart) as connection:
        kept = {row[0] for row in connection.execute("SELECT name FROM key")}
    assert kept == {"bot:lookup", "bot:name", "bot:ours"}
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("UPDATE keyring SET name = 'other'")
    with pytest.raises(KeyTrouble, match="belong to another database"):
        await open_store(settings, NOW, None)
