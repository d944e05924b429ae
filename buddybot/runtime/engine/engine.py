"""The shell around the synchronous core: takes in what people do, answers adapters, and lets time pass."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

from buddybot import __version__
from buddybot.adapter import Desk
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Inbound
from buddybot.domain.kernel.world import World
from buddybot.domain.moderation.vitals import Board, ProcessVitals
from buddybot.runtime.changes import DeskChanges
from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.desk import StoreDesk
from buddybot.runtime.engine.intake import EventIntake
from buddybot.runtime.engine.periodic import PeriodicWork
from buddybot.runtime.engine.reads import HouseReads
from buddybot.runtime.rounds import Matchmaker, Rounds, plainly
from buddybot.runtime.second.advised import AdvisedScreener
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service import operator_requests, timers
from buddybot.service.kernel.book import Book
from buddybot.service.moderation.threads import posts
from buddybot.service.operator_requests import Answer, Asked
from buddybot.store.tx import Tx

log = logging.getLogger(__name__)


class Engine(HouseReads):
    """Facade of the core for adapters: what they ask and report, beside the work that comes due by itself."""

    def __init__(
        self,
        store: GroupStore,
        world: World,
        book: Book,
        matchmaker: Matchmaker | None = None,
        *,
        advised: AdvisedScreener | None = None,
    ) -> None:
        super().__init__(store, world, book)
        store.on_moved = self._crowd.moved
        self._changes = DeskChanges()
        store.on_worked = self._changes.rang
        store.on_cases = self._follow_cases
        self.rounds = Rounds(store, self.turn, self._crowd, matchmaker or plainly)
        self.intake = EventIntake(store, self.turn, book, advised, world.now)
        self.arrivals = self.intake.arrivals
        self.leads: Callable[[str], bool] = _everything
        """Whether a part that one process has at a time is this one's."""
        self._periodic = PeriodicWork(store, world, self.turn, self.rounds, self._leads_now)
        self.dispatcher: Dispatcher | None = None
        self.troubles: Callable[[], tuple[str, ...]] = tuple
        """What is wrong in the house just now, in sentences for the operator."""
        self.unparsed = Counter[str]()
        """What of each platform could not be read as its schema says."""
        self.board: Callable[[], Awaitable[Board]] | None = None
        """The status board for operators, once somebody watches the house."""

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Handle an event and return when all that follows is on disk; a full disk delays it, never loses it."""
        await self.intake.put(event, cursor)

    def awake(self, address: Address) -> None:
        """Somebody is back."""
        if self.dispatcher is not None:
            self.dispatcher.awake(address)

    def desk(self) -> Desk:
        """Return the moderators' desk."""
        return StoreDesk(
            self.store, self.turn, self.intake.read, self._changes, self.troubles, board=self._board, shared=self.shared
        )

    async def _board(self) -> Board | None:
        return None if self.board is None else await self.board()

    def process_vitals(self) -> ProcessVitals:
        """Return how the process is, as far as it is seen from here."""
        return ProcessVitals(
            __version__,
            rounds=tuple(self.rounds.last.values()),
            unread=self.intake.unread,
            missed=self.intake.missed,
            doubted=self._world.unproven(),
        )

    async def operate(self, request: str, asked: Asked) -> Answer:
        """Do what the operator asks from the shell, in one transaction."""
        answers = list[Answer]()

        def carry_out(tx: Tx) -> None:
            answers[:] = [operator_requests.answer_operator(self.turn(tx), request, asked)]

        if await self._periodic.done(f"request {request[:40]}", carry_out):
            return answers[0]
        return {"fault": "nothing was changed: there is a mistake in the program, and the log says where"}

    # ── What other processes commit ─────────────────────────────────────────────────────

    def moved(self, members: Iterable[MemberId]) -> None:
        """Look again at people whom another process may have moved in the pool."""
        self._crowd.moved(members)

    def worked(self) -> None:
        """Let the desk show what another process did with a case."""
        self._changes.rang()

    async def look_anew(self) -> None:
        """Look again at all who wait, and at the cases: some news may not have come through."""
        self._crowd.moved(await self.store.read(lambda tx: tx.pool.waiting()))
        self._changes.rang()

    # ── Time ────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Set what must always run, and finish what a crash cut off; those who wait are read from the first tick on."""
        await self.look_anew()
        await self._periodic.finish_erasures()
        await self.store.write(lambda tx: timers.start_timers(self.turn(tx)))
        if self._world.unproven() is not None:
            log.warning(
                "it is %s by this machine's clock, and this database was in use at another time: if the clock is right,"
                " all is well; nothing is erased for an hour",
                f"{self._world.now():%Y-%m-%d %H:%M} UTC",
            )

    async def tick(self) -> None:
        """Do whatever is due now."""
        await self._periodic.tick()

    def _leads_now(self, role: str) -> bool:
        return self.leads(role)

    def _follow_cases(self, tx: Tx) -> None:
        posts.note_changes(self.turn(tx))


def _everything(_role: str) -> bool:
    """Stand in where there is one process, which has every part."""
    return True
