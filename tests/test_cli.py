"""The command line in a process of its own, in an empty folder, as an operator meets it."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from buddybot import __version__
from buddybot.cli import main
from tests.ports import free_port
from tests.stories.wires import know_content
from tests.waiting import comes

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("BUDDYBOT_")}


def buddybot(folder: Path, *arguments: str, told: str = "", port: int = 0) -> subprocess.CompletedProcess[str]:
    """Run it to its end. Its page gets any port: another test, or whoever works on this machine, may have 8080."""
    return subprocess.run(
        [sys.executable, "-m", "buddybot", *arguments],
        cwd=folder,
        env=ENVIRONMENT | {"BUDDYBOT_ADAPTERS__WEB__PORT": str(port)},
        input=told,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def configured(folder: Path, port: int) -> Path:
    path = folder / "config.toml"
    path.write_text(f"[adapters.web]\nport = {port}\n", encoding="utf-8")
    return path


@contextlib.asynccontextmanager
async def serving(folder: Path, command: str, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run it, with the desk that a demo has on a port of its own as well."""
    desk = {"BUDDYBOT_ADAPTERS__DESK__PORT": str(free_port())} if command == "demo" else {}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "buddybot", command),
        cwd=folder,
        env=ENVIRONMENT | desk,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        for _ in range(2400):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            assert process.returncode is None
            await asyncio.sleep(0.05)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def test_the_version_is_said() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert __version__


def test_without_a_command_the_commands_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_a_missing_settings_file_is_a_sentence_and_not_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--config", str(tmp_path / "nothing.toml")]) == 1
    told = capsys.readouterr().err
    assert "there is no such file" in told
    assert "Traceback" not in told


def test_check_in_an_empty_folder_is_sound_and_makes_nothing(tmp_path: Path) -> None:
    done = buddybot(tmp_path, "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sound: settings, content, database and keys" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_check_online_asks_only_platforms_that_can_be_asked(tmp_path: Path) -> None:
    done = buddybot(tmp_path, "check", "--online")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "adapters." not in done.stdout


def test_check_names_each_fault_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('log_level = "loud"\ncolour = 1\n', encoding="utf-8")
    done = buddybot(tmp_path, "check")
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["fault", "fault"]
    path.write_text("[adapters.pigeon]\n", encoding="utf-8")
    done = buddybot(tmp_path, "check")
    assert done.returncode == 1
    assert "adapters.pigeon: no such adapter is installed" in done.stdout


def test_check_finds_keys_that_others_can_read_and_a_database_that_is_none(tmp_path: Path) -> None:
    assert buddybot(tmp_path, "init", told="\n\n\n\n\n").returncode == 0
    (tmp_path / "var/keys/operator.key").chmod(0o644)
    done = buddybot(tmp_path, "check")
    assert done.returncode == 1
    assert "fault: " in done.stdout
    assert "operator.key" in done.stdout
    (tmp_path / "var/keys/operator.key").chmod(0o600)
    (tmp_path / "var/buddybot.db").write_bytes(b"this is no database" * 100)
    done = buddybot(tmp_path, "check")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_init_writes_settings_and_keys_and_overwrites_nothing(tmp_path: Path) -> None:
    done = buddybot(tmp_path, "init", told='me "the" operator\n8123\n\n\n\n')
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert r"me \"the\" operator" in text
    keys = [path for path in (tmp_path / "var/keys").iterdir() if path.is_file()]
    assert keys
    assert all(path.stat().st_mode & 0o077 == 0 for path in keys)
    assert buddybot(tmp_path, "check").returncode == 0
    again = buddybot(tmp_path, "init")
    assert again.returncode == 1
    assert "there is one already" in again.stderr
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("command", ["run", "demo"])
async def test_it_serves_without_a_config_of_platforms_and_stops_on_a_signal_with_nothing_lost(
    tmp_path: Path, command: str
) -> None:
    port = free_port()
    configured(tmp_path, port)
    async with serving(tmp_path, command, port) as process:
        second = await asyncio.to_thread(buddybot, tmp_path, command)
        assert second.returncode == 1
        assert "another buddybot is using this database" in second.stderr
        assert "Traceback" not in second.stderr
        process.send_signal(signal.SIGINT)
        _, told = await comes(process.communicate(), seconds=120)
    assert process.returncode == 0, told.decode()
    assert "stopped; nothing is lost" in told.decode()
    assert "Traceback" not in told.decode()


BROKEN_OFF = """
import os, runpy, sys, weakref

def comes_by(event, about):
    if event in EVENTS and str(about[0]).endswith(os.environ["BROKEN_AT"]) and not broken:
        broken.append(event)
        passing = type("Passing", (), {})()
        gone = weakref.ref(passing, lambda _: os.kill(os.getpid(), int(os.environ["BROKEN_BY"])))
        del passing

EVENTS, broken = {"import", "open", "sqlite3.connect"}, []
sys.addaudithook(comes_by)
runpy.run_module("buddybot", run_name="__main__")
"""
"""A start that a signal meets at one point, in a callback of a weak reference, where an exception would be lost."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
@pytest.mark.parametrize("at", ["buddybot.config", "config.toml", "buddybot.runtime.house", "buddybot.db"])
def test_a_start_that_is_broken_off_ends_in_a_sentence(tmp_path: Path, number: signal.Signals, at: str) -> None:
    """Wherever the start is by then: reading the program, its settings, its content, or opening the database."""
    configured(tmp_path, free_port())
    know_content(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-c", BROKEN_OFF, "run"],
        cwd=tmp_path,
        env=ENVIRONMENT | {"BROKEN_AT": at, "BROKEN_BY": str(int(number))},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert ended.returncode in {0, 1, -number}
    assert "stopped; nothing is lost" in ended.stderr or ended.returncode == -signal.SIGTERM


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = buddybot(tmp_path, "run", port=int(taken.getsockname()[1]))
    assert done.returncode == 1
    assert str(taken) != ""
    assert "Traceback" not in done.stderr
    assert "port" in done.stderr


def test_the_tools_for_content_take_lines(tmp_path: Path) -> None:
    done = buddybot(tmp_path, "screen", told='"hello there"\n')
    assert done.returncode == 0
    assert '"verdict": "deliver"' in done.stdout
    done = buddybot(tmp_path, "match", "--help")
    assert done.returncode == 0
