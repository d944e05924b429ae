"""The store on PostgreSQL: the same closures, SERIALIZABLE, on two connections with a thread each.

Imported only when configured. One process at a time: an advisory lock refuses the second, which would send everything
twice. Where several share it they hold that lock together, and leases keep them apart (`runtime/cluster`). The keys lie
in files here too, never in the server, so that its backups stay unreadable once a key is gone.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from functools import lru_cache, partial
from pathlib import Path
from time import sleep
from typing import TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from buddybot.runtime.cluster.bus import CHANNEL, NOTIFY, notices
from buddybot.runtime.cluster.membership import Membership
from buddybot.runtime.cluster.process_lease import LEASE, FencedError, ProcessLease
from buddybot.runtime.cluster.turnstile import FREE, Turnstile
from buddybot.runtime.key_server.opening import open_key_server, refuse_same
from buddybot.runtime.key_server.tables import SAME_AS
from buddybot.runtime.storage.batches import DbSession
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.runtime.storage.postgres_connections import (
    LOCK,
    Connection,
    Made,
    apart,
    connect_alone,
    connect_beside,
    connect_to_read,
    cut_line,
)
from buddybot.runtime.storage.postgres_start import (
    MET_WHILE_STARTING,
    SERVER_TROUBLE,
    UNHURRIED,
    StartPace,
    in_sentences,
    only_reads,
    server_trouble,
    watched,
)
from buddybot.runtime.storage.sqlite import StorePaths, open_keys
from buddybot.runtime.storage.units import Unit
from buddybot.store.kernel.db import Cursor, Db, Row, Value
from buddybot.store.kernel.errors import KeysMet, StoreError
from buddybot.store.kernel.migrations import apply, migrations, pending
from buddybot.store.kernel.sealing import Vault
from buddybot.store.kernel.sql import for_psycopg
from buddybot.store.key_store import KeyStore
from buddybot.store.keyring import bind_keys
from buddybot.store.news import News
from buddybot.store.processes import ALIVE

T = TypeVar("T")

UPGRADE = LOCK + 1
"""Held while tables are made, so that two processes that start at once don't both make them."""
STARTS = 5
"""How often a process tries to bring tables up to date beside others that are at work, or start as well."""
ONE_PLACE = "outbox_recipient_place_key"
"""Two writers who queue for one recipient may meet here before the server notices that they collide."""
ASKED, A_MOMENT = 20, 0.05
"""How often the server is asked what became of a transaction that it still works at, and seconds in between."""


