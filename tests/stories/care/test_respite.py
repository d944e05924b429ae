"""While danger or a report weighs on a pair, nobody is asked how often they would like to write, or how it goes."""

import pytest

from buddybot.testing import Person, TestBot

ASKS = ("A small deal", "How is it going")


def asked(person: Person) -> list[str]:
    return [ask for ask in ASKS if any(ask in text for text in person.sees())]


async def cries(ann: Person, _: Person) -> None:
    await ann.says("i dont want to be alive any more")


async def is_reported(ann: Person, ben: Person) -> None:
    await ben.says("you are a mean person and I do not like you")
    await ann.uses("report")
    await ann.presses("Mean")
    await ann.presses("None, just tell them")
    await ann.presses("Keep it")


async def test_in_peace_both_are_asked(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(hours=30)
    assert asked(ann) == asked(ben) == list(ASKS)


@pytest.mark.parametrize("weighs", [cries, is_reported], ids=lambda one: one.__name__)
async def test_while_something_weighs_more_neither_is_asked(bot: TestBot, weighs: type) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await weighs(ann, ben)
    await bot.wait(hours=23)
    assert asked(ann) == asked(ben) == []


async def test_once_the_danger_is_a_day_old_both_are_asked(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await cries(ann, ben)
    await ann.says("im okay now, my sister came")
    await bot.wait(days=3)
    assert "A small deal" in asked(ann)
    assert "A small deal" in asked(ben)
