"""Rounds beside the bot: another process works them out, and only what may still be is offered."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.fairness import GroupFigures
from buddybot.domain.matching.pairing import pair_up
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.runtime.rounds import RoundFailedError, Rounds, Solved, in_a_process, report
from buddybot.testing import MORNING, Person, TestBot, running
from buddybot.tools.matching.weights_file import read_weights
from tests.waiting import comes

WEIGHTS = read_weights()
TWO = tuple(Candidate(name, "self", "thinking", frozenset({"listen"}), pace="few") for name in ("a", "b"))


class Slow:
    """A matchmaker that waits to be let on, or fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.asked, self.go_on, self.fault, self.times = asyncio.Event(), asyncio.Event(), fault, 0

    async def __call__(self, pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> Solved:
        self.times += 1
        self.asked.set()
        await self.go_on.wait()
        if self.fault is not None:
            raise self.fault
        return Solved(pair_up(pool, now, weights), len(pool), 1.0, ())


def rounds_of(bot: TestBot) -> Rounds:
    assert bot.house.engine.rounds is not None
    return bot.house.engine.rounds


async def two_wait(bot: TestBot) -> tuple[Person, Person]:
    people = bot.person("ann"), bot.person("ben")
    for one in people:
        await one.joins(lane="self", now="thinking", pace="few")  # too little for an offer on arrival
    return people


def offered(one: Person) -> bool:
    return any("I found someone" in text for text in one.sees())


async def test_a_process_brings_the_round_and_nothing_of_it_stays() -> None:
    solved = await in_a_process(TWO, MORNING, WEIGHTS)
    assert [pair.members for pair in solved.pairs] == [("a", "b")]
    assert solved.ratio == 1.0
    assert solved.matched == 2
    assert solved.groups == ()


LOOK = """
import ctypes, resource, sys
from buddybot.matching import worker
worker.work = lambda *_: print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
worker.main()
"""


def test_the_process_leaves_no_core_file_and_lets_no_other_look() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK, "1"], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"


async def test_the_process_is_given_no_variable_of_ours() -> None:
    assert os.environ
    assert (await in_a_process(TWO, MORNING, WEIGHTS, worker="tests.runtime.counts_variables")).matched == 0


@pytest.mark.parametrize("worker", ["buddybot.no_such_module", "this"])
async def test_a_process_that_brings_no_round_is_named(worker: str) -> None:
    with pytest.raises(RoundFailedError):
        await in_a_process(TWO, MORNING, WEIGHTS, worker=worker)


async def test_a_process_that_takes_too_long_is_ended() -> None:
    with pytest.raises(RoundFailedError, match="in time"):
        await in_a_process(TWO, MORNING, WEIGHTS, seconds=1e-4)


async def test_the_bot_offers_what_the_process_found(tmp_path: Path) -> None:
    async with running(tmp_path, matchmaker=in_a_process) as bot:
        people = await two_wait(bot)
        await bot.wait(hours=1, seconds=1)
        await rounds_of(bot).idle()
        await bot.settle()
        assert all(offered(one) for one in people)


async def test_messages_pass_while_a_round_is_worked_out_and_one_who_left_is_not_offered(tmp_path: Path) -> None:
    slow = Slow()
    async with running(tmp_path, matchmaker=slow) as bot:
        ann, ben = await two_wait(bot)
        await bot.wait(hours=1, seconds=1)
        await comes(slow.asked.wait())
        await bot.tick()
        assert slow.times == 1  # a round under way is not begun again
        await ben.sends_token("home.stop")
        slow.go_on.set()
        await rounds_of(bot).idle()
        await bot.settle()
        assert not offered(ann)
        assert not offered(ben)


async def test_a_matcher_that_fails_leaves_the_plain_round(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    slow = Slow(RoundFailedError("exit status 1"))
    slow.go_on.set()
    async with running(tmp_path, matchmaker=slow) as bot:
        people = await two_wait(bot)
        await bot.wait(hours=1, seconds=1)
        await rounds_of(bot).idle()
        await bot.settle()
        assert all(offered(one) for one in people)
    assert "a plain round takes its place" in caplog.text


async def test_a_bug_in_a_round_is_tried_later_and_named_without_values(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    slow = Slow(ZeroDivisionError("somebody's answers"))
    slow.go_on.set()
    async with running(tmp_path, matchmaker=slow) as bot:
        people = await two_wait(bot)
        bot.clock.at += timedelta(hours=1)
        await bot.tick()
        await rounds_of(bot).idle()
        times = slow.times
        await bot.tick()
        await rounds_of(bot).idle()
        assert slow.times == times  # not at once
        slow.fault = None
        await bot.wait(hours=1)
        await rounds_of(bot).idle()
        await bot.settle()
        assert all(offered(one) for one in people)
    assert "a round failed: ZeroDivisionError" in caplog.text
    assert "somebody" not in caplog.text


async def test_a_bot_that_stops_gives_a_round_up(tmp_path: Path) -> None:
    slow = Slow()
    async with running(tmp_path, matchmaker=slow) as bot:
        await two_wait(bot)
        await bot.wait(hours=1, seconds=1)
        await comes(slow.asked.wait())
    assert slow.times == 1


def test_a_group_that_fell_behind_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    figures = GroupFigures("language es", 12, 0.25, 30.0, behind=True), GroupFigures("lane self", 40, 0.9, 3.0, False)
    with caplog.at_level(logging.INFO):
        report(52, Solved((), 39, 0.99, figures))
    assert "language es is behind: 12 people, 25 % matched" in caplog.text
    assert "lane self" not in caplog.text


def test_the_bot_itself_never_loads_the_heavy_libraries() -> None:
    code = (
        "import sys, json, buddybot.cli, buddybot.content.library, buddybot.runtime.house, buddybot.runtime.rounds;"
        "print(json.dumps([name for name in ('numpy', 'scipy', 'rustworkx', 'numba') if name in sys.modules]))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == []
