"""Care in the three lanes: who loves or lost somebody is asked nothing of own use, and hears slower words."""

import pytest

from buddybot.testing import Person, TestBot


async def pair_in(bot: TestBot, lane: str) -> tuple[Person, Person]:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane=lane, help_wanted=("listen", "normal"), hours="evening", pace="few")
    await bot.wait(hours=1, seconds=1)
    for one in (ann, ben):
        await one.presses("Say hello")
    return ann, ben


async def in_lane(bot: TestBot, lane: str) -> Person:
    ann = bot.person("ann")
    await ann.joins(lane=lane)
    await ann.sends_token("home.stop")
    return ann


@pytest.mark.parametrize(
    ("lane", "asked", "then"),
    [
        ("self", "How's today?", "Any craving today?"),
        ("family", "How's today?", "Do you feel safe right now?"),
        ("bereaved", "No need to answer. How is it today?", "Do you feel safe right now?"),
    ],
)
async def test_a_check_in_asks_of_craving_in_one_lane_alone(bot: TestBot, lane: str, asked: str, then: str) -> None:
    ann = await in_lane(bot, lane)
    await ann.says("/checkin daily 18:00")
    await bot.wait(days=1)
    assert asked in ann.sees()[-1]
    await ann.says("okay")
    assert then in ann.sees()[-1]


@pytest.mark.parametrize(
    ("lane", "choice", "typed"),
    [
        ("self", "Stories of using", "historias de consumo"),
        ("family", "Stories of drug use", "storys of drug use"),
        ("bereaved", "How they died", "cómo murió"),
    ],
)
async def test_the_deal_leaves_out_what_matters_there(bot: TestBot, lane: str, choice: str, typed: str) -> None:
    ann, _ = await pair_in(bot, lane)
    await ann.uses("deal")
    await ann.presses("Skip")
    await ann.presses("Skip")
    assert choice in [one.label for one in ann.last().content.choices]
    await ann.says(typed)
    assert f"Left out so far: {choice}" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("lane", "kinds"),
    [
        ("self", ["Days without", "Days on my medicine", "Days since I asked for help", "Something I did"]),
        ("family", ["Days since I asked for help", "Days I look after me too", "Something I did", "In my own words"]),
    ],
)
async def test_what_can_be_counted_fits_the_lane(bot: TestBot, lane: str, kinds: list[str]) -> None:
    ann = await in_lane(bot, lane)
    await ann.uses("milestones")
    await ann.presses("Count something")
    assert [one.label for one in ann.last().content.choices][:4] == kinds


@pytest.mark.parametrize(
    ("lane", "said"), [("self", "Endings can sting"), ("bereaved", "One more goodbye can weigh a lot")]
)
async def test_a_goodbye_is_heard_in_the_words_of_the_lane(bot: TestBot, lane: str, said: str) -> None:
    ann, ben = await pair_in(bot, lane)
    await ann.uses("goodbye")
    await ann.says("just leave")
    assert said in ben.sees()[-1]
    assert "has moved on" in ben.sees()[-1]


async def test_a_silence_weighs_more_for_who_lost_somebody(bot: TestBot) -> None:
    ann, ben = await pair_in(bot, "bereaved")
    await ann.says("hello, how was your week")
    await bot.wait(days=6)
    assert any("After a loss, quiet can feel heavy" in text for text in ann.sees())
    await ann.says("find someone new, keep the door open")
    await ben.says("hi")
    assert not any("Nothing is lost" in text for text in (*ann.sees(), *ben.sees()))
