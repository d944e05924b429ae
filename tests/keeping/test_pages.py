"""Every command that the pages for operators show is run as it stands there."""

import asyncio
import re
import shlex
import shutil
from pathlib import Path

import pytest

from buddybot.cli import main
from buddybot.testing import running
from tests.keeping.crowded import PHRASE, people_the_house
from tests.keeping.kept import serving

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


async def peopled(folder: Path) -> None:
    async with running(folder) as bot:
        await people_the_house(bot, 4)


def newest(named: re.Match[str]) -> str:
    return str(max(Path(named[1]).glob("*.bbk")))


def test_get_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The page from top to bottom: kept, lost, restored, moved."""
    monkeypatch.chdir(tmp_path)
    asyncio.run(peopled(tmp_path / "var"))
    (tmp_path / "var/bot.db").rename(tmp_path / "var/buddybot.db")
    for line in commands("recover.md"):
        words = shlex.split(re.sub(r"(\S+)/buddybot-\d{8}T\d{6}\.bbk", newest, line))
        match words[0], words[1] if len(words) > 1 else "":
            case "touch", file:
                Path(file).touch()
                Path(file).write_text(PHRASE, encoding="utf-8")
            case "chmod", _:
                Path(words[2]).chmod(int(words[1], 8))
            case "buddybot", "restore":
                shutil.copy2("var/keys/operator.key", "var/elsewhere/operator.key")
                shutil.rmtree("var/keys")
                for left in Path("var").glob("buddybot.db*"):
                    left.unlink()
                assert main(words[1:]) == 0, capsys.readouterr().err
            case "buddybot", _:
                assert main(words[1:]) == 0, capsys.readouterr().err
            case _:
                raise AssertionError(f"a command that this test does not know: {line}")
    assert Path("var/moved.db").exists()
    assert "restored: 4 members" in capsys.readouterr().err


def test_operate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    asyncio.run(peopled(tmp_path / "var"))
    (tmp_path / "var/bot.db").rename(tmp_path / "var/buddybot.db")
    for line in commands("operate.md"):
        program, *words = shlex.split(line)
        assert program == "buddybot"
        assert main(words) == 0, capsys.readouterr().err
    told = capsys.readouterr()
    assert "keys are wrapped anew" in told.err
    assert "sound: 0 entries" in told.out


async def test_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    async with serving(tmp_path):
        for line in commands("monitor.md"):
            program, *words = shlex.split(line)
            assert program == "buddybot"
            await asyncio.to_thread(main, words)
    told = capsys.readouterr()
    assert "backup: no backup was ever made" in told.out
    assert told.err == ""
