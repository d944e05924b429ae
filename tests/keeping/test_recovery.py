"""The recovery drill: a full house, a lost disk, the same house elsewhere; and each way in which it must be refused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.keeping.backup import BackupMade
from buddybot.runtime.keeping.locks import Passphrase
from buddybot.runtime.keeping.move import move_house
from buddybot.runtime.keeping.restore import RestoreOrder, restore_backup
from buddybot.runtime.storage.opening import open_store
from buddybot.store.kernel.errors import KeyTrouble, StoreError
from buddybot.store.rows import count_rows, tables
from buddybot.testing import MORNING, running
from tests.keeping.crowded import LOCK, PHRASE, backed_up, got_back, people_the_house, store_in


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    made = tmp_path / "outside"
    made.mkdir()
    return made


async def a_house(folder: Path, outside: Path, count: int = 6) -> BackupMade:
    """Make a house, keep it, and let its people go on: the operator's key lies elsewhere from the first day."""
    async with running(folder) as bot:
        await people_the_house(bot, count)
        shutil.copy2(folder / "keys" / "operator.key", outside / "operator.key")
        return await backed_up(folder, outside)


def lose(folder: Path) -> None:
    """Let the disk be lost, with all that was on it."""
    shutil.rmtree(folder)


# ── The drill ───────────────────────────────────────────────────────────────────────────