class PostgresSession:
    """One connection inside its thread; a lost one is opened again at the next transaction."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._connection = connect()
        self.own: ProcessLease | None = None
        """Which of several processes this is; None where there is one."""
        self.turnstile = Turnstile()
        self._number: Row | None = None
        self._writes = False
        self._met_at_keys, self._at_a_key = 0, False
        """How often another writer had made what was to be made, since something was committed; whether just now."""
        self.vault: Vault
        self.db: Db

    def unseal(self, keys: KeyStore) -> None:
        """Give it the keys: it needs a look at the database first, to know whether there may be new ones."""
        self.vault = Vault(keys)
        self.db = Db(self._execute, self.vault)

    def statement(self, sql: str) -> None:
        """Carry out BEGIN, COMMIT, ROLLBACK or a savepoint."""
        if sql == "BEGIN":
            self._revive()
        try:
            self._connection.execute(sql.encode())
        except psycopg.Error:
            if sql != "ROLLBACK":
                raise
            self._connection.close()  # it was lost, and the transaction with it

    def begin(self) -> None:
        """Begin a transaction that behaves as if it were alone."""
        self._revive()
        self._number, self._writes = None, True
        if self.own is None:
            self._connection.execute(FREE)
            return
        try:
            self._connection.execute(self.turnstile.beginning())
        except psycopg.errors.LockNotAvailable:
            self.turnstile.stuck()
            self._connection.execute(b"ROLLBACK")
            self._connection.execute(FREE)
        self.db.process = self.own.id
        if not self.own.standing:
            raise FencedError
        if self._connection.execute(ALIVE, (self.db.process,)).fetchone() is None:
            self.own.leave()
            raise FencedError

    def tell(self, batch: Sequence[Unit]) -> None:
        """Let the other processes hear, once this commits, who was woken, who moved, and what else was noted."""
        signals = self.db.signals
        if self.own is None:
            signals.take()
            return
        if woken := {member for unit in batch if unit.error is None for member in unit.woken}:
            signals.note(News.WOKEN, woken)
        if moved := self.db.moves.noted:
            signals.note(News.MOVED, moved)
        if any(unit.worked for unit in batch if unit.error is None):
            signals.note(News.CASES)
        for notice in notices(self.own.id, signals.take()):
            self._connection.execute(NOTIFY, (CHANNEL, notice))

    def alive(self) -> bool:
        """Whether there is a transaction to roll back."""
        return not self._connection.closed and self._connection.info.transaction_status != TransactionStatus.IDLE

    def again(self, error: BaseException) -> bool:
        """Two writers met: whoever lost tries again."""
        if isinstance(error, psycopg.errors.UniqueViolation):
            return error.diag.constraint_name == ONE_PLACE or self._may_have_met()
        return isinstance(error, psycopg.errors.SerializationFailure | psycopg.errors.DeadlockDetected | KeysMet)

    def _may_have_met(self) -> bool:
        """Return whether this is the first of its kind: two processes that heard of one event may meet at any key.

        Tried again, whoever came second finds what the first one made; a mistake of ours is the same again.
        """
        self._at_a_key = self.own is not None and not self._met_at_keys
        return self._at_a_key

    def met(self) -> None:
        """Have the next transactions for itself."""
        self._met_at_keys, self._at_a_key = self._met_at_keys + self._at_a_key, False
        self.turnstile.met()

    def sentence(self, error: BaseException) -> StoreError | None:
        """Return trouble with the server in words."""
        if self._writes and isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
            self._connection.close()  # another server took its place: the address leads there
            return only_reads()
        if isinstance(error, SERVER_TROUBLE) and not self.again(error):
            return server_trouble(error)
        return None

    def remember(self) -> None:
        """Remember which transaction this is: keys were changed for it."""
        self._number = self._connection.execute(b"SELECT txid_current()").fetchone()

    def stands(self) -> bool:
        """Ask the server whether a transaction was committed whose answer was lost; where nobody can say, it may be."""
        if self._number is None or not self._connection.closed:
            return False
        try:
            for _ in range(ASKED):
                self._revive()
                if (found := self._connection.execute(b"SELECT txid_status(%s)", self._number).fetchone()) is None:
                    return True
                if found[0] != "in progress":
                    return bool(found[0] != "aborted")
                sleep(A_MOMENT)
        except (psycopg.Error, StoreError):
            return True
        return True

    def committed(self, *, erased: bool) -> None:  # noqa: ARG002 - dead rows are left to the server's autovacuum
        """Begin anew with counting keys that were met: without their key, rows that are erased can't be read."""
        self._met_at_keys = 0

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def empty(self) -> bool:
        """Whether nothing of ours is in this database yet."""
        return self._connection.execute(b"SELECT to_regclass('migration')").fetchone() == (None,)

    def identity(self) -> Row | None:
        """Return what tells this database from any other, whatever address it was reached by."""
        return self._connection.execute(SAME_AS.encode()).fetchone()

    def _revive(self) -> None:
        if self._connection.closed:
            self._connection = self._connect()

    def _execute(self, sql: str, values: Mapping[str, Value]) -> Cursor:
        return self._connection.execute(_query(sql), values)


class PostgresThread:
    """The one thread that talks to one connection."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postgres")
        self._made: list[Connection] = []
        self.session: PostgresSession

    async def open(self, connect: Callable[[Made], Connection]) -> None:
        """Connect, and hand the connection to the thread: whoever stops meanwhile does not wait for a server."""
        made = [await apart(lambda: connect(self._note))]
        self.session = await self.call(lambda: PostgresSession(lambda: made.pop() if made else connect(self._note)))

    async def run(self, fn: Callable[[DbSession], T]) -> T:
        """Call `fn` there, and return what it returns."""
        return await self.call(lambda: fn(self.session))

    async def call(self, fn: Callable[[], T]) -> T:
        """Call anything there."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, fn)

    async def give_up(self) -> None:
        """Break off whatever it waits for, then the same as `close`: a server that stands still answers nothing."""
        self.break_off()
        await self.close()

    def break_off(self) -> None:
        """Cut the line that somebody waits at."""
        for connection in self._made:
            cut_line(connection)

    def _note(self, connection: Connection) -> None:
        self._made = [connection]

    async def close(self) -> None:
        """Hang up and end the thread."""
        if hasattr(self, "session"):
            await self.call(self.session.close)
        self._pool.shutdown()


