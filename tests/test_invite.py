import asyncio
from pathlib import Path

import pytest

from buddybot.cli import main
from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.runtime.world import system_world
from buddybot.store.people.one_time_words import Pass


def settled(folder: Path) -> str:
    """Write settings that keep everything in one folder."""
    text = f'[store]\nurl = "sqlite:{folder}/bot.db"\nkeys = "{folder}/keys"\nbackups = "{folder}/backups"\n'
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return str(folder / "config.toml")


async def taken(folder: Path, word: str) -> Pass | None:
    now = system_world().now()
    store = await open_sqlite(StorePaths(folder / "bot.db", folder / "keys", folder / "backups"), now)
    try:
        return await store.write(lambda tx: tx.passes.find(word, now))
    finally:
        await store.close()


def test_an_invite_is_a_word_a_line_that_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "--label", " Harbour  clinic", "--count", "3", "--config", settled(tmp_path)]) == 0
    out, err = capsys.readouterr()
    words = out.split()
    assert len(set(words)) == 3
    assert all(word.isalnum() and len(word) <= 64 for word in words)
    assert "t.me" in err
    assert asyncio.run(taken(tmp_path, words[0])) == Pass(label="Harbour clinic")


@pytest.mark.parametrize(
    "arguments", [["--label", " "], ["--label", "x", "--count", "0"], ["--label", "x", "--days", "999"]]
)
def test_a_wrong_argument_is_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["invite", *arguments])
    assert "a label has 1 to 60 letters" in capsys.readouterr().err


def test_settings_that_are_not_there_are_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "--label", "x", "--config", str(tmp_path / "none.toml")]) == 1
    assert "there is no such file" in capsys.readouterr().err
