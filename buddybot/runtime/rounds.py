"""Rounds of matching beside the bot: worked out by another process from a copy of the pool, then committed.

While a round is worked out people answer, leave and block; so the commit looks at the pool again and offers only pairs
that may still be made. If the process fails, the plain round of the service takes its place.
"""

import asyncio
import contextlib
import json
import logging
import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from buddybot.domain.matching.candidate import Candidate
from buddybot.domain.matching.fairness import GroupFigures
from buddybot.domain.matching.pairing import Pairing
from buddybot.domain.matching.weights import MatchingWeights
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service import timers
from buddybot.service.kernel.turn import Turn
from buddybot.service.matching import offers
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx

SECONDS = 300.0
"""After this a round stops improving; after twice as much it is given up."""
TRY_AGAIN = 60.0
"""Seconds before a round is begun again while the disk is in trouble."""
WORKER = "buddybot.matching.worker"

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
    """Work a round out in a process of its own, which is gone afterwards."""
    task = await asyncio.to_thread(pickle.dumps, (tuple(pool), now, weights))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", worker, str(seconds), stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        result, _ = await asyncio.wait_for(process.communicate(task), 2 * seconds)
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


class Rounds:
    """Runs one round at a time, beside everything else."""

    def __init__(self, store: GroupStore, turn: Callable[[Tx], Turn], matchmaker: Matchmaker) -> None:
        self._store, self._turn, self._matchmaker = store, turn, matchmaker
        self._running: asyncio.Task[None] | None = None

    def start(self, timer: Timer) -> None:
        """Begin a round, unless one is under way; its timer stands until the round is committed."""
        if self._running is None:
            self._running = asyncio.create_task(self._run(timer), name="round")

    async def idle(self) -> None:
        """Return when no round is under way."""
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)

    async def stop(self) -> None:
        """Give up a round under way; it begins anew after the next start."""
        if self._running is not None:
            self._running.cancel()
        await self.idle()

    async def _run(self, timer: Timer) -> None:
        try:
            task = await self._store.read(lambda tx: _copied(self._turn(tx), timer))
            if task is None:
                return
            found = await self._solve(*task)
            await self._store.write(lambda tx: timers.ring(self._turn(tx), timer, found))
        except StoreError as error:
            log.error("a round waits: %s", error)  # noqa: TRY400 - the sentence says it all
            await asyncio.sleep(TRY_AGAIN)
        except Exception as error:  # noqa: BLE001 - the border "round": the bot goes on, the round is tried later
            log.error("a round failed: %s", type(error).__name__)  # noqa: TRY400 - values must not reach the log
            with contextlib.suppress(StoreError):
                await self._store.write(lambda tx: timers.postpone(self._turn(tx), timer))
        finally:
            self._running = None

    async def _solve(
        self, pool: Sequence[Candidate], now: datetime, weights: MatchingWeights
    ) -> tuple[Pairing, ...] | None:
        """Return the pairs of a round; None for the plain one."""
        if len(pool) <= 1:
            return ()
        try:
            solved = await self._matchmaker(pool, now, weights)
        except (RoundFailedError, OSError) as error:
            log.error("the matcher failed, a plain round takes its place: %s", error)  # noqa: TRY400 - says it all
            return None
        report(len(pool), solved)
        return solved.pairs


def _copied(turn: Turn, timer: Timer) -> tuple[list[Candidate], datetime, MatchingWeights] | None:
    """Return what a round works on; None when a round before did what this timer was set for, or put it off."""
    if not timers.stands(turn, timer):
        return None
    return offers.pool(turn), turn.now, turn.book.weights


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
