"""Circles: three to six people who fit, each asked on their own, talking in one room through the bot."""

from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.domain.kernel.messages import Voice
from buddybot.domain.talk.rooms import RoomKind
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running

NAMES = ("ann", "ben", "cleo", "dan")


async def wishing(bot: TestBot, *names: str) -> list[Person]:
    """Let people answer, stop looking for one buddy, and ask for a circle."""
    people = [bot.person(name) for name in names]
    for one in people:
        await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
        await one.sends_token("home.stop")
        await one.uses("circle")
        assert "small circle" in one.sees()[-1]
    return people


async def circle(bot: TestBot, *names: str) -> list[Person]:
    """Bring people into one circle."""
    people = await wishing(bot, *(names or NAMES))
    await bot.wait(hours=1, seconds=1)
    for one in people:
        await one.presses("Yes, I'd like that")
    return people


def token(person: Person, label: str) -> str:
    """Return what a button sends, wherever it stands in the chat."""
    return next(one.token for shown in person.chat() for one in shown.content.choices if one.label == label)


def told(person: Person, words: str) -> bool:
    return any(words in one for one in person.sees())


async def aliases(bot: TestBot) -> list[str]:
    (room,) = await bot.house.store.read(lambda tx: tx.rooms.circles(7, 9))
    assert room.kind is RoomKind.CIRCLE
    return [seat.alias for seat in room.seats]


async def test_four_who_wish_for_it_talk_together_under_fresh_aliases(bot: TestBot) -> None:
    ann, ben, cleo, dan = await circle(bot)
    assert "Your circle is open here" in ann.sees()[-1]
    assert len(set(await aliases(bot))) == 4
    note = await ann.says("hello all of you")
    assert [one.hears()[-1].partition(": ")[2] for one in (ben, cleo, dan)] == ["hello all of you"] * 3
    assert ann.hears() == []
    await ann.edits(note, "hello, all three")
    assert ben.hears()[-1].endswith("hello, all three (edited)")
    answered = await ben.says("hi back")
    assert cleo.hears()[-1].endswith("hi back")
    await ben.takes_back(answered)
    assert not any(text.endswith("hi back") for text in cleo.hears())


async def test_nobody_hears_names_before_they_said_yes(bot: TestBot) -> None:
    people = await wishing(bot, *NAMES)
    await bot.wait(hours=1, seconds=1)
    assert all("4 people" in one.sees()[-1] for one in people)
    await people[0].presses("Yes, I'd like that")
    assert "waiting for the others" in people[0].sees()[-1]
    await people[0].sends_token(token(people[0], "Yes, I'd like that"))
    assert "I have your answer" in people[0].sees()[-1]


async def test_three_of_four_are_enough_and_a_pass_is_never_told(bot: TestBot) -> None:
    ann, ben, cleo, dan = await wishing(bot, *NAMES)
    await bot.wait(hours=1, seconds=1)
    await dan.presses("Not this one")
    for one in (ann, ben, cleo):
        await one.presses("Yes, I'd like that")
    assert "Your circle is open" in ann.sees()[-1]
    assert len(await aliases(bot)) == 3
    assert not any("passed" in text for one in (ann, ben, cleo) for text in one.sees())


async def test_who_does_not_answer_is_not_waited_for_longer_than_a_day(bot: TestBot) -> None:
    ann, ben, cleo, dan = await wishing(bot, *NAMES)
    await bot.wait(hours=1, seconds=1)
    for one in (ann, ben):
        await one.presses("Yes, I'd like that")
    await bot.wait(hours=25)
    assert told(ann, "did not come together")
    assert not told(cleo, "did not come together")
    await dan.sends_token(token(dan, "Yes, I'd like that"))
    assert "not open to join" in dan.sees()[-1]


async def test_a_circle_goes_on_when_one_leaves_and_is_filled_again(bot: TestBot) -> None:
    ann, ben, _, dan = await circle(bot)
    await dan.says("last thing I say")
    await dan.uses("goodbye")
    await dan.presses("A kind standard note")
    assert "left the circle" in ann.sees()[-1]
    await dan.says("does anybody hear me?")
    assert not any("does anybody" in text for text in ann.hears())
    (eve,) = await wishing(bot, "eve")
    await bot.wait(hours=1, seconds=1)
    await eve.presses("Yes, I'd like that")
    assert "joined your circle" in ann.sees()[-1]
    assert "Your circle is open here" in eve.sees()[-1]
    await eve.says("new here")
    assert ben.hears()[-1].endswith("new here")
    assert len(await aliases(bot)) == 4


async def test_a_circle_is_over_when_one_is_left(bot: TestBot) -> None:
    ann, ben, cleo = await circle(bot, "ann", "ben", "cleo")
    for one in (cleo, ben):
        await one.uses("goodbye")
        await one.presses("Just leave")
    assert "nobody else is in the circle" in ann.sees()[-1]
    assert await bot.house.store.read(lambda tx: tx.rooms.circles(7, 9)) == []


async def test_last_words_are_heard_by_all_of_them(bot: TestBot) -> None:
    ann, ben, cleo = await circle(bot, "ann", "ben", "cleo")
    await cleo.uses("goodbye")
    await cleo.presses("Say a few words")
    await cleo.says("thank you both")
    assert ann.hears()[-1].endswith("thank you both")
    assert ben.hears()[-1].endswith("thank you both")
    assert "left the circle" in ann.sees()[-1]