async def test_a_house_of_a_thousand_is_got_back_elsewhere_and_its_people_talk_on(
    tmp_path: Path, outside: Path
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    async with running(old) as bot:
        await people_the_house(bot, 1000)
        shutil.copy2(old / "keys" / "operator.key", outside / "operator.key")
        gone = bot.person("p7")
        await gone.says("/forget")
        await gone.presses("Erase all")
        await gone.presses("Yes, erase")
        made = await backed_up(old, outside)
    assert (made.members, made.opened) == (999, 50)
    lose(old)
    restored = await got_back(new, made, outside, outside / "operator.key")
    assert restored.erased == 0
    async with running(new, platform=bot.platform) as bot:
        one, other = bot.person("p0"), bot.person("p1")
        await one.says("are you still here?")
        assert other.hears() == ["Alias 0 1: are you still here?"]
        await other.says("I am")
        assert one.hears() == ["Alias 1 1: I am"]
        assert await bot.house.store.read(lambda tx: tx.members.by_id(MemberId("member-000007"))) is None


async def test_who_was_erased_after_the_backup_stays_erased(tmp_path: Path, outside: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    first = await a_house(old, outside)
    async with running(old) as bot:
        await bot.house.store.write(lambda tx: tx.vault.destroy(MemberId("member-000002")))
        await backed_up(old, outside, minute=1)
    lose(old)
    restored = await got_back(new, first, outside, outside / "operator.key")
    assert (restored.members, restored.erased) == (6, 1)
    async with running(new) as bot:
        store = bot.house.store
        assert await store.read(
            lambda tx: [tx.members.by_id(MemberId(f"member-00000{n}")) is None for n in (1, 2, 3)]
        ) == [
            False,
            True,
            False,
        ]
        assert await store.read(lambda tx: tx.db.rows("SELECT id FROM member WHERE id = 'member-000002'")) == []


async def test_an_older_copy_of_the_keys_loses_who_was_erased_since_by_the_list_in_a_newer_backup(
    tmp_path: Path, outside: Path
) -> None:
    old, new, early = tmp_path / "old", tmp_path / "new", tmp_path / "early.keys"
    first = await a_house(old, outside)
    shutil.copy2(outside / "elsewhere" / "members.keys", early)  # what nobody should do
    async with running(old) as bot:
        await bot.house.store.write(lambda tx: tx.vault.destroy(MemberId("member-000002")))
        await backed_up(old, outside, minute=1)
    lose(old)
    newest = outside / "elsewhere" / "members.keys"
    asked = RestoreOrder(first.path, LOCK, early, outside / "operator.key", (newest,))
    assert (await restore_backup(store_in(new), None, asked, MORNING)).erased == 1
    async with running(new) as bot:
        assert await bot.house.store.read(lambda tx: tx.members.by_id(MemberId("member-000002"))) is None
        assert await bot.house.store.read(lambda tx: tx.members.by_id(MemberId("member-000003"))) is not None


async def test_the_copy_outside_holds_no_key_of_text_and_no_destroyed_key(tmp_path: Path, outside: Path) -> None:
    house, copy = tmp_path / "house", outside / "elsewhere" / "members.keys"
    await a_house(house, outside)
    async with running(house) as bot:
        await bot.person("p0").says("a note for p1")
        await backed_up(house, outside, minute=1)
        with closing(sqlite3.connect(copy)) as file:
            names = {row[0] for row in file.execute("SELECT name FROM key")}
            wrapped = file.execute("SELECT wrapped FROM key WHERE name = 'member:member-000002'").fetchone()[0]
        assert "member:member-000002" in names
        assert all(name.startswith(("bot:", "member:")) for name in names)
        assert copy.stat().st_mode & 0o077 == 0
        await bot.house.store.write(lambda tx: tx.vault.destroy(MemberId("member-000002")))
        await backed_up(house, outside, minute=2)
    assert wrapped not in copy.read_bytes()


async def test_what_was_on_its_way_and_opens_no_more_is_let_go_of(tmp_path: Path, outside: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    async with running(old) as bot:
        await people_the_house(bot, 2)
        shutil.copy2(old / "keys" / "operator.key", outside / "operator.key")
        bot.platform.steps_away("account-of-p1")
        await bot.person("p0").says("a note that waits")
        made = await backed_up(old, outside)
    lose(old)
    await got_back(new, made, outside, outside / "operator.key")
    store = await open_store(store_in(new), MORNING, None)
    try:
        assert await store.read(lambda tx: tx.db.rows("SELECT id FROM outbox")) == []
    finally:
        await store.close()


# ── Refusals ────────────────────────────────────────────────────────────────────────────


async def test_a_running_bot_and_a_database_that_is_there_are_not_overwritten(tmp_path: Path, outside: Path) -> None:
    house = tmp_path / "house"
    made = await a_house(house, outside)
    async with running(house):
        with pytest.raises(StoreError, match="another buddybot is using this database"):
            await got_back(house, made, outside, outside / "operator.key")
    with pytest.raises(StoreError, match="here is a database already"):
        await got_back(house, made, outside, outside / "operator.key")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("cut", "this backup is cut or altered"),
        ("altered", "this backup is cut or altered"),
        ("passphrase", "the passphrase does not fit"),
        ("missing", "there is no such backup"),
        ("no keys", "the members' keys are not here"),
        ("keys lost", "there is no such file"),
        ("no operator", "the operator's key is missing"),
        ("other operator", "these keys do not open with this operator's key"),
        ("other house", "are of another house than this backup"),
    ],
)
async def test_what_can_not_be_restored_is_refused_in_a_sentence_and_leaves_no_database(
    tmp_path: Path, outside: Path, harm: str, said: str
) -> None:
    new, strange = tmp_path / "new", tmp_path / "strange"
    made = await a_house(tmp_path / "old", outside)
    keys: Path | None = outside / "elsewhere" / "members.keys"
    operator, phrase, backup = outside / "operator.key", PHRASE, made.path
    content = backup.read_bytes()
    match harm:
        case "cut":
            backup.write_bytes(content[: len(content) // 2])
        case "altered":
            backup.write_bytes(content[:-5] + bytes(5))
        case "passphrase":
            phrase = "something else entirely"
        case "missing":
            backup = outside / "no.bbk"
        case "no keys":
            keys = None
        case "keys lost":
            keys = outside / "nowhere.keys"
        case "no operator":
            operator.unlink()
        case "other operator":
            operator.write_text("ab" * 32, encoding="ascii")
        case _:
            other = tmp_path / "other"
            shutil.copytree(outside, other)
            shutil.rmtree(other / "elsewhere")
            await a_house(strange, other)
            keys, operator = other / "elsewhere" / "members.keys", other / "operator.key"
    with pytest.raises(StoreError, match=said):
        await restore_backup(store_in(new), None, RestoreOrder(backup, Passphrase(phrase), keys, operator), MORNING)
    assert not (new / "bot.db").exists()


async def test_a_restore_that_failed_is_simply_tried_again(tmp_path: Path, outside: Path) -> None:
    new = tmp_path / "new"
    made = await a_house(tmp_path / "old", outside)
    lost = outside / "lost"
    (outside / "elsewhere" / "members.keys").rename(lost)
    with pytest.raises(KeyTrouble):
        await got_back(new, made, outside, outside / "operator.key")
    lost.rename(outside / "elsewhere" / "members.keys")
    assert (await got_back(new, made, outside, outside / "operator.key")).members == 6


async def test_the_newer_of_two_key_files_is_used(tmp_path: Path, outside: Path) -> None:
    """The database's disk died, the folder of the keys did not: it knows of an erasure that the copy does not."""
    house = tmp_path / "house"
    made = await a_house(house, outside)
    async with running(house) as bot:
        await bot.house.store.write(lambda tx: tx.vault.destroy(MemberId("member-000002")))
    for left in house.glob("bot.db*"):
        left.unlink()
    assert (await got_back(house, made, outside, outside / "operator.key")).erased == 1


# ── From one database to another ────────────────────────────────────────────────────────


async def rows_of(house: Path, url: str = "") -> dict[str, int]:
    store = await open_store(store_in(house, url), MORNING, None)
    try:
        return await store.read(lambda tx: count_rows(tx.db))
    finally:
        await store.close()


async def test_a_house_moves_to_a_server_and_back(tmp_path: Path, outside: Path, database: str) -> None:
    house, back = tmp_path / "house", tmp_path / "back.db"
    await a_house(house, outside, 40)
    before = await rows_of(house)
    await move_house(store_in(house), None, database, MORNING)
    assert await rows_of(house, database) == before
    with pytest.raises(StoreError, match="there are rows in this database already"):
        await move_house(store_in(house), None, database, MORNING)
    await move_house(store_in(house, database), None, f"sqlite:{back}", MORNING)
    assert await rows_of(house, f"sqlite:{back}") == before
    with pytest.raises(StoreError, match="here is a database already"):
        await move_house(store_in(house, database), None, f"sqlite:{back}", MORNING)
    store = await open_store(store_in(house, f"sqlite:{back}"), MORNING, None)
    try:
        found = await store.read(lambda tx: tx.members.by_id(MemberId("member-000003")))
        assert found is not None
        assert found.private.nickname == "Otter 3"
    finally:
        await store.close()


async def test_a_backup_of_a_server_is_restored_into_a_file_and_one_of_a_file_into_a_server(
    tmp_path: Path, outside: Path, database: str
) -> None:
    house, new = tmp_path / "house", tmp_path / "new"
    made = await a_house(house, outside, 40)
    lose(house)
    assert (await got_back(house, made, outside, outside / "operator.key", database)).members == 40
    there = await rows_of(house, database)
    again = await backed_up(house, outside, database, minute=1)
    assert (await got_back(new, again, outside, outside / "operator.key")).members == 40
    assert await rows_of(new) == there


async def test_the_numbers_of_a_table_go_on_where_they_were(tmp_path: Path, outside: Path, database: str) -> None:
    house = tmp_path / "house"
    await a_house(house, outside, 2)
    async with running(house) as bot:
        for _ in range(3):
            await bot.person("p0").says("/help")
    last = _last(house / "bot.db")
    assert last > 2
    await move_house(store_in(house), None, database, MORNING)
    await move_house(store_in(house, database), None, f"sqlite:{tmp_path}/back.db", MORNING)
    assert _last(tmp_path / "back.db") == last


def _last(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()[0])


def test_every_table_is_known_after_those_it_refers_to() -> None:
    names = [table.name for table in tables()]
    assert {"member", "route", "room", "seat", "outbox", "keyring", "audit"} <= set(names)
    assert "migration" not in names
    assert all(names.index(one) < names.index(table.name) for table in tables() for one in table.references)
