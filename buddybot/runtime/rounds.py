"""Rounds of matching beside the bot: worked out by another process from a copy of the pool, then committed.

While a round is worked out people answer, leave and block; so each pair is looked at again in the transaction that
offers it. If the process fails, the plain round takes its place, in a thread. Circles are worked out in a thread too.
"""

import asyncio
import contextlib
import json
import logging
import pickle
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.fairness import GroupFigures
from buddybot.domain.matching.pairing import Pairing, pair_up
from buddybot.domain.matching.waiting import PoolStanding
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.domain.moderation.vitals import RoundVitals
from buddybot.runtime.crowd import LiveCrowd, seen
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.units import PeriodicUnit
from buddybot.service import timers
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import circles, offers
from buddybot.service.matching.pool import pool_standing
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx

SECONDS = 300.0
"""After this a round stops improving; after twice as much it is given up."""
TRY_AGAIN = 60.0
"""Seconds before a round is begun again while the disk is in trouble."""
WORKER = "buddybot.matching.worker"
PLAIN = 400
"""People in a plain round, those who wait longest: some four seconds of processor time."""
PIECE_READ = 100
"""Members that the reader looks at in one go."""
FED = 1000
"""Members looked at in a tick, at most: after a start, or when a round has let many go."""
EVERYBODY = 1_000_000
PIECE_WRITTEN = 2
"""Pairs offered in one transaction: each costs the writer a millisecond or two."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Solved:
    """What a round came to, how near to the best it is, and how each group fared."""

    pairs: tuple[Pairing, ...]
    matched: int
    ratio: float
    groups: tuple[GroupFigures, ...]


class RoundFailedError(Exception):
    """The process did not bring a round."""


class Matchmaker(Protocol):
    """Works a round out, somewhere."""

    async def __call__(self, pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> Solved:
        """Return the round, or raise `RoundFailedError`."""


async def in_a_process(
    pool: Sequence[Candidate],
    now: datetime,
    weights: MatchingWeights,
    *,
    worker: str = WORKER,
    seconds: float = SECONDS,
) -> Solved:
    """Work a round out in a process of its own, which is gone afterwards and is given no variable of ours."""
    task = await asyncio.to_thread(pickle.dumps, (tuple(pool), now, weights))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-m", worker, str(seconds)),
        stdin=pipe,
        stdout=pipe,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    try:
        async with asyncio.timeout(2 * seconds):
            result, _ = await process.communicate(task)
    except TimeoutError as error:
        raise RoundFailedError("no result in time") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise RoundFailedError(f"exit status {process.returncode}")
    return await asyncio.to_thread(_read, result)


def _read(result: bytes) -> Solved:
    try:
        found = json.loads(result)
        return Solved(
            tuple(Pairing((a, b), score, tuple(reasons)) for a, b, score, *reasons in found["pairs"]),
            found["matched"],
            found["ratio"],
            tuple(GroupFigures(**group) for group in found["groups"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise RoundFailedError("its result can't be read") from error


async def plainly(pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> Solved:
    """Work the plain round out in a thread, over those who have waited longest: its work grows with their square."""
    some = pool[:PLAIN]
    pairs = await asyncio.to_thread(pair_up, some, now, weights)
    return Solved(pairs, 2 * len(pairs), 1.0, ())


class Rounds:
    """Runs one round of each kind at a time, beside everything else.

    What a round works on is read beside the writer, and what it found is written in pieces, so that it never holds a
    message up.
    """

    def __init__(self, store: GroupStore, turn: Callable[[Tx], Turn], crowd: LiveCrowd, matchmaker: Matchmaker) -> None:
        self._store, self._turn, self._crowd, self._matchmaker = store, turn, crowd, matchmaker
        self._running: dict[str, asyncio.Task[None]] = {}
        self.last: dict[str, RoundVitals] = {}
        """The last round of each kind."""
        self._work = {offers.ROUND: self._pairs, circles.ROUND: self._circles}

    def runs(self, kind: str) -> bool:
        """Return whether timers of this kind begin a round."""
        return kind in self._work

    def start(self, timer: Timer) -> bool:
        """Begin a round, unless one is under way; its timer stands until all of it is committed. False: not a round."""
        if (work := self._work.get(timer.kind)) is None:
            return False
        if timer.kind not in self._running:
            self._running[timer.kind] = asyncio.create_task(self._run(timer, work), name=f"round of {timer.kind}")
        return True

    async def idle(self) -> None:
        """Return when no round is under way."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def stop(self) -> None:
        """Give up a round under way; it begins anew after the next start."""
        for task in self._running.values():
            task.cancel()
        await self.idle()

    async def feed(self, most: int = FED) -> None:
        """Let the reader look at members who changed, in pieces; at this many of them, at most."""
        for _ in range(-(-most // PIECE_READ)):
            found, marks = await self._store.read(self._looked)
            if not marks:
                return
            self._crowd.put(found, marks)

    def _looked(self, tx: Tx) -> tuple[Mapping[MemberId, PoolStanding], Mapping[MemberId, int]]:
        turn = self._turn(tx)
        # The marks first: what is read is never older than they are.
        marks = self._crowd.changed(turn.now, PIECE_READ)
        return {member: seen(member, partial(pool_standing, turn)) for member in marks}, marks

    async def _run(self, timer: Timer, work: Callable[[], Awaitable[None]]) -> None:
        try:
            if not await self._store.read(lambda tx: timers.stands(self._turn(tx), timer)):
                return  # a round before did what this timer was set for, or put it off
            began = asyncio.get_running_loop().time()
            await work()
            ended = await self._store.write(PeriodicUnit(partial(self._rung, timer)))
            took = asyncio.get_running_loop().time() - began
            self.last[timer.kind] = RoundVitals(timer.kind, ended, took)
        except StoreError as error:
            log.error("a round waits: %s", str(error))
            await asyncio.sleep(TRY_AGAIN)
        except Exception as error:  # noqa: BLE001 - the border "round": the bot goes on, the round is tried later
            log.error("a round failed: %s", type(error).__name__)
            with contextlib.suppress(StoreError):
                await self._store.write(PeriodicUnit(lambda tx: timers.postpone(self._turn(tx), timer)))
        finally:
            del self._running[timer.kind]

    def _rung(self, timer: Timer, tx: Tx) -> datetime:
        turn = self._turn(tx)
        timers.ring(turn, timer)
        return turn.now

    async def _pairs(self) -> None:
        """Pair those who wait."""
        await self.feed(EVERYBODY)
        pool, now, weights = await self._store.read(lambda tx: _copied(self._turn(tx), self._crowd.people()))
        pairs = await self._solve(pool, now, weights)
        for at in range(0, len(pairs), PIECE_WRITTEN):
            some = pairs[at : at + PIECE_WRITTEN]
            await self._store.write(PeriodicUnit(partial(self._offered, some)))

    def _offered(self, pairs: Sequence[Pairing], tx: Tx) -> None:
        offers.offer_pairs(self._turn(tx), pairs)

    async def _solve(self, pool: Sequence[Candidate], now: datetime, weights: MatchingWeights) -> tuple[Pairing, ...]:
        """Return the pairs of a round."""
        if len(pool) <= 1:
            return ()
        try:
            solved = await self._matchmaker(pool, now, weights)
        except (RoundFailedError, OSError) as error:
            log.error("the matcher failed, a plain round takes its place: %s", str(error))
            solved = await plainly(pool, now, weights)
        else:
            report(len(pool), solved)
        return solved.pairs

    async def _circles(self) -> None:
        """Fill circles, and form new ones."""
        found, weights = await self._store.read(lambda tx: _seekers(self._turn(tx)))
        for asked in await asyncio.to_thread(circles.work_out, found, weights):
            await self._store.write(PeriodicUnit(partial(self._asked, asked)))

    def _asked(self, asked: circles.Asked, tx: Tx) -> None:
        circles.ask_all(self._turn(tx), asked)


def _copied(turn: Turn, people: Sequence[Candidate]) -> tuple[list[Candidate], datetime, MatchingWeights]:
    """Return what a round works on: who waits, and whom each may not meet."""
    apart = dict[MemberId, set[str]]()
    for owner, other in turn.tx.ties.of_waiting():
        apart.setdefault(owner, set()).add(other)
    pool = [replace(one, blocked=frozenset(apart.get(MemberId(one.id), ()))) for one in people]
    return pool, turn.now, turn.book.weights


def _seekers(turn: Turn) -> tuple[circles.Seekers, MatchingWeights]:
    return circles.seekers(turn), turn.book.weights


def report(members: int, solved: Solved) -> None:
    """Log a round in counts; a group that fell behind is named, and only groups large enough to hide in are here."""
    log.info("round: %d waited, %d matched, %.4f of the bound", members, solved.matched, solved.ratio)
    for group in (group for group in solved.groups if group.behind):
        log.warning(
            "round: %s is behind: %d people, %.0f %% matched, half waited %.0f h or more",
            group.group,
            group.people,
            100 * group.match_rate,
            group.median_wait_hours,
        )
