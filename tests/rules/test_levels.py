"""Each level by its examples, in several languages: heard at its level, or at the next, which asks more."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Outcome
from buddybot.rules.decide import Screener

EXAMPLES = {
    Level[name]: table["examples"].splitlines()
    for name, table in tomllib.loads(Path(__file__).with_name("levels.toml").read_text("utf-8")).items()
}
CASES = [(level, text) for level, texts in EXAMPLES.items() for text in texts]


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def test_there_are_enough_of_each() -> None:
    assert set(EXAMPLES) == set(Level)
    assert min(map(len, EXAMPLES.values())) >= 20


@pytest.mark.parametrize(("level", "text"), CASES)
def test_an_example_fires_at_its_level(level: Level, text: str) -> None:
    reading = screener().screen(text)
    assert reading.level is not None
    assert level <= reading.level <= level + 1
    assert reading.is_crisis is (reading.level > Level.L0)
    assert reading.verdict.outcome is Outcome.DELIVER


def test_most_examples_fire_just_there() -> None:
    assert sum(screener().screen(text).level == level for level, text in CASES) >= 0.9 * len(CASES)
