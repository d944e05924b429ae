"""What an operator asks of the house while it runs, and what the same commands do while it is stopped."""

import asyncio
import socket
import stat
import struct
from pathlib import Path

import pytest

from buddybot.config.tables import StoreSettings
from buddybot.runtime.operator_socket import NAME, ask_running, listening, may_ask
from buddybot.runtime.storage.postgres import open_postgres
from buddybot.runtime.storage.reading import open_to_read, reading
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.service.operator_requests import Answer, Asked
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import KeyTrouble, StoreError
from buddybot.store.people.one_time_words import Pass
from buddybot.store.tx import Tx
from buddybot.testing import TestBot
from tests.keeping.kept import serving, shell
from tests.store.cast import ANN, NOW, admit


async def echo(request: str, asked: Asked) -> Answer:
    return {"heard": request, **asked}


async def audited(bot: TestBot) -> list[tuple[str, str, str]]:
    return [(one.who, one.what, one.detail) for one in await bot.house.store.read(lambda tx: tx.audit.entries())]


# ── Commands beside the running bot ─────────────────────────────────────────────────────


async def test_an_invite_is_made_by_the_running_bot_and_stands_in_its_audit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(tmp_path) as bot:
        assert await shell(tmp_path, "invite", "--label", "Harbour  clinic", "--count", "2") == 0
        words = capsys.readouterr().out.split()
        assert len(words) == 2
        now = bot.clock.now()
        assert await bot.house.store.read(lambda tx: tx.passes.find(words[0], now)) == Pass(label="Harbour clinic")
        assert await audited(bot) == [("operator", "invite", "2")]
        ann = bot.person("ann")
        await ann.opens(words[1])
        assert "Harbour clinic" in "\n".join(ann.sees())


async def test_the_same_command_leaves_the_same_audit_while_the_bot_is_stopped(tmp_path: Path) -> None:
    async with serving(tmp_path):
        pass
    assert await shell(tmp_path, "invite", "--label", "Harbour clinic", "--count", "3") == 0
    async with serving(tmp_path) as bot:
        assert await audited(bot) == [("operator", "invite", "3")]


@pytest.mark.parametrize("running", [True, False])
async def test_commands_that_only_read_answer_alike_whether_or_not_the_bot_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, running: bool
) -> None:
    async with serving(tmp_path) as bot:
        await bot.house.store.write(lambda tx: tx.audit.add(bot.clock.at, "who", "warn", "case"))
        if running:
            assert await shell(tmp_path, "audit", "verify") == 0
            assert await shell(tmp_path, "outcomes") == 0
            assert await shell(tmp_path, "check") == 0
    if not running:
        assert await shell(tmp_path, "audit", "verify") == 0
        assert await shell(tmp_path, "outcomes") == 0
        assert await shell(tmp_path, "check") == 0
    told = capsys.readouterr().out
    assert "sound: 1 entries" in told
    assert "sound: settings, content, database and keys" in told
    assert "fault" not in told


async def test_a_broken_audit_log_is_found_beside_the_running_bot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(tmp_path) as bot:
        await bot.house.store.write(lambda tx: tx.audit.add(bot.clock.at, "who", "warn", "case"))
        await bot.house.store.write(lambda tx: tx.db.run("UPDATE audit SET who = 'x'"))
        assert await shell(tmp_path, "audit", "verify") == 1
    assert "broken: entry 1 was changed" in capsys.readouterr().out


# ── Reading beside it ───────────────────────────────────────────────────────────────────


def insert(tx: Tx) -> None:
    tx.db.run("INSERT INTO channel_tune (channel, slow, locked) VALUES ('x', 0, 0)")


async def test_who_reads_beside_the_bot_sees_each_commit_and_can_change_nothing(places: StorePaths) -> None:
    settings = StoreSettings(url=f"sqlite:{places.database}", keys=places.keys, backups=places.backups)
    store = await open_sqlite(places, NOW)
    beside = await open_to_read(settings, None)
    try:
        await store.write(lambda tx: admit(ANN, tx))
        sealed = await beside.read(lambda tx: tx.db.row("SELECT private FROM member"))
        assert sealed is not None
        assert await beside.read(lambda tx: tx.vault.open(ANN, "private", sealed[0])) == b"{}"
        with pytest.raises(StoreError, match="it can't be written to"):
            await beside.read(insert)
        with pytest.raises(KeyTrouble, match="can't be changed beside the running bot"):
            await beside.read(lambda tx: tx.vault.drop_hours(NOW) or tx.vault.seal_passing(ANN, "outbox", NOW, b"x"))
        await store.write(lambda tx: tx.vault.destroy(ANN))
        assert await beside.read(lambda tx: tx.vault.open(ANN, "private", sealed[0])) is None
    finally:
        await beside.close()
        await store.close()


