"""Vital signs of a house whose database is on a PostgreSQL server: each way to see them, and each trouble there is."""

import asyncio
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from buddybot.runtime.keeping.last_backup import note_backup
from buddybot.runtime.storage.postgres_connections import connect_alone
from buddybot.runtime.watching.exposition import exposition
from buddybot.runtime.watching.vitals import HouseWatch
from buddybot.testing import MORNING
from tests.keeping.crowded import store_in
from tests.keeping.kept import serving, settled, shell
from tests.watching.test_doctor import LIVE, MONTH_AGO, changed, expect, other_keys, told

_number = itertools.count()


def database_in(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="module")
def sound(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that was in use and has a backup; its bot is stopped, its database is `sound` on the server."""
    folder = tmp_path_factory.mktemp("house")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE sound")

    async def lived() -> None:
        async with serving(folder, database_in(server, "sound")) as bot:
            await bot.person("ann").joins(lane="self")
            await bot.person("ben").says("hi")

    asyncio.run(lived())
    note_backup(folder / "keys", MORNING)
    return folder


@pytest.fixture
def house(sound: Path, server: str, tmp_path: Path) -> Iterator[Path]:
    """A copy of that house, with a database of its own."""
    folder, name = tmp_path / "house", f"copy_{next(_number)}"
    shutil.copytree(sound, folder)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE sound".encode())
    settle(folder, database_in(server, name))
    yield folder
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def settle(folder: Path, url: str, text: str = "") -> None:
    with settled(folder, url).open("a", encoding="utf-8") as file:
        file.write(text)
    (folder / "url").write_text(url, encoding="utf-8")


def url_of(folder: Path) -> str:
    return (folder / "url").read_text(encoding="utf-8")


def on_server(statement: str) -> Callable[[Path], None]:
    def change(house: Path) -> None:
        with psycopg.connect(url_of(house), autocommit=True) as connection:
            connection.execute(statement.encode())

    return change


def keys_changed(statement: str, *names: str) -> Callable[[Path], None]:
    def change(house: Path) -> None:
        for name in names:
            changed(house, statement, file=f"keys/{name}")

    return change


PLANTED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a wrong setting": (lambda house: settle(house, url_of(house), '[[staff]]\nrole = "boss"\n'), "settings", "write"),
    "no bot": (lambda _: None, "bot", "it does not run: start it"),
    "no server": (
        lambda house: settle(house, "postgresql://nobody@127.0.0.1:9/none"),
        "database",
        "the PostgreSQL server does not let us in",
    ),
    "an empty database": (on_server("DROP SCHEMA public CASCADE; CREATE SCHEMA public"), "database", "`buddybot run`"),
    "a newer database": (
        on_server("INSERT INTO migration VALUES (9999, '9999_x.sql', 'x')"),
        "database",
        "made by a newer buddybot: run that one",
    ),
    "keys of nobody": (on_server("TRUNCATE member CASCADE"), "keys", "put it back"),
    "members whose keys are lost": (
        keys_changed("DELETE FROM key WHERE name LIKE 'member:%'", "members.keys", "members.keys.copy"),
        "keys",
        "put the newest members.keys back",
    ),
    "a damaged copy of the keys": (
        keys_changed("UPDATE key SET wrapped = zeroblob(60)", "members.keys.copy"),
        "keys",
        "start the bot anew, it mends",
    ),
    "keys of another house": (other_keys, "keys", "put back the folder that goes with this one"),
    "a key that others can read": (lambda house: (house / "keys/operator.key").chmod(0o644), "keys", "chmod 600"),
    "no operator's key": (lambda house: (house / "keys/operator.key").unlink(), "keys", "put it back"),
    "no key file": (lambda house: (house / "keys/members.keys").unlink(), "keys", "the key file is missing"),
    "no backup": (lambda house: (house / "keys/last-backup").unlink(), "backup", "run `buddybot backup`"),
    "an old backup": (lambda house: note_backup(house / "keys", MONTH_AGO), "backup", "is 30 days old"),
    "no team": (
        lambda house: settle(house, url_of(house), 'public_url = "https://c.example.org"\n'),
        "team",
        "buddybot staff add --role lead",
    ),
}


@pytest.mark.parametrize("trouble", PLANTED)
def test_a_planted_trouble_is_named_with_its_remedy(house: Path, trouble: str) -> None:
    plant, about, remedy = PLANTED[trouble]
    plant(house)
    expect(told(house), about, remedy)


def test_a_house_that_is_well_has_nothing_to_say_but_that_it_is_stopped(house: Path) -> None:
    assert [one for one in told(house) if not one.startswith("bot: ")] == []


def test_a_bot_that_has_the_database_but_does_not_listen_is_named(house: Path) -> None:
    holding = connect_alone(url_of(house))
    try:
        expect(told(house), "bot", "does not listen on operator.sock")
    finally:
        holding.close()


async def test_each_trouble_of_the_running_bot_is_named_beside_it(tmp_path: Path, database: str) -> None:
    async with serving(tmp_path, database) as bot:
        settle(tmp_path, database)
        before = await asyncio.to_thread(told, tmp_path)
        assert not [one for one in before if one.startswith(tuple(f"{about}: " for _, about, _ in LIVE.values()))]
        for trouble, (plant, about, remedy) in LIVE.items():
            if trouble != "deliveries given up":  # of the same person as the outbox that is stuck
                await plant(bot)
                expect(await asyncio.to_thread(told, tmp_path), about, remedy)


async def test_metrics_top_and_the_operators_page_tell_how_it_is(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(tmp_path, database) as bot:
        await bot.person("ann").joins(lane="self")
        await bot.wait(hours=1, seconds=1)
        watch = HouseWatch(bot.house, store_in(tmp_path, database), bot.house.engine.operate)
        assert await watch.unready() == ""
        metrics = exposition(await watch.vitals())
        names = {line.name for line in (await watch.board()).lines}
        assert await shell(tmp_path, "top", "--once") == 0
    shown = capsys.readouterr().out
    for name in ("buddybot_outbox_overdue_seconds", "buddybot_disk_free_bytes", "buddybot_store_write_seconds_count"):
        assert f"\n{name} " in metrics
    assert "ann" not in metrics
    assert {"platform fake", "outbox", "last round", "last backup", "bot"} <= names
    assert all(name in shown for name in ("platform fake", "outbox", "last round"))
