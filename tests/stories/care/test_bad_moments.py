"""Care at bad moments: one erased in the middle, a tap that comes twice, changing clocks and zones, and a slip."""

import asyncio
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buddybot.testing import Clock, Person, TestBot, running
from tests.stories.care.test_first_week import agrees, met
from tests.stories.care.test_milestones import counting, opened
from tests.stories.people.test_privacy import erase, member_of
from tests.stories.questions.listening import heard
from tests.stories.questions.openings import at_home

ANSWERS = ("a few times a week", "evenings", "faith", "that's all", "leave me be")


def deals(person: Person) -> int:
    return sum("You both said" in text or "Thank you both" in text for text in person.sees())


# ── One is gone ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", range(len(ANSWERS) + 1))
async def test_one_erased_in_the_middle_of_the_deal_leaves_nothing_behind(bot: TestBot, said: int) -> None:
    ann, ben = await met(bot)
    await agrees(ben, *ANSWERS[:said])
    await agrees(ann, *ANSWERS[:2])
    choice = ann.last().content.choices[0].token
    await erase(ben)
    assert "has moved on" in ann.sees()[-1]
    for answer in ANSWERS[2:]:
        await ann.says(answer)
    await ann.sends_token(choice)
    await bot.wait(days=4)
    assert deals(ann) == 0
    assert heard(ann) == []
    assert not any("broke on my side" in text for text in ann.sees())
    assert not any("How is it going" in text or "Do you feel heard" in text for text in ann.sees())
    assert await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM pair_care")) == []


# ── Twice the same tap ──────────────────────────────────────────────────────────────────


async def test_every_tap_of_the_deal_may_come_twice(bot: TestBot) -> None:
    ann, ben = await met(bot)
    labels = ("A few times a week", "Evenings", "Faith", "That's all", "Leave me be")
    for one in (ann, ben):
        for label in labels:
            choice = next(c for c in reversed(one.last().content.choices) if c.label == label)
            await one.sends_token(choice.token)
            if label != "Faith":  # a list: the second tap takes the first one back, as its box shows
                await one.sends_token(choice.token)
    for one in (ann, ben):
        (deal,) = [text for text in one.sees() if "You both said" in text]
        assert "A few times a week" in deal
        assert "Faith" in deal


