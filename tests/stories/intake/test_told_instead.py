"""A bad moment told in place of an answer: a kind line and the way to help first, then the same question again."""

import pytest

from buddybot.testing import Person, TestBot

KIND = {"en": "That sounds hard. Thank you for telling me.", "es": "Suena duro. Gracias por contármelo."}
HELP = {"en": "I need help right now", "es": "Necesito ayuda ya"}
ANSWERS = {
    "age": "yes",
    "consent": "agree",
    "country": "US",
    "lane": "self",
    "now": "thinking",
    "help_wanted": "listen",
}
ASKED = {
    "age": ("Are you 18", "¿Tienes 18"),
    "consent": ("okay with you?", "¿Te parece bien"),
    "country": ("What country", "¿En qué país"),
    "lane": ("What brings you here", "¿Qué te trae aquí"),
    "now": ("Where are you with opioids", "¿Cómo estás ahora"),
    "help_wanted": ("What would help most", "¿Qué te ayudaría más"),
    "not_ok": ("NOT want", "NO quieres"),
}


async def at(bot: TestBot, question: str, locale: str = "en", name: str = "ann") -> Person:
    """Let somebody come as far as a question."""
    person = bot.person(name, locale=locale)
    await person.opens()
    await person.says("find a buddy" if locale == "en" else "buscar a alguien")
    for key, value in ANSWERS.items():
        if key == question:
            break
        await bot.answer(person, key, (value,))
    return person


def labels(person: Person) -> list[str]:
    content = person.last().content
    return [choice.label for choice in (*content.choices, *content.extra)]


@pytest.mark.parametrize("question", list(ASKED))
@pytest.mark.parametrize(("locale", "typed"), [("en", "its a bad nite"), ("es", "es una mala noxe")])
async def test_at_every_question_it_is_heard_first(bot: TestBot, question: str, locale: str, typed: str) -> None:
    ann = await at(bot, question, locale)
    await ann.says(typed)
    said, _, asked = ann.sees()[-1].partition("\n")
    assert said.startswith(KIND[locale])
    assert any(words in asked for words in ASKED[question])
    assert ann.sees()[-1].count("?") == 1
    assert HELP[locale] in labels(ann)


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("en", "its a bad night"),
        ("en", "im so sad rn"),
        ("en", "i cant sleep"),
        ("en", "bad day :("),
        ("en", "everthing hurts"),
        ("es", "me siento mal"),
        ("es", "me siento fatal"),
        ("es", "no puedo dormir"),
        ("es", "me da miedo"),
        ("es", "todo me duelee"),
    ],
)
async def test_it_is_no_answer_to_what_brings_them(bot: TestBot, locale: str, typed: str) -> None:
    ann = await at(bot, "lane", locale)
    await ann.says(typed)
    assert ann.sees()[-1].startswith(KIND[locale])
    assert any(words in ann.sees()[-1] for words in ASKED["lane"])


async def test_help_is_one_tap_away_and_the_questions_wait(bot: TestBot) -> None:
    ann = await at(bot, "lane")
    await ann.says("its a bad nite")
    await ann.presses("I need help right now")
    assert "988" in ann.sees()[-1]
    await ann.says("my own use")
    assert "Where are you with opioids" in ann.sees()[-1]


async def test_told_again_it_gets_other_words(bot: TestBot) -> None:
    ann = await at(bot, "lane")
    await ann.says("its a bad nite")
    await ann.says("im so tired")
    assert ann.sees()[-1].startswith("I hear you. A person may help more")
    assert "What brings you here" in ann.sees()[-1]
    await ann.says("me")
    assert "Where are you with opioids" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("its a bad nite i want to die", "988"),
        ("im high rn", "Is someone with you?"),
        ("i used last night", "not in trouble here"),
        ("how much can i take", "can't tell you amounts"),
    ],
)
async def test_danger_and_soft_questions_come_before_it(bot: TestBot, typed: str, then: str) -> None:
    ann = await at(bot, "now")
    await ann.says(typed)
    assert then in ann.sees()[-1]
    assert KIND["en"] not in ann.sees()[-1]


@pytest.mark.parametrize(
    ("question", "typed", "then"),
    [
        ("lane", "my brother died and its hard", "About how long ago"),
        ("lane", "its me, im struggling", "Where are you with opioids"),
        ("help_wanted", "help with cravings", "NOT want"),
        ("help_wanted", "someone to talk to", "NOT want"),
    ],
)
async def test_an_answer_that_is_one_stays_one(bot: TestBot, question: str, typed: str, then: str) -> None:
    ann = await at(bot, question)
    await ann.says(typed)
    assert then in ann.sees()[-1]


async def test_nobody_is_named_after_their_bad_night(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.sends_token("answers.nickname")
    await ann.says("im so sad tonight")
    assert ann.sees()[-1].startswith(KIND["en"])
    assert "What should I call you" in ann.sees()[-1]
    await ann.says("Quiet Harbor")
    assert "Nickname: Quiet Harbor" in "\n".join(ann.sees()[-2:])
