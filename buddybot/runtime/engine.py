"""Receives what people do, one transaction an event, and lets time pass; the shell around the synchronous core."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from weakref import WeakValueDictionary

from buddybot import __version__
from buddybot.adapter import Desk
from buddybot.domain.channels.platform_filters import Filter
from buddybot.domain.kernel.commands import BY_WORD
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, Choice, Content, Inbound, Pressed, Purge, Said
from buddybot.domain.kernel.messages.forms import Form, FormLimits
from buddybot.domain.kernel.note_text import command_in
from buddybot.domain.kernel.places import Channel, Place
from buddybot.domain.kernel.utterances import spoken_words
from buddybot.domain.kernel.verdicts import Screening, unread
from buddybot.domain.kernel.world import World
from buddybot.domain.moderation.vitals import Board, ProcessVitals, StoredVitals
from buddybot.runtime.changes import DeskChanges
from buddybot.runtime.cluster.roles import CLOCKWORK, ROUNDS
from buddybot.runtime.crowd import LiveCrowd
from buddybot.runtime.delivery.dispatch import Dispatcher
from buddybot.runtime.delivery.unkept import UnkeptWords
from buddybot.runtime.desk import StoreDesk
from buddybot.runtime.media.arrivals import FileArrivals
from buddybot.runtime.rounds import Matchmaker, Rounds, plainly
from buddybot.runtime.second.advised import AdvisedScreener
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service import commands, delivery, forms, operator_requests, router, timers
from buddybot.service.channels import entry
from buddybot.service.crisis import effects
from buddybot.service.kernel.book import Book
from buddybot.service.kernel.turn import Turn
from buddybot.service.moderation import notices
from buddybot.service.moderation.threads import posts
from buddybot.service.operator_requests import Answer, Asked
from buddybot.service.people import privacy
from buddybot.service.talk import callbacks, marks
from buddybot.service.vitals import stored_vitals
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.outbox import Parcel, Undelivered
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
TRY_AGAIN = 1.0
"""Seconds between two tries to write an event down while the disk is in trouble."""

log = logging.getLogger(__name__)


class Engine:
    """The inbox of every adapter, the questions they may ask, and what the dispatcher reports to."""

    def __init__(
        self,
        store: GroupStore,
        world: World,
        book: Book,
        matchmaker: Matchmaker | None = None,
        *,
        advised: AdvisedScreener | None = None,
    ) -> None:
        self.platforms = frozenset[str]()
        """Where people are, once the house is put together."""
        self._store, self._world, self._book = store, world, book
        self._crowd = LiveCrowd(book.weights)
        store.on_moved = self._crowd.moved
        self._changes = DeskChanges()
        store.on_worked = self._changes.rang
        store.on_cases = self._follow_cases
        self.rounds = Rounds(store, self.turn, self._crowd, matchmaker or plainly)
        self.dispatcher: Dispatcher | None = None
        self.unkept: UnkeptWords | None = None
        """What speaks while nothing can be written down, once the house is put together."""
        self.troubles: Callable[[], tuple[str, ...]] = tuple
        """What is wrong in the house just now, in sentences for the operator."""
        self.board: Callable[[], Awaitable[Board]] | None = None
        """The status board for operators, once somebody watches the house."""
        self.shared = False
        """Whether other processes run this house too: then what protects it is counted together."""
        self.calling: frozenset[str] = frozenset()
        """Platforms that can call a device whose person is not there."""
        self.roomed: frozenset[str] = frozenset()
        """Platforms that draw a room for each conversation."""
        self.formed: frozenset[str] = frozenset()
        """Platforms that draw forms."""
        self.arrivals = FileArrivals(store, self.turn)
        """Photos and voice notes on their way in."""
        self.threaded: frozenset[str] = frozenset()
        """Platforms that keep a thread for each case where moderators are."""
        self._advised = advised
        self.leads: Callable[[str], bool] = _everything
        """Whether a part that one process has at a time is this one's."""
        self.unread = 0
        """Messages that the screener broke on: they passed."""
        self._doubted: float | None = None
        self._told: frozenset[tuple[str, str]] = frozenset()
        self._in_order: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    # ── Inbox ───────────────────────────────────────────────────────────────────────────

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Handle an event and return when all that follows is on disk; a full disk delays it, never loses it."""
        if self._advised is None:
            await self._take(event, cursor, self._screen(event))
        else:
            # Advice takes a moment, and a short message less than a long one: each person's events keep their order.
            async with self._in_order.setdefault(event.origin.address, asyncio.Lock()):
                await self._take(event, cursor, await self._screen_advised(event, self._advised))
        if isinstance(event, Said):
            self.arrivals.begin(event)
        self.arrivals.follow(event)

    async def _take(self, event: Inbound, cursor: tuple[str, str] | None, screening: Screening | None) -> None:
        if not await self._written(lambda turn: router.handle(turn, event, screening), event, cursor, screening):
            await self._written(lambda turn: router.broken(turn, event), event, cursor, screening)

    async def _written(
        self,
        what: Callable[[Turn], None],
        event: Inbound,
        cursor: tuple[str, str] | None,
        screening: Screening | None,
    ) -> bool:
        """Write down what follows from an event; False when a bug kept it from happening, all of it."""
        began = asyncio.get_running_loop().time()
        while True:
            try:
                await self._store.write(lambda tx: self._handle(tx, what, event, cursor))
            except StoreError as error:
                log.error("an event waits: %s", str(error))  # noqa: TRY400 - the sentence says it all
                if self.unkept is not None:
                    self.unkept.trouble(event, screening, asyncio.get_running_loop().time() - began)
                await asyncio.sleep(TRY_AGAIN)
            except Exception as error:  # noqa: BLE001 - the border "inbound put": the sender must hear of any bug
                log.error("an event failed: %s", describe(error))  # noqa: TRY400 - values must not reach the log
                return False
            else:
                if self.unkept is not None:
                    self.unkept.over(event.origin.address)
                return True

    def _handle(self, tx: Tx, what: Callable[[Turn], None], event: Inbound, cursor: tuple[str, str] | None) -> None:
        turn = self.turn(tx)
        what(turn)
        if cursor is not None:
            tx.inbox.move_cursor(event.origin.address.platform, *cursor, turn.now)

    def _screen(self, event: Inbound) -> Screening | None:
        """Read the words before the transaction. A broken reader stops nothing: the message counts as unread."""
        return self._read(spoken_words(event))

    def _read(self, words: str) -> Screening | None:
        if not words:
            return None
        try:
            return self._book.screen(words)
        except Exception as error:  # noqa: BLE001 - the border "screener": a cry for help must pass in any case
            self.unread += 1
            log.error("the screener failed: %s", describe(error))  # noqa: TRY400 - values must not reach the log
            return unread("")

    async def _screen_advised(self, event: Inbound, advised: AdvisedScreener) -> Screening | None:
        """Read the words with a second opinion; whatever breaks, the message passes unread."""
        words = spoken_words(event)
        if not words:
            return None
        try:
            return await advised.screen(words)
        except Exception as error:  # noqa: BLE001 - the border "screener": a cry for help must pass in any case
            self.unread += 1
            log.error("the screener failed: %s", describe(error))  # noqa: TRY400 - values must not reach the log
            return unread("")

    async def cursor(self, platform: str, key: str) -> str | None:
        """Return how far a back-fill has come."""
        return await self._store.read(lambda tx: tx.inbox.cursor(platform, key))

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        """Return everyone who talks with this bot account, the latest first."""
        members = await self._store.read(lambda tx: tx.members.correspondents(platform, identity))
        found = list[Address]()
        for at in range(0, len(members), WALKED):
            some = members[at : at + WALKED]
            found += await self._store.read(lambda tx, some=some: tx.members.at(platform, identity, some))  # type: ignore[misc]
        return tuple(found)

    async def threads(self, address: Address) -> Mapping[str, str]:
        """Return which thread of their chat shows which conversation."""
        return await self._store.read(lambda tx: tx.threads.all_of(address))

    async def keep_thread(self, address: Address, conversation: str, thread: str) -> None:
        """Keep it; a database that can't just now is told of in the log, and the thread made again some day."""
        try:
            await self._store.write(lambda tx: tx.threads.keep(address, conversation, thread))
        except StoreError as error:
            log.error("a thread of a chat is not kept: %s", str(error))  # noqa: TRY400 - the sentence says it all

    async def leave_file(self, address: Address, name: str, data: bytes) -> bool:
        """Keep a file where another process may be told what it is."""
        now = self._world.now()
        return self.shared and await self._store.write(lambda tx: tx.uploads.put(address, name, data, now))

    async def file_left(self, address: Address, name: str, *, keep: bool = False) -> bytes:
        """Return a file that came to any process."""
        if not self.shared:
            return b""
        now = self._world.now()
        return await self._store.write(lambda tx: tx.uploads.find(address, name, now, keep=keep))

    def awake(self, address: Address) -> None:
        """Somebody is back."""
        if self.dispatcher is not None:
            self.dispatcher.awake(address)

    # ── Reads ───────────────────────────────────────────────────────────────────────────

    def words(self, locale: str, key: str) -> str:
        """Return one string of the interface."""
        return self._book.words.say(locale, key)

    def moment(self, locale: str, at: date) -> str:
        """Return a day in words, or a moment in UTC."""
        if isinstance(at, datetime):
            return self._book.words.say(locale, "moment-utc", at=at.astimezone(UTC))
        return self._book.words.say(locale, "moment-here", at=at)

    def locales(self) -> tuple[str, ...]:
        """Return the languages shipped."""
        return self._book.words.locales()

    def standing(self) -> bool:
        """Return whether people are to come to this process, as far as the others know."""
        membership = self._store.membership
        return membership is None or membership.own.standing

    def calls_for_help(self, text: str) -> bool:
        """Return whether these words are the crisis command, or one of the calls in data/care.toml."""
        word, _ = command_in(text.strip()) or (text, "")
        command = BY_WORD.get(word.casefold().strip(" .!?¡¿"))
        return (command is not None and command.name == "crisis") or self._book.pace.called(text)

    async def paced(self, kind: str, whose: str, burst: float, per_second: float) -> float:
        """Take a token of a bucket that all processes share; one process alone has counted for itself."""
        if not self.shared:
            return 0
        now = self._world.now()
        return await self._store.write(lambda tx: tx.buckets.take(kind, whose, burst, per_second, now))

    def channels(self) -> tuple[Channel, ...]:
        """Return the channels of the configuration."""
        return self._book.channels

    def pinned(self, key: str, locale: str = "") -> Content:
        """Return what is pinned in a channel."""
        return entry.pinned(self._book, key, locale)

    def filters(self) -> tuple[Filter, ...]:
        """Return what a platform's own filter should hold back."""
        return self._book.filters

    def desk(self) -> Desk:
        """Return the moderators' desk."""
        return StoreDesk(
            self._store, self.turn, self._read, self._changes, self.troubles, board=self._board, shared=self.shared
        )

    async def _board(self) -> Board | None:
        return None if self.board is None else await self.board()

    async def stored_vitals(self) -> StoredVitals:
        """Return how the house is, as far as the database knows."""
        return await self._store.read(lambda tx: stored_vitals(tx, self._book, self._world.now()))

    def process_vitals(self) -> ProcessVitals:
        """Return how the process is, as far as it is seen from here."""
        missed = 0 if self._advised is None else self._advised.missed
        return ProcessVitals(
            __version__,
            rounds=tuple(self.rounds.last.values()),
            unread=self.unread,
            missed=missed,
            doubted=self._world.unproven(),
        )

    async def places(self, platform: str, identity: str) -> tuple[Place, ...]:
        """Return the places known of this bot account."""
        return await self._store.read(lambda tx: tx.places.on(platform, identity))

    async def suggest(self, address: Address, command: str, parameter: str, typed: str) -> tuple[Choice, ...]:
        """Return what may stand in a parameter."""
        return await self._store.read(lambda tx: commands.suggest(self.turn(tx), address, command, parameter, typed))

    async def form(self, press: Pressed, limits: FormLimits) -> Form | None:
        """Return the form that a press opens now."""
        return await self._store.read(lambda tx: forms.opened_form(self.turn(tx), press, limits))

    async def operate(self, request: str, asked: Asked) -> Answer:
        """Do what the operator asks from the shell, in one transaction."""
        answers = list[Answer]()

        def carry_out(tx: Tx) -> None:
            answers[:] = [operator_requests.answer_operator(self.turn(tx), request, asked)]

        if await self._done(f"request {request[:40]}", carry_out):
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
        self._crowd.moved(await self._store.read(lambda tx: tx.pool.waiting()))
        self._changes.rang()

    # ── Outcomes of deliveries ──────────────────────────────────────────────────────────

    def interrupted(self, tx: Tx) -> None:
        """Let the service tell again what may not have been told."""
        marks.tell_again(self.turn(tx))

    def delivered(self, tx: Tx, parcel: Parcel) -> None:
        """Let the service know that it arrived."""
        delivery.delivered(self.turn(tx), parcel)

    def parked(self, tx: Tx, parcel: Parcel, why: Undelivered) -> None:
        """Let the service know that nobody tries it any more."""
        delivery.parked(self.turn(tx), parcel, why)

    def spared(self, tx: Tx, parcel: Parcel, address: Address) -> datetime | None:
        """Return until when a row is to be held, where it would wake its reader now."""
        return delivery.asleep_until(self.turn(tx), parcel, address)

    def missed(self, tx: Tx, parcel: Parcel, address: Address) -> None:
        """Let the service know that nobody was there."""
        callbacks.missed(self.turn(tx), parcel, address)

    def left_standing(self, tx: Tx, parcel: Parcel, purge: Purge, left: int) -> None:
        """Let the service know of messages that could not be deleted."""
        delivery.left_standing(self.turn(tx), parcel.recipient, purge, left)

    def unreachable(self, tx: Tx, member: MemberId, address: Address, *, shown: bool = False) -> None:
        """Let the service know that someone can't be reached there any more."""
        delivery.unreachable(self.turn(tx), member, address, shown=shown)

    # ── Time ────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Set what must always run, and finish what a crash cut off; those who wait are read from the first tick on."""
        await self.look_anew()
        await self._finish_erasures()
        await self._store.write(lambda tx: timers.start_timers(self.turn(tx)))
        if self._world.unproven() is not None:
            log.warning(
                "it is %s by this machine's clock, and this database was in use at another time: if the clock is right,"
                " all is well; nothing is erased for an hour",
                f"{self._world.now():%Y-%m-%d %H:%M} UTC",
            )

    async def tick(self) -> None:
        """Do whatever is due now, each thing in a transaction of its own; trouble with the disk puts it off."""
        try:
            doubted = await self._rein_in() if self.leads(CLOCKWORK) else self._world.unproven() is not None
            if not doubted and self.leads(CLOCKWORK):
                await self._expire()  # before the sweep, which lets go of whose a note was
            await self._let_ring(doubted=doubted)
            await self.rounds.feed()
            await self._tell(await self._store.read(lambda tx: tx.vault.damaged))
        except StoreError as error:
            log.error("timers wait: %s", str(error))  # noqa: TRY400 - the sentence says it all

    async def _let_ring(self, *, doubted: bool) -> None:
        """Ring what is due, as far as it is this process's part."""
        if not self.leads(CLOCKWORK) and not self.leads(ROUNDS):
            return
        now = self._world.now()
        due = await self._store.read(lambda tx: tx.timers.due(now, TIMERS_A_TICK))
        # A stable sort: check-ins after a crisis first, then whatever is due the longest.
        for timer in sorted(due, key=lambda one: one.kind != effects.TIMER):
            if timer.kind in timers.ERASING and doubted:
                continue  # it waits until the clock has proven right: what is erased doesn't come back
            if not self.leads(ROUNDS if self.rounds.runs(timer.kind) else CLOCKWORK):
                continue
            if timer.kind == timers.SWEEP:
                await self._finish_erasures()
            if not self.rounds.start(timer) and not await self._done(timer.kind, partial(self._ring, timer)):
                await self._store.write(partial(self._postpone, timer))

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
            await self._done("clock", lambda tx, step=step: timers.rein_in(self.turn(tx), step))  # type: ignore[misc]
        return self._doubted is not None

    async def _tell(self, damaged: frozenset[tuple[str, str]]) -> None:
        """Name values that were found damaged, each once: row by row in the log, by their tables to the operator."""
        found = sorted(damaged - self._told)
        self._told = damaged
        for place, owner in found:
            log.error("%s of %s is damaged and does not open; everybody else goes on", place, owner or "the bot")
        # Of a row of the outbox the operator hears when it is given up, row by row.
        if places := sorted({place for place, _ in found} - {PLACES["outbox"]}):
            await self._done("damage", lambda tx: notices.damaged(self.turn(tx), places))

    async def _expire(self) -> None:
        """Drop what has waited too long, in pieces; the reader looks first, since hardly ever there is anything."""
        for _ in range(PIECES_A_TICK):
            if not await self._store.read(lambda tx: delivery.overdue(self.turn(tx))):
                return
            if not await self._done("expiry", lambda tx: delivery.expire_undelivered(self.turn(tx))):
                return

    async def _finish_erasures(self) -> None:
        """Find those whose key is gone beside the writer, in pieces, and finish erasing each of them."""
        after = MemberId("")
        while True:
            found = await self._store.read(partial(privacy.unfinished, after=after, most=WALKED))
            if found is None:
                return
            after, gone = found
            for member in gone:
                await self._store.write(partial(self._finish, member))

    def _finish(self, member: MemberId, tx: Tx) -> None:
        privacy.finish(self.turn(tx), member)

    async def _done(self, kind: str, what: Callable[[Tx], None]) -> bool:
        try:
            await self._store.write(what)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the border "unit of work": one timer must not stop the others
            log.error("timer %s failed: %s", kind, describe(error))  # noqa: TRY400 - no values in logs
            return False
        return True

    def _ring(self, timer: Timer, tx: Tx) -> None:
        timers.ring(self.turn(tx), timer)

    def _postpone(self, timer: Timer, tx: Tx) -> None:
        timers.postpone(self.turn(tx), timer)

    def _follow_cases(self, tx: Tx) -> None:
        posts.note_changes(self.turn(tx))

    def turn(self, tx: Tx) -> Turn:
        """Return the turn of one transaction."""
        now = self._world.now()
        tx.timers.now = now
        return Turn(
            tx,
            self._world,
            self._book,
            now,
            self._crowd,
            platforms=self.platforms,
            calling=self.calling,
            roomed=self.roomed,
            formed=self.formed,
            threaded=self.threaded,
        )


