"""Where somebody may be when they cry for help: every stage, and in the middle of whatever the bot asked."""

from buddybot.testing import Person, TestBot

SELL = "the offer"
"""Words that a scripted screener reads as an offer of drugs."""


async def nowhere(bot: TestBot) -> Person:
    return bot.person("ann")


async def greeted(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.says("hi")
    return ann


async def before_consent(bot: TestBot) -> Person:
    ann = await greeted(bot)
    await ann.presses("Find a buddy")
    return ann


async def mid_intake(bot: TestBot) -> Person:
    ann = await before_consent(bot)
    for question, key in {"age": "yes", "consent": "agree", "country": "US"}.items():
        await bot.answer(ann, question, (key,))
    return ann


async def looking(bot: TestBot) -> Person:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    return ann


async def changing_an_answer(bot: TestBot) -> Person:
    ann = await looking(bot)
    await ann.sends_token("answers.nickname")
    return ann


async def in_a_chat(bot: TestBot) -> Person:
    return (await bot.pair("ann", "ben"))[0]


async def pausing(bot: TestBot) -> Person:
    ann = await in_a_chat(bot)
    await ann.says("/pause 7")
    return ann


async def saying_goodbye(bot: TestBot) -> Person:
    ann = await in_a_chat(bot)
    await ann.says("/goodbye")
    await ann.presses("Say a few words")
    return ann


async def reporting(bot: TestBot) -> Person:
    ann = await in_a_chat(bot)
    await ann.says("/report")
    await ann.presses("Mean")
    return ann


async def setting_quiet_hours(bot: TestBot) -> Person:
    ann = await in_a_chat(bot)
    await ann.says("/quiet")
    return ann


async def in_quiet_hours(bot: TestBot) -> Person:
    ann = await in_a_chat(bot)
    await ann.says("/quiet 0-23")
    return ann


async def held(bot: TestBot) -> Person:
    ann = await in_a_chat(bot)
    await ann.says(SELL)
    return ann


async def under_age(bot: TestBot) -> Person:
    ann = await before_consent(bot)
    await bot.answer(ann, "age", ("no",))
    return ann


async def forgotten(bot: TestBot) -> Person:
    ann = await in_a_chat(bot)
    await ann.says("/forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    return ann


STATES = (
    nowhere,
    greeted,
    before_consent,
    mid_intake,
    under_age,
    looking,
    changing_an_answer,
    in_a_chat,
    pausing,
    saying_goodbye,
    reporting,
    setting_quiet_hours,
    in_quiet_hours,
    held,
    forgotten,
)
