"""A new operator's key: without a pause, resumed where it was cut off, and one at a time."""

import asyncio
from pathlib import Path

import pytest

from buddybot.runtime.keeping.rekey import Rekeying
from buddybot.runtime.operator_socket import listening
from buddybot.runtime.storage.opening import open_store
from buddybot.store.kernel.errors import KeyTrouble, StoreError
from buddybot.store.kernel.keys import KeyFile
from buddybot.store.kernel.operator_key import next_key_file
from buddybot.testing import MORNING, running
from tests.keeping.crowded import backed_up, got_back, people_the_house, store_in
from tests.keeping.kept import settled, shell
from tests.waiting import comes


def key_in(folder: Path) -> str:
    return (folder / "keys" / "operator.key").read_text(encoding="ascii")


async def a_house(folder: Path) -> None:
    settled(folder)
    async with running(folder) as bot:
        await people_the_house(bot, 4)


async def test_the_running_bot_changes_its_key_and_people_talk_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await a_house(tmp_path)
    before = key_in(tmp_path)
    async with running(tmp_path) as bot:
        keys = Rekeying(bot.house.store.keys, tmp_path / "keys", bot.house.engine.operate, from_environment=False)
        async with listening(tmp_path / "keys", keys.answer):
            assert await shell(tmp_path, "rekey") == 0
            await bot.person("p0").says("hello")
            assert bot.person("p1").hears() == ["Alias 0 1: hello"]
            assert await shell(tmp_path, "check") == 0
        entries = await bot.house.store.read(lambda tx: [(one.who, one.what) for one in tx.audit.entries()])
        assert ("operator", "rekey") in entries
    assert "keys are wrapped anew" in capsys.readouterr().err
    assert key_in(tmp_path) != before
    assert not next_key_file(tmp_path / "keys").exists()
    with pytest.raises(KeyTrouble, match="the operator's key does not fit"):
        await open_store(store_in(tmp_path), MORNING, before.strip())
    async with running(tmp_path, platform=bot.platform, seed=2) as again:
        await again.person("p1").says("still here")
        assert again.person("p0").hears() == ["Alias 1 1: still here"]


async def test_while_the_bot_is_stopped_the_command_does_it_itself(tmp_path: Path) -> None:
    await a_house(tmp_path)
    before = key_in(tmp_path)
    assert await shell(tmp_path, "rekey") == 0
    assert key_in(tmp_path) != before
    await a_house_goes_on(tmp_path)


async def a_house_goes_on(folder: Path) -> None:
    async with running(folder) as bot:
        await bot.person("p0").says("hello")
        assert bot.person("p1").hears() == ["Alias 0 1: hello"]


@pytest.mark.parametrize("pieces", [0, 1, 3, 99])
async def test_one_that_was_cut_off_opens_at_the_next_start_and_is_resumed(tmp_path: Path, pieces: int) -> None:
    await a_house(tmp_path)
    store = await open_store(store_in(tmp_path), MORNING, None)
    new = "cd" * 32
    place = next_key_file(tmp_path / "keys")
    place.touch(mode=0o600)
    place.write_text(new, encoding="ascii")
    store.keys.wrap_by(bytes.fromhex(new))
    after = ""
    for _ in range(pieces):
        if (piece := store.keys.rewrap(after, 1)) is None:
            break
        after = piece[0]
    await store.close()
    await a_house_goes_on(tmp_path)
    assert await shell(tmp_path, "check") == 0
    assert await shell(tmp_path, "rekey") == 0
    assert key_in(tmp_path).strip() == new
    async with running(tmp_path) as bot:
        assert await bot.house.store.read(lambda tx: len(tx.members.all_ids())) == 4


async def test_two_at_once_are_refused(tmp_path: Path) -> None:
    await a_house(tmp_path)
    started, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: str, _asked: object) -> dict[str, object]:
        started.set()
        await go_on.wait()
        return {}

    store = await open_store(store_in(tmp_path), MORNING, None)
    try:
        keys = Rekeying(store.keys, tmp_path / "keys", slow, from_environment=False)
        first = asyncio.create_task(keys.answer("rekey", {}))
        await comes(started.wait(), first)
        assert "already" in str((await keys.answer("rekey", {}))["fault"])
        go_on.set()
        assert "fault" not in await first
        with pytest.raises(StoreError, match="another buddybot is using this database"):
            await open_store(store_in(tmp_path), MORNING, None)
    finally:
        await store.close()


async def test_a_key_from_the_environment_is_left_for_the_operator_to_set(tmp_path: Path) -> None:
    await a_house(tmp_path)
    before = key_in(tmp_path)
    store = await open_store(store_in(tmp_path), MORNING, before.strip())

    async def nothing(_request: str, _asked: object) -> dict[str, object]:
        return {}

    told = await Rekeying(store.keys, tmp_path / "keys", nothing, from_environment=True).answer("rekey", {})
    await store.close()
    assert told["given"] is True
    assert key_in(tmp_path) == before
    new = next_key_file(tmp_path / "keys").read_text(encoding="ascii").strip()
    next_key_file(tmp_path / "keys").unlink()
    await (await open_store(store_in(tmp_path), MORNING, new)).close()


async def test_a_backup_after_it_is_restored_with_the_new_key(tmp_path: Path) -> None:
    house, new, outside = tmp_path / "house", tmp_path / "new", tmp_path / "outside"
    await a_house(house)
    await backed_up(house, outside)
    assert await shell(house, "rekey") == 0
    made = await backed_up(house, outside, minute=1)
    assert (await got_back(new, made, outside, house / "keys" / "operator.key")).members == 4


def test_a_key_that_is_damaged_stays_as_it_is_and_keeps_nothing_up(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys", tmp_path / "copy", bytes(32), fresh=True)
    keys.change({"member:ann": bytes(32), "member:ben": bytes(32)})
    keys._db.execute("UPDATE main.key SET wrapped = x'00' WHERE name = 'member:ben'")
    keys._db.execute("UPDATE copy.key SET wrapped = x'00' WHERE name = 'member:ben'")
    keys._known.clear()
    keys.wrap_by(b"n" * 32)
    assert keys.settle_wrapping() > 0
    assert keys.rewrap("", 100) is not None
    assert keys.settle_wrapping() == 0
    assert keys.find("member:ann") == bytes(32)
    keys.close()