def _everything(_role: str) -> bool:
    """Stand in where there is one process, which has every part."""
    return True


class AdapterInbox:
    """The inbox of one adapter: cursor keys are its own."""

    def __init__(self, engine: Engine, platform: str) -> None:
        self._engine, self._platform = engine, platform

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Record it, and return only when it is on disk."""
        await self._engine.put(event, cursor)

    async def cursor(self, key: str) -> str | None:
        """Return the value last stored under this cursor key."""
        return await self._engine.cursor(self._platform, key)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        """Return everyone who talks with this bot account, the latest first."""
        return await self._engine.correspondents(platform, identity)

    async def threads(self, address: Address) -> Mapping[str, str]:
        """Return which thread of their chat shows which conversation."""
        return await self._engine.threads(address)

    async def keep_thread(self, address: Address, conversation: str, thread: str) -> None:
        """Keep which thread of their chat shows a conversation."""
        await self._engine.keep_thread(address, conversation, thread)

    async def leave_file(self, address: Address, name: str, data: bytes) -> bool:
        """Keep a file where another process may be told what it is."""
        return await self._engine.leave_file(address, name, data)

    async def file_left(self, address: Address, name: str, *, keep: bool = False) -> bytes:
        """Return a file that came to any process."""
        return await self._engine.file_left(address, name, keep=keep)

    def awake(self, address: Address) -> None:
        """Pass on that somebody is back."""
        self._engine.awake(address)


def describe(error: BaseException) -> str:
    """Name an error and where it came from, but none of its values: they could hold a text or an account."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(frames[-6:])}"
