import os
import sqlite3
from pathlib import Path

import pytest

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.errors import DamagedValueError, KeyTrouble, StoreError
from buddybot.store.kernel.key_copies import read_keys
from buddybot.store.kernel.keys import KeyFile, Lasts, hour_name, member_name
from buddybot.store.kernel.operator_key import operator_key
from buddybot.store.kernel.sealing import Vault

OPERATOR, OTHER = bytes(range(32)), bytes(32)
ANN = member_name("ann")
KEY = bytes(range(100, 132))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "members.keys"


def opened(path: Path, operator: bytes = OPERATOR, *, fresh: bool = True) -> KeyFile:
    return KeyFile(path, path.with_suffix(".copy"), operator, fresh=fresh)


def put(path: Path, *names: str) -> None:
    keys = opened(path)
    keys.change(dict.fromkeys(names, KEY))
    keys.close()


def test_keys_outlive_the_process(path: Path) -> None:
    put(path, ANN)
    keys = opened(path, fresh=False)
    assert keys.find(ANN) == KEY
    assert keys.find(member_name("ben")) is None
    keys.close()


def test_both_files_are_private_and_hold_no_key_in_the_clear(path: Path) -> None:
    put(path, ANN)
    for file in (path, path.with_suffix(".copy")):
        assert file.stat().st_mode & 0o077 == 0
        assert KEY not in file.read_bytes()


def test_a_destroyed_key_is_in_neither_file_any_more(path: Path) -> None:
    put(path, ANN, member_name("ben"))
    wrapped = sqlite3.connect(path).execute("SELECT wrapped FROM key WHERE name = ?", (ANN,)).fetchone()[0]
    assert all(wrapped in file.read_bytes() for file in (path, path.with_suffix(".copy")))
    keys = opened(path)
    assert keys.change({}, [ANN, member_name("nobody")]) == {ANN: KEY}
    assert keys.find(ANN) is None
    keys.close()
    assert not any(wrapped in file.read_bytes() for file in path.parent.iterdir())


def test_a_key_that_is_replaced_can_be_put_back(path: Path) -> None:
    put(path, ANN)
    keys = opened(path)
    before = keys.change({ANN: OTHER})
    assert before == {ANN: KEY}
    keys.change(before)
    assert keys.find(ANN) == KEY
    keys.close()


def test_the_copy_takes_the_place_of_a_lost_key_file(path: Path) -> None:
    put(path, ANN)
    path.unlink()
    with pytest.raises(KeyTrouble, match=r"missing.*copy .*members.copy"):
        opened(path, fresh=False)
    path.write_bytes(path.with_suffix(".copy").read_bytes())
    keys = opened(path, fresh=False)
    assert keys.find(ANN) == KEY
    keys.close()


def test_a_copy_that_fell_behind_is_brought_up_to_date(path: Path) -> None:
    put(path, ANN)
    copy = path.with_suffix(".copy")
    stale = copy.read_bytes()
    put(path, member_name("ben"))
    copy.write_bytes(stale)
    opened(path).close()
    names = {row[0] for row in sqlite3.connect(copy).execute("SELECT name FROM key")}
    assert {ANN, member_name("ben")} < names


def test_another_operators_key_is_refused_in_a_sentence(path: Path) -> None:
    put(path, ANN)
    with pytest.raises(KeyTrouble, match="does not fit this key file"):
        opened(path, OTHER)


@pytest.mark.parametrize("damage", [b"not a database at all" * 50, b"SQLite format 3\0" + bytes(10)])
def test_a_file_damaged_as_a_whole_is_mended_from_the_other_and_two_are_refused(path: Path, damage: bytes) -> None:
    put(path, ANN)
    copy = path.with_suffix(".copy")
    for file in (path, copy):
        file.write_bytes(damage)
        keys = opened(path, fresh=False)
        assert keys.find(ANN) == KEY
        keys.close()
    path.write_bytes(damage)
    copy.write_bytes(damage)
    with pytest.raises(KeyTrouble, match=r"members.keys: the key file is damaged, and so is its copy") as refused:
        opened(path, fresh=False)
    assert "copy " + str(copy) + " to" not in str(refused.value)
    assert path.read_bytes() == copy.read_bytes() == damage


def flip(file: Path, name: str) -> bytes:
    """Turn one bit of a wrapped key; return its bytes as they were."""
    db = sqlite3.connect(file)
    (wrapped,) = db.execute("SELECT wrapped FROM key WHERE name = ?", (name,)).fetchone()
    db.execute("UPDATE key SET wrapped = ? WHERE name = ?", (bytes([*wrapped[:-1], wrapped[-1] ^ 1]), name))
    db.commit()
    db.close()
    return bytes(wrapped)


