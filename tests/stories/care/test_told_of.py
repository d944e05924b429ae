"""Words that were asked for may tell of loss and of slips that are over: no name, no story and no answer is refused."""

import pytest

from buddybot.testing import TestBot
from tests.stories.questions.openings import at_home, mentor_answering


async def test_an_answer_may_tell_of_what_was_and_a_cry_is_none(bot: TestBot) -> None:
    mia = await mentor_answering(bot)
    await mia.says("i lost my brother, and i used again last winter. i want to be there for others")
    assert mia.sees()[-1].startswith("Thank you. The lead can read it")


async def test_a_cry_in_place_of_an_answer_is_heard_as_one(bot: TestBot) -> None:
    mia = await mentor_answering(bot)
    await mia.says("i want to die")
    assert any("did not pass that on as an answer" in text for text in mia.sees()[-3:])
    assert any("988" in text for text in mia.sees()[-3:])


@pytest.mark.parametrize("way", ["/milestones ", ""])
@pytest.mark.parametrize("name", ["days since i used again", "since my brother died", "días desde que recaí"])
async def test_a_name_may_speak_of_what_was(bot: TestBot, name: str, way: str) -> None:
    ann = await at_home(bot)
    await ann.uses("milestones", name="new")
    await ann.presses("In my own words")
    await ann.says(f"{way}{name}")
    assert "From which day on?" in ann.sees()[-1], "and nothing is asked beside it"
    await ann.says("10 days ago")
    assert ann.sees()[-1] == f"{name}: 10 days in all"


@pytest.mark.parametrize(
    ("locale", "word"),
    [("en", "the day my brother died"), ("en", "we lost mom"), ("es", "el día que murió mi hermano")],
)
async def test_the_word_for_a_day_may_speak_of_the_loss(bot: TestBot, locale: str, word: str) -> None:
    luz = bot.person("luz", locale=locale)
    await luz.joins(lane="bereaved")
    await luz.says("/remember june 3")
    before = len(luz.sees())
    await luz.says(word)
    assert "9:00" in str(luz.last().content.choices), "it goes on to the hour"
    assert len(luz.sees()) == before + 1, "and nothing is asked beside it"
    await luz.presses(luz.last().content.choices[0].label)
    assert any(word in text for text in luz.sees()[-2:])
