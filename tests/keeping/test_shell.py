"""The commands that keep the house, as an operator gives them, beside the running bot and while it is stopped."""

import asyncio
import io
import os
import resource
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from buddybot.cli import main
from buddybot.config import ConfigError
from buddybot.testing import MORNING, running
from buddybot.tools.keeping import passphrases
from buddybot.tools.keeping.passphrases import VARIABLE, known_passphrase, new_passphrase
from tests.keeping.crowded import PHRASE, backed_up, people_the_house
from tests.keeping.kept import serving, settled, shell


@pytest.fixture
def phrase(tmp_path: Path) -> str:
    path = tmp_path / "phrase"
    path.touch(mode=0o600)
    path.write_text(f"{PHRASE}\n", encoding="utf-8")
    return str(path)


async def test_backup_beside_the_running_bot_then_restore_and_check_elsewhere(
    tmp_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    house, new, kept, keys = tmp_path / "house", tmp_path / "new", tmp_path / "kept", tmp_path / "keys.copy"
    given = ("--passphrase-file", phrase)
    async with serving(house) as bot:
        await people_the_house(bot, 4)
        assert await shell(house, "backup", "--to", str(kept), "--keys-to", str(keys), *given) == 0
        made = capsys.readouterr()
        assert "proven: it was opened again, 4 members, 4 records tried" in made.err
    backup = made.out.strip()
    assert [str(path) for path in kept.iterdir()] == [backup]
    settled(new)
    operator = ("--operator-key", str(house / "keys" / "operator.key"))
    assert await shell(new, "restore", backup, "--keys", str(keys), *operator, *given) == 0
    told = capsys.readouterr()
    assert "restored: 4 members, as of 20" in told.err
    assert "sound: settings, content, database and keys" in told.out
    assert await shell(new, "move", "--to", f"sqlite:{tmp_path}/moved.db") == 0
    assert "moved: 4 members" in capsys.readouterr().err
    assert await shell(new, "restore", backup, *given) == 1
    assert "here is a database already: move it away first" in capsys.readouterr().err


async def test_only_the_newest_of_this_house_are_kept(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    for name in ("one", "other"):
        async with running(tmp_path / name) as bot:
            await people_the_house(bot, 2)
            for minute in range(5):
                await backed_up(tmp_path / name, outside if name == "one" else tmp_path, minute=minute)
    (outside / "kept" / "buddybot-19990101T000000.bbk").write_bytes(b"of somebody else")
    async with running(tmp_path / "one"):
        made = await backed_up(tmp_path / "one", outside, minute=9)
    assert made.dropped == 1
    names = sorted(path.name for path in (outside / "kept").iterdir())
    assert names == ["buddybot-19990101T000000.bbk", *(f"buddybot-{MORNING:%Y%m%dT%H}0{n}00.bbk" for n in (3, 4, 9))]


async def test_keys_go_neither_over_those_of_another_house_nor_among_our_own(
    tmp_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for house in (one, other):
        async with serving(house) as bot:
            await people_the_house(bot, 2)
    given = ("--passphrase-file", phrase, "--to", str(tmp_path / "kept"))
    keys = str(tmp_path / "keys.copy")
    assert await shell(one, "backup", "--keys-to", keys, *given) == 0
    assert await shell(other, "backup", "--keys-to", keys, *given) == 1
    assert "keys of another house" in capsys.readouterr().err
    assert await shell(one, "backup", "--keys-to", str(one / "keys" / "members.keys"), *given) == 1
    assert "this is the folder of the keys themselves" in capsys.readouterr().err
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_a_disk_that_is_full_leaves_the_old_backup_and_nothing_half(tmp_path: Path, phrase: str) -> None:
    """The system refuses every byte after the first so many, as a full disk does."""
    house, kept = tmp_path / "house", tmp_path / "kept"
    asyncio.run(_peopled(house))
    given = ["backup", "--to", str(kept), "--passphrase-file", phrase, "--config", str(house / "config.toml")]
    assert main(given) == 0
    before = sorted(kept.iterdir())
    for most in (0, 4096, 200_000, 400_000):
        done = subprocess.run(
            [sys.executable, "-m", "buddybot", *given],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env=os.environ
            | {"PYTHONDONTWRITEBYTECODE": "1"},  # Python keeps half a file of bytecode as if it were whole
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)),
        )
        assert done.returncode == 1, (most, done.stderr)
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert sorted(kept.iterdir()) == before


async def _peopled(house: Path) -> None:
    async with serving(house) as bot:
        await people_the_house(bot, 300)


def test_without_a_database_there_is_nothing_to_keep(
    tmp_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(settled(tmp_path / "house"))
    assert main(["backup", "--passphrase-file", phrase, "--config", config]) == 1
    assert "the operator's key is missing" in capsys.readouterr().err
    assert main(["restore", "no.bbk", "--passphrase-file", phrase, "--config", config]) == 1
    assert "no.bbk: there is no such backup" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["backup", "--keep", "0"])
    with pytest.raises(SystemExit):
        main(["move", "--to", "mysql://x"])


# ── Recipients ──────────────────────────────────────────────────────────────────────────


async def test_a_server_makes_backups_that_it_can_not_open_itself(
    tmp_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    house, new, kept, keys = tmp_path / "house", tmp_path / "new", tmp_path / "kept", tmp_path / "keys.copy"
    safe, spare = tmp_path / "identity.pem", tmp_path / "spare.pem"
    for file in (safe, spare):
        assert main(["backup", "--new-identity", str(file)]) == 0
        assert capsys.readouterr().out.strip() == f"{file}.pub"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    given = ("--recipient", f"{safe}.pub", "--recipient", f"{spare}.pub")
    async with serving(house) as bot:
        await people_the_house(bot, 4)
        assert await shell(house, "backup", "--to", str(kept), "--keys-to", str(keys), *given) == 0
        made = capsys.readouterr()
    assert "proven: it was opened again, 4 members, 4 records tried" in made.err
    assert "only the recipients' identities open it" in made.err
    backup = made.out.strip()
    settled(new)
    operator = ("--keys", str(keys), "--operator-key", str(house / "keys" / "operator.key"))
    assert await shell(new, "restore", backup, *operator, "--passphrase-file", phrase) == 1
    assert "made for a recipient: give their key with --identity" in capsys.readouterr().err
    assert await shell(new, "restore", backup, *operator, "--identity", str(spare)) == 0
    assert "restored: 4 members" in capsys.readouterr().err


def test_files_that_are_no_keys_are_a_sentence(tmp_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]) -> None:
    config = ("--config", str(settled(tmp_path / "house")))
    safe, backup = tmp_path / "identity.pem", tmp_path / "some.bbk"
    assert main(["backup", "--new-identity", str(safe)]) == 0
    backup.write_bytes(b"buddybot-backup 1\n")
    for arguments, said in (
        (["backup", "--new-identity", str(safe)], "there is one already"),
        (["backup", "--new-identity", str(tmp_path / "nowhere/identity.pem")], ""),
        (["backup", "--recipient", str(safe), *config], "this is no recipient"),
        (["backup", "--recipient", str(tmp_path / "none.pub"), *config], "it can't be read"),
        (["backup", *["--recipient", f"{safe}.pub"] * 13, *config], "12 times at most"),
        (["restore", str(backup), "--identity", f"{safe}.pub", *config], "chmod 600"),
        (["restore", str(backup), "--identity", phrase, *config], "this is no identity"),
    ):
        status = main(arguments)
        told = capsys.readouterr().err
        assert (status == 1) == bool(said), told
        assert said in told
        assert "Traceback" not in told
    with pytest.raises(SystemExit):
        main(["backup", "--recipient", f"{safe}.pub", "--passphrase-file", phrase, *config])


# ── Passphrases ─────────────────────────────────────────────────────────────────────────


def test_a_passphrase_comes_from_a_file_of_our_own(tmp_path: Path, phrase: str) -> None:
    assert new_passphrase(Path(phrase)) == known_passphrase(Path(phrase)) == PHRASE
    Path(phrase).chmod(0o644)
    with pytest.raises(ConfigError, match="others can read the passphrase"):
        new_passphrase(Path(phrase))
    with pytest.raises(ConfigError, match="the passphrase can't be read"):
        known_passphrase(tmp_path / "none")


def test_a_passphrase_comes_from_the_environment_or_is_asked_for_where_somebody_sits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())  # what the shell connects
    with pytest.raises(ConfigError, match="give --passphrase-file, or set BUDDYBOT_BACKUP_PASSPHRASE"):
        new_passphrase(None)
    monkeypatch.setenv(VARIABLE, PHRASE)
    assert new_passphrase(None) == PHRASE
    monkeypatch.setenv(VARIABLE, "short")
    with pytest.raises(ConfigError, match="too short: take 12 letters or more"):
        new_passphrase(None)
    assert known_passphrase(None) == "short"


def test_a_typed_passphrase_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = [PHRASE, PHRASE, PHRASE, "another one"]
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", Terminal())  # what the shell connects
    monkeypatch.setattr(  # it reads from the terminal, whatever stdin is
        passphrases, "getpass", lambda _prompt: typed.pop(0)
    )
    assert new_passphrase(None) == PHRASE
    with pytest.raises(ConfigError, match="the two passphrases differ"):
        new_passphrase(None)
