"""Smaller turns of the talk that no longer story passes through."""

from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Unreachable, Voice
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running


async def begun(bot: TestBot, **answers: str) -> Person:
    ann = bot.person("ann")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    for question, key in {"age": "yes", "consent": "agree", "country": "US", **answers}.items():
        await bot.answer(ann, question, (key,))
    return ann


async def test_words_with_two_meanings_are_asked_about(bot: TestBot) -> None:
    ann = await begun(bot, lane="self", now="using", hours="evening", pace="few")
    await ann.says("blues mostly")
    assert "did you mean" in ann.sees()[-1]
    assert "Something else" in [choice.label for choice in ann.last().content.choices]
    await ann.sends_token(ann.last().content.choices[0].token)
    assert "did you mean" not in ann.sees()[-1]


async def test_what_was_said_ahead_is_offered_when_its_turn_comes(bot: TestBot) -> None:
    ann = await begun(bot, lane="self")
    await ann.says("been on saboxone like 8 months, off fetty. mostly up late")
    if "Is this right" in ann.sees()[-1]:
        await ann.presses("Yes")
    for _ in range(12):
        if "You said" in ann.sees()[-1]:
            break
        await ann.says("skip")
    assert "Late nights" in ann.sees()[-1]
    assert [choice.label for choice in ann.last().content.choices][:2] == ["Keep", "Change"]
    await ann.presses("Keep")
    await ann.presses("Done")
    assert "I can start looking now" in ann.sees()[-1]


async def test_an_opened_list_names_values_that_are_no_buttons(bot: TestBot) -> None:
    ann = await begun(bot, lane="self", now="using")
    await bot.answer(ann, "hours", ("evening",))
    assert "languages" in ann.sees()[-1]
    await ann.says("english and german")
    await ann.says("/answers")
    await bot.skip_rest(ann)
    await ann.says("/answers")
    assert "German" in ann.sees()[-1] or "Deutsch" in ann.sees()[-1]


@pytest.mark.parametrize("stage", ["greeted", "intake", "home"])
async def test_my_answers_leads_on_from_wherever_one_is(bot: TestBot, stage: str) -> None:
    ann = bot.person("ann")
    if stage == "greeted":
        await ann.says("hi")
    elif stage == "intake":
        await begun(bot)
    else:
        await ann.joins(lane="self")
    await ann.sends_token("home.answers")
    expected = {"greeted": "18 or older", "intake": "1 of 7", "home": "Tap one to change it"}
    assert expected[stage] in ann.sees()[-1]


async def test_resting_is_always_allowed(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.sends_token("home.stop")
    await ann.sends_token("home.stop")
    assert "I'm here when you want" in ann.sees()[-1]
    await ann.sends_token("home.rest")
    assert "I'm here when you want" in ann.sees()[-1]


async def test_a_plain_word_that_names_a_command_is_that_command(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("Privacy?")
    assert any("Your buddy sees a nickname, not you" in text for text in ann.sees()[-3:])
    await ann.says("i would like to know what you had for breakfast")
    assert "I didn't get that" in ann.sees()[-1]


async def test_the_operators_contact_is_told_where_there_is_one(tmp_path: Path, book: Book) -> None:
    named = replace(book, practice=replace(book.practice, contact="mail@example.org"))
    async with running(tmp_path, book=named) as bot:
        ann = bot.person("ann")
        await ann.says("/privacy")
        assert any("mail@example.org" in text for text in ann.sees())


async def test_a_last_word_to_someone_who_blocked_the_bot_keeps_nothing(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.says("/forget")
    await ann.presses("Erase all")
    bot.platform.fails(ann.address.account, Unreachable())
    await ann.presses("Yes, erase")
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_a_single_shared_interest_is_named_alone(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane="self", now="using", life="games", pace="few")
    await bot.wait(days=3)
    assert any("you both like games\n" in text for text in ann.sees())
    assert any("you both like games\n" in text for text in ben.sees())


async def test_several_shared_interests_are_listed(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane="self", now="using", life=("games", "pets"), pace="few")
    await bot.wait(days=3)
    assert any("games and pets" in text or "pets and games" in text for text in ann.sees())


async def test_a_word_after_a_check_in_counts_as_an_answer(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("i am going to do a hot shot tonight goodbye")
    await bot.wait(minutes=31)
    seen = len(ann.chat())
    await ann.says("i am a bit better now, my sister came over")
    assert len(ann.chat()) >= seen
    await bot.wait(hours=2)
    assert not any("Something broke" in text for text in ann.sees())


async def test_help_for_the_buddy_can_be_passed_on_by_a_button(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("i am going to do a hot shot tonight goodbye")
    labels = [choice.label for shown in ben.chat() for choice in shown.content.choices]
    assert "I'm here with you" in labels
    heard = len(ann.hears())
    await ben.presses("I'm here with you")
    assert len(ann.hears()) == heard + 1
    assert [shown for shown in ann.chat() if shown.content.voice is Voice.MEMBER]


async def test_somebody_forgotten_in_the_middle_of_an_offer_is_not_paired(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await bot.wait(hours=1, seconds=1)
    await ann.presses("Not this one")
    await ann.says("/forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    await ben.presses("Say hello")
    assert "That offer is over" in ben.sees()[-1]


async def test_a_report_about_a_room_that_is_gone_by_now_says_so(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/report")
    await ann.presses("Mean")
    await ben.says("/goodbye")
    await ben.presses("Just leave")
    for _ in range(8):
        await bot.sleep(days=50)
        await ann.sends_token("home.rest")
    await ann.says("they were mean")
    assert "no chat to report" in ann.sees()[-1]


@pytest.mark.parametrize("typed", ["/crisis!", "/crisis\nplease", "/crisis, please", "/crisis\u00a0now", "/988..."])
async def test_a_command_is_known_whatever_sign_stands_behind_its_name(bot: TestBot, typed: str) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.says("/crisis")
    await ben.says(typed)
    assert ben.sees() == ann.sees()


async def test_a_report_begins_whatever_is_written_in_the_lines_below_it(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/report\nshe was mean")
    assert "What is it about?" in ann.sees()[-1]
