"""What can go wrong in a house of several processes: each is a step that breaks something, and mends it again."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import monotonic
from typing import TypeAlias

import psycopg

from tests.cluster.fleet import Account, Fleet
from tests.cluster.leavers import spread
from tests.cluster.member import Member
from tests.cluster.servers import OwnGround
from tests.stories.wires import until

A_WHILE = 10.0
"""Seconds for which something is away."""
LONG = 60.0
"""Seconds for which a process is paused that everybody has to take for dead."""

Trouble: TypeAlias = Callable[[Fleet, random.Random], Awaitable[None]]

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5"
)
DEAF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"


async def kill(town: Fleet, chance: random.Random) -> None:
    """Kill a process, one with something to do more often than another."""
    member = _somebody(town, chance)
    await until(lambda: len(town.living()) == len(town.members), member.log)
    before, began = town.owners(), monotonic()
    await member.kill()
    await _taken_over(town, before, began)
    await _again(town, member)


async def pause(town: Fleet, chance: random.Random, seconds: tuple[float, float] = (1.0, 5.0)) -> None:
    """Let a process stand still, and go on as if nothing had been."""
    member = _somebody(town, chance)
    member.pause()
    await asyncio.sleep(chance.uniform(*seconds))
    member.resume()


async def long_pause(town: Fleet, chance: random.Random) -> None:
    """Let a process stand still for so long that everybody takes it for dead."""
    await pause(town, chance, (LONG, LONG))


async def connections(town: Fleet, _: random.Random) -> None:
    """Cut about half of all connections to the server."""
    with psycopg.connect(town.ground.seen, autocommit=True) as server:
        server.execute(CUT)


async def orderly(town: Fleet, chance: random.Random) -> None:
    """Stop a process as an operator does, and start it again."""
    member = _somebody(town, chance)
    await until(lambda: len(town.living()) == len(town.members), member.log)
    await member.leaves()
    await _again(town, member)


async def stranger(town: Fleet, _: random.Random) -> None:
    """Start one that takes itself to be alone, with the token that others use: it is refused in one sentence."""
    alone = town.another("stranger", BUDDYBOT_STORE__SHARED="false")
    said = await alone.refused()
    assert "another buddybot is using this database" in said, said


async def upgrade(town: Fleet, chance: random.Random) -> None:
    """Replace a process by the version under test, then let old and new serve side by side for a while."""
    member = next((one for one in town.members if one.is_old), None)
    if member is None:
        return
    await member.leaves()
    member.is_of(None)
    await member.begun()
    await asyncio.sleep(chance.uniform(A_WHILE, 2 * A_WHILE))


# ── The servers ─────────────────────────────────────────────────────────────────────────


async def restart(town: Fleet, _: random.Random) -> None:
    """Stop the server in good order, and start it again."""
    await _stopped(_own(town), "fast", 0)


async def crash(town: Fleet, _: random.Random) -> None:
    """Take the server away without a warning, and let it recover."""
    await _stopped(_own(town), "immediate", 0)


async def away(town: Fleet, _: random.Random) -> None:
    """Have no server for a while."""
    await _stopped(_own(town), "fast", A_WHILE)


async def failover(town: Fleet, _: random.Random) -> None:
    """Lose the server for good; its standby takes its place."""
    await _own(town).fails_over()


async def full(town: Fleet, _: random.Random) -> None:
    """Have no room left on the server's disk for a while."""
    if _own(town).small_disk:
        await _own(town).is_full(A_WHILE)


async def slow(town: Fleet, chance: random.Random) -> None:
    """Have whatever is asked of the server, and each answer, take longer."""
    for gate in _own(town).gates:
        gate.delay = chance.uniform(0.02, 0.1)
    await asyncio.sleep(A_WHILE)
    for gate in _own(town).gates:
        gate.delay = 0.0


async def stuck(town: Fleet, _: random.Random) -> None:
    """Have nothing answer, and nothing break off either, for a while."""
    for gate in _own(town).gates[:2]:
        gate.stand_still()
    await asyncio.sleep(A_WHILE)
    for gate in _own(town).gates[:2]:
        gate.move_on()


async def deaf(town: Fleet, _: random.Random) -> None:
    """Have no process hear of another for a while, with every connection in the best order."""
    for gate in _own(town).gates[:2]:
        gate.deaf = True
    await asyncio.sleep(A_WHILE)
    for gate in _own(town).gates[:2]:
        gate.deaf = False


