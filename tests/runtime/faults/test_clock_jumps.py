"""A clock that is wrong for a moment, or for an hour, silences nobody, stops nothing and erases nothing."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from buddybot.domain.kernel.messages import Content, Send, Span
from buddybot.runtime.steady_clock import PROVEN, TRUST, SteadyClock
from buddybot.service.kernel.book import Book
from buddybot.store import clock as reined
from buddybot.store.kernel.db import moment, stamp
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from buddybot.testing import Clock, TestBot, running

AHEAD = timedelta(days=30)
HELD = timedelta(seconds=TRUST + 1)
AN_HOUR = timedelta(seconds=PROVEN + 1)
PERIODIC = ("round", "circles", "sweep")


async def set_clock(bot: TestBot, wrong: timedelta) -> None:
    """Put the machine's clock wrong, and leave it so for long enough to be believed."""
    bot.clock.wrong = wrong
    await bot.tick()
    bot.clock.at += HELD
    await bot.tick()


async def due_at(bot: TestBot, kind: str) -> datetime:
    found = await bot.house.store.read(lambda tx: tx.timers.find(kind, "all"))
    assert found is not None
    return found.due


# ── The clock itself ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", [AHEAD, -AHEAD, timedelta(minutes=2), timedelta(minutes=-2)])
def test_a_jump_counts_only_once_it_has_held(by: timedelta) -> None:
    machine = Clock()
    steady = SteadyClock(machine.now, machine.uptime)
    machine.wrong = by
    assert steady.now() == machine.at
    machine.at += timedelta(seconds=TRUST - 1)
    assert steady.now() == machine.at
    machine.at += timedelta(seconds=2)
    assert steady.now() == machine.at + by
    assert steady.unproven() is not None
    machine.at += AN_HOUR
    assert steady.unproven() is None


def test_a_clock_that_comes_right_by_itself_is_as_good_as_before(caplog: pytest.LogCaptureFixture) -> None:
    machine = Clock()
    steady = SteadyClock(machine.now, machine.uptime)
    machine.wrong = AHEAD
    for _ in range(30):
        machine.at += timedelta(seconds=1)
        assert steady.now() == machine.at
    assert steady.unproven() is not None
    machine.wrong = timedelta()
    assert steady.now() == machine.at
    assert steady.unproven() is None
    assert caplog.text.count("the machine's clock went ahead by 30 days") == 1


def test_small_corrections_are_followed_and_a_restless_clock_is_told_of_once_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    machine = Clock()
    steady = SteadyClock(machine.now, machine.uptime)
    for _ in range(100):
        machine.at += timedelta(seconds=1)
        machine.wrong += timedelta(seconds=5)
        assert steady.now() == machine.now()
    assert caplog.text == ""
    for number in range(119):
        machine.at += timedelta(seconds=1)
        machine.wrong += timedelta(hours=1 + number)
        steady.now()
    assert caplog.text.count("clock went ahead") == 2


# ── The house, when it jumps ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=1), AHEAD])
async def test_a_clock_set_back_silences_nobody(bot: TestBot, back: timedelta) -> None:
    ann, ben = await bot.pair("ann", "ben")
    for number in range(5):
        await ann.says(f"before {number}")
    await set_clock(bot, -back)
    for number in range(5):
        await ann.says(f"after {number}")
    await ben.says("/help")
    assert [text.rpartition(" ")[2] for text in ben.hears()[-5:]] == list("01234")
    assert "Here is what you can do" in ben.sees()[-1]
    assert not any("a lot of notes at once" in text for text in ann.sees())


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=1), AHEAD])
async def test_what_waited_for_another_try_is_not_held_up_by_a_clock_set_back(bot: TestBot, back: timedelta) -> None:
    ann, ben = await bot.pair("ann", "ben")
    now = bot.clock.now()
    member = await bot.house.store.read(lambda tx: tx.members.by_address(ben.address))
    assert member is not None

    def retried(tx: Tx) -> None:
        tx.outbox.add(member.id, Send(Content((Span("waits"),))), now)
        again = stamp(now + timedelta(minutes=9))
        tx.db.run("UPDATE outbox SET due_at = :due, attempts = 1 WHERE recipient = :id", due=again, id=member.id)

    await bot.house.store.write(retried)
    await set_clock(bot, -back)
    await bot.wait(minutes=12)
    assert "waits" in ben.sees()
    await ann.says("and this")
    assert ben.hears()[-1].endswith("and this")


