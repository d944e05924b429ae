"""Questions about a buddy, or about what can't be undone: what is typed under them reaches nobody else."""

from collections.abc import Callable, Coroutine

import pytest

from buddybot.domain.moderation.cases import Concern
from buddybot.testing import Person, TestBot
from tests.stories.moderating import cases
from tests.stories.questions.listening import heard

Opening = Callable[[Person], Coroutine[object, object, None]]


async def report(person: Person) -> None:
    await person.uses("report")


async def block(person: Person) -> None:
    await person.uses("block")


async def forget(person: Person) -> None:
    await person.uses("forget")


async def forget_sure(person: Person) -> None:
    await person.uses("forget")
    await person.sends_token("forget.all")


OPENINGS = (report, block, forget, forget_sure)


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening.__name__)
async def test_words_that_fit_nothing_are_not_passed_on_and_it_asks_in_other_words(
    bot: TestBot, opening: Opening
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await opening(ann)
    asked = ann.sees()[-1]
    for _ in range(3):
        await ann.says("wait what is going on here")
    first, second, third = ann.sees()[-3:]
    assert heard(ben) == []
    assert len({asked, first, second}) == 3
    assert second != third
    assert "did not pass that on" in first
    assert 'say "cancel"' in second
    assert ann.last().content.choices


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening.__name__)
async def test_cancel_gets_out_and_the_talk_goes_on(bot: TestBot, opening: Opening) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await opening(ann)
    await ann.says("cancel")
    await ann.says("so how was your day")
    assert heard(ben) == ["so how was your day"]


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening.__name__)
async def test_an_hour_later_nobody_is_kept_from_their_buddy_by_it(bot: TestBot, opening: Opening) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await opening(ann)
    await bot.wait(hours=1, minutes=1)
    await ann.says("so how was your day")
    assert heard(ben) == ["so how was your day"]


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening.__name__)
async def test_a_cry_under_it_is_heard_by_the_bot_and_by_no_buddy(bot: TestBot, opening: Opening) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await opening(ann)
    await ann.says("i want to kill myself")
    assert heard(ben) == []
    assert any("988" in one for one in ann.sees())


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("hes mean to me", Concern.MEAN),
        ("he is realy mean", Concern.MEAN),
        ("me trata mal", Concern.MEAN),
        ("asked me for mony", Concern.MONEY),
        ("7", Concern.MEAN),
        ("amenazas", Concern.THREAT),
    ],
)
async def test_what_a_report_is_about_can_be_typed(bot: TestBot, text: str, concern: Concern) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("report")
    await ann.says(text)
    assert "Should moderators see" in ann.sees()[-1]
    await ann.says("no thanks")
    (case,) = await cases(bot)
    assert case.concern is concern
    assert case.shared == ""
    assert heard(ben) == []


async def test_two_concerns_in_one_sentence_are_asked_back(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("report")
    await ann.says("he is mean and asked me for money")
    assert ann.sees()[-1] == "Which one did you mean?"
    await ann.says("mony")
    assert "Should moderators see" in ann.sees()[-1]
    assert heard(ben) == []


async def test_a_report_can_be_left_by_typing_and_sends_nothing(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("report")
    await ann.says("mean")
    await ann.says("never mind")
    assert ann.sees()[-1] == "Okay. I sent nothing."
    assert await cases(bot) == []


@pytest.mark.parametrize("text", ["yes block him", "si, bloquealo", "yep", "block"])
async def test_a_block_can_be_typed(bot: TestBot, text: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("block")
    await ann.says(text)
    assert "won't be paired again" in ann.sees()[-1]
    assert heard(ben) == []


async def test_a_slip_blocks_nobody_before_it_was_asked_back(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("block")
    await ann.says("blok him")
    assert ann.sees()[-1] == 'Did you mean "Yes, block"?'
    await ann.says("yes")
    assert "won't be paired again" in ann.sees()[-1]
    assert heard(ben) == []


@pytest.mark.parametrize("text", ["no", "nah", "dont block him", "mejor no", "not sure"])
async def test_a_no_blocks_nobody(bot: TestBot, text: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("block")
    await ann.says(text)
    await ann.says("hello there")
    assert heard(ben) == ["hello there"]


async def test_erasing_is_asked_twice_also_by_typing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("forget")
    await ann.says("delete everything")
    assert "Sure?" in ann.sees()[-1]
    await ann.says("yes")
    assert ann.sees()[-1].startswith("Done. I no longer know you.")
    assert heard(ben) == []


async def test_a_misspelt_wish_to_erase_is_asked_back(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("forget")
    await ann.says("erase evrything")
    assert ann.sees()[-1].startswith("Did you mean")
    await ann.says("no")
    assert ann.sees()[-1] == "Say it in other words, or tap."
    await ann.says("no")
    assert ann.sees()[-1] == "Okay. Nothing was erased."


async def test_a_button_pressed_closes_the_question(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("block")
    await ann.presses("Cancel")
    await ann.says("yes")
    assert heard(ben) == ["yes"]


async def test_a_bare_yes_between_two_questions_is_asked_back(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("block")
    await ann.uses("forget")
    await ann.says("yes")
    assert "Sure?" in ann.sees()[-1]
    assert heard(ben) == []


async def test_linking_is_answered_by_typing(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="thinking", help_wanted="listen", hours="evening", pace="few")
    await ann.uses("link")
    word = ann.sees()[-1].removeprefix("/link ")
    new = bot.person("ann2")
    await new.says(f"/link {word}")
    await new.says("somebody sent it to me")
    assert any(one == "Okay. I did not join anything." for one in new.sees())


async def test_whoever_is_worried_can_write_to_their_buddy_at_once(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("report")
    await ann.says("i am worried about them")
    await ann.says("none, just tell them")
    assert "What now?" in ann.sees()[-1]
    await ann.says("stay with me please, i am here")
    assert heard(ben) == ["stay with me please, i am here"]


async def test_both_forms_of_report_carry_their_words_into_the_case(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("you are nothing")
    await ann.uses("report", message=ann.last().id, text="he said he will find me")
    await ann.says("threat")
    assert ann.sees()[-1].startswith("Sent.")
    (case,) = await cases(bot)
    assert case.shared == "he said he will find me"
    assert case.concern is Concern.THREAT


async def test_words_typed_behind_report_are_not_asked_for_again(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/report she was mean to my sister")
    assert ann.sees()[-1].startswith("I'm sorry this happened")
    await ann.presses("Mean")
    assert ann.sees()[-1].startswith("Sent.")
    (case,) = await cases(bot)
    assert case.shared == "she was mean to my sister"
    assert heard(ben) == []
