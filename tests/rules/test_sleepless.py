"""A night awake, misspelt: no emergency, for nothing of it is weighed; danger beside it is heard."""

from functools import cache

import pytest

from buddybot.content import content_dir
from buddybot.content.screening import load_screener
from buddybot.rules.decide import Screener

AWAKE = ("i cant slep", "cnt slp", "i cant sleep at all", "i just cant fall aslep", "cant get to sleep tonight")


@cache
def screener() -> Screener:
    return load_screener(content_dir())


@pytest.mark.parametrize("text", AWAKE)
def test_of_a_night_awake_nothing_is_left_to_weigh(text: str) -> None:
    read = screener().read(text)
    assert not "".join(read.parts).strip()
    assert not screener().decide(read).shows_danger


@pytest.mark.parametrize("text", AWAKE)
@pytest.mark.parametrize("cry", ["i want to die", "i took all my pills", "i wish i wouldnt wake up"])
def test_a_cry_beside_it_keeps_its_level(text: str, cry: str) -> None:
    alone = screener().screen(cry).level
    assert alone is not None
    for said in (f"{text}. {cry}", f"{cry}. {text}", f"{text} {cry}"):
        level = screener().screen(said).level
        assert level is not None
        assert level >= alone
