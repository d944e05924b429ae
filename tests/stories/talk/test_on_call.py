"""Somebody to talk with now: people on call are asked in turn, the first to say yes comes, and nothing is promised."""

from pathlib import Path

import pytest

from buddybot.adapter import Capabilities
from buddybot.domain.talk.rooms import RoomKind
from buddybot.testing import FakePlatform, Person, TestBot, running


async def joined(bot: TestBot, name: str) -> Person:
    person = bot.person(name)
    await person.joins(
        lane="self", now="thinking", help_wanted=("listen",), local_time="+00:00", hours="evening", pace="few"
    )
    await person.sends_token("home.stop")
    return person


async def on_call(bot: TestBot, *names: str, hours: str = "0-23") -> list[Person]:
    people = [await joined(bot, name) for name in names]
    for one in people:
        await one.uses("oncall", hours=hours)
        assert "Thank you" in one.sees()[-1]
    return people


def told(person: Person, words: str) -> int:
    return sum(words in one for one in person.sees())


async def met(bot: TestBot) -> tuple[Person, Person]:
    """Bring somebody who wants to talk and somebody on call together."""
    (olga,) = await on_call(bot, "olga")
    ann = await joined(bot, "ann")
    await ann.uses("now")
    await olga.presses("I can")
    return ann, olga


async def test_the_first_to_say_yes_comes_for_an_hour(bot: TestBot) -> None:
    olga, omar = await on_call(bot, "olga", "omar")
    ann = await joined(bot, "ann")
    await ann.uses("now")
    assert "If no one can in five minutes" in ann.sees()[-1]
    for one in (olga, omar):
        assert "Someone wants to talk now" in one.sees()[-1]
    await olga.presses("I can")
    await omar.presses("I can")
    assert "Someone else is there" in omar.sees()[-1]
    assert "is here for up to 60 minutes" in ann.sees()[-1]
    await ann.says("thank you for coming")
    assert olga.hears()[-1].endswith("thank you for coming")
    await olga.says("of course")
    assert ann.hears()[-1].endswith("of course")
    assert omar.hears() == []
    await bot.wait(minutes=61)
    assert "The hour with" in ann.sees()[-1]
    assert "How are you after that" in olga.sees()[-1]
    await ann.says("still there?")
    assert not any("still there" in text for text in olga.hears())


async def test_when_nobody_answers_the_truth_is_said_after_five_minutes(bot: TestBot) -> None:
    (olga,) = await on_call(bot, "olga")
    ann = await joined(bot, "ann")
    await ann.uses("now")
    await ann.uses("now")
    assert told(olga, "Someone wants to talk now") == 1
    await bot.wait(minutes=6)
    assert "No one could right now" in ann.sees()[-1]
    await olga.presses("I can")
    assert "don't need it any more" in olga.sees()[-1]
    await ann.presses("Try again")
    assert told(olga, "Someone wants to talk now") == 2


async def test_when_all_say_no_it_is_said_at_once(bot: TestBot) -> None:
    olga, omar = await on_call(bot, "olga", "omar")
    ann = await joined(bot, "ann")
    await ann.uses("now")
    await olga.presses("Not now")
    assert told(ann, "No one could") == 0
    await omar.presses("Off tonight")
    assert told(ann, "No one could") == 1
    await ann.uses("now")
    assert told(olga, "Someone wants to talk now") == 2
    assert told(omar, "Someone wants to talk now") == 1


async def test_when_nobody_is_on_call_nothing_is_promised(bot: TestBot) -> None:
    ann = await joined(bot, "ann")
    await ann.uses("now")
    assert "No one could right now. That's on us, not you." in ann.sees()[-1]
    assert told(ann, "I'm asking people") == 0


async def test_hours_are_kept_to_and_can_end(bot: TestBot) -> None:
    (olga,) = await on_call(bot, "olga", hours="2-3")
    ann = await joined(bot, "ann")
    await ann.uses("now")
    assert told(olga, "Someone wants to talk now") == 0
    await olga.uses("oncall", hours="off")
    assert "I won't ask you any more" in olga.sees()[-1]
    await olga.uses("oncall", hours="off")
    assert "not on call" in olga.sees()[-1]
    await olga.uses("oncall")
    assert "On call means" in olga.sees()[-1]


async def test_blocks_and_limits_hold_here_too(bot: TestBot) -> None:
    ann, olga = await met(bot)
    await ann.uses("block")
    await ann.presses("Yes, block")
    await ann.uses("now")
    assert told(olga, "Someone wants to talk now") == 1
    assert "No one could right now" in ann.sees()[-1]
    (omar,) = await on_call(bot, "omar")
    grieving = bot.person("greta")
    await grieving.joins(lane="bereaved")
    await grieving.uses("now")
    assert told(omar, "Someone wants to talk now") == 0


