"""Calling somebody to a life in danger, and care for those who come."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import Channel, ChannelKind
from buddybot.domain.kernel.levels import Level
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, TestBot, running
from tests.stories.moderating import audit, cases, code, reported, staffed
from tests.stories.reading import cry, scripted

CRY = "it happens now"


@pytest.fixture
def script(book: Book) -> Book:
    return scripted(book, {CRY: cry(Level.L4)})


@pytest.fixture
async def bot(tmp_path: Path, script: Book) -> AsyncIterator[TestBot]:
    async with running(tmp_path, book=script) as running_bot:
        yield running_bot


def paged(person_sees: list[str]) -> int:
    return sum(one.startswith("P0:") for one in person_sees)


async def test_a_p0_calls_one_after_the_other_until_somebody_takes_it(tmp_path: Path, script: Book) -> None:
    team = (Channel("team", "Team", kind=ChannelKind.MODERATORS),)
    other = FakePlatform("other")
    async with running(tmp_path, book=replace(script, channels=team), others=(other,)) as bot:
        spot = await bot.place("team", on=other)
        mo, ida, boss = staffed(bot, "mo"), staffed(bot, "ida"), staffed(bot, "boss", "operator")
        await mo.uses("shift", state="on")
        await bot.wait(seconds=1)
        await ida.uses("shift", state="on")
        await boss.says("hi")
        ann, _ = await bot.pair("ann", "ben")
        await ann.says(CRY)
        assert (paged(mo.sees()), paged(ida.sees()), paged(boss.sees()), paged(spot.sees())) == (1, 0, 0, 1)
        await bot.wait(minutes=5)
        assert (paged(mo.sees()), paged(ida.sees()), paged(boss.sees())) == (1, 1, 0)
        await bot.wait(minutes=5)
        assert paged(boss.sees()) == 1
        await ida.presses("I take it")
        assert "You are not an emergency service" in ida.sees()[-1]
        await mo.presses("I take it")
        assert "Somebody else has case" in mo.sees()[-1]
        before = paged(boss.sees())
        await bot.wait(minutes=20)
        assert paged(boss.sees()) == before


async def test_with_nobody_on_shift_the_operator_is_called_and_the_member_hears_the_truth(bot: TestBot) -> None:
    boss = staffed(bot, "boss", "operator")
    await boss.says("hi")
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(CRY)
    assert paged(boss.sees()) == 1
    assert any("No moderator is on right now" in one for one in ann.sees())


async def test_a_call_ends_after_two_hours_and_the_case_stays_first(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(CRY)
    await bot.wait(hours=3)
    assert (await audit(bot)).count("page") == 24
    mo = staffed(bot, "mo")
    await mo.says("/mod queue")
    assert "P0" in mo.sees()[-1]
    assert "late" in mo.sees()[-1]


async def test_a_shift_has_an_end_and_rest_between(bot: TestBot) -> None:
    mo = staffed(bot, "mo")
    await mo.uses("shift", state="on")
    await mo.uses("shift", state="on")
    assert "already" in mo.sees()[-1]
    await bot.wait(hours=4, seconds=1)
    assert "Four hours are enough" in mo.sees()[-1]
    await mo.uses("shift", state="on")
    assert "Rest first" in mo.sees()[-1]
    for _ in range(4):
        await bot.wait(hours=13)
        await mo.uses("shift", state="on")
        await mo.uses("shift", state="off")
    await bot.wait(hours=9)
    await mo.uses("shift", state="on")
    assert "five shifts" in mo.sees()[-1]


async def test_what_is_urgent_goes_back_at_the_end_of_a_shift(bot: TestBot) -> None:
    mo, ida = staffed(bot, "mo"), staffed(bot, "ida")
    await mo.uses("shift", state="on")
    await ida.uses("shift", state="on")
    ann, _ = await bot.pair("ann", "ben")
    mo.roles = ida.roles = ("moderator",)
    await ann.says(CRY)
    name = await code(bot)
    await mo.says(f"/mod claim {name}")
    await mo.uses("shift", state="off")
    assert (await cases(bot))[0].claimed_by is None
    assert any(one.startswith("Urgent:") for one in ida.sees())
    await ida.says(f"/mod claim {name}")
    await ida.says(f"/mod\n watch: {name} 2")
    await bot.wait(hours=2, seconds=1)
    assert any("Time to look in on" in one for one in ida.sees())
    await ida.says("/mod handover")
    await ida.says(f"/mod close {name}")
    await bot.wait(days=15)
    assert sum("Nobody carries this alone" in one for one in ida.sees()) == 3


async def test_three_heavy_cases_bring_the_offer_of_a_break(bot: TestBot) -> None:
    mo, ida = staffed(bot, "mo"), staffed(bot, "ida")
    for one in (mo, ida):
        await one.uses("shift", state="on")
    for pair in (("a", "b"), ("c", "d"), ("e", "f")):
        first, _ = await bot.pair(*pair)
        await first.says(CRY)
        await mo.says(f"/mod claim {await code(bot)}")
    assert "Want a break?" in mo.sees()[-1]
    await mo.presses("Take a break")
    assert "20 minutes" in mo.sees()[-1]
    first, _ = await bot.pair("g", "h")
    before = paged(mo.sees())
    await first.says(CRY)
    assert paged(ida.sees()) >= 1 or paged(mo.sees()) == before


async def test_who_left_a_kind_of_case_to_others_is_not_called_to_it(bot: TestBot) -> None:
    mo = staffed(bot, "mo")
    await mo.uses("shift", state="on")
    await mo.uses("optout", kind="crisis")
    ann, _ = await bot.pair("ann", "ben")
    await ann.says(CRY)
    assert paged(mo.sees()) == 0
    await mo.says("/mod queue")
    assert "Nothing waits" in mo.sees()[-1]
    await mo.uses("optout", kind="crisis")
    assert "again" in mo.sees()[-1]


async def test_a_clock_that_jumps_back_begins_nothing_in_the_future(bot: TestBot) -> None:
    mo = staffed(bot, "mo")
    await mo.uses("shift", state="on")
    await reported(bot)
    bot.clock.at = bot.clock.at.replace(year=2025)
    await mo.says("/mod queue")
    assert "Waiting" in mo.sees()[-1]
    assert not await bot.house.store.read(lambda tx: tx.staff.on_shift(bot.clock.at))