async def cut_ears(town: Fleet, _: random.Random) -> None:
    """Cut the connections over which processes hear of each other."""
    with psycopg.connect(town.ground.seen, autocommit=True) as server:
        server.execute(DEAF)


async def no_keys(town: Fleet, _: random.Random) -> None:
    """Have no key server for a while."""
    keeper = _own(town).keeper
    await asyncio.to_thread(keeper.stop)
    await asyncio.sleep(A_WHILE)
    await asyncio.to_thread(keeper.again)


KINDS: Mapping[str, Trouble] = {
    one.__name__: one
    for one in (
        *(kill, pause, long_pause, connections, orderly, stranger, upgrade),
        *(restart, crash, away, failover, full, slow, stuck, deaf, cut_ears, no_keys),
    )
}
USUAL = ("kill", "connections", "kill", "pause", "kill")
OF_THE_SERVER = ("restart", "crash", "away", "failover", "full", "slow", "stuck", "deaf", "cut_ears", "no_keys")


async def suffered(
    town: Fleet, times: int, seed: int = 11, troubles: Sequence[str] = USUAL, *, minutes: float = 600
) -> dict[str, object]:
    """Let people talk, and some erase themselves, while things go wrong so often, or so long; return the figures.

    Those who leave are spread over all of it, each beside another kind of trouble than the one before.
    """
    kinds = Counter[str]()
    await town.served()
    writing = [asyncio.create_task(town.write(*pair)) for pair in town.pairs]
    erasing = list[asyncio.Task[None]]()
    chance, ends = random.Random(seed), monotonic() + minutes * 60
    try:
        for number in range(times):
            if monotonic() > ends:
                break
            kind = troubles[number % len(troubles)]
            await town.hears_on()
            for task in (one for one in writing if one.done()):
                task.result()  # somebody who can't write is a fault of the test
            while len(erasing) < len(town.leavers) and number >= _begins(len(erasing), town, times, len(troubles)):
                erasing.append(town.erasing(len(erasing)))
            await asyncio.sleep(chance.uniform(0, 0.4))
            await KINDS[kind](town, chance)
            kinds[kind] += 1
            town.went_on.setdefault(kind, []).append(await _went_on(town))
        erasing += [town.erasing(number) for number in range(len(erasing), len(town.leavers))]
        await asyncio.gather(*erasing)
        town.over = True
        await asyncio.gather(*writing)
    finally:
        for task in (*writing, *erasing):
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
    return await _figures(town, kinds)


async def _figures(town: Fleet, kinds: Counter[str]) -> dict[str, object]:
    await town.done()
    return {
        "processes": len(town.members),
        "troubles": dict(kinds),
        **town.judged(),
        "take_over_s": spread(town.taken_over),
        "told_s": spread(one.told_after for one in town.leavers),
        "went_on_s": {kind: spread(found) for kind, found in town.went_on.items()},
    }


async def _went_on(town: Fleet) -> float:
    began = monotonic()
    await town.hears_on()
    return monotonic() - began


def _begins(leaver: int, town: Fleet, times: int, kinds: int) -> int:
    """Return beside which trouble this one leaves."""
    return min(leaver * times // len(town.leavers) + leaver % kinds, times - 1)


def _somebody(town: Fleet, chance: random.Random) -> Member:
    busy = [one for name, held in town.owners().items() if (one := town.holder(name, held)) is not None]
    return chance.choice([*busy, *town.members])


async def _again(town: Fleet, member: Member) -> None:
    """Start it again; beside a newer one an old version is refused, so then it is the newer one as well."""
    if not all(one.is_old for one in town.members):
        member.is_of(None)
    await member.begun()


async def _taken_over(town: Fleet, before: Mapping[str, Account], began: float) -> None:
    """Note how long it takes until whatever the killed process had is somebody's again."""
    await until(lambda: len(town.living()) < len(town.members), town.members[0].log)
    lost = {name for name, one in before.items() if town.owners()[name].owner != one.owner}
    await until(lambda: all(town.owners()[name].owner is not None for name in lost), town.members[0].log)
    if lost:
        town.taken_over.append(monotonic() - began)


def _own(town: Fleet) -> OwnGround:
    assert isinstance(town.ground, OwnGround)
    return town.ground


async def _stopped(ground: OwnGround, mode: str, seconds: float) -> None:
    await asyncio.to_thread(ground.primary.stop, mode)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(ground.primary.again)
