import asyncio
import random
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import TypeVar

import pytest

from buddybot.adapter import Address, Capabilities
from buddybot.runtime.delivery.pacer import FORGET, Pacer

T = TypeVar("T")
ANN, BEN = Address("fake", "main", "ann"), Address("fake", "main", "ben")


class FastLoop(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next thing to do, so that no test waits."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = 0.0

    def time(self) -> float:
        return self.moment

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]  # asyncio's own queues
            self.moment = max(self.moment, self._scheduled[0]._when)  # type: ignore[attr-defined]  # asyncio's own queues
        super()._run_once()  # type: ignore[misc]  # asyncio's own step


def run(what: Callable[[], Coroutine[None, None, T]]) -> T:
    with asyncio.Runner(loop_factory=FastLoop) as runner:
        return runner.run(what())


async def times(pacer: Pacer, *turns: tuple[Address, int]) -> list[tuple[str, int, float]]:
    """Ask for all turns at once; return who got theirs when, in that order."""
    loop, order = asyncio.get_running_loop(), []

    async def one(address: Address, rank: int) -> None:
        await pacer.turn(address, rank)
        order.append((address.account, rank, round(loop.time(), 6)))

    await asyncio.gather(*(one(address, rank) for address, rank in turns))
    return order


def test_without_limits_nobody_waits() -> None:
    assert [at for _, _, at in run(lambda: times(Pacer(Capabilities()), (ANN, 1), (ANN, 1), (BEN, 1)))] == [0, 0, 0]


def test_all_sends_of_an_identity_are_spread_evenly() -> None:
    found = run(lambda: times(Pacer(Capabilities(per_second=2)), *[(ANN, 1)] * 4))
    gaps = [later[2] - earlier[2] for earlier, later in pairwise(found)]
    assert sum(gaps) >= 1
    assert max(gaps) <= 0.5


def test_crisis_goes_before_everything_that_waits() -> None:
    found = run(lambda: times(Pacer(Capabilities(per_second=1)), (ANN, 1), (ANN, 1), (ANN, 1), (BEN, 0)))
    assert found[0][:2] == ("ben", 0)


def test_one_recipients_own_limit_does_not_hold_up_another() -> None:
    async def story() -> list[tuple[str, int, float]]:
        pacer = Pacer(Capabilities(per_recipient_second=1))
        await pacer.turn(ANN, 1)
        return await times(pacer, (ANN, 1), (BEN, 1))

    assert run(story) == [("ben", 1, 0.0), ("ann", 1, 1.0)]


def test_places_of_one_group_share_its_limit_and_what_writes_nothing_is_free_of_it() -> None:
    here, there = Address("fake", "main", "-1/1"), Address("fake", "main", "-1/2")

    async def story() -> list[tuple[str, int, float]]:
        group_of = {"-1/1": "-1", "-1/2": "-1"}
        pacer = Pacer(
            Capabilities(
                per_recipient_second=1, per_group_second=0.5, group_of=lambda account: group_of.get(account, "")
            )
        )
        await pacer.turn(here, 1)
        for _ in range(9):
            await pacer.turn(here, 0, shown=False)
        return await times(pacer, (here, 1), (there, 1), (ANN, 1))

    assert run(story) == [("ann", 1, 0.0), ("-1/1", 1, 2.0), ("-1/2", 1, 4.0)]


def test_a_turn_given_up_is_not_taken() -> None:
    async def story() -> list[tuple[str, int, float]]:
        pacer = Pacer(Capabilities(per_second=1))
        first = asyncio.ensure_future(pacer.turn(ANN, 1))
        gone = asyncio.ensure_future(pacer.turn(ANN, 1))
        await first
        gone.cancel()
        return await times(pacer, (BEN, 1))

    assert run(story)[0][0] == "ben"


def test_memory_of_recipients_and_groups_stays_bounded() -> None:
    async def story() -> tuple[int, int]:
        pacer = Pacer(Capabilities(per_recipient_second=0.000_01, per_group_second=0.000_01, group_of=lambda one: one))
        for number in range(FORGET + 10):
            await pacer.turn(Address("fake", "main", str(number)), 1)
        return len(pacer._own_free_at), len(pacer._group_free_at)

    assert run(story) == (FORGET, FORGET)


def test_whoever_was_written_to_long_ago_is_forgotten() -> None:
    async def story() -> int:
        pacer = Pacer(Capabilities(per_recipient_second=1))
        for number in range(FORGET):
            await pacer.turn(Address("fake", "main", str(number)), 1)
        await asyncio.sleep(2)
        await pacer.turn(ANN, 1)
        return len(pacer._own_free_at)

    assert run(story) == 1


