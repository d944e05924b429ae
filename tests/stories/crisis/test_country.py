"""Before the country is known: numbers of several parts of the world, the likeliest first; then its own."""

import pytest

from buddybot.testing import Person, TestBot

CRIES = ("my bf is blue he wont wake up", "i took all my pills", "i want to die and i have a plan", "help me")


def labels(person: Person) -> list[str]:
    return [one.label for one in person.last().content.choices]


def dialled(person: Person) -> list[str]:
    return [one.target for one in person.last().content.spans if one.target.startswith("tel:")]


@pytest.mark.parametrize("text", CRIES)
async def test_a_stranger_can_dial_in_every_part_of_the_world(bot: TestBot, text: str) -> None:
    ann = bot.person("ann")
    await ann.says(text)
    assert dialled(ann) == ["tel:911", "tel:999", "tel:112"]
    assert "911 (US, Canada), 999 (UK) or 112" in ann.sees()[-1]
    assert "What country are you in?" in ann.sees()[-1]
    assert "is a guess" not in ann.sees()[-1]
    assert "My country" in labels(ann)


@pytest.mark.parametrize(
    ("locale", "first", "words"),
    [
        ("en-US", "tel:911", "911 (US, Canada), 999 (UK) or 112"),
        ("en-GB", "tel:999", "999 (UK), 911 (US, Canada) or 112"),
        ("en-IE", "tel:112", "112, 911 (US, Canada) or 999 (UK)"),
        ("en-AU", "tel:000", "000, 911 (US, Canada) or 112"),
        ("es-MX", "tel:911", "911 (EE. UU., México)"),
        ("es-ES", "tel:112", "112 (España), 911"),
    ],
)
async def test_the_region_of_their_app_comes_first_and_is_called_a_guess(
    bot: TestBot, locale: str, first: str, words: str
) -> None:
    ann = bot.person("ann", locale=locale)
    await ann.says("mi amigo no respira" if locale.startswith("es") else "my friend wont wake up and is blue")
    assert dialled(ann)[0] == first
    assert words in ann.sees()[-1]
    assert "is a guess" in ann.sees()[-1] or "una suposición" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("locale", "cry", "words"),
    [
        ("en-US", "i want to die", "call or text 988 (in the US; elsewhere go to findahelpline.com)"),
        ("en-AU", "i want to die", "(in Australia; elsewhere go to findahelpline.com)"),
        ("es-ES", "me quiero morir", "(en España; en otro lugar, entra en findahelpline.com)"),
    ],
)
async def test_a_crisis_line_is_guessed_by_the_region_and_says_where_it_is_right(
    bot: TestBot, locale: str, cry: str, words: str
) -> None:
    ann = bot.person("ann", locale=locale)
    await ann.says(cry)
    assert words in ann.sees()[-1]
    targets = [one.target for one in ann.last().content.spans if one.target]
    assert targets[0].startswith("tel:")
    assert targets[-1].startswith("https://findahelpline.com")


async def test_without_a_region_no_line_is_guessed(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("i want to die")
    assert "go to findahelpline.com." in ann.sees()[-1]
    assert "988" not in ann.sees()[-1]


@pytest.mark.parametrize("text", CRIES)
@pytest.mark.parametrize(
    ("said", "number"), [("uk", "tel:999"), ("im in the us", "tel:911"), ("USA", "tel:911"), ("australia", "tel:000")]
)
async def test_a_country_that_is_typed_brings_the_card_again_with_its_numbers(
    bot: TestBot, text: str, said: str, number: str
) -> None:
    ann = bot.person("ann")
    await ann.says(text)
    await ann.says(said)
    assert number in dialled(ann)
    assert ann.last().content.voice.value == "crisis"
    assert "What country" not in ann.sees()[-1]
    assert "My country" not in labels(ann)


async def test_a_country_can_be_tapped(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("my bf is blue he wont wake up")
    await ann.presses("My country")
    await ann.presses("United Kingdom")
    assert "CALL 999 NOW" in ann.sees()[-1].replace("*", "")
    await ann.presses("Done, next")
    assert "999" in ann.sees()[-1]


async def test_another_country_is_asked_for_and_never_guessed(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("i took all my pills")
    await ann.presses("My country")
    await ann.presses("Another country")
    assert "Type the name" in ann.sees()[-1]
    await ann.says("sweden")
    assert "local emergency number" in ann.sees()[-1]


@pytest.mark.parametrize("text", ["shes with us", "come get us", "he hates us", "they left us here", "none of us"])
async def test_us_in_a_sentence_is_no_country(bot: TestBot, text: str) -> None:
    ann = bot.person("ann")
    await ann.says("i want to die")
    await ann.says(text)
    await ann.says("i have a plan and its tonight")
    assert "tel:999" in dialled(ann)


async def test_a_country_is_no_news_where_nobody_asked(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.says("uk")
    assert ann.last().content.voice.value == "bot"


async def test_a_buddy_reads_the_numbers_for_the_other_and_is_not_asked_where_they_are(bot: TestBot) -> None:
    ann, ben = bot.person("ann", locale="en-GB"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(
            lane="self", country="skip", now="thinking", help_wanted=("listen",), hours="evening", pace="few"
        )
    await bot.wait(hours=1, seconds=1)
    for one in (ann, ben):
        await one.presses("Say hello")
    await ann.says("i took all my pills")
    assert "999 (UK), 911" in ann.sees()[-1]
    assert any("Ask them to call 999 (UK), 911" in text for text in ben.sees())
    assert not any("is a guess" in text or "What country are you in? Type" in text for text in ben.sees())
    assert "My country" not in labels(ben)


@pytest.mark.parametrize(
    ("locale", "cry", "place", "number"),
    [
        ("en", "my bf is blue he wont wake up", "im in leeds", "999"),
        ("en", "my bf is blue he wont wake up", "leeds", "999"),
        ("en", "i took all my pills", "we're in chicago", "911"),
        ("es", "mi carnal no reaciona", "estamos en tijuana", "911"),
        ("es", "me tome todas las pastillas", "toy en bilbao", "112"),
    ],
)
async def test_a_place_is_as_good_as_a_country(bot: TestBot, locale: str, cry: str, place: str, number: str) -> None:
    ann = bot.person("ann", locale=locale)
    await ann.says(cry)
    await ann.says(place)
    assert dialled(ann) == [f"tel:{number}"]
    assert "My country" not in labels(ann)


async def test_a_place_within_the_cry_itself_chooses_the_number(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hes not breathing were in leeds")
    assert dialled(ann) == ["tel:999"]


@pytest.mark.parametrize("text", ["se metio chiva", "hes with us", "he did a lot of china white", "me fui a la cocina"])
async def test_first_aid_gives_way_to_no_country_that_nobody_named(bot: TestBot, text: str) -> None:
    ann = bot.person("ann", locale="es" if text.startswith(("se", "me")) else "en")
    await ann.says("mi hermano no respira" if ann.locale == "es" else "my brother is not breathing")
    await ann.says(text)
    assert not any("numbers of that country" in one or "números de ese país" in one for one in ann.sees())
