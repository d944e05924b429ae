"""`buddybot check` on content that somebody edited: what is broken is named with its file, its key and what to do."""

import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from buddybot.content import content_dir
from buddybot.tools.setup import check

SOON, LONG_AFTER = date(2026, 11, 23), date(2028, 1, 1)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(content_dir(), tmp_path / "data", ignore=shutil.ignore_patterns("training"))


@pytest.fixture
def checked(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[date], tuple[int, str]]:
    """Return how a check on that day ends, and what it says."""
    config = tmp_path / "config.toml"
    config.write_text(f'[store]\nurl = "sqlite:{tmp_path / "none.db"}"\n')

    def run(today: date) -> tuple[int, str]:
        return check(config, content, today), capsys.readouterr().out

    return run


def instead(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed, times = re.subn(old, new, text, count=1, flags=re.MULTILINE)
        assert times == 1
        return changed

    return change


def syntax(text: str) -> str:
    return text + "\n= nothing"


@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        (
            "rules.toml",
            instead(r'^S4 = "quarantine"', 'S4 = "shout"'),
            ["rule.", ".S4 = 'shout': write one of", "nudge"],
        ),
        ("rules.toml", instead(r"^\[rule\.crisis\]", "[rule.cry]"), ["rule.crisis", "this rule is missing"]),
        ("rules.toml", syntax, ["syntax", "mend the TOML at the line named"]),
        ("claims.toml", instead(r"^wording = .*", 'wording = "narcan"'), ["wording", "list"]),
        ("claims.toml", instead(r"^known.en = .*", "known.en = 7"), ["known.en", "write words in quotes"]),
        ("claims.toml", instead(r"^checked = .*", 'checked = "lately"'), ["checked", "write a day without quotes"]),
        ("floods.toml", instead(r"^burst = .*", "burst = 0"), ["burst", "1 or more"]),
        ("floods.toml", instead(r"^burst", "brust"), ["brust", "known here: burst"]),
        ("lexicon/en.toml", instead(r"^\[kinds\]", "[sorts]"), ["en", "kinds"]),
        ("lexicon/folding.toml", instead(r"^\[units\]", "[unit]"), ["folding.toml", "unit = ", "known here"]),
        ("lexicon/es.toml", syntax, ["es.toml", "syntax"]),
        ("crisis/us.toml", instead(r'^kind = "crisis"', 'kind = "crises"'), ["kind", "crises"]),
    ],
)
def test_a_broken_file_is_named_with_its_key_and_what_to_do(
    content: Path,
    checked: Callable[[date], tuple[int, str]],
    file: str,
    change: Callable[[str], str],
    named: list[str],
) -> None:
    path = content / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    status, told = checked(SOON)
    assert status == 1
    assert told.startswith("fault: ")
    assert file.rpartition("/")[2] in told or file.partition("/")[0] in told
    for words in named:
        assert words in told
    assert "Traceback" not in told


def test_sound_content_passes_with_what_to_look_after(checked: Callable[[date], tuple[int, str]]) -> None:
    status, told = checked(SOON)
    assert status == 0
    assert "sound: settings, content" in told
    assert re.search(r"look: crisis lines of US: .*\d+ were read in a public source and never called", told)
    assert "is in doubt" in told
    assert "too old" not in told


def test_a_numpy_that_does_not_load_is_told_before_anybody_waits(
    checked: Callable[[date], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "buddybot.matching.instant", None)
    status, told = checked(SOON)
    assert status == 1
    assert "numpy does not load here" in told


def test_old_help_lines_are_each_named_and_said_to_be_hidden(checked: Callable[[date], tuple[int, str]]) -> None:
    status, told = checked(LONG_AFTER)
    assert status == 0
    assert re.search(r"look: crisis lines of US: .*988 .* too old; it is not shown; .*verified_on", told)
    assert re.search(r"look: crisis lines of US: .*Emergency .*still shown", told)
