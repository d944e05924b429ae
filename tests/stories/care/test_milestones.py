"""Milestones that cannot be lost: in one's own words, days in all first, told by a tap each time, silent when hard."""

import json
import re
from datetime import UTC, datetime

import pytest

from buddybot.content import content_dir
from buddybot.domain.care.milestones import Stretch
from buddybot.testing import Person, TestBot
from tests.stories.people.test_privacy import erase, export_of, member_of, rows_with
from tests.stories.questions.openings import at_home


async def counting(person: Person, day: str = "30 days ago") -> None:
    """Let somebody count the days on their medicine, by tapping and typing."""
    await person.says("/milestones")
    await person.presses("Count something")
    await person.presses("Days on my medicine")
    await person.presses("Days on my medicine")
    await person.says(day)


async def opened(person: Person) -> None:
    """Open the one that is there."""
    await person.says("/milestones")
    await person.presses("Days on my medicine")


def told(person: Person) -> list[str]:
    return [text for text in person.sees() if "Something you asked me to note" in text]


async def test_it_is_tapped_from_the_first_offer_to_the_total(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.uses("milestones")
    assert "no day of it can be lost" in ann.sees()[-1]
    await counting(ann)
    assert ann.sees()[-1] == "Days on my medicine: 30 days in all"
    await bot.sleep(days=1)
    await ann.says("how many days do i have")
    assert "Days on my medicine: 31 days in all" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("language", "steps", "then"),
    [
        ("en", ["/milestones days since fent", "may 3, 2026"], "days since fent: 204 days in all"),
        ("en", ["my mielstones", "count somthing", "in my own words", "first calm year", "todey"], "it begins today"),
        ("en", ["milestones", "count something", "days without", "days without pills", "5 months ago"], "days in all"),
        ("es", ["/milestones días sin fentanilo", "3 de mayo de 2026"], "días sin fentanilo: 204 días en total"),
        ("es", ["cuántos días llevo", "contar algo", "algo que hise", "pedí naloxona", "ayer"], "pedí naloxona: 22 de"),
    ],
)
async def test_it_is_typed_in_both_languages_misspelt_too(
    bot: TestBot, language: str, steps: list[str], then: str
) -> None:
    ann = await at_home(bot)
    await ann.says(f"/language {language}")
    for step in steps:
        await ann.says(step)
        if ann.sees()[-1].startswith(("Did you mean", "¿Querías decir")):
            await ann.says("yes")
    assert then in ann.sees()[-1], ann.sees()[-6:]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("29 dyas ago", 29),
        ("like eight weaks ago", 56),
        ("a moth ago", 31),
        ("yestarday", 1),
        ("hace 10 dais", 10),
        ("hace dos semnas", 14),
        ("march 5 2026", 263),
    ],
)
async def test_a_day_with_a_slip_of_the_fingers_is_read(bot: TestBot, typed: str, days: int) -> None:
    ann = await at_home(bot)
    await ann.says("/milestones days since fent")
    await ann.says(typed)
    assert f"{days} day" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tomorrow is fine", "I didn't get a day"),
        ("2031-01-01", "still to come"),
        ("December 24, 2026", "still to come"),
        ("3 may 1850", "back to the year 1900"),
        ("99999 days", "back to the year 1900"),
        ("February 30, 2026", "I didn't get a day"),
    ],
)
async def test_a_day_that_cannot_be_is_refused_with_what_to_do(bot: TestBot, typed: str, said: str) -> None:
    ann = await at_home(bot)
    await ann.says("/milestones days since fent")
    await ann.says(typed)
    assert said in ann.sees()[-1]
    await ann.says("2026-05-03")
    assert "204 days in all" in ann.sees()[-1], "it still waits for a day"


