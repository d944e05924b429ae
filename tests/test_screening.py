import io
import json
from pathlib import Path

import pytest

from buddybot.content import ContentError, content_dir
from buddybot.rules.lexicon import Lexicon
from buddybot.screening import load_opinion, load_screener, screen_lines


def test_a_bad_line_is_answered_and_the_run_goes_on() -> None:
    out = io.StringIO()
    assert screen_lines(load_screener(content_dir()), ["5", "{", '"hello"', '"\\ud800"'], out, explain=False) == 2
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answer.get("verdict") for answer in answers] == [None, None, "deliver", "deliver"]
    assert "not a JSON string" in answers[0]["error"]


def test_an_explanation_is_a_line_for_people() -> None:
    out = io.StringIO()
    screen_lines(load_screener(content_dir()), ['"call me on 212-456-7890"', '"hi"'], out, explain=True)
    first, second = out.getvalue().splitlines()
    assert first.startswith("nudge")
    assert "212-456-7890" in first
    assert second.startswith("deliver")


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="train"):
        load_opinion(tmp_path / "opinion.npz", Lexicon({}))