@pytest.mark.parametrize("can", [Capabilities(), Capabilities(per_second=10)], ids=["no limit known", "ten a second"])
def test_after_one_refusal_the_door_stays_shut_for_everybody_until_it_opens(can: Capabilities) -> None:
    async def refused_once() -> list[tuple[str, int, float]]:
        pacer = Pacer(can)
        await pacer.turn(ANN, 1)
        waiting = [asyncio.create_task(times(pacer, (BEN, 0)))]
        pacer.limited(ANN, 7)
        waiting += [asyncio.create_task(times(pacer, (ANN, 1), (BEN, 1)))]
        return [one for each in await asyncio.gather(*waiting) for one in each]

    found = run(refused_once)
    assert min(at for _, _, at in found) >= 7
    assert max(at for _, _, at in found) < 8


def test_whom_the_platform_limits_again_and_again_holds_up_nobody_else() -> None:
    async def refused_twice() -> list[tuple[str, int, float]]:
        pacer = Pacer(Capabilities(per_second=10))
        pacer.limited(ANN, 7)
        await asyncio.sleep(7)
        pacer.limited(ANN, 60)
        return await times(pacer, (BEN, 1))

    assert run(refused_twice)[0][2] < 8


# ── The window ──────────────────────────────────────────────────────────────────────────

LIMITED = Capabilities(per_second=28, most_per_second=30)


class Line:
    """A slow line to a platform: notes when each request reaches it, some time after it was granted."""

    def __init__(self, seed: int, there: float, back: float, stalls: float = 0.0) -> None:
        self.chance, self.there, self.back, self.stalls = random.Random(seed), there, back, stalls
        self.reached: list[float] = []

    async def send(self, pacer: Pacer, number: int) -> None:
        request = await pacer.turn(Address("fake", "main", str(number)), 1)
        late = self.stalls * self.chance.random() if self.chance.random() < 0.2 else 0.0
        await asyncio.sleep(self.there + late)
        self.reached.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.back + late * self.chance.random())
        pacer.answered(request)

    async def flood(self, count: int) -> None:
        pacer = Pacer(LIMITED)
        await asyncio.gather(*(self.send(pacer, number) for number in range(count)))

    def most_in_a_second(self) -> int:
        at = sorted(self.reached)
        return max(sum(one <= later < one + 1 for later in at) for one in at)

    def rate(self) -> float:
        at = sorted(self.reached)
        return (len(at) - 1) / (at[-1] - at[0])


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("stalls", [0.3, 1.5, 2.5])
def test_however_late_requests_are_no_second_sees_more_than_a_platform_takes(seed: int, stalls: float) -> None:
    line = Line(seed, 0.01 * seed, 0.05, stalls)
    run(lambda: line.flood(150))
    assert len(line.reached) == 150
    assert line.most_in_a_second() <= 30


@pytest.mark.parametrize("there", [0.0, 0.05, 0.2])
def test_a_steady_line_costs_no_speed(there: float) -> None:
    line = Line(1, there, 0.05)
    run(lambda: line.flood(300))
    assert line.rate() >= 27.9
    assert line.most_in_a_second() <= 30


def test_requests_that_hang_hold_up_others_for_some_seconds_and_help_for_none() -> None:
    async def story() -> tuple[float, float]:
        pacer, loop = Pacer(LIMITED), asyncio.get_running_loop()
        hanging = [await pacer.turn(Address("fake", "main", str(number)), 1) for number in range(30)]
        began = loop.time()
        note, cry = asyncio.create_task(times(pacer, (ANN, 1))), asyncio.create_task(times(pacer, (BEN, 0)))
        found = (await note)[0][2] - began, (await cry)[0][2] - began
        assert len(hanging) == 30
        return found

    note, cry = run(story)
    assert 1 < note < 5
    assert cry < 0.1


def test_a_turn_given_up_after_it_was_granted_counts_no_more_than_a_second() -> None:
    async def story() -> float:
        pacer, loop = Pacer(Capabilities(per_second=1000, most_per_second=1)), asyncio.get_running_loop()
        mine = asyncio.ensure_future(pacer.turn(ANN, 1))
        while not pacer._window._counted:
            await asyncio.sleep(0)
        mine.cancel()
        await asyncio.gather(mine, return_exceptions=True)
        began = loop.time()
        await pacer.turn(BEN, 1)
        return loop.time() - began

    assert run(story) <= 1.1
