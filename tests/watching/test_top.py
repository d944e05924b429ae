"""The status board: in the terminal, at the desk for operators alone, and the log as JSON."""

import asyncio
import json
import logging
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from buddybot.adapter import AdapterError
from buddybot.cli import main
from buddybot.domain.moderation.vitals import BoardLine, KeptVitals, StoredVitals, Vitals
from buddybot.runtime.operator_socket import listening
from buddybot.runtime.watching.board import board
from buddybot.runtime.watching.logs import JsonFormatter
from buddybot.service.operator_requests import Answer, Asked
from buddybot.tools.setup import by_country
from tests.keeping.kept import serving, settled, shell

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


async def test_top_shows_the_running_bot_and_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with serving(tmp_path) as bot:
        await bot.wait(hours=1, seconds=1)
        bot.house._adapters["fake"].problem = AdapterError("the token is refused")
        assert await shell(tmp_path, "top", "--once") == 0
    told = capsys.readouterr().out
    for words in ("platform fake", "the token is refused", "outbox", "last round", "last backup", "never", "version"):
        assert words in told
    assert "! platform fake:" in told


async def test_top_without_a_bot_or_beside_another_version_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys").mkdir()
    settled(tmp_path)
    assert await shell(tmp_path, "top", "--once") == 1
    assert "the bot does not run" in capsys.readouterr().err

    async def other(_request: str, _asked: Asked) -> Answer:
        return {"new": 1}

    async with listening(tmp_path / "keys", other):
        assert await shell(tmp_path, "top", "--once") == 1
    assert "another version runs" in capsys.readouterr().err


def test_the_board_of_a_stopped_bot_says_so() -> None:
    vitals = Vitals(StoredVitals(AT), KeptVitals(backup=AT - timedelta(days=3)))
    lines = board(vitals, public=False).lines
    assert BoardLine("bot", "does not run") in lines
    assert BoardLine("last backup", "3 days ago") in lines


# ── Logs ────────────────────────────────────────────────────────────────────────────────


def test_an_event_is_one_line_of_json_and_an_error_has_no_values() -> None:
    error = ValueError("xylophonquartz")
    record = logging.LogRecord("a.b", logging.ERROR, "f", 1, "it\nfailed %d", (7,), (ValueError, error, None))
    line = JsonFormatter().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["event"]) == ("error", "a.b", "it\nfailed 7")
    assert told["error"].startswith("ValueError at ")
    assert "xylophonquartz" not in line


# ── Check ───────────────────────────────────────────────────────────────────────────────


def test_help_lines_of_a_country_are_one_line_after_what_matters() -> None:
    urgent, lines = by_country(["crisis lines of US: a", "crisis_policy.version is empty", "crisis lines of US: b"])
    assert urgent == ["crisis_policy.version is empty"]
    assert lines == ["crisis lines of US: a | b"]


def test_check_opens_the_port_and_the_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        path = tmp_path / "config.toml"
        path.write_text(
            f'[store]\nurl = "sqlite:{tmp_path}/file/bot.db"\nkeys = "{tmp_path}/keys"\n'
            f'backups = "{tmp_path}/b"\n[adapters.web]\nport = {port}\n',
            encoding="utf-8",
        )
        assert main(["check", "--config", str(path)]) == 1
    told = capsys.readouterr().out
    assert f"fault: store.url: {tmp_path}/file is a file, not a folder" in told
    assert f"fault: adapters.web.port = {port}: another program has it" in told


async def test_check_beside_the_bot_takes_its_port_for_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as page:
        async with serving(tmp_path, port=page.getsockname()[1]):
            status = await asyncio.to_thread(main, ["check", "--config", str(tmp_path / "config.toml")])
    assert status == 0, capsys.readouterr().out
