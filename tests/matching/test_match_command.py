"""`buddybot match` as an operator sees it."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from buddybot.domain.matching.candidate import Candidate
from buddybot.tools.match import main, progress_bar
from buddybot.tools.matching.synthetic import invent
from buddybot.tools.matching.weights_file import read_weights

WEIGHTS = read_weights()


def written(one: Candidate) -> str:
    said: dict[str, object] = {}
    for key in Candidate.__dataclass_fields__:
        value: object = getattr(one, key)
        match value:
            case frozenset():
                said[key] = sorted(value)
            case datetime():
                said[key] = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            case int() if key == "utc_offset":
                said[key] = f"{'-' if value < 0 else '+'}{abs(value) // 60:02}:{abs(value) % 60:02}"
            case _:
                said[key] = value
    return json.dumps(said)


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    file = tmp_path / "pool.jsonl"
    people = invent(120, np.random.default_rng(4), WEIGHTS)
    file.write_text("\n".join(written(one) for one in people), encoding="utf-8")
    return file


def test_pairs_go_to_stdout_and_the_summary_ends_stderr(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(pool), "--seed", "3", "--k", "12", "--time-limit", "30"]) == 0
    out, err = capsys.readouterr()
    pairs = [json.loads(line) for line in out.splitlines()]
    summary = json.loads(err.splitlines()[-1])
    assert list(summary) == ["members", "matched", "total", "bound", "ratio", "seconds", "peak_mb"]
    assert summary["members"] == 120
    assert summary["matched"] == len({name for pair in pairs for name in (pair["a"], pair["b"])})
    assert 0.98 < summary["ratio"] <= 1
    assert all(list(pair) == ["a", "b", "score", "reasons"] and len(pair["reasons"]) <= 3 for pair in pairs)
    assert '"score": 0.' in out
    assert main([str(pool), "--seed", "3", "--k", "12", "--time-limit", "30"]) == 0
    assert capsys.readouterr().out == out


def test_a_bad_line_stops_everything_unless_skipped(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pool.open("a", encoding="utf-8") as file:
        file.write("\n{broken secret-id}\n")
    assert main([str(pool)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "line 121: not JSON\n"
    assert main([str(pool), "--skip-bad"]) == 0
    out, err = capsys.readouterr()
    assert out
    assert err.startswith("line 121: not JSON\n")


def test_an_empty_pool_is_a_summary_of_zeros(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").write_bytes(b"\xef\xbb\xbf\r\n\r\n")
    assert main([str(tmp_path / "empty")]) == 0
    out, err = capsys.readouterr()
    summary = json.loads(err)
    assert out == ""
    assert (summary["members"], summary["matched"], summary["total"], summary["bound"]) == (0, 0, 0, 0)
    assert summary["ratio"] == 1


def test_a_missing_file_is_a_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.endswith("nowhere: No such file or directory\n")


def test_explain_says_factor_by_factor_how_two_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two"
    file.write_text('{"id": "a", "lane": "self", "pace": "few"}\n{"id": "b", "lane": "family", "pace": "few"}\n')
    assert main([str(file), "--explain", "a", "b", "--now", "2026-11-20T18:00:00Z"]) == 0
    out = capsys.readouterr().out
    assert "pace         0.12 x 1.0000000 = 0.1200000" in out
    assert "hours        0.20 x unknown   = 0.1000000" in out
    assert "limits       lane" in out
    assert "floor        0.60 not reached" in out
    assert out.endswith("fit          no\n")
    assert main([str(file), "--explain", "a", "zzz"]) == 2
    assert capsys.readouterr().err == "--explain: no such id in the pool\n"


def test_explain_names_what_two_who_fit_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two"
    same = '"lane": "self", "now": "thinking", "pace": "few", "help_wanted": ["listen"]'
    file.write_text(f'{{"id": "a", {same}}}\n{{"id": "b", {same}}}\n')
    assert main([str(file), "--explain", "a", "b"]) == 0
    out = capsys.readouterr().out
    assert "limits       none broken" in out
    assert "reasons      help_wanted, similar_place, pace" in out
    assert out.endswith("fit          yes\n")


@pytest.mark.parametrize(
    "options", [["--k", "0"], ["--seed", "-1"], ["--time-limit", "nan"], ["--time-limit", "x"], ["--now", "today"]]
)
def test_an_option_that_makes_no_sense_is_refused(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["-", *options])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_unsound_weights_are_named(pool: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.toml").write_text("version = 3\n")
    assert main([str(pool), "--weights", str(tmp_path / "bad.toml")]) == 2
    assert "bad.toml: " in capsys.readouterr().err


def test_the_domain_starts_without_the_heavy_libraries() -> None:
    import subprocess  # a fresh interpreter is the point of this test
    import sys  # likewise

    imports = "import sys, buddybot.tools.match, buddybot.domain.matching.pairing"
    code = f"{imports}; print({{'numpy', 'scipy'}} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # our own code
    assert ran.stdout == "set()\n"


def test_a_bar_shows_the_stage() -> None:
    drawn = io.StringIO()
    with progress_bar(drawn, drawn=True) as progress:
        progress("pairing", 0.5)
    assert "pairing" in drawn.getvalue()


def test_how_each_group_fared_is_said_on_request(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(pool), "--fairness"]) == 0
    *groups, summary = capsys.readouterr().err.splitlines()
    assert any(line.startswith("lane self") for line in groups)
    assert json.loads(summary)["ratio"] > 0