async def test_a_month_ahead_for_one_tick_changes_nothing_at_all(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    cay = bot.person("cay")
    await cay.says("hi")
    before = [await due_at(bot, kind) for kind in PERIODIC]
    bot.clock.wrong = AHEAD
    await bot.tick()
    await ann.says("said while it was ahead")
    bot.clock.wrong = timedelta()
    await bot.tick()
    assert [await due_at(bot, kind) for kind in PERIODIC] == before
    assert ben.hears()[-1].endswith("said while it was ahead")
    await ben.says("still here")
    assert ann.hears()[-1].endswith("still here")
    await cay.says("/help")
    assert "Here is what you can do" in cay.sees()[-1]


async def test_a_month_ahead_for_a_quarter_of_an_hour_then_right_leaves_nobody_deaf(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    await set_clock(bot, AHEAD)
    await ann.says("said while it was ahead")
    await bot.wait(minutes=15)
    await set_clock(bot, timedelta())
    for kind in PERIODIC:
        assert await due_at(bot, kind) <= bot.clock.now() + timedelta(hours=1)
    await ann.says("and now")
    await ben.says("yes")
    assert ben.hears()[-1].endswith("and now")
    assert ann.hears()[-1].endswith("yes")
    await bot.wait(hours=3)
    late = [one.kind for one in await bot.house.store.read(lambda tx: tx.timers.due(bot.clock.now(), 100))]
    assert late == []


async def test_what_was_asked_a_month_ahead_is_still_answered(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await set_clock(bot, AHEAD)
    await ann.says("/report")
    await set_clock(bot, timedelta())
    await ann.says("mean")
    assert "Should moderators see" in ann.sees()[-1]


async def test_nothing_is_erased_by_a_clock_that_jumped_until_it_has_proven_right(bot: TestBot) -> None:
    draft = bot.person("draft")
    await draft.says("hi")
    await draft.presses("Find a buddy")
    await set_clock(bot, timedelta(days=400))
    members = await bot.house.store.read(lambda tx: tx.members.all_ids())
    await bot.wait(minutes=50)
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == members != []
    await bot.wait(minutes=20)
    await bot.wait(hours=1)
    assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []  # it has held for an hour: it is the time


async def test_a_start_at_a_time_that_can_not_be_erases_nothing_for_an_hour(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    async with running(tmp_path, book=book, clock=clock) as bot:
        await bot.person("draft").says("hi")
        await bot.wait(minutes=1)
    for wrong in (AHEAD * 20, -AHEAD):
        clock.wrong = wrong
        async with running(tmp_path, book=book, clock=clock) as bot:
            await bot.wait(minutes=50)
            assert len(await bot.house.store.read(lambda tx: tx.members.all_ids())) == 1
            for kind in PERIODIC:
                assert await due_at(bot, kind) <= bot.clock.now() + timedelta(hours=1)
    assert "nothing is erased for an hour" in caplog.text
    clock.wrong = timedelta()
    async with running(tmp_path, book=book, clock=clock) as bot:
        await bot.wait(hours=3)
        assert len(await bot.house.store.read(lambda tx: tx.members.all_ids())) == 1
        assert await bot.house.store.read(lambda tx: tx.timers.due(bot.clock.now(), 10)) == []


# ── What was written while it was ahead ─────────────────────────────────────────────────


async def test_moments_from_the_time_to_come_are_brought_back_with_their_spans(bot: TestBot) -> None:
    now, ahead = bot.clock.now(), bot.clock.now() + AHEAD
    await bot.person("ann").says("hi")

    def write(tx: Tx) -> None:
        tx.timers.now = ahead
        tx.timers.set(Timer("care", "x", ahead + timedelta(hours=4)))
        tx.timers.now = now
        tx.timers.set(Timer("care", "y", now + timedelta(days=2)))
        tx.db.run("UPDATE member SET seen_at = :ahead", ahead=stamp(ahead))
        tx.clock.rein_in_spans(now)
        tx.clock.rein_in_past(now)

    await bot.house.store.write(write)
    dues = await bot.house.store.read(lambda tx: [one.due for one in tx.timers.of_kind("care", 5)])
    assert dues == [now + timedelta(hours=4), now + timedelta(days=2)]
    seen = await bot.house.store.read(lambda tx: tx.db.rows("SELECT seen_at FROM member"))
    assert [moment(row[0]) for row in seen] == [now]


async def test_a_shift_that_was_begun_in_the_time_to_come_is_brought_back_as_long_as_it_was(bot: TestBot) -> None:
    now, ahead, hour = bot.clock.now(), bot.clock.now() + AHEAD, timedelta(hours=1)
    await bot.person("ann").says("hi")
    ann = (await bot.house.store.read(lambda tx: tx.members.all_ids()))[0]

    def write(tx: Tx) -> None:
        for began in (now - 10 * hour, ahead, ahead + 9 * hour):
            tx.staff.begin(ann, began)
            tx.staff.end(ann, began + hour)
        tx.clock.rein_in_shifts(now)

    await bot.house.store.write(write)
    shifts = await bot.house.store.read(lambda tx: tx.staff.shifts(ann))
    assert [(one.began, one.ended) for one in shifts] == [
        (now - 10 * hour, now - 9 * hour),
        (now - 9 * hour, now - 8 * hour),
        (now, now + hour),
    ]


async def test_every_moment_at_which_something_was_is_looked_at_but_those_of_the_chained_log(bot: TestBot) -> None:
    """A table that is added later must say what becomes of its moments when a clock was ahead."""
    spans = {(table, column) for table, *columns in (*reined.SPANS, reined.WAITING) for column in columns}
    ends = {
        ("shift", "began"),
        ("shift", "ended"),
        ("question", "until"),
        ("question", "seen_at"),
        ("on_call", "off_until"),
        ("pass_word", "expires_at"),
        ("push", "due_at"),
    }
    # Chosen by somebody, only shown, closed by a timer, or counted anew at the next event.
    left = {"audit.at", "call.expires_at", "channel_seat.met_at", "member.joined_at"}
    left |= {"member.consent_at", "member.paused_until", "removal.until", "seat.left_at"}
    left |= {f"sanction.{column}" for column in ("given_at", "until", "read_at", "lifted_at", "overturned_at")}
    left |= {"staff.until", "tie.until", "invite.expires_at"}
    left |= {"programme.made_at", "programme.ended_at", "published.published_at"}
    # Of several processes alone, by the server's clock, and gone within minutes.
    left |= {"echo.made_at", "echo.created_at", "upload.made_at", "desk_challenge.made_at", "shared_bucket.full_at"}
    names = {"at", "until", "off_until", "paused_until", "began", "ended"}

    def moments(tx: Tx) -> set[str]:
        tables = [row[0] for row in tx.db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            f"{table}.{row[1]}"
            for table in tables
            for row in tx.db.rows(f"PRAGMA table_info({table})")
            if row[1].endswith("_at") or row[1] in names
        }

    found = await bot.house.store.read(moments)
    assert found - {f"{table}.{column}" for table, column in spans | ends | set(reined.MADE)} == left
