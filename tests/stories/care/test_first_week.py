"""The first week of a pair: a private deal, first words to tap, and day 1."""

from datetime import timedelta

import pytest

from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot
from tests.stories.care.test_silence import muted
from tests.stories.people.test_privacy import export_of


async def met(bot: TestBot) -> tuple[Person, Person]:
    """Let two people meet, and be asked for the deal a moment later."""
    ann, ben = await bot.pair("ann", "ben")
    await bot.wait(seconds=1)
    return ann, ben


async def agrees(one: Person, *answers: str) -> None:
    for answer in answers:
        await one.says(answer)


async def test_both_are_asked_alone_and_hear_only_what_they_share(bot: TestBot) -> None:
    ann, ben = await met(bot)
    assert "How often would you like to write" in ann.sees()[-1]
    assert "How often would you like to write" in ben.sees()[-1]
    await agrees(ann, "a few times a week", "evenings", "stories of using", "faith", "that's all", "leave me be")
    assert not any("You both said" in text for text in ann.sees())
    for label in ("A few times a week", "Late at night", "Stories of using", "That's all", "Check on me after 2 days"):
        await ben.presses(label)
    for one in (ann, ben):
        (told,) = [text for text in one.sees() if "You both said" in text]
        assert told.splitlines()[1:3] == ["- A few times a week", "- to leave out: Stories of using"]
        assert "Faith" not in told
        assert "ight" not in told


@pytest.mark.parametrize("command", ["report", "block", "forget", "goodbye", "goodbye words"])
async def test_nobody_who_is_asked_something_serious_is_asked_for_the_deal_meanwhile(
    bot: TestBot, command: str
) -> None:
    ann, ben = await bot.pair("ann", "ben")
    name, _, pressed = command.partition(" ")
    await ann.uses(name)
    if pressed:
        await ann.presses("Say a few words")
    asked = ann.sees()[-1]
    await bot.wait(minutes=5)
    assert ann.sees()[-1] == asked
    assert "How often would you like to write" in ben.sees()[-1]
    await bot.wait(hours=1)
    assert "How often would you like to write" in ann.sees()[-1]


async def test_where_they_differ_nobody_hears_who_wanted_what(bot: TestBot) -> None:
    ann, ben = await met(bot)
    await agrees(ann, "many times a day", "skip", "nothing", "skip")
    await agrees(ben, "when it fits", "skip", "faith", "that's all", "skip")
    for one in (ann, ben):
        (told,) = [text for text in one.sees() if "Thank you both" in text]
        assert "any" not in told.split("/deal")[0]


async def test_plain_words_answer_the_deal_and_reach_nobody(bot: TestBot) -> None:
    ann, ben = await met(bot)
    await agrees(ann, "every day", "at night", "religion", "meds", "nothing else", "leave me alone")
    await ben.says("/language es")
    await agrees(ben, "todos los días", "de noche", "dios", "mi medicina", "nada más", "no hagas nada")
    assert ann.hears() == ben.hears() == []
    assert all(f"- to leave out: {one}" in "".join(ann.sees()) for one in ("Faith", "Medicine"))


async def test_what_was_left_out_is_taken_back_by_its_own_name_alone(bot: TestBot) -> None:
    ann, _ = await met(bot)
    await agrees(ann, "skip", "skip", "faith")
    assert [one.label for one in ann.last().content.choices][-2:] == ["That's all", "Leave nothing out"]
    await agrees(ann, "nothing", "skip")
    await ann.uses("deal")
    await agrees(ann, "skip", "skip")
    assert "Left out so far: Faith" in ann.sees()[-1]
    await ann.presses("Leave nothing out")
    await agrees(ann, "skip")
    await ann.uses("deal")
    await agrees(ann, "skip", "skip")
    assert "rather leave out here" in ann.sees()[-1]


async def test_whoever_answers_last_is_told_at_once_though_something_else_is_asked(bot: TestBot) -> None:
    ann, ben = await met(bot)
    await agrees(ann, "about once a day", "skip", "nothing", "skip")
    await ben.says("/checkin daily 18:00")
    await bot.wait(hours=5)
    assert "How's today" in ben.sees()[-1]
    await ben.says("/deal")
    for label in ("About once a day", "Skip", "Nothing", "Skip"):
        await ben.presses(label)
    assert any("You both said" in text for text in ben.sees())


async def test_the_deal_is_changed_at_any_time_and_told_again_once_a_week_at_most(bot: TestBot) -> None:
    ann, ben = await met(bot)
    for one in (ann, ben):
        await agrees(one, "about once a day", "skip", "nothing", "skip")
    shared = sum("You both said" in text for text in ben.sees())
    await ann.says("/deal")
    await agrees(ann, "when it fits", "skip", "nothing", "skip")
    assert sum("Thank you both" in text or "You both said" in text for text in ben.sees()) == shared
    await bot.wait(days=8)
    await ann.uses("deal")
    await agrees(ann, "when it fits", "skip", "nothing", "skip")
    assert "Thank you both" in "".join(ben.sees())


