"""A member's own check-ins: set up by themselves, tapped or typed, never in quiet hours and never twice a day."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buddybot.domain.care.rhythm import GAP, RHYTHMS, Rhythm, next_due, parse_rhythm
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot
from tests.stories.people.test_privacy import erase, export_of, member_of, rows_with
from tests.stories.questions.openings import at_home

ASKS = ("How's today?", "How is it today?")
EVENING = 18 * 60


async def asked(bot: TestBot, said: str = "daily 18:00") -> Person:
    """Let somebody set up check-ins, and be asked for the first time."""
    ann = await at_home(bot)
    await ann.says(f"/checkin {said}")
    await bot.wait(days=1)
    return ann


def asks(person: Person) -> int:
    return sum(any(ask in text for ask in ASKS) for text in person.sees())


async def kept(bot: TestBot, person: Person) -> list[str]:
    member = await member_of(bot, person)
    assert member is not None
    days = await bot.house.store.read(lambda tx: tx.own.days(member.id))
    return [f"{one.mood}/{one.craving}/{one.safe}" for one in days.values()]


async def test_the_rhythm_is_tapped(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.uses("checkin")
    assert "Only you see what you tap" in ann.sees()[-1]
    await ann.presses("Every day")
    await ann.presses("Evening, 18:00")
    assert any("Every day, at 18:00" in text for text in ann.sees())
    await bot.wait(days=3)
    assert asks(ann) == 3


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("daily 7pm", ("daily", 19 * 60)),
        ("every day at 7:30 am", ("daily", 7 * 60 + 30)),
        ("cada semana a las 19:30", ("weekly", 19 * 60 + 30)),
        ("algunos días 8", ("some", 8 * 60)),
        ("off", ("off", None)),
        ("12am", ("", 0)),
        ("at 99", ("", None)),
        ("", ("", None)),
    ],
)
def test_a_rhythm_is_read(book: Book, said: str, heard: tuple[str, int | None]) -> None:
    assert parse_rhythm(said, book.replies.arguments["checkin"]) == heard


async def test_an_easy_day_is_three_taps(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.presses("Okay")
    assert "Any craving" in ann.sees()[-1]
    await ann.presses("Some")
    await ann.presses("Yes")
    assert "Only you can see this" in ann.sees()[-1]
    assert await kept(bot, ann) == ["okay/some/yes"]


async def test_a_hard_day_is_eased_first_and_typed_as_well(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.says("really hard")
    assert "one notch easier" in ann.sees()[-1]
    await ann.says("quiet")
    assert "Quiet it is" in ann.sees()[-2]
    await ann.says("yes")
    assert "Go easy on yourself" in ann.sees()[-1]
    assert await kept(bot, ann) == ["awful//yes"]


@pytest.mark.parametrize(
    ("choice", "then"), [("Company", "You don't have to sit with this alone"), ("Distraction", "")]
)
async def test_what_would_help_is_done(bot: TestBot, choice: str, then: str) -> None:
    ann = await asked(bot)
    await ann.presses("Hard")
    await ann.presses(choice)
    assert then in ann.sees()[-1]
    assert ("Do you feel safe" in ann.sees()[-1]) is (choice == "Distraction")


async def test_not_safe_goes_the_way_of_a_crisis(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.presses("Meh")
    await ann.says("none")
    await ann.says("no")
    assert "988" in ann.sees()[-1]
    await bot.wait(hours=20)
    assert asks(ann) == 1, "who is looked after is not asked for a mood"


async def test_it_is_asked_more_softly_after_a_crisis(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("/checkin daily 18:00")
    await ann.says("i want to die")
    await bot.wait(days=2, hours=12)
    assert any("No need to answer. How is it today?" in text for text in ann.sees())
    await bot.wait(days=2)
    assert "How's today?" in next(text for text in reversed(ann.sees()) if any(ask in text for ask in ASKS))


async def test_skipping_and_stopping_take_one_tap(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.presses("Skip")
    assert ann.sees()[-1] == "Okay, skipped."
    await bot.wait(days=1)
    await ann.says("stop these")
    assert "I stopped asking" in ann.sees()[-1]
    count = asks(ann)
    await bot.wait(days=10)
    assert asks(ann) == count


async def test_a_second_tap_and_a_forged_one_change_nothing(bot: TestBot) -> None:
    ann = await asked(bot)
    token = next(one.token for one in ann.last().content.choices if one.label == "Meh")
    await ann.sends_token(token)
    await ann.sends_token(token)
    assert "I have that already" in ann.sees()[-1]
    before = await kept(bot, ann)
    for forged in ("own.0.mood:okay", "own.99999999999.mood:okay", "own.x.mood:okay", token.replace("meh", "joy")):
        await ann.sends_token(forged)
    assert await kept(bot, ann) == before == ["meh//"]


async def test_quiet_hours_put_it_off_and_it_is_not_doubled(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("/quiet 17-19")
    await ann.says("/checkin daily 18:00")
    for day in range(1, 8):
        await bot.wait(days=1)
        assert asks(ann) == day
    member = await member_of(bot, ann)
    assert member is not None
    setup = await bot.house.store.read(lambda tx: tx.own.setup(member.id))
    assert setup.asked_at is not None
    assert setup.asked_at.astimezone(ZoneInfo(member.private.zone or "UTC")).hour == 19


async def test_a_break_is_left_in_peace(bot: TestBot) -> None:
    ann = await at_home(bot)
    await ann.says("/checkin daily 18:00")
    await ann.says("/pause 5")
    await bot.wait(days=4)
    assert asks(ann) == 0
    await bot.wait(days=3)
    assert asks(ann) in {2, 3}


async def test_it_is_in_the_export_and_gone_with_its_member(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.presses("Meh")
    copy = (await export_of(ann))["your_own_check_ins"]
    assert '"mood": "meh"' in json.dumps(copy)
    assert '"how_often": "daily"' in json.dumps(copy)
    member = await member_of(bot, ann)
    assert member is not None
    raw = await bot.house.store.read(lambda tx: tx.db.rows("SELECT sealed FROM own_day"))
    assert raw
    assert all(b'"meh"' not in bytes(row[0]) for row in raw)
    await erase(ann)
    assert await rows_with(bot, member.id) == set()


async def test_a_day_is_kept_for_a_year(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.presses("Meh")
    await ann.says("/checkin off")
    for _ in range(2):
        await bot.sleep(days=170)
        await ann.says("hi")
    await bot.wait(hours=2)
    assert await kept(bot, ann) == ["meh//"]
    await bot.sleep(days=30)
    await ann.says("hi")
    await bot.wait(hours=2)
    assert await kept(bot, ann) == []


# ── When it is due ──────────────────────────────────────────────────────────────────────

ZONES = ("America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia")


@given(
    st.sampled_from(RHYTHMS),
    st.integers(0, 24 * 60 - 1),
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=3),
    st.integers(0, 365 * 24 * 60),
)
def test_no_two_fall_on_one_day_nor_close_to_each_other(often: str, minute: int, zones: list[str], start: int) -> None:
    """Across changes of clocks, and for somebody who travels."""
    rhythm, days = Rhythm(often, minute, 3), set[tuple[str, date]]()
    asked_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)
    for number in range(30):
        zone = zones[number * len(zones) // 30]
        due = next_due(rhythm, ZoneInfo(zone), asked_at, asked_at)
        assert due - asked_at >= GAP
        local = due.astimezone(ZoneInfo(zone))
        assert local.weekday() in rhythm.days
        assert (zone, local.date()) not in days
        assert abs((local.hour * 60 + local.minute) - minute) <= 60 or local.dst() is not None
        days.add((zone, local.date()))
        asked_at = due


def test_a_change_of_clocks_keeps_the_hour_on_the_wall() -> None:
    zone, at = ZoneInfo("America/New_York"), datetime(2026, 10, 30, 12, tzinfo=UTC)
    for _ in range(4):
        at = next_due(Rhythm("daily", EVENING), zone, at, at)
        assert at.astimezone(zone).hour == 18
        at += timedelta(minutes=1)


# ── Words that may mean two things ──────────────────────────────────────────────────────

WHICH = {"en": "each answer is fine. Which one did you mean?", "es": "cualquier respuesta vale. ¿Cuál quisiste decir?"}


async def asked_in(bot: TestBot, locale: str, *taps: str) -> Person:
    ann = await asked(bot)
    for tap in taps:
        await ann.presses(tap)
    await ann.says(f"/language {locale}")
    return ann


@pytest.mark.parametrize(
    ("locale", "typed", "answer", "record"),
    [
        ("en", "not today", "none", "okay/none/"),
        ("en", "nah not today", "no", "okay/none/"),
        ("en", "not 2day", "skip", "okay//"),
        ("en", "no thanks", "skip", "okay//"),
        ("en", "idk", "some", "okay/some/"),
        ("es", "hoy no", "nada", "okay/none/"),
        ("es", "por hoy no", "no", "okay/none/"),
        ("es", "no gracias", "saltar", "okay//"),
    ],
)
@pytest.mark.parametrize("tapped", [True, False])
async def test_not_today_is_asked_back_kindly_where_it_may_mean_none_or_skip(
    bot: TestBot, locale: str, typed: str, answer: str, record: str, *, tapped: bool
) -> None:
    ann = await asked_in(bot, locale, "Okay")
    await ann.says(typed)
    assert ann.sees()[-1].endswith(WHICH[locale])
    assert await kept(bot, ann) == ["okay//"], "nothing is guessed"
    labels = {choice.label.casefold(): choice.label for choice in ann.last().content.choices}
    await (ann.presses(labels[answer]) if tapped and answer in labels else ann.says(answer))
    assert await kept(bot, ann) == [record]
    skips = answer in {"skip", "saltar"}
    assert ("safe" in ann.sees()[-1] or "a salvo" in ann.sees()[-1]) is not skips


@pytest.mark.parametrize(
    ("locale", "typed"), [("en", "not today"), ("en", "not sure"), ("es", "hoy no"), ("es", "no sé")]
)
async def test_a_doubt_about_being_safe_is_never_skipped_over(bot: TestBot, locale: str, typed: str) -> None:
    ann = await asked_in(bot, locale, "Okay", "None")
    await ann.says(typed)
    assert ann.sees()[-1].endswith(WHICH[locale])
    await ann.says("no")
    assert "988" in ann.sees()[-1]
    assert await kept(bot, ann) == ["okay/none/no"]


@pytest.mark.parametrize(("locale", "typed"), [("en", "not today"), ("es", "hoy no"), ("es", "nada hoy")])
async def test_not_today_skips_the_first_question_of_a_day(bot: TestBot, locale: str, typed: str) -> None:
    ann = await asked_in(bot, locale)
    await ann.says(typed)
    assert ann.sees()[-1] == {"en": "Okay, skipped.", "es": "Vale, lo saltamos."}[locale]
    assert await kept(bot, ann) == []


@pytest.mark.parametrize(("locale", "typed"), [("en", "nothing helps"), ("en", "no"), ("es", "nada")])
async def test_where_nothing_would_help_they_are_asked_if_they_are_safe(bot: TestBot, locale: str, typed: str) -> None:
    ann = await asked_in(bot, locale, "Really hard")
    await ann.says(typed)
    assert ann.sees()[-1] in {"Do you feel safe right now?", "¿Te sientes a salvo ahora?"}
