"""Tuning: it learns what is there, holds on where there is little, and writes only when asked."""

import json
from pathlib import Path

import numpy as np
import pytest

from buddybot.content import content_dir
from buddybot.domain.matching.weights import FACTORS
from buddybot.tools.matching.fit import fitted_weights, replays
from buddybot.tools.matching.outcome_lines import UnsoundOutcomeError, read_outcomes
from buddybot.tools.matching.weights_file import read_weights
from buddybot.tools.tune import main

WEIGHTS = read_weights()


def rows(count: int, what_counts: str, seed: int = 3) -> list[str]:
    """Return offers in which one factor alone decides."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        factors = {name: None if rng.random() < 0.1 else round(float(rng.random()), 3) for name in FACTORS}
        value = factors[what_counts]
        good = bool(rng.random() < (0.5 if value is None else value))
        found.append(json.dumps({"factors": factors, "accepted": good, "days": 20 if good else 0, "talked": good}))
    return found


def test_what_decides_gains_and_the_same_outcomes_give_the_same_weights() -> None:
    outcomes = read_outcomes(rows(800, "medicine"))
    new = fitted_weights(outcomes, WEIGHTS, pull=5)
    assert sum(new.values()) == pytest.approx(1)
    assert min(new.values()) >= 0
    assert max(new, key=lambda name: new[name]) == "medicine"
    assert new == fitted_weights(outcomes, WEIGHTS, pull=5)


def test_a_strong_pull_keeps_the_weights_in_force() -> None:
    new = fitted_weights(read_outcomes(rows(60, "medicine")), WEIGHTS, pull=1e6)
    assert new == pytest.approx(dict(WEIGHTS.factors), abs=1e-3)


def test_a_replay_on_held_out_outcomes_tells_the_gain_with_its_intervals() -> None:
    before, after = replays(read_outcomes(rows(800, "medicine")), WEIGHTS, 5, seed=1)
    assert after.accepted.low > before.accepted.value
    assert before.accepted.low <= before.accepted.value <= before.accepted.high
    assert after.days.value > before.days.value


def test_the_command_says_what_would_change_and_writes_nothing_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "outcomes.jsonl"
    file.write_text("\n".join(rows(200, "pace")) + "\n\n", encoding="utf-8")
    assert main([str(file)]) == 0
    first = capsys.readouterr().out
    assert "pace" in first
    assert "held out" in first
    assert list(tmp_path.iterdir()) == [file]
    new = tmp_path / "new.toml"
    assert main([str(file), "--write", str(new), "--version", "2"]) == 0
    assert capsys.readouterr().out.startswith(first)
    weights, old = read_weights(new), (content_dir() / "matching.toml").read_text(encoding="utf-8")
    assert weights.version == "2"
    assert weights.factors["pace"] > WEIGHTS.factors["pace"]
    assert old.partition("[values]")[2] == new.read_text(encoding="utf-8").partition("[values]")[2]
    assert main([str(file), "--write", str(new)]) == 2  # a file that is there is never written over


EVEN = dict.fromkeys(FACTORS, 0.5)
GOOD = {"factors": EVEN, "accepted": True}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("no json", "JSON"),
        ("[]", "known keys"),
        (json.dumps({**GOOD, "text": "hi"}), "known keys"),
        (json.dumps({**GOOD, "factors": {"hours": 1}}), "all eight"),
        (json.dumps({**GOOD, "accepted": 1}), "true or false"),
        (json.dumps({**GOOD, "ending": "erased"}), "ending"),
        (json.dumps({**GOOD, "days": -1}), "days"),
        (json.dumps({**GOOD, "days": float("inf")}), "days"),
        (json.dumps({**GOOD, "safe": float("nan")}), "safe"),
        (json.dumps({**GOOD, "factors": {**EVEN, "now": 1.5}}), "now"),
    ],
)
def test_a_line_that_is_no_outcome_is_named(row: str, reason: str) -> None:
    with pytest.raises(UnsoundOutcomeError, match=f"line 2: .*{reason}"):
        read_outcomes([json.dumps(GOOD), row])


def test_success_is_the_mean_of_what_is_known() -> None:
    lines = [
        GOOD,
        {**GOOD, "ending": "silent", "talked": True, "felt_heard": 0.5},
        {**GOOD, "accepted": False, "ending": "open"},
    ]
    found = read_outcomes([json.dumps(line) for line in lines])
    assert [one.success for one in found] == [1.0, 0.5, 0.0]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe"])
def test_too_few_or_bad_outcomes_are_refused(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "outcomes.jsonl"
    file.write_bytes(content)
    assert main([str(file)]) == 2
    assert main([str(tmp_path / "none")]) == 2
    assert capsys.readouterr().out == ""
