"""Waiting as a place: what is said to somebody who looks, and that it is true."""

from datetime import timedelta

import pytest

from buddybot.domain.matching.waits import FEWEST, WaitSpan
from buddybot.domain.people.members import Stage
from buddybot.testing import Person, TestBot
from tests.stories.matching.test_meeting import joined, member_of, offered
from tests.stories.moderating import staffed

SMALL = "It may take a few days. We're still small."


async def counts(bot: TestBot) -> dict[WaitSpan, int]:
    return await bot.house.store.read(lambda tx: tx.waits.counts(bot.clock.at - timedelta(days=365)))


async def known(bot: TestBot, span: WaitSpan, searches: int) -> None:
    for _ in range(searches):
        await bot.house.store.write(lambda tx: tx.waits.count(span, bot.clock.at))


async def looking(bot: TestBot, name: str = "ann") -> Person:
    (ann,) = await joined(bot, name)
    return ann


async def test_whoever_looks_is_told_what_comes_how_long_and_what_to_do_meanwhile(bot: TestBot) -> None:
    ann = await looking(bot)
    said, labels = ann.sees()[-1], [one.label for one in ann.last().content.choices]
    assert "I ask you both" in said
    assert SMALL in said
    assert "No moderator is on right now" in said
    assert labels == ["Talk to someone now", "A small circle", "Breathe with me", "What to expect", "Stop looking"]


async def test_who_looks_after_the_house_is_said_as_it_is_now(bot: TestBot) -> None:
    ann = await looking(bot)
    await staffed(bot, "mod").uses("shift", state="on")
    await ann.uses("status")
    assert "A moderator is here now." in ann.sees()[-1]


@pytest.mark.parametrize(
    ("span", "said"), [("day", "within a day"), ("week", "within a week"), ("longer", "more than a week")]
)
async def test_how_long_it_takes_is_said_from_twenty_recent_searches(bot: TestBot, span: str, said: str) -> None:
    ann = await looking(bot)
    await known(bot, WaitSpan(span), FEWEST - 1)
    await ann.uses("status")
    assert SMALL in ann.sees()[-1]
    await known(bot, WaitSpan(span), 1)
    await ann.uses("status")
    assert said in ann.sees()[-1]


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_how_long_it_takes_is_answered_with_the_wait_to_who_looks(bot: TestBot, locale: str) -> None:
    ann = await looking(bot)
    await known(bot, WaitSpan.WEEK, FEWEST)
    await ann.says("/language " + locale)
    await ann.says("how long does this take" if locale == "en" else "cuanto tarda")
    assert ("within a week" if locale == "en" else "menos de una semana") in ann.sees()[-1]
    assert "questions" not in ann.sees()[-1]


# ── A day without anybody ───────────────────────────────────────────────────────────────

NONE_YET = "No good fit yet"


def told(person: Person) -> int:
    return sum(NONE_YET in text for text in person.sees())


async def test_after_a_day_without_anybody_it_is_said_once_with_what_else_there_is(bot: TestBot) -> None:
    ann = await looking(bot)
    await bot.wait(hours=23, minutes=50)
    assert told(ann) == 0
    await bot.wait(minutes=11)
    assert NONE_YET in ann.sees()[-1]
    labels = [one.label for one in ann.last().content.choices]
    assert labels == ["Keep looking", "Widen my hours", "A small circle", "Take a break"]
    await ann.presses("Keep looking")
    assert "I keep looking" in ann.sees()[-1]
    await bot.wait(days=5)
    assert told(ann) == 1


@pytest.mark.parametrize(
    ("label", "then"),
    [("Widen my hours", "When"), ("A small circle", "circle"), ("Take a break", "hold off until")],
)
async def test_each_way_on_after_a_day_is_one_tap(bot: TestBot, label: str, then: str) -> None:
    ann = await looking(bot)
    await bot.wait(hours=25)
    await ann.presses(label)
    assert any(then in text for text in ann.sees()[-2:])


