"""Servers that hold the line and say nothing: each wait has an end, and a signal breaks off a start that waits."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from buddybot.cli import _unless_stopped
from buddybot.runtime.key_server.link import KeyLink
from buddybot.runtime.storage.postgres import open_postgres
from buddybot.store.kernel.errors import KeyTrouble
from tests.cluster.gate import SOCKET, Gate
from tests.waiting import comes


async def test_a_key_server_that_stands_still_is_a_sentence_and_answers_again_on_a_new_line(
    database: str, tmp_path: Path
) -> None:
    address, _, server = database.partition("?host=")
    gate = Gate(tmp_path, Path(server) / SOCKET)
    listening = await asyncio.start_unix_server(gate.serve, str(tmp_path / SOCKET))
    link = KeyLink(f"{address}?host={tmp_path}", patience=0.3)
    assert await asyncio.to_thread(link.rows, "SELECT 1") == [(1,)]
    gate.stand_still()
    with pytest.raises(KeyTrouble, match=r"store\.keys: the key server holds the line and gives no answer"):
        await comes(asyncio.to_thread(link.rows, "SELECT 2"))
    gate.move_on()
    assert await asyncio.to_thread(link.rows, "SELECT 3") == [(3,)]

    await asyncio.to_thread(link.close)
    listening.close()
    await gate.stop()


async def test_a_start_that_waits_for_a_server_is_broken_off_by_a_signal(tmp_path: Path) -> None:
    with socket.socket() as still:
        still.bind(("127.0.0.1", 0))
        still.listen()
        url = f"postgresql://bot@127.0.0.1:{still.getsockname()[1]}/db"
        stopping = asyncio.Event()
        opening = asyncio.create_task(_unless_stopped(open_postgres(url, tmp_path, None), stopping))
        line, _ = await asyncio.to_thread(still.accept)
        with line:
            stopping.set()
            assert await comes(opening) is None


async def test_the_whole_bot_ends_at_once_and_in_order_where_its_database_says_nothing(tmp_path: Path) -> None:
    with socket.socket() as still:
        still.bind(("127.0.0.1", 0))
        still.listen()
        (tmp_path / "config.toml").write_text(
            f'[store]\nurl = "postgresql://bot@127.0.0.1:{still.getsockname()[1]}/db"\n[adapters.web]\nport = 0\n'
        )
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "buddybot", "run"),
            cwd=tmp_path,
            env=os.environ,
            stderr=asyncio.subprocess.PIPE,
        )
        line, _ = await asyncio.to_thread(still.accept)
        with line:
            process.send_signal(signal.SIGTERM)
            _, told = await comes(process.communicate())
    assert (process.returncode, "stopped; nothing is lost" in told.decode()) == (0, True), told.decode()
    assert "Traceback" not in told.decode()
