"""Naloxone at home: asked once, where somebody who loves a person who uses begins to look, and never in danger."""

import json
from datetime import timedelta

import pytest

from buddybot.testing import Person, TestBot
from tests.stories.matching.test_meeting import member_of
from tests.stories.people.test_privacy import erase, export_of

ASKS = {"en": "do you have naloxone at home", "es": "¿tienes naloxona en casa?"}
KEPT, HOW, WHAT = "show the others at home", "Ask at a drug store", "a nose spray or a shot"
GUARDA, COMO, QUE = "muestra a los demás en casa", "Pregunta en una farmacia", "un spray para la nariz"
CRY = "i want to kill myself tonight"


def times(person: Person) -> int:
    return sum(ask in text for text in person.sees() for ask in ASKS.values())


async def searching(bot: TestBot, lane: str = "family", **answers: str) -> Person:
    ann = bot.person("ann", locale=answers.pop("locale", "en"))
    await ann.joins(lane=lane, **answers)
    return ann


@pytest.mark.parametrize(("lane", "asked"), [("family", 1), ("self", 0), ("bereaved", 0)])
async def test_it_is_asked_in_the_family_lane_alone_and_once(bot: TestBot, lane: str, asked: int) -> None:
    ann = await searching(bot, lane)
    assert times(ann) == asked
    for again in ("stop looking", "find a buddy", "/find mentor", "stop looking", "/find"):
        await ann.says(again)
    assert times(ann) == asked


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        *[(text, KEPT) for text in ("yes", "yep we do", "we hav narcan", "1", "i already have it", "sí", "la tenemos")],
        *[(text, HOW) for text in ("no", "No, how?", "nope", "we dont have any", "where can i get some")],
        *[(text, HOW) for text in ("no tenemos", "no, como la consigo", "donde la consigo")],
        *[(text, WHAT) for text in ("What is it?", "whats that", "never heard of it", "waht is it", "idk")],
        *[(text, WHAT) for text in ("no se que es", "para que sirve")],
    ],
)  # fmt: skip
async def test_every_answer_can_be_typed(bot: TestBot, typed: str, said: str) -> None:
    ann = await searching(bot)
    await ann.says(typed)
    assert said in ann.sees()[-1]


async def test_a_doubtful_slip_is_asked_back(bot: TestBot) -> None:
    ann = await searching(bot)
    await ann.says("how do i gett it")
    assert "Did you mean" in ann.sees()[-1]
    await ann.says("yes")
    assert HOW in ann.sees()[-1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("si", GUARDA),
        ("sí, tenemos", GUARDA),
        ("no", COMO),
        ("no tenmos", COMO),
        ("¿qué es?", QUE),
        ("what is it", QUE),
    ],
)
async def test_in_spanish_too(bot: TestBot, typed: str, said: str) -> None:
    ann = await searching(bot, locale="es")
    assert ASKS["es"] in ann.sees()[-1]
    await ann.says(typed)
    assert said in ann.sees()[-1]


async def test_what_it_is_comes_first_and_the_question_again(bot: TestBot) -> None:
    ann = await searching(bot)
    await ann.presses("What is it?")
    assert "Source: CDC" in ann.sees()[-1]
    await ann.says("no")
    assert HOW in ann.sees()[-1]


async def test_it_is_answered_after_another_subject(bot: TestBot) -> None:
    ann = await searching(bot)
    await ann.presses("Breathe with me")
    await ann.says("who sees this")
    await ann.says("/status")
    await ann.says("no how do i get it")
    assert HOW in ann.sees()[-1]
    await ann.says("stop looking")
    assert "I stopped looking" in ann.sees()[-1]


# ── Beside an offer ─────────────────────────────────────────────────────────────────────

FIT = {
    "now_family": "active", "help_wanted": ("listen", "normal"), "local_time": "+00:00",
    "hours": ("evening", "late_night"), "life": ("games", "pets"), "pace": "few", "age_band": "25-34",
}  # fmt: skip


async def test_with_an_offer_at_once_a_bare_no_refuses_nobody(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane="family", **FIT)
    assert any("I found someone" in text for text in ben.sees())
    await ben.says("no")
    assert HOW in ben.sees()[-1]
    await ben.says("yes")
    assert "I'm asking" in ben.sees()[-1]


async def test_below_an_offer_no_how_is_no_refusal(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane="family", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await bot.wait(hours=1, seconds=1)
    assert "I found someone" in ann.sees()[-1]
    await ann.says("no how")
    assert HOW in ann.sees()[-1]
    await ann.says("yes")
    assert "I'm asking" in ann.sees()[-1]


# ── Where a country has a source of its own ─────────────────────────────────────────────


async def test_the_source_of_the_own_country_is_named_with_a_link(bot: TestBot) -> None:
    ann = await searching(bot)
    await ann.presses("No, how?")
    assert "NEXT Distro" in ann.sees()[-1]
    assert any(span.target == "https://nextdistro.org" for span in ann.last().content.spans)


async def test_elsewhere_and_where_nobody_checked_it_lately_no_source_is_named(bot: TestBot) -> None:
    ann = await searching(bot, country="GB")
    await ann.presses("No, how?")
    assert HOW in ann.sees()[-1]
    assert "NEXT" not in ann.sees()[-1]
    ben = bot.person("ben")
    bot.clock.at += timedelta(days=400)
    await ben.joins(lane="family")
    await ben.presses("No, how?")
    assert HOW in ben.sees()[-1]
    assert "NEXT" not in ben.sees()[-1]


# ── What weighs more, and what is kept ──────────────────────────────────────────────────


async def test_a_crisis_goes_first_and_it_is_asked_at_a_later_search(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.sends_token("home.find")
    for question, key in (("age", "yes"), ("consent", "agree"), ("country", "US"), ("lane", "family")):
        await bot.answer(ann, question, (key,))
    await ann.says(CRY)
    await ann.sends_token("home.find")
    await bot.skip_rest(ann)
    assert any("I'm looking" in text for text in ann.sees())
    assert times(ann) == 0
    await bot.wait(days=3)
    await ann.says("/find")
    await ann.sends_token("home.stop")
    await ann.says("/find")
    assert times(ann) == 1


async def test_that_it_was_asked_is_in_the_export_and_goes_with_an_erasure(bot: TestBot) -> None:
    ann = await searching(bot)
    assert (await member_of(bot, ann)).private.naloxone_asked
    assert '"asked_about_naloxone_at_home": true' in json.dumps(await export_of(ann))
    await erase(ann)
    await bot.wait(hours=1)
    await searching(bot)
    assert times(ann) == 2, "who comes back is somebody new"