@pytest.mark.parametrize("damaged", [0, 1])
@pytest.mark.parametrize("name", [ANN, "bot:lookup", "bot:name"])
def test_one_damaged_key_is_mended_from_the_file_in_which_it_opens(path: Path, damaged: int, name: str) -> None:
    put(path, ANN, member_name("ben"))
    flip((path, path.with_suffix(".copy"))[damaged], name)
    keys = opened(path, fresh=False)
    assert keys.find(ANN) == keys.find(member_name("ben")) == KEY
    assert keys.damaged == set()
    keys.close()
    for file in (path, path.with_suffix(".copy")):
        file.write_bytes(path.read_bytes())
        opened(path, fresh=False).close()


def test_different_keys_damaged_in_either_file_are_all_mended(path: Path) -> None:
    put(path, ANN, member_name("ben"))
    flip(path, ANN)
    flip(path.with_suffix(".copy"), member_name("ben"))
    keys = opened(path, fresh=False)
    assert keys.find(ANN) == keys.find(member_name("ben")) == KEY
    keys.close()


def test_a_key_damaged_in_both_files_is_one_members_trouble(path: Path) -> None:
    put(path, ANN, member_name("ben"))
    for file in (path, path.with_suffix(".copy")):
        flip(file, ANN)
    keys = opened(path, fresh=False)
    assert keys.damaged == {("members.keys", ANN)}
    with pytest.raises(DamagedValueError, match=r"members\.keys of member:ann is damaged"):
        keys.find(ANN)
    assert Vault(keys).knows(MemberId("ann"))
    assert keys.find(member_name("ben")) == KEY
    keys.change({}, [ANN])
    assert keys.find(ANN) is None
    keys.close()


def test_a_damaged_key_of_an_hour_holds_nobody_up(path: Path) -> None:
    keys = opened(path)
    seven = keys.hour(7)
    keys.close()
    for file in (path, path.with_suffix(".copy")):
        flip(file, hour_name(7))
    keys = opened(path, fresh=False)
    assert keys.hour(7) != seven
    assert keys.find(hour_name(7)) == keys.hour(7)
    keys.close()


def test_a_key_damaged_while_the_bot_runs_is_read_from_the_copy(path: Path) -> None:
    put(path, ANN)
    keys = opened(path)
    flip(path, ANN)
    assert keys.find(ANN) == KEY
    keys.close()


@pytest.mark.parametrize("older", [0, 1])
def test_an_older_file_beside_a_newer_one_neither_destroys_nor_brings_back_a_key(path: Path, older: int) -> None:
    put(path, ANN)
    files = (path, path.with_suffix(".copy"))
    old = files[older].read_bytes()
    keys = opened(path)
    keys.change({member_name("ben"): KEY}, [ANN])
    keys.close()
    files[older].write_bytes(old)
    keys = opened(path, fresh=False)
    assert keys.find(member_name("ben")) == KEY
    assert keys.find(ANN) is None
    keys.close()
    for file in files:
        names = {row[0] for row in sqlite3.connect(file).execute("SELECT name FROM key")}
        assert member_name("ben") in names
        assert ANN not in names


def test_before_changes_were_counted_what_is_in_only_one_file_is_kept(path: Path) -> None:
    put(path, ANN, member_name("ben"))
    for file, name in ((path, ANN), (path.with_suffix(".copy"), member_name("ben"))):
        db = sqlite3.connect(file)
        db.execute("DELETE FROM key WHERE name IN ('bot:turn', ?)", (name,))
        db.commit()
        db.close()
    keys = opened(path, fresh=False)
    assert keys.find(ANN) == keys.find(member_name("ben")) == KEY
    keys.close()


def test_the_copy_of_another_database_is_refused(path: Path, tmp_path: Path) -> None:
    put(path, ANN)
    other = tmp_path / "other" / "members.keys"
    put(other, ANN)
    path.with_suffix(".copy").write_bytes(other.read_bytes())
    with pytest.raises(KeyTrouble, match=r"members.copy: this is a copy of another database's keys"):
        opened(path, fresh=False)


def test_a_broken_copy_is_never_advised_to_be_copied(path: Path) -> None:
    put(path, ANN)
    path.unlink()
    flip(path.with_suffix(".copy"), ANN)
    with pytest.raises(KeyTrouble, match=r"missing.*: put the file back from where you keep it") as refused:
        opened(path, fresh=False)
    assert "stop the bot and copy" not in str(refused.value)


def test_a_key_file_that_another_program_holds_is_not_called_damaged(path: Path) -> None:
    put(path, ANN)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(KeyTrouble, match="another program holds it: close that one") as refused:
        read_keys(path, lambda _, wrapped: wrapped, patience=0.01)
    assert "copy" not in str(refused.value)
    other.close()