class PostgresStore(GroupStore):
    """The store of a bot whose data lie on a server."""

    def __init__(
        self, writer: PostgresThread, reader: PostgresThread, keys: KeyStore, membership: Membership | None = None
    ) -> None:
        super().__init__(writer, reader)
        self.keys, self.membership, self.turnstile = keys, membership, writer.session.turnstile
        self._threads = (writer, reader)

    def break_off(self) -> None:
        """Cut both lines."""
        for each in self._threads:
            each.break_off()

    async def close(self) -> None:
        """Commit what waits, leave the others, hang up, forget the keys."""
        try:
            await self.settled()
            if self.membership is not None:
                await self.membership.end()
            await super().close()
        finally:
            self.keys.close()


async def open_postgres(
    url: str,
    keys: Path,
    operator: str | None,
    key_server: str = "",
    *,
    shared: bool = False,
    lease: float = LEASE,
    pace: StartPace = UNHURRIED,
) -> PostgresStore:
    """Open the store and bring its schema up to date; refuse in one sentence whatever can't be used."""
    writer = PostgresThread()
    opened: list[KeyStore] = []
    places = StorePaths(database=keys, keys=keys, backups=keys, operator=operator)
    membership = Membership(url, lease=lease) if shared else None
    async with AsyncExitStack() as undo:
        undo.callback(_close_all, opened)
        undo.push_async_callback(writer.give_up)
        with in_sentences():
            await watched(writer.open(partial(connect_beside if shared else connect_alone, url)), url, pace)
            await watched(writer.call(lambda: _prepare(writer.session, places, key_server, opened)), url, pace)
        reader = await postgres_reader(url, opened[0], pace)
        undo.push_async_callback(reader.give_up)
        if membership is not None:
            with in_sentences():
                await membership.begin(pace.answer)
            writer.session.own = membership.own
        undo.pop_all()
    return PostgresStore(writer, reader, opened[0], membership)


async def postgres_reader(url: str, keys: KeyStore, pace: StartPace = UNHURRIED) -> PostgresThread:
    """Open a connection that can't write, beside the bot that holds the lock."""
    reader = PostgresThread()
    try:
        with in_sentences():
            await watched(reader.open(partial(connect_to_read, url)), url, pace)
            await watched(reader.call(lambda: _refuse_empty(reader.session)), url, pace)
        reader.session.unseal(keys)
    except BaseException:
        await reader.give_up()
        raise
    return reader


def _close_all(opened: list[KeyStore]) -> None:
    for keys in opened:
        keys.close()


def _refuse_empty(session: PostgresSession) -> None:
    if session.empty():
        raise StoreError("store.url: there is nothing in this database yet: `buddybot run` makes its tables")


def _prepare(session: PostgresSession, places: StorePaths, key_server: str, opened: list[KeyStore]) -> None:
    fresh = session.empty()
    if key_server:
        refuse_same(key_server, session.identity())
    opened.append(open_key_server(places, key_server, fresh=fresh) if key_server else open_keys(places, fresh=fresh))
    session.unseal(opened[0])
    for left in reversed(range(STARTS)):
        try:
            _bring_up_to_date(session, places, alone=left < STARTS - 1)
        except MET_WHILE_STARTING:
            if not left:
                raise
        else:
            return


def _bring_up_to_date(session: PostgresSession, places: StorePaths, *, alone: bool) -> None:
    session.begin()
    try:
        if alone:
            # Taken before anything is read: others are at work, or were making these tables a moment ago.
            session.statement("LOCK TABLE migration IN EXCLUSIVE MODE")
        session.db.row("SELECT pg_advisory_xact_lock(:lock)", lock=UPGRADE)
        for step in pending(session.db, migrations("postgres"), "store.url"):
            apply(session.db, step)
        bind_keys(session.db, places.keys)
        session.statement("COMMIT")
    except BaseException:
        session.statement("ROLLBACK")
        session.vault.revert()
        raise


@lru_cache(maxsize=1024)
def _query(sql: str) -> bytes:
    return for_psycopg(sql).encode()
