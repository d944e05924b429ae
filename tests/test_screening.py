import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from buddybot.content import ContentError, content_dir
from buddybot.content.screening import load_opinion, load_screener
from buddybot.rules.lexicon import Lexicon
from buddybot.tools.screen import main, screen_lines


def test_a_bad_line_is_answered_and_the_run_goes_on() -> None:
    out = io.StringIO()
    assert (
        screen_lines(load_screener(content_dir()).screen, ["5", "{", '"hello"', '"\\ud800"'], out, explain=False) == 2
    )
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answer.get("verdict") for answer in answers] == [None, None, "deliver", "deliver"]
    assert "not a JSON string" in answers[0]["error"]


def test_an_explanation_is_a_line_for_people() -> None:
    out = io.StringIO()
    screen_lines(load_screener(content_dir()).explain, ['"call me on 212-456-7890"', '"hi"'], out, explain=True)
    first, second = out.getvalue().splitlines()
    assert first.startswith("nudge")
    assert "212-456-7890" in first
    assert second.startswith("deliver")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="train"):
        load_opinion(tmp_path / "opinion.npz", Lexicon({}))


def test_damaged_terms_are_named(tmp_path: Path) -> None:
    with np.load(content_dir() / "model" / "opinion.npz") as stored:
        whole = {name: stored[name] for name in stored}
    np.savez(tmp_path / "opinion.npz", **{**whole, "terms": whole["terms"][:100]})
    with pytest.raises(ContentError, match="train"):
        load_opinion(tmp_path / "opinion.npz", Lexicon({}))


@pytest.mark.parametrize(
    "file",
    [
        "lexicon/en.toml",
        "lexicon/folding.toml",
        "lexicon/asks.toml",
        "lexicon/ordinary.toml",
        "rules.toml",
        "claims.toml",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, file: str) -> None:
    for folder in ("lexicon", "model"):
        shutil.copytree(content_dir() / folder, tmp_path / folder)
    for name in ("rules.toml", "claims.toml"):
        shutil.copy(content_dir() / name, tmp_path / name)
    (tmp_path / file).write_text("odd = 3", "utf-8")
    with pytest.raises(ContentError, match=r"toml|lexicon"):
        load_screener(tmp_path)


def test_the_command_answers_lines_from_standard_input() -> None:
    command = [sys.executable, "-m", "buddybot", "screen"]
    done = subprocess.run(command, input='"hello"\n7\n', capture_output=True, text=True, check=True)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["verdict"] == "deliver"
    assert second["line"] == 2


def test_the_command_writes_one_answer_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], ['"hello"', "7"]) == 0
    assert main(["--explain"], ['"hello"']) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert (json.loads(first)["verdict"], json.loads(second)["line"]) == ("deliver", 2)
    assert third.startswith("deliver")
