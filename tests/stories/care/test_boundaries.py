"""Boundaries: needing less, and knowing the other from elsewhere."""

from buddybot.store.matching.ties import TieKind
from buddybot.testing import TestBot


async def test_who_needs_less_says_it_to_the_bot_and_the_other_hears_it_kindly(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/less")
    assert "About once a week" in ann.sees()[-1]
    assert "needs a slower pace" in ben.sees()[-1]
    assert "not about you" in ben.sees()[-1]
    await ann.uses("less")
    await ann.uses("less")
    assert "slowest pace already" in ann.sees()[-1]


async def test_the_slower_pace_is_the_clock_of_a_silence(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ben.says("hello")
    await bot.wait(minutes=5)
    await ann.says("hi")
    await ann.uses("less")
    await bot.wait(days=9)
    assert not any("quick sign" in text for text in ben.sees())
    await bot.wait(days=1, hours=1)
    assert any("quick sign" in text for text in ben.sees())


async def test_who_may_know_the_other_leaves_for_good_and_nobody_hears_why(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.uses("goodbye")
    await ann.says("i may know this person")
    assert "won't pair you two, ever" in ann.sees()[-1]
    assert "has moved on" in ben.sees()[-1]
    assert "know" not in ben.sees()[-1]
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT kind, until FROM tie WHERE kind <> 'paired'"))
    assert rows == [(TieKind.KNOWN.value, None)]


async def test_with_no_buddy_there_is_no_pace(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.uses("less")
    assert "don't have a buddy" in ann.sees()[-1]


async def test_a_break_is_asked_for_in_days_and_ends_by_itself(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/pause 3 days")
    assert "26 November" in ann.sees()[-1] or "November 26" in ann.sees()[-1]
    await ben.says("are you there")
    assert not any("are you there" in text for text in ann.hears())
    await bot.wait(days=3, seconds=1)
    await ben.says("and now")
    assert any("and now" in text for text in ann.hears())


async def test_a_break_of_no_days_is_asked_back(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    for wrong in ("some days", "0 days", "91", "-1", "0001500", "0001999999999999"):
        await ann.says(f"/pause {wrong}")
        assert "1 to 90" in ann.sees()[-1] or "number" in ann.sees()[-1]
        assert "Something broke" not in ann.sees()[-1]
