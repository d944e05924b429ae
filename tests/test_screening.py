import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from buddybot.content import ContentError, content_dir
from buddybot.content.screening import load_opinion, load_screener
from buddybot.content.tensors import read_tensors
from buddybot.rules.lexicon import Lexicon
from buddybot.tools.screen import main, screen_lines
from training.tensors import write_tensors


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
        load_opinion(tmp_path / "opinion.safetensors", Lexicon({}))


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file[:0],
        lambda file: file[:-1],
        lambda file: file[:2_000_000] + bytes([file[2_000_000] ^ 1]) + file[2_000_001:],
        lambda file: file[:100] + b"?" + file[101:],
        lambda file: b"\xff" * 8 + file[8:],
    ],
)
def test_a_damaged_file_of_weights_is_named(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "opinion.safetensors"
    path.write_bytes(damage((content_dir() / "model" / "opinion.safetensors").read_bytes()))
    with pytest.raises(ContentError, match="train"):
        load_opinion(path, Lexicon({}))


@pytest.mark.parametrize("name", ["terms", "weights", "rarity"])
def test_and_so_is_one_whose_tables_do_not_belong_together(tmp_path: Path, name: str) -> None:
    path = tmp_path / "opinion.safetensors"
    stored = read_tensors(content_dir() / "model" / "opinion.safetensors")
    arrays = {one: np.frombuffer(part, dtype=np.uint8) for one, part in stored.items()}
    write_tensors(path, arrays)
    load_opinion(path, Lexicon({}))
    write_tensors(path, {**arrays, name: arrays[name][:-2]})
    with pytest.raises(ContentError, match="train"):
        load_opinion(path, Lexicon({}))


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
