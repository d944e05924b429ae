"""Periodic work: what is due by the clock, each thing in a transaction of its own."""

import logging
from collections.abc import Callable
from functools import partial

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.world import World
from buddybot.runtime.cluster.roles import CLOCKWORK, ROUNDS
from buddybot.runtime.engine.fault_names import describe
from buddybot.runtime.rounds import Rounds
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.units import PeriodicUnit
from buddybot.service import delivery, timers
from buddybot.service.crisis import effects
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import notices
from buddybot.service.people import privacy
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.sealing import PLACES
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx

TIMERS_A_TICK = 200
PIECES_A_TICK = 100
"""Transactions that drop old rows; what is left over waits for the next tick."""
WALKED = 500
"""Members read in one go where all of them are walked through."""
HELD = 600.0
"""Seconds in doubt after which a clock is taken to be right about what was set by it before."""

log = logging.getLogger(__name__)


class PeriodicWork:
    """What a tick does, as far as it is this process's part."""

    def __init__(
        self,
        store: GroupStore,
        world: World,
        turn: Callable[[Tx], Turn],
        rounds: Rounds,
        leads: Callable[[str], bool],
    ) -> None:
        self._store, self._world, self._turn, self._rounds, self._leads = store, world, turn, rounds, leads
        self._doubted: float | None = None
        self._told: frozenset[tuple[str, str]] = frozenset()

    async def tick(self) -> None:
        """Do whatever is due now, each thing in a transaction of its own; trouble with the disk puts it off."""
        try:
            doubted = await self._rein_in() if self._leads(CLOCKWORK) else self._world.unproven() is not None
            if not doubted and self._leads(CLOCKWORK):
                await self._expire()  # before the sweep, which lets go of whose a note was
            await self._let_ring(doubted=doubted)
            await self._rounds.feed()
            await self._tell(await self._store.read(lambda tx: tx.vault.damaged))
        except StoreError as error:
            log.error("timers wait: %s", str(error))

    async def _let_ring(self, *, doubted: bool) -> None:
        """Ring what is due, as far as it is this process's part."""
        if not self._leads(CLOCKWORK) and not self._leads(ROUNDS):
            return
        now = self._world.now()
        due = await self._store.read(lambda tx: tx.timers.due(now, TIMERS_A_TICK))
        # A stable sort: check-ins after a crisis first, then whatever is due the longest.
        for timer in sorted(due, key=lambda one: one.kind != effects.TIMER):
            if timer.kind in timers.ERASING and doubted:
                continue  # it waits until the clock has proven right: what is erased doesn't come back
            if not self._leads(ROUNDS if self._rounds.runs(timer.kind) else CLOCKWORK):
                continue
            if timer.kind == timers.SWEEP:
                await self.finish_erasures()
            if not self._rounds.start(timer) and not await self.done(timer.kind, partial(self._ring, timer)):
                await self._store.write(PeriodicUnit(partial(self._postpone, timer)))

    async def _rein_in(self) -> bool:
        """Bring back what a wrong clock wrote, step by step while it is in doubt; return whether it still is."""
        before, self._doubted = self._doubted, self._world.unproven()
        steps = list[timers.ClockDoubt]()
        if self._doubted is None:
            steps += [] if before is None else [timers.ClockDoubt.HELD, timers.ClockDoubt.OVER]
        else:
            anew = before is None or self._doubted <= before
            steps += [timers.ClockDoubt.NEW] if anew else []
            steps += [timers.ClockDoubt.HELD] if self._doubted >= HELD > (before or 0.0) else []
        for step in steps:
            await self.done("clock", partial(self._rein_in_by, step))
        return self._doubted is not None

    async def _tell(self, damaged: frozenset[tuple[str, str]]) -> None:
        """Name values that were found damaged, each once: row by row in the log, by their tables to the operator."""
        found = sorted(damaged - self._told)
        self._told = damaged
        for place, owner in found:
            log.error("%s of %s is damaged and does not open; everybody else goes on", place, owner or "the bot")
        # Of a row of the outbox the operator hears when it is given up, row by row.
        if places := sorted({place for place, _ in found} - {PLACES["outbox"]}):
            await self.done("damage", lambda tx: notices.damaged(self._turn(tx), places))

    async def _expire(self) -> None:
        """Drop what has waited too long, in pieces; the reader looks first, since hardly ever there is anything."""
        for _ in range(PIECES_A_TICK):
            if not await self._store.read(lambda tx: delivery.overdue(self._turn(tx))):
                return
            if not await self.done("expiry", lambda tx: delivery.expire_undelivered(self._turn(tx))):
                return

    async def finish_erasures(self) -> None:
        """Find those whose key is gone beside the writer, in pieces, and finish erasing each of them."""
        after = MemberId("")
        while True:
            found = await self._store.read(partial(privacy.unfinished, after=after, most=WALKED))
            if found is None:
                return
            after, gone = found
            for member in gone:
                await self._store.write(PeriodicUnit(partial(self._finish, member)))

    def _finish(self, member: MemberId, tx: Tx) -> None:
        privacy.finish(self._turn(tx), member)

    async def done(self, kind: str, what: Callable[[Tx], None]) -> bool:
        """Do one thing in a transaction of its own; False when a bug kept it from happening."""
        try:
            await self._store.write(PeriodicUnit(what))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the border "unit of work": one timer must not stop the others
            log.error("timer %s failed: %s", kind, describe(error))
            return False
        return True

    def _ring(self, timer: Timer, tx: Tx) -> None:
        timers.ring(self._turn(tx), timer)

    def _rein_in_by(self, step: timers.ClockDoubt, tx: Tx) -> None:
        timers.rein_in(self._turn(tx), step)

    def _postpone(self, timer: Timer, tx: Tx) -> None:
        timers.postpone(self._turn(tx), timer)
