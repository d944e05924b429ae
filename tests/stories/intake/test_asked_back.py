"""In the middle of the questions people ask back: how many are left, what the question was, who reads along."""

import pytest

from buddybot.testing import TestBot
from tests.stories.intake.test_intake import begun, keys_of
from tests.stories.questions.asked import Opening
from tests.stories.questions.listening import heard
from tests.stories.questions.openings import appeal, forget, menu, own_rhythm, report

LEFT, AGAIN = "6 to go with this one", "Here it is once more."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How long?", LEFT), ("how long does this take", LEFT), ("how meny questions", LEFT),
        ("how many more of these", LEFT),
        ("how long is all this gonna take", LEFT), ("how many questions do you have", LEFT), ("cuanto falta?", LEFT),
        ("¿Cuántas preguntas son?", LEFT), ("cuantas pregutas faltan", LEFT), ("cuanto tiempo va a tomar esto", LEFT),
        ("what was the question", AGAIN), ("sorry, what was the quesiton?", AGAIN), ("what did you ask", AGAIN),
        ("say that again", AGAIN), ("can u repeat the question pls", AGAIN), ("reapeat", AGAIN), ("huh?", AGAIN),
        ("¿Cuál era la pregunta?", AGAIN), ("repite", AGAIN), ("no entendi la pregunta", AGAIN),
        ("repite porfavor", AGAIN),
        ("are you a bot", "Yes, I'm a bot."), ("who sees this", "Your buddy sees a nickname"),
        ("es gratis?", "Es gratis."),
    ],
)  # fmt: skip
async def test_who_asks_back_is_answered_and_loses_nothing(bot: TestBot, text: str, said: str) -> None:
    ann = await begun(bot)
    await ann.says("myself")
    before = len(ann.sees())

    await ann.says(text)

    assert said in ann.sees()[before]
    assert "2 of 7." in ann.sees()[-1]
    await ann.says("still using")
    assert await keys_of(bot, ann, "lane") == ("self",)
    assert await keys_of(bot, ann, "now") == ("using",)


async def test_the_long_words_of_consent_are_said_once_more_to_who_asks_for_them(bot: TestBot) -> None:
    ann = bot.person("ann")
    for text in ("hi", "find a buddy", "how long is this"):
        await ann.says(text)
    assert "These first ones are short." in ann.sees()[-1]
    await ann.says("yes")

    await ann.says("what did you say?")

    assert "Here it is once more.\nHere is how it works" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["what was the question", "sorry what did you ask?", "cual era la pregunta"])
@pytest.mark.parametrize("opening", [report, appeal, menu, own_rhythm])
async def test_any_other_open_question_is_said_once_more(bot: TestBot, opening: Opening, text: str) -> None:
    ann = await opening(bot)
    before = ann.last().content

    await ann.says(text)

    asked = ann.last().content
    assert asked.text == before.text
    assert [(one.token, one.label) for one in asked.choices] == [(one.token, one.label) for one in before.choices]


async def test_a_question_that_names_something_is_asked_once_more_in_other_words(bot: TestBot) -> None:
    ann = await forget(bot)
    await ann.says("what was the quesiton")
    assert "should I erase you, give you a copy, or pause?" in ann.sees()[-1]
    await ann.says("no")
    assert "Nothing was erased" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["what did you say?", "say that again", "repite"])
async def test_said_to_a_buddy_it_goes_on(bot: TestBot, text: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(days=3, minutes=1)  # a check-in is open
    await ann.says(text)
    assert heard(ben)[-1] == text