def test_a_full_disk_is_called_full(path: Path) -> None:
    put(path, ANN)
    keys = opened(path)
    keys._db.execute("PRAGMA main.max_page_count = 1")
    with pytest.raises(KeyTrouble, match="the disk is full: make room") as refused:
        keys.change({member_name(str(number)): KEY for number in range(500)})
    assert "stop the bot" not in str(refused.value)
    keys.close()


def test_an_emptied_key_file_is_not_made_anew_where_there_is_data(path: Path) -> None:
    put(path, ANN)
    path.write_bytes(b"")
    with pytest.raises(KeyTrouble, match="missing"):
        opened(path, fresh=False)


def test_a_key_file_without_the_bots_own_keys_is_refused(path: Path) -> None:
    keys = opened(path)
    with pytest.raises(KeyTrouble, match="bot:other is missing"):
        keys.need("bot:other")
    keys.close()


def test_a_write_that_fails_leaves_all_keys_as_they_were(path: Path) -> None:
    put(path, ANN)
    keys = opened(path)
    keys._db.execute("ALTER TABLE copy.key RENAME TO elsewhere")
    with pytest.raises(KeyTrouble, match="it or its copy is damaged"):
        keys.change({}, [ANN])
    keys._db.execute("ALTER TABLE copy.elsewhere RENAME TO key")
    keys._known.clear()
    assert keys.find(ANN) == KEY
    keys.close()


def test_hours_get_a_key_once_and_lose_it_by_their_age(path: Path) -> None:
    keys = opened(path)
    seven, eight = keys.hour(7), keys.hour(8)
    assert seven != eight
    assert keys.hour(7) == seven
    waits = keys.hour(7, Lasts.UNDELIVERED)
    assert len({seven, eight, waits}) == 3
    assert (keys.hours(Lasts.A_DAY), keys.hours(Lasts.UNDELIVERED)) == ([7, 8], [7])
    assert keys.drop_hours((), Lasts.A_DAY) == 0
    assert keys.drop_hours([7], Lasts.A_DAY) == 1
    assert keys.find(hour_name(7, Lasts.UNDELIVERED)) == waits
    assert (keys.find(hour_name(7)), keys.find(hour_name(8))) == (None, eight)
    keys.close()


def test_memory_stays_bounded_and_nothing_is_lost_by_that(path: Path) -> None:
    keys = opened(path)
    names = [member_name(str(number)) for number in range(9000)]
    keys.change(dict.fromkeys(names, KEY))
    assert len(keys._known) < len(names)
    assert all(keys.find(name) == KEY for name in names)
    keys.close()


# ── The operator's key ──────────────────────────────────────────────────────────────────


def test_the_operators_key_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "operator.key"
    made = operator_key(path, fresh=True)
    assert len(made) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert operator_key(path, fresh=True) == made == operator_key(path, fresh=False)


def test_the_environments_key_needs_no_file(tmp_path: Path) -> None:
    path = tmp_path / "operator.key"
    assert operator_key(path, OPERATOR.hex(), fresh=False) == OPERATOR
    assert not path.exists()


def test_a_missing_key_is_never_replaced_where_there_is_data(tmp_path: Path) -> None:
    with pytest.raises(KeyTrouble, match=r"operator.key: the operator's key is missing.*put it back"):
        operator_key(tmp_path / "operator.key", fresh=False)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_key_that_others_can_read_is_refused_with_the_fix(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "operator.key"
    operator_key(path, fresh=True)
    path.chmod(mode)
    with pytest.raises(KeyTrouble, match=f"chmod 600 {path}"):
        operator_key(path, fresh=False)


@pytest.mark.parametrize("text", ["", "abc", "z" * 64, "00" * 31, "\xff" * 64])
def test_what_is_no_key_is_refused_without_being_shown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "operator.key"
    operator_key(path, fresh=True)
    path.write_text(text, encoding="latin-1")
    for given, source in ((None, str(path)), (text, "the environment")):
        with pytest.raises(KeyTrouble, match="no operator's key") as refused:
            operator_key(path, given, fresh=False)
        assert str(refused.value).startswith(source)
        assert not text or text not in str(refused.value)


def test_a_folder_in_the_keys_place_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "operator.key"
    path.mkdir(mode=0o700)
    with pytest.raises(KeyTrouble, match=r"unreadable|can't be read"):
        operator_key(path, fresh=False)


def test_a_file_where_a_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("")
    with pytest.raises(StoreError, match=r"is a file, not a folder|can't be made"):
        operator_key(tmp_path / "keys" / "operator.key", fresh=True)


def test_an_unwritable_place_is_refused() -> None:
    with pytest.raises(StoreError, match=r"can't be made .*give this user the right"):
        operator_key(Path(f"/proc/{os.getpid()}/operator.key"), fresh=True)
