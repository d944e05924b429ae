"""What time it is for somebody: asked in times of day, kept as a zone, and right after clocks change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from buddybot.domain.people.members import Private
from buddybot.testing import Person, TestBot

OCTOBER = datetime(2026, 10, 28, 17, 30, tzinfo=UTC)


async def private_of(bot: TestBot, person: Person) -> Private:
    member = await bot.house.store.read(lambda tx: tx.members.by_address(person.address))
    assert member is not None
    return member.private


async def asked(bot: TestBot, *, country: str = "US", zone: str = "", locale: str = "en") -> Person:
    """Return somebody who is being asked what time it is for them."""
    ann = bot.person("ann")
    ann.zone = zone
    await ann.joins(country=country, lane="self")
    await ann.says(f"/language {locale}")
    await ann.sends_token("answers.local_time")
    return ann


def heard(person: Person, words: str) -> bool:
    return any(words in text for text in person.sees())


def labels(person: Person) -> list[str]:
    return [choice.label for choice in person.last().content.choices]


# ── Quiet hours ─────────────────────────────────────────────────────────────────────────


async def test_a_night_stays_a_night_when_the_clocks_change(bot: TestBot) -> None:
    bot.clock.at = OCTOBER
    ann, ben = await bot.pair("ann", "ben")
    await ben.sends_token("answers.local_time")
    await ben.says("New York")
    await ben.says("/quiet 22-7")
    for moment, passed in (
        (datetime(2026, 11, 1, 2, 30, tzinfo=UTC), False),
        (datetime(2026, 11, 3, 2, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 3, 11, 30, tzinfo=UTC), False),
    ):
        await bot.sleep(seconds=(moment - bot.clock.at).total_seconds())
        await ann.says(f"hello at {moment:%d %H}")
        assert any(f"hello at {moment:%d %H}" in text for text in ben.sees()) is passed
    await bot.wait(minutes=31)
    assert heard(ben, "hello at 03 11")


async def test_who_crosses_to_another_zone_has_their_night_there(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")  # noon in UTC
    await ben.sends_token("answers.local_time")
    await ben.says("London")
    await ben.says("/quiet 22-7")
    await ann.says("good day")
    assert heard(ben, "good day")
    await ben.sends_token("answers.local_time")
    await ben.says("Tokyo")
    await bot.sleep(hours=1)
    await ann.says("good night")
    assert not heard(ben, "good night")
    await bot.wait(hours=9)
    assert heard(ben, "good night")


@pytest.mark.parametrize("zone", ["", "Europe/Atlantis"])
async def test_an_offset_of_before_and_a_zone_that_vanished_still_give_the_time(bot: TestBot, zone: str) -> None:
    ann, ben = await bot.pair("ann", "ben")
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ben.address))
    assert member is not None
    old = replace(member, private=replace(member.private, zone=zone, utc_offset=600))
    await bot.house.store.write(lambda tx: tx.members.save(old))
    await ben.says("/quiet 22-7")
    await ann.says("it is past eleven there")
    assert not heard(ben, "past eleven")
    await bot.wait(hours=9)
    assert heard(ben, "past eleven")


# ── The question ────────────────────────────────────────────────────────────────────────


async def test_the_time_of_the_device_is_one_tap_and_no_town_is_kept(bot: TestBot) -> None:
    ann = await asked(bot, zone="America/Indiana/Knox")
    assert "Is it about 6:00 am for you right now?" in ann.sees()[-1]
    await ann.presses("Yes")
    private = await private_of(bot, ann)
    assert (private.zone, private.utc_offset) == ("America/Chicago", -360)
    assert "Knox" not in private.intake


async def test_a_yes_that_is_typed_takes_the_suggestion_and_a_no_shows_the_day(bot: TestBot) -> None:
    ann = await asked(bot, country="DE")
    assert "Is it about 1:00 pm for you right now?" in ann.sees()[-1]
    await ann.says("no")
    times = labels(ann)
    assert times[0] == "12:00 am"
    assert times[23] == "11:00 pm"
    await ann.presses("9:00 pm")
    assert (await private_of(bot, ann)).utc_offset == 540
    await ann.sends_token("answers.local_time")
    await ann.says("yes")
    assert (await private_of(bot, ann)).zone == "Europe/Berlin"


async def test_a_country_with_many_times_offers_them_and_then_all(bot: TestBot) -> None:
    ann = await asked(bot)
    assert labels(ann)[:6] == ["7:00 am", "6:00 am", "5:00 am", "4:00 am", "3:00 am", "2:00 am"]
    await ann.says("a different time")
    assert len(labels(ann)) == 25
    await ann.presses("Back")
    await ann.sends_token("answers.local_time")
    await ann.presses("7:00 am")
    assert (await private_of(bot, ann)).zone == "America/New_York"


async def test_where_two_rules_show_one_time_summer_time_is_asked_about(bot: TestBot) -> None:
    ann = await asked(bot)
    await ann.presses("5:00 am")
    assert "Do your clocks change in summer?" in ann.sees()[-1]
    await ann.presses("No")
    assert (await private_of(bot, ann)).zone == "America/Phoenix"


@pytest.mark.parametrize("answer", ["press", "7:00 pm", "2"])
async def test_what_is_doubtful_is_asked_in_times_of_day(bot: TestBot, answer: str) -> None:
    ann = await asked(bot)
    await ann.says("7:00")
    assert "is it about" in ann.sees()[-1]
    assert labels(ann)[:2] == ["7:00 am", "7:00 pm"]
    await (ann.presses("7:00 pm") if answer == "press" else ann.says(answer))
    assert (await private_of(bot, ann)).utc_offset == 420


@pytest.mark.parametrize(("locale", "typed"), [("en", "7"), ("es", "cst"), ("en", "usa"), ("es", "10:57")])
async def test_nobody_is_shown_an_offset_or_the_name_of_a_zone(bot: TestBot, locale: str, typed: str) -> None:
    ann = await asked(bot, locale=locale)
    await ann.says(typed)
    await ann.sends_token(ann.last().content.choices[0].token)
    await ann.says("/answers")
    shown = [*ann.sees(), *(choice.label for message in ann.chat() for choice in message.content.choices)]
    assert not [text for text in shown if any(sign in text for sign in ("+0", "-0", "America/", "Asia/", "local_time"))]


async def test_a_button_of_no_zone_is_no_answer(bot: TestBot) -> None:
    ann = await asked(bot)
    for key in ("Europe/Atlantis", "../etc/passwd", "+00:17", "anything"):
        await ann.sends_token(f"ask.local_time.{key}")
        assert (await private_of(bot, ann)).zone == ""


async def test_the_export_names_the_zone_that_is_kept(bot: TestBot) -> None:
    ann = await asked(bot, zone="Europe/Paris")
    await ann.presses("Yes")
    await ann.says("/export")
    document = next(message.content.document for message in reversed(ann.chat()) if message.content.document)
    assert '"local_time": "Europe/Paris"' in document.text