async def test_one_of_a_circle_is_blocked_and_never_met_again(bot: TestBot) -> None:
    ann, ben, cleo, _ = await circle(bot)
    await ben.says("it is me, ben")
    his = ann.hears()[-1].partition(":")[0]
    await ann.uses("block")
    await ann.presses(his)
    assert "won't meet here again" in ann.sees()[-1]
    assert "left the circle" in ben.sees()[-1]
    await ben.says("still here")
    assert not any("still here" in text for text in ann.hears())
    assert cleo.hears()[-1].endswith("still here")
    me = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert me is not None
    assert await bot.house.store.read(lambda tx: tx.ties.count(me.id)) == 1


async def test_no_is_no_when_asked_whom_to_block(bot: TestBot) -> None:
    ann, ben, _ = await circle(bot, "ann", "ben", "cleo")
    await ann.uses("block")
    await ann.presses("Cancel")
    await ann.says("I stay")
    assert ben.hears()[-1].endswith("I stay")


async def test_a_report_in_a_circle_is_about_one_person(bot: TestBot) -> None:
    ann, ben, cleo = await circle(bot, "ann", "ben", "cleo")
    await ben.says("you are a mean person")
    await ann.uses("report")
    assert "Who is it about?" in ann.sees()[-1]
    await ann.presses(ann.hears()[-1].partition(":")[0])
    await ann.presses("Mean")
    await ann.presses("None, just tell them")
    cases = await bot.house.store.read(lambda tx: tx.db.rows("SELECT about FROM case_file"))
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ben.address))
    assert member is not None
    assert [row[0] for row in cases] == [member.id]
    await ann.presses("End this chat")
    assert told(cleo, "left the circle")


async def test_a_message_answered_with_report_names_its_author(bot: TestBot) -> None:
    ann, ben, _ = await circle(bot, "ann", "ben", "cleo")
    await ben.says("you are a mean person")
    heard = next(shown for shown in ann.chat() if shown.content.voice is Voice.MEMBER)
    await ann.uses("report", message=heard.id)
    assert "Who is it about?" not in ann.sees()[-1]
    await ann.presses("Mean")
    await ann.presses("None, just tell them")
    assert len(await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM case_file"))) == 1


async def test_a_cry_in_a_circle_reaches_everyone_with_guidance(bot: TestBot) -> None:
    ann, ben, cleo = await circle(bot, "ann", "ben", "cleo")
    await ann.says("I want to kill myself")
    for one in (ben, cleo):
        assert any(text.endswith("I want to kill myself") for text in one.hears())
        assert told(one, "buddy")


async def test_quiet_hours_and_breaks_hold_for_each_alone(bot: TestBot) -> None:
    ann, ben, cleo = await circle(bot, "ann", "ben", "cleo")
    await ben.uses("pause", days="3")
    before = len(ann.sees())
    await ann.says("anybody there?")
    assert cleo.hears()[-1].endswith("anybody there?")
    assert ben.hears() == []
    assert len(ann.sees()) == before


async def test_who_waited_a_day_is_asked_without_a_wish(tmp_path: Path, book: Book) -> None:
    nobody_fits = replace(book.weights.waiting, floors=(), floor_after=2.0)
    choosy = replace(book.weights, waiting=nobody_fits, policy=replace(book.weights.policy, instant_at=2.0))
    async with running(tmp_path, book=replace(book, weights=choosy)) as bot:
        people = [bot.person(name) for name in ("ann", "ben", "cleo")]
        for one in people:
            await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
        await bot.wait(hours=23)
        assert not any(told(one, "small circle for you") for one in people)
        await bot.wait(hours=2)
        assert all(told(one, "small circle for you") for one in people)


async def test_a_wish_can_be_taken_back_and_waits_for_the_answers(bot: TestBot) -> None:
    (ann,) = await wishing(bot, "ann")
    await ann.presses("No circle after all")
    assert "No circle." in ann.sees()[-1]
    await ann.sends_token("circle..unwish")
    assert "not open" in ann.sees()[-1]
    await ann.sends_token("circle..ask")
    assert "small circle" in ann.sees()[-1]
    ben = bot.person("ben")
    await ben.says("hi")
    await ben.uses("circle")
    assert not told(ben, "circle")


async def test_in_a_talk_there_is_no_second_one(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.uses("circle")
    assert "One at a time works best" in ann.sees()[-1]


async def test_an_offer_of_a_pair_comes_before_a_circle(bot: TestBot) -> None:
    people = await wishing(bot, *NAMES)
    await bot.wait(hours=1, seconds=1)
    ann, ben = people[:2]
    for one in (ann, ben):
        await one.presses("Find a buddy")
    await bot.wait(hours=1, seconds=1)
    assert told(ann, "I found someone")
    await ann.sends_token(token(ann, "Yes, I'd like that"))
    assert "One at a time works best" in ann.sees()[-1]


async def test_forgetting_leaves_the_circle_kindly(bot: TestBot) -> None:
    ann, _, cleo, dan = await circle(bot)
    await dan.uses("forget")
    await dan.presses("Erase all")
    await dan.presses("Yes, erase")
    assert "left the circle" in ann.sees()[-1]
    await ann.says("the three of us")
    assert cleo.hears()[-1].endswith("the three of us")


async def test_a_copy_of_everything_names_circles(bot: TestBot) -> None:
    (ann, *_) = await circle(bot)
    await ann.uses("export")
    document = ann.last().content.document
    assert document is not None
    assert '"circles_you_were_asked_about"' in document.text
    assert '"you_said": "yes"' in document.text


@pytest.mark.parametrize("verb", ["yes", "later", "pass"])
async def test_a_forged_button_joins_nothing(bot: TestBot, verb: str) -> None:
    (ann,) = await wishing(bot, "ann")
    await ann.sends_token(f"circle.nothing.{verb}")
    assert "not open to join" in ann.sees()[-1]
