"""Remembrance dates: opt-in, a word or none, once a year at an hour of theirs, gently, and stopped in one tap."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.care.remembrance import Remembrance, next_spoken, parse_when
from buddybot.testing import Person, TestBot
from tests.stories.people.test_privacy import erase, export_of, member_of, rows_with
from tests.stories.questions.openings import at_home

ZONES = ("America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia")


async def grieving(bot: TestBot, name: str = "ann") -> Person:
    ann = bot.person(name)
    await ann.joins(lane="bereaved")
    await ann.sends_token("home.stop")
    return ann


async def keeping(bot: TestBot, when: str = "In the morning, 9:00") -> Person:
    """Let somebody who lost a person keep a day that comes in three days."""
    ann = await grieving(bot)
    await ann.uses("remember")
    await ann.presses("Name a day")
    await ann.says("november 26")
    await ann.says("my brother")
    await ann.presses(when)
    return ann


async def a_year(bot: TestBot, person: Person) -> None:
    """Let a year pass: the bot is asleep for most of it, and awake around the day."""
    for _ in range(3):
        await bot.sleep(days=121)
        await person.says("hi")
    await bot.wait(days=3)


def spoken(person: Person) -> list[str]:
    return [text for text in person.sees() if "asked me to have in mind" in text]


async def test_a_day_is_kept_with_a_word_and_spoken_of_once_a_year(bot: TestBot) -> None:
    ann = await keeping(bot)
    assert "my brother: November 26, 2026. I speak of it on the day, at 9:00." in ann.sees()[-1]
    await bot.wait(days=3)
    assert spoken(ann) == [
        "Today is the day you asked me to have in mind: my brother. You don't have to answer. I'm here."
    ]
    assert [one.label for one in ann.last().content.choices] == ["Talk to someone", "Skip", "Don't speak of it again"]
    await a_year(bot, ann)
    assert len(spoken(ann)) == 2


async def test_it_is_typed_in_spanish_with_no_word_the_evening_before(bot: TestBot) -> None:
    ann = await grieving(bot)
    await ann.says("/language es")
    await ann.says("dias de recuerdo")
    await ann.says("nombrar un día")
    await ann.says("26 de noviembre")
    await ann.says("sin palabra")
    await ann.says("la víspera a las 20:00")
    assert "Te hablo de él la tarde anterior, a las 20:00." in ann.sees()[-1]
    await bot.wait(days=4)
    said = [text for text in ann.sees() if "me pediste tener presente" in text]
    assert said == ["Mañana es el día que me pediste tener presente. No hace falta contestar. Estoy aquí."]


async def test_it_is_skipped_and_stopped_in_one_tap_and_the_day_stays(bot: TestBot) -> None:
    ann = await keeping(bot)
    await bot.wait(days=3)
    await ann.says("skip")
    assert ann.sees()[-1] == "Okay. Go gently today."
    await a_year(bot, ann)
    await ann.says("dont speak of it agian")
    if ann.sees()[-1].startswith("Did you mean"):
        await ann.says("yes")
    assert "I won't speak of it" in ann.sees()[-1]
    await a_year(bot, ann)
    assert len(spoken(ann)) == 2
    await ann.uses("remember")
    assert "my brother: November 26, 2029. I don't speak of it." in ann.sees()[-1]


async def test_company_is_one_tap_away(bot: TestBot) -> None:
    ann = await keeping(bot)
    await bot.wait(days=3)
    await ann.presses("Talk to someone")
    assert "right now" in ann.sees()[-1]


async def test_quiet_hours_put_it_off_within_its_day(bot: TestBot) -> None:
    ann = await keeping(bot)
    await ann.says("/quiet 7-15")
    await bot.wait(days=2, hours=12)
    assert spoken(ann) == []
    await bot.wait(days=1)
    assert len(spoken(ann)) == 1


async def test_a_day_that_is_all_quiet_or_on_a_break_passes_in_silence(bot: TestBot) -> None:
    ann = await keeping(bot)
    await ann.says("/pause 5 days")
    await bot.wait(days=3)
    assert spoken(ann) == []


async def test_it_is_silent_while_a_crisis_is_near(bot: TestBot) -> None:
    ann = await keeping(bot)
    await bot.wait(days=1)
    await ann.says("i want to die")
    await bot.wait(days=3)
    assert spoken(ann) == []


async def test_who_is_in_another_lane_can_keep_a_day_too(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="family")
    await ann.says("/remember June 3")
    assert "Is there a name or a word for that day" in ann.sees()[-1]
    await ann.presses("No word")
    await ann.presses("Don't speak of it, just keep it")
    await ann.says("/remember")
    assert "A day you keep: June 3, 2027. I don't speak of it." in ann.sees()[-1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("next week or so", "I didn't get a day"), ("June 3, 2050", "still to come"), ("1/1/1800", "year 1900")],
)
async def test_a_day_that_cannot_be_is_refused_with_what_to_do(bot: TestBot, typed: str, said: str) -> None:
    ann = await grieving(bot)
    await ann.says(f"/remember {typed}")
    assert said in ann.sees()[-1]
    await ann.says("3 junio")
    assert "Is there a name" in ann.sees()[-1]


async def test_numbers_that_are_two_days_are_asked_back(bot: TestBot) -> None:
    ann = await grieving(bot)
    await ann.says("/remember 3/6")
    await ann.presses("June 3, 2026")
    await ann.says("mom")
    await ann.says("at some point")
    assert any("I didn't get an hour" in text for text in ann.sees()[-2:])
    await ann.says("7pm")
    assert "mom: June 3, 2027. I speak of it on the day, at 19:00." in ann.sees()[-1]


async def test_taking_a_day_away_is_asked_once(bot: TestBot) -> None:
    ann = await keeping(bot)
    await ann.presses("Take it away")
    await ann.says("leave it as it is")
    assert ann.sees()[-1] == "It stays as it is."
    await ann.uses("remember")
    await ann.presses("my brother")
    await ann.presses("Take it away")
    await ann.says("yes take it away")
    assert ann.sees()[-1] == "Done. It is gone from here."
    await bot.wait(days=4)
    assert spoken(ann) == []


async def test_word_hour_and_day_can_be_changed(bot: TestBot) -> None:
    ann = await keeping(bot)
    await ann.presses("Another word")
    await ann.says("for Danny")
    await ann.presses("Another hour")
    await ann.says("the evening before")
    await ann.presses("Another day")
    await ann.says("december 1")
    assert ann.sees()[-1] == "for Danny: December 1, 2026. I speak of it the evening before, at 18:00."
    await bot.wait(days=9)
    assert len(spoken(ann)) == 1
    assert spoken(ann)[0].startswith("Tomorrow")


@pytest.mark.parametrize("word", ["call 212-555-0143", "x" * 61])
async def test_a_word_is_screened(bot: TestBot, word: str) -> None:
    ann = await grieving(bot)
    await ann.says("/remember June 3")
    await ann.says(word)
    assert "Is there a name or a word" in ann.sees()[-1]
    copy = (await export_of(ann))["your_remembrance_dates"]
    assert word not in json.dumps(copy)


async def test_it_is_in_the_export_sealed_and_gone_with_its_member(bot: TestBot) -> None:
    ann = await keeping(bot)
    assert "my brother" in json.dumps((await export_of(ann))["your_remembrance_dates"])
    raw = await bot.house.store.read(lambda tx: tx.db.rows("SELECT sealed FROM own_date"))
    assert raw
    assert all(b"brother" not in bytes(row[0]) for row in raw)
    member = await member_of(bot, ann)
    assert member is not None
    await erase(ann)
    assert await rows_with(bot, member.id) == set()


async def test_only_so_many_fit_and_forged_buttons_change_nothing(bot: TestBot) -> None:
    ann = await at_home(bot)
    for number in range(1, 13):
        await ann.says(f"/remember January {number}")
        await ann.presses("No word")
        await ann.presses("Don't speak of it, just keep it")
    await ann.says("/remember January 20")
    assert "all that fits" in ann.sees()[-1]
    before = (await export_of(ann))["your_remembrance_dates"]
    for forged in ("remember.nothing.yes", "remember.new.on:99999999", "remember.nothing.on:730000", "remember.x.joy"):
        await ann.sends_token(forged)
    assert (await export_of(ann))["your_remembrance_dates"] == before


# ── When it is due ──────────────────────────────────────────────────────────────────────


@given(
    st.sampled_from(ZONES),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)),
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 1),
    st.integers(0, 366 * 24),
)
def test_each_year_has_it_once_at_its_hour_on_the_wall(zone: str, day: date, minute: int, eve: int, start: int) -> None:
    """Across changes of clocks, and on February 29."""
    one, clock = Remembrance("x", day.month, day.day, minute=minute, eve=bool(eve)), ZoneInfo(zone)
    at, years = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(hours=start), list[int]()
    for _ in range(6):
        on, due = next_spoken(one, clock, at)
        assert due > at
        local = due.astimezone(clock)
        assert on - local.date() in {timedelta(days=eve), timedelta(days=eve - 1)}
        assert (on.month, on.day) == (day.month, day.day) or (on.month, on.day, day.day) == (2, 28, 29)
        years.append(on.year)
        one = Remembrance("x", day.month, day.day, minute=minute, eve=bool(eve), told=on)
        at = due
    assert years == list(range(years[0], years[0] + 6))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("8pm", (20 * 60, False)),
        ("at 7:30 in the morning", (7 * 60 + 30, False)),
        ("the evening before", (18 * 60, True)),
        ("the night before at 9pm", (21 * 60, True)),
        ("la víspera", (18 * 60, True)),
        ("por la mañana", (9 * 60, False)),
        ("whenever", None),
    ],
)
def test_an_hour_is_read(said: str, heard: tuple[int, bool] | None) -> None:
    assert parse_when(said) == heard