async def test_a_starter_is_tapped_and_sent_as_their_own_words(bot: TestBot) -> None:
    ann, ben = await met(bot)
    await agrees(ann, "skip", "skip", "nothing", "skip")
    await ann.says("yes")
    assert "Tap one" in ann.sees()[-1]
    first, *_ = ann.last().content.choices
    await ann.says("1")
    assert [text.partition(": ")[2] for text in ben.hears()] == [first.label]
    assert first.label in ann.sees()[-1]
    await ann.sends_token(first.token)
    assert [text.partition(": ")[2] for text in ben.hears()] == [first.label]


async def test_each_starter_comes_once_for_a_pair_until_none_is_left(bot: TestBot) -> None:
    ann, ben = await met(bot)
    seen, one = list[str](), ann
    for number in range(40):
        one = (ann, ben)[number % 2]
        await one.uses("opener")
        if "That was all" in one.sees()[-1]:
            break
        seen += [choice.label for choice in one.last().content.choices[:-2]]
    assert len(seen) == len(set(seen))
    assert len(seen) > 30
    assert "That was all" in one.sees()[-1]


async def test_no_more_means_no_more(bot: TestBot) -> None:
    ann, _ = await met(bot)
    await ann.uses("opener")
    await ann.says("no more")
    assert "won't offer any more" in ann.sees()[-1]
    await ann.uses("deal")
    await agrees(ann, "skip", "skip", "nothing", "skip")
    assert "starter" not in ann.sees()[-1]


async def test_what_one_leaves_out_is_not_put_into_the_others_mouth(bot: TestBot, book: Book) -> None:
    ann, ben = await met(bot)
    await agrees(ben, "skip", "skip", "stories of using", "faith", "family", "medicine", "skip")
    seen = set[str]()
    for _ in range(30):
        await ann.uses("opener")
        seen |= {choice.label for choice in ann.last().content.choices[:-2]}
    assert seen
    assert not seen & {one.said("en") for one in book.openers if one.touches}


async def test_day_one_is_one_tap(bot: TestBot) -> None:
    ann, ben = await met(bot)
    await bot.wait(days=1)
    assert "How is it going" in ann.sees()[-1]
    await ann.says("good")
    assert "Thank you" in ann.sees()[-1]
    await ben.says("not good")
    await ben.says("too slow")
    assert "life, not you" in ben.sees()[-1]


async def test_who_felt_unsafe_has_peace_at_once(bot: TestBot) -> None:
    ann, ben = await met(bot)
    await bot.wait(days=1)
    await ann.presses("Not good")
    await ann.presses("Felt unsafe")
    assert "I paused this chat" in ann.sees()[-1]
    await ben.says("where are you")
    assert "where are you" not in ann.hears()
    await ann.says("tell a moderator")
    assert "Should moderators" in ann.sees()[-1]


async def test_nothing_of_it_comes_in_quiet_hours(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    for one in (ann, ben):
        await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await bot.wait(hours=1, seconds=1)
    for one in (ann, ben):
        await one.says("/quiet 11-20")
        await one.presses("Say hello")
    await bot.wait(hours=4)
    assert not any("A small deal" in text for text in ann.sees())
    await bot.wait(hours=4)
    assert any("A small deal" in text for text in ann.sees())
    await bot.wait(hours=19)
    assert not any("How is it going" in text for text in ann.sees())
    await bot.wait(hours=8)
    assert any("How is it going" in text for text in ann.sees())


@pytest.mark.parametrize(
    "token", ["deal.{}.pace:weird", "deal.{}.rich:daily", "deal.{}.", "opener.{}.no-such", "going.{}.x"]
)
async def test_a_forged_tap_does_nothing(bot: TestBot, token: str) -> None:
    ann, ben = await met(bot)
    before = len(ben.sees())
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert member is not None
    (room,) = await bot.house.store.read(lambda tx: tx.rooms.open_of(member.id))
    for place in (room.id, "nowhere"):
        await ann.sends_token(token.format(place))
    assert len(ben.sees()) == before


async def test_it_is_in_the_export_and_goes_with_the_member(bot: TestBot) -> None:
    ann, ben = await met(bot)
    await agrees(ann, "about once a week", "skip", "faith", "that's all", "skip")
    assert (await export_of(ann))["what_you_wished_for_in_pairs"]
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    await ann.uses("deal")
    assert "don't have a buddy" in ann.sees()[-1]
    assert await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM pair_care")) == []


def told(one: Person, words: str) -> int:
    return sum(words in text for text in one.sees())


async def test_the_bot_asks_one_thing_at_a_time(bot: TestBot) -> None:
    ann, _ = await met(bot)
    await ann.says("/checkin daily 13:00")
    await bot.wait(hours=24)
    assert told(ann, "Your check-in") == 1
    assert told(ann, "How is it going") == 0
    await bot.wait(hours=1)
    assert told(ann, "How is it going") == 1


async def test_nobody_is_asked_about_a_pair_in_which_moderators_keep_them_from_writing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await muted(bot, ann, timedelta(days=2))
    await bot.wait(days=1, hours=12)
    assert told(ann, "How is it going") == 0
    assert told(ben, "How is it going") == 1
    await bot.wait(days=1, hours=12)
    assert told(ann, "How is it going") == 1
