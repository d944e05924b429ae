"""The plainest words for each danger are heard, whatever the opinion thinks of them."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.levels import Level
from buddybot.domain.kernel.verdicts import Outcome
from buddybot.rules.decide import Screener


def said(name: str, file: str = "bare.toml") -> list[str]:
    table = tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))
    text: str = table[name]["said"]
    return text.splitlines()


LEVELS = [(Level[name], text) for name in ("L1", "L2", "L3", "L4") for text in said(name)]
LANES = [(name, text) for name in "OAWVC" for text in said(name)]


@cache
def screener() -> Screener:
    return load_screener(content_dir())


def test_there_are_more_than_five_hundred() -> None:
    assert len(LEVELS) + len(LANES) + len(said("elsewhere")) > 500


@pytest.mark.parametrize(("least", "text"), LEVELS)
def test_a_bare_cry_is_heard_at_its_level(least: Level, text: str) -> None:
    reading = screener().screen(text)
    assert reading.is_crisis
    assert reading.level is not None
    assert reading.level >= least
    assert (reading.verdict.outcome, reading.gentle) == (Outcome.DELIVER, None)


@pytest.mark.parametrize(("lane", "text"), LANES)
def test_a_bare_emergency_opens_its_lane(lane: str, text: str) -> None:
    reading = screener().screen(text)
    assert reading.is_crisis
    assert lane in reading.lanes


@pytest.mark.parametrize("text", said("elsewhere"))
def test_the_plainest_wish_is_heard_in_other_languages(text: str) -> None:
    reading = screener().screen(text)
    assert reading.is_crisis
    assert reading.level is not None
    assert reading.level >= Level.L1


@pytest.mark.parametrize("text", said("quiet", "calm.toml"))
def test_what_only_sounds_like_danger_brings_no_card(text: str) -> None:
    reading = screener().screen(text)
    assert (reading.is_crisis, reading.lanes) == (False, frozenset())


@pytest.mark.parametrize("text", [*said("quiet", "calm.toml"), *said("told", "calm.toml")])
def test_no_phrase_hears_danger_in_idioms_the_past_or_the_words_of_others(text: str) -> None:
    hearing = screener().read(text).hearing
    assert [phrase.name for phrase in hearing.phrases if phrase.is_cry] == []