async def test_numbers_that_are_two_days_are_asked_back(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("/milestones days since fent")
    await ann.says("5/3/2026")
    assert "can be two days" in ann.sees()[-1]
    await ann.presses("March 5, 2026")
    assert "263 days in all" in ann.sees()[-1]


async def test_a_new_date_stands_beside_the_old_one_and_no_day_is_lost(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann)
    await ann.presses("Start a new date too")
    await ann.presses("Today")
    assert ann.sees()[-1] == "Days on my medicine: 30 days in all"
    await ann.presses("Show stretches too")
    assert "30 days in all" in ann.sees()[-1]
    assert "The longest stretch: 30 days" in ann.sees()[-1]
    assert "This stretch begins today." in ann.sees()[-1]
    await bot.sleep(days=2)
    await opened(ann)
    assert "32 days in all" in ann.sees()[-1]
    assert "This stretch: 2 days" in ann.sees()[-1]
    await ann.presses("Show only the total")
    assert ann.sees()[-1] == "Days on my medicine: 32 days in all"


async def test_stopping_keeps_the_total_and_counting_goes_on_when_they_like(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann)
    await ann.presses("Change it")
    await ann.says("stop counting")
    assert "The 30 days in all stay" in ann.sees()[-1]
    await bot.sleep(days=5)
    await opened(ann)
    assert "30 days in all" in ann.sees()[-1]
    await ann.presses("Count again")
    await ann.says("yesterday")
    assert "31 days in all" in ann.sees()[-1]


async def test_it_gets_other_words_and_another_day(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann)
    await ann.presses("Change it")
    await ann.presses("Other words")
    await ann.says("my steady days")
    assert ann.sees()[-1] == "my steady days: 30 days in all"
    await ann.presses("Change it")
    await ann.presses("Another day")
    await ann.says("10 days ago")
    assert ann.sees()[-1] == "my steady days: 10 days in all"
    await ann.says("/milestones my stedy days")
    assert ann.sees()[-1] == "my steady days: 10 days in all"


async def test_taking_away_is_asked_once_and_a_slip_never_does_it(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann)
    await ann.presses("Change it")
    await ann.presses("Take it away")
    assert "with its 30 days" in ann.sees()[-1]
    await ann.says("tkae it awya")
    assert "Did you mean" in ann.sees()[-1]
    await ann.says("no")
    await ann.says("leave it as it is")
    assert "It stays as it is" in ann.sees()[-1]
    await opened(ann)
    await ann.presses("Change it")
    await ann.presses("Take it away")
    await ann.says("yes take it away")
    assert "is gone from here" in ann.sees()[-1]
    await ann.says("/milestones")
    assert "no day of it can be lost" in ann.sees()[-1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("call 212-555-0143", "I kept nothing of it"),
        ("x" * 61, "60 characters fit"),
        ("got percs for sale, 20 a pill, meet me behind the station", "I kept nothing of it"),
    ],
)
async def test_a_name_is_screened(bot: TestBot, name: str, said: str) -> None:
    ann = await at_home(bot)
    await ann.says(f"/milestones {name}")
    assert any(said in text for text in ann.sees()[-2:])
    await ann.says("days since then")
    await ann.says("today")
    assert "days since then: it begins today" in ann.sees()[-1]


