"""Answers that come late, or after another subject: nothing is undone by accident, and nothing secret is passed on."""

import pytest

from buddybot.testing import Person, TestBot
from tests.stories.questions import openings
from tests.stories.questions.listening import heard

LATE = ((0, "ok"), (0, "vale"), (20, "yes"), (20, "ok thanks"), (20, "just leave"))
FOR_THE_BOT = (
    "saty", "sty", "1", "the first one", "pause me", "block him", "dejlo asi porfa", "how do i stop this",
)  # fmt: skip


async def of_pair(bot: TestBot, *commands: str) -> tuple[Person, Person]:
    ann, ben = await bot.pair("ann", "ben")
    for command in commands:
        await ann.uses(command)
    return ann, ben


@pytest.mark.parametrize("text", ["hey good morning, how did it go?", "yes", "stay strong"])
async def test_what_is_said_a_day_after_last_words_were_asked_for_ends_nothing(bot: TestBot, text: str) -> None:
    ann = await openings.last_words(bot)
    await bot.wait(hours=20)
    await ann.says(text)
    ben = bot.person("ben")
    assert heard(ben) == [text]
    assert any("no longer wait for your last words" in one for one in ann.sees()[-3:])
    await ben.says("i am here")
    assert heard(ann) == ["i am here"]


@pytest.mark.parametrize("text", FOR_THE_BOT)
async def test_what_may_be_meant_for_the_bot_becomes_nobodys_last_words(bot: TestBot, text: str) -> None:
    ann = await openings.last_words(bot)
    await ann.says(text)
    assert heard(bot.person("ben")) == []
    await ann.presses("Stay") if ann.last().content.choices else None
    await ann.says("i am still here")
    assert heard(bot.person("ben")) == ["i am still here"]


@pytest.mark.parametrize(("minutes", "text"), LATE)
async def test_a_nod_or_a_late_word_leaves_no_buddy_before_it_was_asked_back(
    bot: TestBot, minutes: int, text: str
) -> None:
    ann, ben = await of_pair(bot, "goodbye")
    if minutes:
        await bot.wait(minutes=minutes)
    await ann.says(text)
    assert ann.sees()[-1].startswith("Did you mean")
    await ann.says("no")
    await ann.says("cancel")
    await ann.says("good to have you")
    assert heard(ben)[-1] == "good to have you"


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("report", "Sexual"), ("report", "seuxal"), ("report", "I'm worried about them"), ("report", "trato cruel"),
        ("block", "Yes, block"), ("block", "yes blok"), ("block", "sí, bloquear"), ("forget", "Get my copy first"),
    ],
)  # fmt: skip
async def test_the_answer_to_what_was_serious_reaches_nobody_however_late_it_comes(
    bot: TestBot, command: str, text: str
) -> None:
    ann, ben = await of_pair(bot, command)
    await bot.wait(hours=5)
    await ann.says(text)
    assert ann.sees()[-1].startswith("Did you mean")
    assert heard(ben) == []


@pytest.mark.parametrize("text", ["yes", "ok", "no", "i had a bad day", "he was late again"])
async def test_after_an_hour_everything_else_is_talk_again(bot: TestBot, text: str) -> None:
    ann, ben = await of_pair(bot, "block")
    await bot.wait(minutes=61)
    await ann.says(text)
    assert heard(ben) == [text]


@pytest.mark.parametrize("text", ["Just leave", "just laeve", "say a few words", "a kind standard note"])
async def test_a_way_to_leave_is_not_passed_on_after_a_look_at_something_else(bot: TestBot, text: str) -> None:
    ann, ben = await of_pair(bot, "goodbye", "help")
    await ann.says(text)
    assert heard(ben) == []


@pytest.mark.parametrize("text", ["ok then cancel pls", "yeah, cancel", "ok but he scares me", "fine whatever he said"])
async def test_nothing_that_only_begins_with_a_yes_blocks(bot: TestBot, text: str) -> None:
    ann, ben = await of_pair(bot, "block")
    await ann.says(text)
    assert not any("won't be paired again" in one for one in ann.sees())
    assert heard(ben) == []


@pytest.mark.parametrize("text", ["idk", "no sé", "nothing", "nada"])
async def test_who_does_not_know_what_a_report_is_about_is_asked(bot: TestBot, text: str) -> None:
    ann, ben = await of_pair(bot, "report")
    await ann.says(text)
    assert ann.sees()[-1] == "Which one did you mean?"
    await ann.presses("Cancel")
    assert ann.sees()[-1] == "Okay. I sent nothing."
    assert heard(ben) == []


async def test_a_no_to_a_doubt_is_never_a_yes_to_what_it_is_about(bot: TestBot) -> None:
    ann, ben = await of_pair(bot, "block")
    await ann.says("blok him")
    await ann.says("yeah no something else")
    assert not any("won't be paired again" in one for one in ann.sees())
    assert heard(ben) == []
