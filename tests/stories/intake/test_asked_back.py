"""In the middle of the questions people ask back: how many are left, what the question was, who reads along."""

import pytest

from buddybot.testing import TestBot
from tests.stories.intake.test_intake import begun, keys_of
from tests.stories.intake.test_told_instead import at
from tests.stories.questions.asked import Opening
from tests.stories.questions.listening import heard
from tests.stories.questions.openings import appeal, forget, menu, own_rhythm, own_rhythm_again, report

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


WHY, WHY_ES = "Some people want someone in the same spot", "Hay quien busca a alguien en su misma"
AGAIN_ES, STEP_BACK, STEP_BACK_ES = "Aquí está otra vez.", "one step back", "un paso atrás"
WHO, WHO_ES = "Your buddy sees a nickname", "La otra persona ve un apodo"


@pytest.mark.parametrize(
    ("locale", "text", "said"),
    [
        ("en", "what does that mean?", AGAIN), ("en", "wdym", AGAIN), ("en", "what are my options", AGAIN),
        ("en", "why do u need to know that", WHY), ("en", "whats that for", WHY), ("en", "do i have to answer", LEFT),
        ("en", "wait i meant my son", STEP_BACK), ("en", "sorry wrong answer", STEP_BACK),
        ("en", "can i change my last answer", STEP_BACK), ("en", "the second one", "Using, thinking about a change"),
        ("en", "option 2", "Using, thinking about a change"), ("en", "nah im good", "Skipped"), ("en", "🤷", "Skipped"),
        ("es", "que significa eso", AGAIN_ES), ("es", "que quieres decir", AGAIN_ES),
        ("es", "para que quieren saber eso", WHY_ES), ("es", "por que me preguntan eso?", WHY_ES),
        ("es", "quien lee lo q escribo", WHO_ES), ("es", "tengo que contestar?", "Quedan 6"),
        ("es", "no, me equivoque", STEP_BACK_ES), ("es", "perdon me equivoque", STEP_BACK_ES),
        ("es", "quise decir q no", STEP_BACK_ES), ("es", "puedo cambiar lo que dije", STEP_BACK_ES),
        ("es", "la segunda", "Consumo y pienso en un cambio"), ("es", "opcion 2", "Consumo y pienso en un cambio"),
        ("es", "la 2", "Consumo y pienso en un cambio"),
    ],
)  # fmt: skip
async def test_questions_corrections_and_places_are_heard_as_they_are_typed(
    bot: TestBot, locale: str, text: str, said: str
) -> None:
    ann = await at(bot, "now", locale)
    await ann.says(text)
    assert said in ann.sees()[-1]


@pytest.mark.parametrize(("locale", "text"), [("en", "👍"), ("en", "👍🏽"), ("en", "yes pls"), ("es", "si porfa")])
async def test_a_yes_in_a_picture_or_with_a_please_opens_the_gate(bot: TestBot, locale: str, text: str) -> None:
    ann = await at(bot, "age", locale)
    await ann.says(text)
    assert {"en": "Here is how it works", "es": "Así funciona"}[locale] in ann.sees()[-1]


@pytest.mark.parametrize("text", ["para que quieren saber eso", "para que lo quieres", "pa que es"])
async def test_what_for_in_spanish_stops_nothing(bot: TestBot, text: str) -> None:
    """ "Para" is "stop" in Spanish, and half of "what for"."""
    ann = await own_rhythm_again(bot)
    await ann.says(text)
    assert "I stopped asking" not in ann.sees()[-1]