async def test_a_cry_for_help_is_no_name(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("/milestones")
    await ann.presses("Count something")
    await ann.presses("In my own words")
    await ann.says("i want to kill myself tonight")
    assert any("You matter more right now" in text for text in ann.sees()[-4:])
    assert any("988" in text for text in ann.sees()[-3:])
    kept = (await export_of(ann))["your_milestones"]
    assert "kill" not in json.dumps(kept)


# ── Telling a buddy ─────────────────────────────────────────────────────────────────────


async def test_a_buddy_hears_of_it_by_a_tap_each_time_after_a_look_at_the_words(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await counting(ann)
    before = ben.hears()
    await ann.presses("Tell my buddy")
    assert '"I wanted you to know. Days on my medicine: 30 days in all." Shall I?' in ann.sees()[-1]
    assert ben.hears() == before
    await ann.says("send it")
    assert [text.partition(": ")[2] for text in ben.hears()[len(before) :]] == [
        "I wanted you to know. Days on my medicine: 30 days in all."
    ]
    await bot.sleep(days=1)
    await opened(ann)
    await ann.presses("Tell my buddy")
    await ann.presses("Not now")
    assert len(ben.hears()) == len(before) + 1


async def test_words_of_another_day_are_shown_again_before_they_go(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await counting(ann)
    await ann.presses("Tell my buddy")
    send = next(one.token for one in ann.last().content.choices if one.label == "Send it")
    before = ben.hears()
    await bot.sleep(days=1)
    await ann.sends_token(send)
    assert "31 days in all" in ann.sees()[-1]
    assert ben.hears() == before
    await ann.presses("Send it")
    assert ben.hears()[-1].endswith("31 days in all.")


async def test_nobody_is_told_where_there_is_no_chat(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann)
    assert "Tell my buddy" not in [one.label for one in ann.last().content.choices]


# ── When it is hard ─────────────────────────────────────────────────────────────────────


async def test_after_a_slip_the_fact_alone_is_shown_and_after_three_days_it_asks_how_to_go_on(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await ann.says("/milestones days without fent")
    await ann.says("30 days ago")
    await ann.presses("Tell my buddy")
    send = next(one.token for one in ann.last().content.choices if one.label == "Send it")
    await bot.sleep(hours=1)
    seen = len(ann.sees())
    await ann.says("i relapsed last night")
    await ann.presses("Yes")
    assert not any("30 days" in text for text in ann.sees()[seen:]), "no mention of a count"
    await ann.uses("milestones")
    assert (
        ann.sees()[-1]
        == "days without fent: 30 days in all\nNothing of it is lost. All the rest can wait for some days."
    )
    assert ann.last().content.choices == ()
    before = ben.hears()
    await ann.sends_token(send)
    assert ben.hears() == before, "nothing celebratory"
    await bot.sleep(days=3, hours=1)
    await ann.uses("milestones")
    assert "33 days in all" in ann.sees()[-1]
    assert "keep the total, start a new date too, or stop counting" in ann.sees()[-1]
    await ann.says("keep my total")
    assert "33 days in all" in ann.sees()[-1]
    await ann.uses("milestones")
    assert "What you keep count of" in ann.sees()[-1], "it is asked once"


async def test_the_way_on_after_a_slip_can_be_a_new_date(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("/milestones days without fent")
    await ann.says("30 days ago")
    await bot.sleep(hours=1)
    await ann.says("i relapsed last night")
    await bot.sleep(days=4)
    await ann.uses("milestones")
    await ann.says("start a new date too")
    await ann.says("4 days ago")
    assert ann.sees()[-1] == "days without fent: 34 days in all"
    await ann.presses("Show stretches too")
    assert "The longest stretch: 30 days" in ann.sees()[-1]
    assert "This stretch: 4 days" in ann.sees()[-1]


def test_no_sentence_speaks_of_a_reset_or_a_streak() -> None:
    for path in sorted((content_dir() / "locales").glob("*/milestones.ftl")):
        assert not re.search(
            r"\b(reset|streaks?|zero|start over|restart|racha|cero|reinici\w*)\b", path.read_text("utf-8")
        )


# ── The note on the day ─────────────────────────────────────────────────────────────────


async def test_a_note_comes_once_on_the_day_only_where_it_was_asked_for(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann, "28 days ago")
    await bot.wait(days=3)
    assert told(ann) == []
    await opened(ann)
    await ann.presses("A quiet note on the day")
    await bot.sleep(days=27)
    await bot.wait(days=2, hours=3)
    assert told(ann) == [
        "Something you asked me to note. Days on my medicine: 60 days in all. How would you like to mark it?"
    ]
    await ann.says("just me")
    assert "It stays with you" in ann.sees()[-1]
    await opened(ann)
    await ann.says("no more notes")
    await bot.sleep(days=29)
    await bot.wait(days=2)
    assert len(told(ann)) == 1


async def test_a_note_waits_for_the_end_of_quiet_hours_on_its_day(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann, "28 days ago")
    await ann.presses("A quiet note on the day")
    await ann.says("/quiet 8-13")
    await bot.wait(days=2, hours=6)
    assert len(told(ann)) == 1


async def test_no_note_comes_within_three_days_of_a_crisis_nor_later_for_that_day(bot: TestBot) -> None:
    ann = await at_home(bot)
    await counting(ann, "28 days ago")
    await ann.presses("A quiet note on the day")
    await bot.wait(days=1)
    await ann.says("i want to die")
    await bot.wait(days=3)
    assert told(ann) == []


async def test_a_buddy_can_be_told_from_the_note(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await counting(ann, "28 days ago")
    await ann.presses("A quiet note on the day")
    await bot.wait(days=2, hours=3)
    assert len(told(ann)) == 1
    await ann.says("tell my buddy")
    await ann.says("send it")
    assert any("30 days in all" in text for text in ben.hears())


# ── What is kept ────────────────────────────────────────────────────────────────────────


async def test_it_is_on_the_own_page_in_the_export_and_gone_with_its_member(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("/milestones days since fent")
    await ann.says("30 days ago")
    await ann.uses("chart")
    assert "days since fent: 30 days in all" in ann.sees()[-1]
    copy = json.dumps((await export_of(ann))["your_milestones"])
    assert "days since fent" in copy
    assert "2026-10-" in copy
    raw = await bot.house.store.read(lambda tx: tx.db.rows("SELECT sealed FROM own_date"))
    assert raw
    assert all(b"fent" not in bytes(row[0]) for row in raw)
    member = await member_of(bot, ann)
    assert member is not None
    await erase(ann)
    assert await rows_with(bot, member.id) == set()


async def test_forged_and_stale_buttons_change_nothing(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await counting(ann)
    member = await member_of(bot, ann)
    assert member is not None
    before = await bot.house.store.read(lambda tx: tx.own_dates.milestones(member.id))
    for forged in (
        f"milestone.{before[0].id}.send:nowhere",
        "milestone.nothing.yes",
        f"milestone.{before[0].id}.date-on:99999999",
        f"milestone.{before[0].id}.joy",
        "milestone.medal.make",
    ):
        await ann.sends_token(forged)
    await ben.sends_token(f"milestone.{before[0].id}.yes")
    assert await bot.house.store.read(lambda tx: tx.own_dates.milestones(member.id)) == before
    assert before[0].stretches == (Stretch(datetime(2026, 10, 24, tzinfo=UTC).date()),)


async def test_in_the_bereaved_lane_nothing_is_counted_and_nothing_is_lost(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="bereaved")
    await ann.uses("milestones")
    assert "I don't count days here" in ann.sees()[-1]
    await ann.says("/milestones days since fent")
    assert "I don't count days here" in ann.sees()[-1]
    await ann.presses("Name a day")
    assert "Which day is it" in ann.sees()[-1]
