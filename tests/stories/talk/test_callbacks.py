"""Somebody who is away hears that something is waiting: once, without a word of it, and not in their quiet hours."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Away, Capabilities, PushAddress, Rejected, RetryLater, Subscribed, Unreachable
from buddybot.domain.kernel.messages import Origin
from buddybot.service.people import privacy
from buddybot.service.talk.callbacks import SETTLES, TRIES
from buddybot.store.talk.push_addresses import MOST_DEVICES
from buddybot.testing import Clock, FakePlatform, Person, TestBot, running

PHONE, LAPTOP = (PushAddress(f"https://push.example.org/{name}", "key", "secret") for name in ("phone", "laptop"))
ALWAYS = 50_000
CALL = "Something is waiting for you"


def web() -> FakePlatform:
    return FakePlatform(capabilities=Capabilities(calls=True))


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[TestBot]:
    async with running(tmp_path, platform=web()) as made:
        yield made


async def subscribes(person: Person, push: PushAddress | None = PHONE) -> None:
    """Let their device say whether it may be called, as a page does before it presses the button."""
    await person.does(Subscribed(Origin(person.platform.next_id(), person.address), push))


async def away(bot: TestBot, person: Person) -> None:
    bot.platform.recovers(person.address.account)
    bot.platform.fails(person.address.account, *[Away()] * ALWAYS)


async def back(bot: TestBot, person: Person) -> None:
    bot.platform.recovers(person.address.account)
    bot.house.engine.awake(person.address)
    await bot.settle()


async def callable_pair(bot: TestBot, *pushes: PushAddress) -> tuple[Person, Person]:
    ann, ben = await bot.pair("ann", "ben")
    for push in pushes or (PHONE,):
        await subscribes(ben, push)
    await away(bot, ben)
    return ann, ben


async def minutes(bot: TestBot, count: int) -> None:
    """Let time pass in small steps: a call that failed is due again soon."""
    for _ in range(count):
        await bot.wait(minutes=1)


def called(bot: TestBot) -> list[str]:
    return [push.endpoint.rpartition("/")[2] for push, _ in bot.platform.called]


# ── Asking ──────────────────────────────────────────────────────────────────────────────


async def test_who_begins_to_wait_is_asked_and_again_after_the_first_note_and_then_never(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    assert sum("Want me to tell you" in text for text in ann.sees()) == 1
    await ann.says("not now")
    assert "waits here" in ann.sees()[-1]
    ben = bot.person("ben")
    await ben.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await bot.wait(hours=1, seconds=1)
    for one in (ann, ben):
        await one.presses("Say hello")
    for number in range(3):
        await ann.says(f"hello {number}")
    assert sum("Want me to tell you" in text for text in ann.sees()) == 2


async def test_nobody_is_asked_where_a_device_cannot_be_called(tmp_path: Path) -> None:
    async with running(tmp_path) as plain:
        ann, _ = await plain.pair("ann", "ben")
        await ann.says("hello")
        assert not any("Want me to tell you" in text for text in ann.sees())
        await ann.says("/notify on")
        assert "tells you by itself" in ann.sees()[-1]


async def test_a_device_that_agreed_is_called_and_a_typed_yes_needs_its_tap(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("/notify")
    await ann.says("tell me")
    assert "One more tap" in ann.sees()[-1]
    assert any(choice.subscribes for choice in ann.last().content.choices)
    await subscribes(ann)
    await ann.presses("Tell me")
    assert "Okay. I'll tell you once" in ann.sees()[-1]
    await ann.says("/notify")
    assert "on one device" in ann.sees()[-1]
    await ann.says("hello")
    assert sum("Want me to tell you" in text for text in ann.sees()) == 2  # as they began to look, and by /notify


async def test_where_it_cannot_be_they_hear_what_else_there_is(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await subscribes(ann, None)
    assert "waits 7 days here" in ann.sees()[-1]
    assert "Keep your place" in ann.sees()[-1]


# ── Calling ─────────────────────────────────────────────────────────────────────────────


async def test_who_is_away_is_called_once_until_they_are_back(bot: TestBot) -> None:
    ann, ben = await callable_pair(bot, PHONE, LAPTOP)
    await ann.says("one")
    await bot.wait(seconds=20)
    assert called(bot) == []
    await bot.wait(seconds=20)
    assert sorted(called(bot)) == ["laptop", "phone"]
    assert {text for _, text in bot.platform.called} == {CALL}
    for number in range(5):
        await ann.says(f"more {number}")
        await bot.wait(hours=5)
    assert len(called(bot)) == 2
    await back(bot, ben)
    await away(bot, ben)
    await ann.says("after that")
    await bot.wait(minutes=2)
    assert len(called(bot)) == 4


async def test_a_tab_that_only_loads_anew_calls_nobody(bot: TestBot) -> None:
    ann, ben = await callable_pair(bot)
    await ann.says("one")
    await back(bot, ben)
    await bot.wait(hours=1)
    assert called(bot) == []


async def test_quiet_hours_hold_a_call_and_a_break_keeps_it(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await subscribes(ben)
    await ben.says("/quiet 8-23")
    await away(bot, ben)
    await ben.says("/help")  # the bot's own answer waits as well
    await bot.wait(hours=1)
    assert called(bot) == []
    await bot.wait(hours=20)
    assert called(bot) == ["phone"]
    await back(bot, ben)
    await ben.says("/quiet off")
    await ben.says("/pause 3")
    await away(bot, ben)
    await ben.says("/help")
    await bot.wait(hours=5)
    assert called(bot) == ["phone"]
    assert ann.sees()


async def test_a_crisis_passes_quiet_hours(bot: TestBot) -> None:
    _, ben = await bot.pair("ann", "ben")
    await subscribes(ben)
    await ben.says("/quiet 0-23")
    await away(bot, ben)
    await ben.says("i want to kill myself tonight")
    await bot.wait(minutes=1)
    assert called(bot) == ["phone"]


async def test_notify_off_and_forget_take_every_device(bot: TestBot) -> None:
    ann, ben = await callable_pair(bot, PHONE, LAPTOP)
    await ben.says("/notify off")
    await ann.says("one")
    await bot.wait(hours=1)
    assert called(bot) == []
    await subscribes(ann)
    await ann.says("/forget")
    await ann.sends_token("forget.all")
    await ann.sends_token("forget.yes")
    rows = await bot.house.store.read(lambda tx: tx.db.rows("SELECT * FROM push"))
    assert rows == []


async def test_the_copy_names_a_push_address_and_no_endpoint_lies_open(bot: TestBot) -> None:
    _, ben = await callable_pair(bot)
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ben.address))
    assert member is not None
    copy = await bot.house.store.read(lambda tx: privacy.personal_data(bot.house.engine.turn(tx), member))
    assert copy["devices_to_call"] == ["a push address"]
    assert b"push.example.org" not in (bot.folder / "bot.db").read_bytes()
    assert b"push.example.org" not in (bot.folder / "bot.db-wal").read_bytes()


async def test_a_shared_device_is_its_last_ones_and_devices_are_bounded(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await subscribes(ann)
    await subscribes(ben)
    for number in range(MOST_DEVICES + 2):
        await subscribes(ben, replace(LAPTOP, endpoint=f"https://push.example.org/{number}"))
        bot.clock.at += timedelta(seconds=1)
    for one, count in ((ann, 0), (ben, MOST_DEVICES)):
        member = await bot.house.store.read(lambda tx: tx.members.by_address(one.address))
        assert member is not None
        assert await bot.house.store.read(lambda tx: tx.push.count(member.id)) == count


# ── Trouble ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("error", [Unreachable(), Rejected("status 403")])
async def test_a_device_that_is_known_no_more_is_forgotten_and_others_are_called(
    bot: TestBot, error: Exception
) -> None:
    ann, _ = await callable_pair(bot, PHONE, LAPTOP)
    bot.platform.call_errors = [error]
    await ann.says("one")
    await bot.wait(minutes=1)
    assert len(called(bot)) == 1
    assert len(await bot.house.store.read(lambda tx: tx.db.rows("SELECT 1 FROM push"))) == 1


@pytest.mark.parametrize("error", [RetryLater(), RetryLater(5), TimeoutError(), ValueError("a bug")])
async def test_a_service_in_trouble_is_tried_again_a_bounded_number_of_times(bot: TestBot, error: Exception) -> None:
    ann, ben = await callable_pair(bot)
    bot.platform.call_errors = [error] * 2
    await ann.says("one")
    await minutes(bot, 10)
    assert called(bot) == ["phone"]
    await back(bot, ben)
    await away(bot, ben)
    bot.platform.call_errors = [error] * 50
    await ann.says("two")
    await minutes(bot, 200)
    assert len(bot.platform.call_errors) == 50 - TRIES


async def test_a_restart_between_the_note_and_the_call_changes_nothing(tmp_path: Path) -> None:
    platform, clock = web(), Clock()
    async with running(tmp_path, platform=platform, clock=clock) as bot:
        ann, _ = await callable_pair(bot)
        await ann.says("one")
    async with running(tmp_path, platform=platform, clock=clock, seed=2) as again:
        await again.wait(seconds=SETTLES.total_seconds() + 1)
        assert called(again) == ["phone"]
        await again.wait(hours=2)
        assert called(again) == ["phone"]


async def test_a_clock_that_was_ahead_does_not_silence_calls(bot: TestBot) -> None:
    ann, _ = await callable_pair(bot)
    bot.clock.wrong = timedelta(days=30)
    await bot.wait(minutes=2)
    await ann.says("one")
    bot.clock.wrong = timedelta()
    for _ in range(5):
        await bot.wait(minutes=1)
    assert called(bot) == ["phone"]