async def test_a_milestone_is_told_and_marked_once_however_often_it_is_tapped(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await counting(ann, "28 days ago")
    await ann.presses("Tell my buddy")
    send = next(one.token for one in ann.last().content.choices if one.label == "Send it")
    for _ in range(3):
        await ann.sends_token(send)
    assert len(heard(ben)) == 1
    assert "heard that from you already" in ann.sees()[-1]
    await bot.sleep(days=1)
    await opened(ann)
    await ann.presses("Tell my buddy")
    await ann.presses("Send it")
    assert heard(ben)[1:] == ["I wanted you to know. Days on my medicine: 29 days in all."]


# ── First words are used up ─────────────────────────────────────────────────────────────


async def test_when_all_first_words_are_used_up_none_is_offered_again_nor_any_question_for_both(bot: TestBot) -> None:
    ann, ben = await met(bot)
    for one in (ann, ben):
        await agrees(one, "skip", "skip", "nothing", "skip")
    offered = set[str]()
    for _ in range(40):
        await ann.uses("opener")
        if "That was all" in ann.sees()[-1]:
            break
        offered |= {choice.label for choice in ann.last().content.choices[:-2]}
    assert "That was all" in ann.sees()[-1]
    assert len(offered) > 30
    await ben.uses("opener")
    assert "That was all" in ben.sees()[-1], "each comes once for the two of them"
    await bot.wait(days=6)
    assert not any("Want a question for both" in text for text in (*ann.sees(), *ben.sees()))
    await ann.uses("opener")
    assert "That was all" in ann.sees()[-1]


# ── Clocks and zones ────────────────────────────────────────────────────────────────────


async def crosses(bot: TestBot, person: Person, zone: str) -> None:
    member = await member_of(bot, person)
    assert member is not None
    private = replace(member.private, zone=zone)
    await bot.house.store.write(lambda tx: tx.members.save(replace(member, private=private)))


async def test_who_crosses_zones_is_not_asked_about_the_first_day_in_the_night_there(bot: TestBot) -> None:
    ann, _ = await met(bot)
    await ann.sends_token("answers.local_time")
    await ann.says("London")
    await ann.says("/quiet 22-8")
    await bot.sleep(hours=23)
    await ann.sends_token("answers.local_time")
    await ann.says("Sydney")
    for _ in range(24):
        before = len(ann.sees())
        await bot.wait(hours=1)
        hour = bot.clock.at.astimezone(ZoneInfo("Australia/Sydney")).hour
        asked = any("How is it going" in text for text in ann.sees()[before:])
        assert not asked or 8 <= hour <= 22, hour
    assert sum("How is it going" in text for text in ann.sees()) == 1


@pytest.mark.parametrize("start", [datetime(2026, 10, 29, 12, tzinfo=UTC), datetime(2027, 3, 11, 12, tzinfo=UTC)])
async def test_a_check_in_keeps_its_hour_and_comes_once_a_day_when_the_clocks_change(
    tmp_path: Path, start: datetime
) -> None:
    zone, at = ZoneInfo("America/New_York"), list[datetime]()
    async with running(tmp_path, clock=Clock(start)) as bot:
        ann = await at_home(bot)
        await ann.sends_token("answers.local_time")
        await ann.says("New York")
        await ann.says("/checkin daily 18:00")
        for _ in range(6 * 24):
            before = sum("today?" in text for text in ann.sees())
            await bot.wait(hours=1)
            if sum("today?" in text for text in ann.sees()) > before:
                at.append(bot.clock.at.astimezone(zone))
    assert [one.hour for one in at] in ([18] * len(at), [19] * len(at)), at
    assert len({one.date() for one in at}) == len(at) >= 5


# ── After a slip ────────────────────────────────────────────────────────────────────────

HARD = {
    "en": ("i relapsed last night", "i want to kill myself tonight"),
    "es": ("recai anoche", "quiero matarme esta noche"),
}
NOTED = ("Something you asked me to note", "Algo que me pediste")
DAYS = 6


async def days_around(folder: Path, locale: str, moments: list[tuple[int, int]], mark: int) -> None:
    """Live some days in which a milestone is due; what is hard is said at these hours."""
    async with running(folder) as bot:
        ann = await at_home(bot)
        await counting(ann, f"{30 - mark} days ago")
        await ann.presses("A quiet note on the day")
        await ann.says(f"/language {locale}")
        hard, noted = list[datetime](), list[datetime]()
        said = dict(moments)
        for hour in range(DAYS * 24):
            if hour in said:
                await ann.says(HARD[locale][said[hour]])
                hard.append(bot.clock.at)
            before = sum(any(one in text for one in NOTED) for text in ann.sees())
            await bot.wait(hours=1)
            if sum(any(one in text for one in NOTED) for text in ann.sees()) > before:
                noted.append(bot.clock.at)
        near = [(at, note) for at in hard for note in noted if timedelta(0) <= note - at <= timedelta(hours=72)]
        assert near == []
        assert hard or len(noted) == 1, "a day without trouble is noted"


@given(
    st.sampled_from(("en", "es")),
    st.lists(st.tuples(st.integers(0, DAYS * 24 - 1), st.integers(0, 1)), max_size=2),
    st.integers(1, 5),
)
@settings(max_examples=5)
def test_nothing_is_celebrated_within_three_days_of_a_slip_or_a_crisis(
    locale: str, moments: list[tuple[int, int]], mark: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(days_around(Path(folder), locale, moments, mark))
