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
            case "buddybot", "move" if "postgresql:" in line:  # tests/keeping/test_key_server.py does it on a server
                said = capsys.readouterr().err
                assert "restored: 4 members" in said
                assert main(words[1:]) == 1
                assert "move the database to PostgreSQL first" in capsys.readouterr().err
            case "buddybot", _:
                assert main(words[1:]) == 0, capsys.readouterr().err
            case _:
                raise AssertionError(f"a command that this test does not know: {line}")
    assert Path("var/moved.db").exists()


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


# ── Every command on any page ───────────────────────────────────────────────────────────

PAGES = ("deploy", "operate", "recover", "upgrade", "monitor", "run", "runbook", "moderation-team", "configure")
SPAN = re.compile(r"`([^`\n]*)`")
COMMAND = re.compile(r"(?:^|.*[\s/])buddybot ([a-z][a-z-]*)((?: [^|;&`]*)?)$")


def shown(page: str) -> set[tuple[str, str]]:
    """Return each command and option that a page shows, in a block or within a sentence."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()] + SPAN.findall(text)
    found = [given for line in lines if (given := COMMAND.search(line.replace("\\", "")))]
    return {(given[1], option) for given in found for option in ("", *re.findall(r"(?<= )--[a-z-]+", given[2]))}


@pytest.mark.parametrize("page", PAGES)
def test_each_command_and_option_on_a_page_is_one_that_there_is(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = []
    for command, option in sorted(shown(page)):
        subs = {"staff": ("add",), "audit": ("verify",), "research": ("export",)}.get(command, ())
        with pytest.raises(SystemExit) as ended:
            main([command, *subs, "--help"])
        told = capsys.readouterr().out
        if ended.value.code != 0 or option not in told:
            unknown.append(f"buddybot {command} {option}")
    assert unknown == []


def test_a_command_that_is_not_there_would_be_found() -> None:
    assert ("backup", "--recipient") in shown("recover")
    assert ("staff", "--role") in shown("deploy")
    with pytest.raises(SystemExit) as ended:
        main(["keep", "--help"])
    assert ended.value.code != 0