async def test_a_day_without_anybody_is_told_after_quiet_hours(bot: TestBot) -> None:
    ann = await looking(bot)
    await ann.says("/quiet 0-23")
    await bot.wait(hours=26)
    assert told(ann) == 0
    await bot.wait(hours=24)
    assert told(ann) == 1


async def test_who_was_asked_about_somebody_who_stopped_or_rests_hears_nothing_of_it(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    cleo, dan = await joined(bot, "cleo", "dan")
    await cleo.sends_token("home.stop")
    await dan.uses("pause", days="5")
    await bot.wait(hours=26)
    assert [told(one) for one in (ann, ben, cleo, dan)] == [0, 0, 0, 0]


async def test_that_somebody_erased_themselves_shows_in_no_silence(bot: TestBot) -> None:
    ann, ben = await offered(bot)
    await ben.says("/forget")
    await ben.presses("Erase all")
    await ben.presses("Yes, erase")
    await bot.wait(hours=49)
    assert told(ann) == 0


async def test_who_begins_again_waits_a_day_from_then(bot: TestBot) -> None:
    ann = await looking(bot)
    await bot.wait(hours=20)
    await ann.sends_token("home.stop")
    await ann.uses("find")
    await bot.wait(hours=20)
    assert told(ann) == 0
    await bot.wait(hours=5)
    assert told(ann) == 1


async def test_a_day_after_a_cry_nobody_is_asked_how_to_go_on_looking(bot: TestBot) -> None:
    ann = await looking(bot)
    await bot.wait(hours=23)
    await ann.says("i want to kill myself tonight")
    await bot.wait(hours=2)
    assert told(ann) == 0


async def test_old_searches_say_nothing_of_today(bot: TestBot) -> None:
    await known(bot, WaitSpan.DAY, FEWEST)
    await bot.wait(days=61)
    ann = await looking(bot)
    assert SMALL in ann.sees()[-1]
    assert await counts(bot) == {}


async def test_whoever_looks_in_vain_for_a_week_counts_as_well(bot: TestBot) -> None:
    ann = await looking(bot)
    await known(bot, WaitSpan.DAY, FEWEST // 2)
    await known(bot, WaitSpan.LONGER, FEWEST // 2 - 1)
    await ann.uses("status")
    assert SMALL in ann.sees()[-1]
    await bot.wait(days=8)
    await ann.uses("status")
    assert "more than a week" in ann.sees()[-1]


async def test_a_search_is_counted_once_at_its_first_offer(bot: TestBot) -> None:
    ann, _ben = await offered(bot)
    assert await counts(bot) == {WaitSpan.DAY: 2}
    await ann.presses("Not this one")
    await looking(bot, "cleo")
    await bot.wait(hours=1, seconds=1)
    assert "I found someone" in ann.sees()[-1]
    assert await counts(bot) == {WaitSpan.DAY: 3}


async def test_a_search_given_up_after_days_was_a_long_one(bot: TestBot) -> None:
    ann = await looking(bot)
    await bot.wait(days=2)
    await ann.presses("Stop looking")
    assert (await member_of(bot, ann)).stage is Stage.HOME
    assert await counts(bot) == {WaitSpan.LONGER: 1}


async def test_a_search_given_up_at_once_says_nothing(bot: TestBot) -> None:
    ann = await looking(bot)
    await ann.presses("Stop looking")
    assert await counts(bot) == {}


async def test_what_there_is_to_do_meanwhile_keeps_the_search(bot: TestBot) -> None:
    ann = await looking(bot)
    meanwhile = (("Breathe with me", "Breathe in while"), ("What to expect", "Nobody has to answer fast"))
    for label, said in meanwhile:
        await ann.uses("status")
        await ann.presses(label)
        assert said in ann.sees()[-1]
    assert (await member_of(bot, ann)).stage is Stage.LOOKING
