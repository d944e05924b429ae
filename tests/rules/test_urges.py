"""Urges to use: distress, asked about softly; the same words beside danger, or alone, are what they were before."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.domain.kernel.levels import Level, SideLane
from buddybot.rules.decide import Screener

SAID = {
    kind: table["said"].splitlines()
    for kind, table in tomllib.loads(Path(__file__).with_name("urges.toml").read_text("utf-8")).items()
}


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@pytest.mark.parametrize("text", SAID["urge"])
def test_an_urge_is_distress(text: str) -> None:
    reading = screener().screen(text)
    assert (reading.level, reading.lanes) == (Level.L0, frozenset())
    assert not reading.is_crisis


@pytest.mark.parametrize("text", SAID["resolve"])
def test_what_somebody_means_not_to_do_shows_no_danger(text: str) -> None:
    assert not screener().screen(text).shows_danger


@pytest.mark.parametrize("text", SAID["danger"])
def test_danger_beside_an_urge_is_heard(text: str) -> None:
    level = screener().screen(text).level
    assert level is not None
    assert level >= Level.L1


@pytest.mark.parametrize("text", SAID["alone"])
def test_an_urge_alone_is_the_lane_of_using_alone(text: str) -> None:
    assert SideLane.ALONE in screener().screen(text).lanes


@pytest.mark.parametrize("urge", SAID["urge"])
@pytest.mark.parametrize("cry", ["i want to die", "i took all my pills", "i wish i wouldnt wake up"])
def test_no_urge_lowers_the_cry_it_stands_beside(urge: str, cry: str) -> None:
    alone = screener().screen(cry).level
    assert alone is not None
    for text in (f"{urge}. {cry}", f"{cry}, {urge}", f"{urge} and {cry}"):
        level = screener().screen(text).level
        assert level is not None
        assert level >= alone