async def test_the_same_holds_on_postgres(database: str, places: StorePaths) -> None:
    settings = StoreSettings(url=database, keys=places.keys)
    store = await open_postgres(database, places.keys, None)
    try:
        await store.write(lambda tx: admit(ANN, tx))
        async with reading(settings, NOW, None) as beside:
            assert await beside.read(lambda tx: tx.db.rows("SELECT id FROM member")) == [("ann",)]
            with pytest.raises(Exception, match="read-only transaction"):
                await beside.read(insert)
    finally:
        await store.close()
    async with reading(settings, NOW, None) as alone:
        assert await alone.read(lambda tx: tx.db.rows("SELECT id FROM member")) == [("ann",)]


async def test_an_older_bot_and_the_keys_of_another_house_are_refused(places: StorePaths, tmp_path: Path) -> None:
    settings = StoreSettings(url=f"sqlite:{places.database}", keys=places.keys, backups=places.backups)
    other = StorePaths(tmp_path / "other" / "bot.db", tmp_path / "other" / "keys", tmp_path / "other" / "backups")
    await (await open_sqlite(other, NOW)).close()
    store = await open_sqlite(places, NOW)
    try:
        with pytest.raises(KeyTrouble, match="belong to another database"):
            await open_to_read(settings.model_copy(update={"keys": other.keys}), None)
        with pytest.raises(KeyTrouble, match="the operator's key is missing"):
            await open_to_read(settings.model_copy(update={"keys": tmp_path / "nowhere"}), None)
        (tmp_path / "half").mkdir()
        (tmp_path / "half" / "operator.key").write_bytes((places.keys / "operator.key").read_bytes())
        (tmp_path / "half" / "operator.key").chmod(0o600)
        with pytest.raises(KeyTrouble, match="the key file is missing"):
            await open_to_read(settings.model_copy(update={"keys": tmp_path / "half"}), None)
        await store.write(lambda tx: _older(tx.db))
        with pytest.raises(StoreError, match="the bot that runs is older than this command"):
            await open_to_read(settings, None)
    finally:
        await store.close()


def _older(db: Db) -> None:
    db.run("DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)")


# ── The socket ──────────────────────────────────────────────────────────────────────────


async def asked(folder: Path, request: str = "hello") -> Answer | None:
    return await asyncio.to_thread(ask_running, folder, request, {"n": 1})


async def test_the_socket_is_its_owners_alone_and_gone_at_the_end(tmp_path: Path) -> None:
    async with listening(tmp_path, echo):
        mode = (tmp_path / NAME).stat().st_mode
        assert stat.S_ISSOCK(mode)
        assert stat.S_IMODE(mode) == 0o600
        assert await asked(tmp_path) == {"heard": "hello", "n": 1}
    assert not (tmp_path / NAME).exists()
    assert await asked(tmp_path) is None


async def test_a_socket_left_behind_is_nobody_and_is_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / NAME))
    assert await asked(tmp_path) is None
    async with listening(tmp_path, echo):
        assert await asked(tmp_path) == {"heard": "hello", "n": 1}


async def test_a_path_too_long_for_a_socket_is_reached_all_the_same(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.mkdir(parents=True)
    async with listening(deep, echo):
        assert await asked(deep) == {"heard": "hello", "n": 1}


async def test_a_file_of_that_name_is_not_taken_away(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="this is no socket: move it away"):
        async with listening(tmp_path, echo):
            pass
    assert (tmp_path / NAME).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"nonsense\n", b"[]\n", b'{"ask": 1, "with": {}}\n', b"[" * 60000 + b"\n", b"x" * 200000]
)
async def test_what_is_no_request_gets_a_sentence_and_the_next_one_is_answered(tmp_path: Path, line: bytes) -> None:
    async with listening(tmp_path, echo):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / NAME))
        writer.write(line)
        writer.write_eof()
        assert b'"fault": "a request is' in await reader.readline()
        writer.close()
        assert await asked(tmp_path) == {"heard": "hello", "n": 1}


async def test_trouble_of_the_disk_is_told_and_a_request_of_another_version_is_named(tmp_path: Path) -> None:
    async def full(_request: str, _asked: Asked) -> Answer:
        raise StoreError("the disk is full")

    async with listening(tmp_path, full):
        assert await asked(tmp_path) == {"fault": "the disk is full"}
    async with serving(tmp_path):
        told = await asked(tmp_path / "keys", "dance")
        assert told is not None
        assert "does not know the request 'dance'" in str(told["fault"])
        told = await asked(tmp_path / "keys", "invite")
        assert told == {"fault": "an invite needs a label, a count and a number of days"}


async def test_a_bot_that_hangs_up_half_way_is_a_sentence(tmp_path: Path) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _reader.readline()
        writer.close()

    async with await asyncio.start_unix_server(hang_up, str(tmp_path / NAME)):
        with pytest.raises(StoreError, match="hung up before it answered"):
            await asked(tmp_path)


@pytest.mark.parametrize(("user", "answered"), [(1000, True), (0, True), (1001, False), (65534, False)])
def test_only_our_own_user_and_root_are_answered(user: int, *, answered: bool) -> None:
    assert may_ask(struct.pack("3i", 1, user, 5), 1000) is answered