async def test_nobody_carries_more_than_two_a_night(bot: TestBot) -> None:
    (olga,) = await on_call(bot, "olga")
    for name in ("ann", "ben", "cleo"):
        person = await joined(bot, name)
        await person.uses("now")
        if name != "cleo":
            await olga.presses("I can")
            await person.uses("goodbye")
            await person.presses("Just leave")
    assert told(olga, "Someone wants to talk now") == 2


async def test_beside_a_pair_words_go_where_they_are_meant(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    (olga,) = await on_call(bot, "olga")
    await ben.says("good night")
    his = ann.chat()[-1]
    await ann.uses("now")
    await olga.presses("I can")
    assert "answer one of their notes" in ann.sees()[-1]
    await ann.says("I can't sleep")
    assert olga.hears()[-1].endswith("I can't sleep")
    assert ben.hears() == []
    await ann.says("sleep well, ben", reply_to=his)
    assert ben.hears()[-1].endswith("sleep well, ben")
    assert not any("sleep well" in text for text in olga.hears())
    await bot.wait(minutes=61)
    await ann.says("morning")
    assert ben.hears()[-1].endswith("morning")


async def test_who_has_not_answered_hears_what_comes_first(bot: TestBot) -> None:
    new = bot.person("new")
    await new.says("hi")
    await new.uses("now")
    await new.uses("oncall", hours="1-2")
    assert told(new, "I'm asking") == 0
    assert told(new, "Thank you. I may ask you") == 0


async def test_a_forged_answer_meets_nobody(bot: TestBot) -> None:
    ann = await joined(bot, "ann")
    await ann.sends_token("call.nothing.can")
    assert "Someone else is there" in ann.sees()[-1]


async def test_somebody_in_distress_who_wants_company_is_asked_for(bot: TestBot) -> None:
    (olga,) = await on_call(bot, "olga")
    ann = await joined(bot, "ann")
    await ann.sends_token("care.company.someone")
    assert told(olga, "Someone wants to talk now") == 1


async def test_an_hour_is_a_room_of_its_own(bot: TestBot) -> None:
    ann, _ = await met(bot)
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ann.address))
    assert member is not None
    (room,) = await bot.house.store.read(lambda tx: tx.rooms.open_of(member.id))
    assert room.kind is RoomKind.TALK
    await ann.uses("now")
    assert "Someone is here with you already" in ann.sees()[-1]
    await ann.uses("export")
    assert ann.last().content.document is not None


@pytest.mark.parametrize("who", ["ann", "olga"])
async def test_either_may_end_it_before_the_hour(bot: TestBot, who: str) -> None:
    ann, olga = await met(bot)
    leaving, staying = (ann, olga) if who == "ann" else (olga, ann)
    await leaving.uses("goodbye")
    await leaving.presses("Just leave")
    await staying.says("hello?")
    assert not any("hello?" in text for text in leaving.hears())
    await bot.wait(minutes=61)
    assert told(ann, "The hour with") == 0


async def test_who_is_erased_while_asking_is_asked_for_no_more(bot: TestBot) -> None:
    (olga,) = await on_call(bot, "olga")
    ann = await joined(bot, "ann")
    await ann.uses("now")
    await ann.uses("forget")
    await ann.presses("Erase all")
    await ann.presses("Yes, erase")
    await olga.presses("I can")
    assert "don't need it any more" in olga.sees()[-1]


@pytest.mark.parametrize(("capabilities", "times"), [(Capabilities(), 1), (Capabilities(rooms=True), 0)])
async def test_where_words_go_is_told_to_whoever_has_one_chat_for_all_and_to_nobody_else(
    tmp_path: Path, capabilities: Capabilities, times: int
) -> None:
    """What counts is where they are who read it, not where somebody said yes."""
    async with running(tmp_path, platform=FakePlatform(capabilities=capabilities)) as bot:
        ann, _ = await bot.pair("ann", "ben")
        (olga,) = await on_call(bot, "olga")
        await ann.uses("now")
        await olga.presses("I can")
        assert told(ann, "What you type now goes there") == times


async def test_an_hour_with_somebody_on_call_is_no_buddy(bot: TestBot) -> None:
    ann, _ = await met(bot)
    for command in ("find", "circle"):
        await ann.uses(command)
        assert "You're talking with" in ann.sees()[-1]
    await bot.wait(minutes=61)
    await ann.uses("circle")
    assert "look for a small circle" in ann.sees()[-1]
