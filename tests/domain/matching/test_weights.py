"""What an operator may break in data/matching.toml, and what they are told."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from buddybot.content import ContentError, content_dir, read_text, read_toml
from buddybot.content.tables.matching import UnsoundWeightsError, parse_weights
from buddybot.domain.matching.weights import FACTORS
from buddybot.tools.matching.weights_file import read_weights

TABLE = read_toml(content_dir() / "matching.toml")


def changed(path: str, value: object) -> Mapping[str, object]:
    head, _, rest = path.partition(".")
    inner = TABLE[head]
    if not rest:
        return {**TABLE, head: value}
    assert isinstance(inner, Mapping)
    return {**TABLE, head: {**inner, rest: value}}


def test_the_shipped_weights_are_sound() -> None:
    weights = parse_weights(TABLE)
    assert tuple(weights.factors) == FACTORS
    assert weights.choices.most["help_wanted"] == 3
    assert weights.now["cutting", "thinking"] == weights.now["thinking", "cutting"] == 0.9


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("version", 3, "version = 3: make it a text"),
        ("factors", [], r"factors = \[\]: make it a table"),
        ("factors.hours", 0.3, "make them add up to 1"),
        ("factors.hours", -0.2, "factors.hours = -0.2: make it a number, 0 or more"),
        ("factors.hours", float("nan"), "factors.hours = nan"),
        ("factors.hours", "much", "factors.hours = 'much'"),
        ("factors.hours", True, "factors.hours = True"),
        ("now.matrix", [[1.0]], "make it square and symmetric"),
        ("now.matrix", [[0.5 + i / 10 for i in range(7)]] * 7, "make it square and symmetric"),
        ("now.matrix", [["a"]], "make it a number, 0 or more"),
        ("help.pairs", [["listen", 1.0]], r"write each as \[wish, wish, value\]"),
        ("pace.line", "many", "pace.line = 'many': make it a list"),
        ("pace.line", [1], "make it a list of texts"),
        ("hours.morning", [24], "make it a list of hours, 0 to 23"),
        ("hours.morning", [True], "make it a list of hours, 0 to 23"),
        ("hours.shared_at_least", -1, "make it a whole number, 0 or more"),
        ("hours.shared_at_least", 1.5, "make it a whole number, 0 or more"),
        ("hours.shared_at_least", True, "make it a whole number, 0 or more"),
        ("waiting.floors", [[12]], r"write each as \[hours, score\]"),
    ],
)
def test_an_unsound_entry_is_named_with_its_fix(path: str, value: object, message: str) -> None:
    with pytest.raises(UnsoundWeightsError, match=message):
        parse_weights(changed(path, value))


def test_a_missing_entry_is_named() -> None:
    with pytest.raises(UnsoundWeightsError, match="version = None: add it"):
        parse_weights({key: value for key, value in TABLE.items() if key != "version"})


def test_a_broken_file_is_named_for_the_operator(tmp_path: Path) -> None:
    text = read_text(content_dir() / "matching.toml")
    broken = tmp_path / "mine.toml"
    broken.write_text(text.replace("hours = 0.20", "hours = 0.90"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"mine\.toml: factors = "):
        read_weights(broken)
