"""Batches of units of work: one transaction for all, tried again, with savepoints or in parts where one fails."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from buddybot.runtime.storage.units import Unit
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.sealing import Vault
from buddybot.store.tx import Tx

T = TypeVar("T")
RETRIES = 20
PAUSE, LONGEST_PAUSE = 0.001, 0.02
"""Seconds longer from try to try that a unit waits which met another writer's, and the longest."""


class DbSession(Protocol):
    """One connection, used from one thread only."""

    db: Db
    vault: Vault

    def statement(self, sql: str) -> None:
        """Carry out BEGIN, COMMIT, ROLLBACK or a savepoint."""

    def begin(self) -> None:
        """Begin a transaction that may write."""

    def alive(self) -> bool:
        """Whether the transaction still stands; some errors (a full disk) end it whole."""

    def again(self, error: BaseException) -> bool:
        """Whether the same batch should be tried again as it is."""

    def met(self) -> None:
        """Note that a batch met another writer's, and is tried again."""

    def sentence(self, error: BaseException) -> StoreError | None:
        """Return this trouble of the disk or server in words; None if it is not one."""

    def tell(self, batch: Sequence[Unit]) -> None:
        """Have other processes hear, once this commits, what these units and the transaction noted."""

    def remember(self) -> None:
        """Remember which transaction this is: keys were changed for it."""

    def stands(self) -> bool:
        """Whether the transaction that was remembered, and broke off, was committed all the same, or may have been."""

    def committed(self, *, erased: bool) -> None:
        """Do what follows a commit; `erased` says that keys were destroyed in it."""


class Thread(Protocol):
    """The thread that a session lives in."""

    async def run(self, fn: Callable[[DbSession], T]) -> T:
        """Call `fn` there, and return what it returns."""

    async def close(self) -> None:
        """Close the session and end the thread."""


def read_once(session: DbSession, fn: Callable[[Tx], T]) -> T:
    """Run a closure on one state of the database, and undo whatever it did; trouble of the disk is a sentence."""
    try:
        session.statement("BEGIN")
        result: T = fn(Tx(session.db))
    except Exception as error:
        if (words := session.sentence(error)) is None:
            raise
        raise words from error
    else:
        return result
    finally:
        session.vault.rewind(0)
        if session.alive():
            session.statement("ROLLBACK")


def run_batch(session: DbSession, batch: list[Unit], *, guarded: bool = False) -> None:
    """Run the units in one transaction, so that one that fails does so alone.

    Hardly any ever fails, so the first try does without savepoints. When a unit fails all the same, the batch is run
    again with one around each; when the transaction itself can't be saved, one unit at a time. One that met another
    writer's is tried again, and then cut in two: the less a transaction reads, the fewer it meets.
    """
    for tried in range(RETRIES):
        try:
            _transaction(session, batch, guarded=guarded)
        except Exception as error:  # noqa: BLE001 - the border "unit of work": every error belongs to a caller
            _undo(session)
            if again := session.again(error):
                session.met()
            if again and (tried == 0 or len(batch) == 1):
                _pause(tried)
                continue
            if again:
                _halved(session, batch, guarded=guarded)
            elif len(batch) == 1:
                batch[0].error = session.sentence(error) or error
            elif not guarded:
                run_batch(session, batch, guarded=True)
            else:
                for unit in batch:
                    run_batch(session, [unit])
        return
    for unit in batch:
        unit.error = StoreError("the database is too busy: too many programs write to it at once; try again later")


def _pause(tried: int) -> None:
    """Wait longer from try to try; the first one is at once."""
    if tried:
        time.sleep(min(PAUSE * tried, LONGEST_PAUSE))


def _halved(session: DbSession, batch: list[Unit], *, guarded: bool) -> None:
    half = len(batch) // 2
    for part in (batch[:half], batch[half:]):
        run_batch(session, part, guarded=guarded)


def _transaction(session: DbSession, batch: list[Unit], *, guarded: bool) -> None:
    session.begin()
    for unit in batch:
        if guarded:
            _guarded(session, unit)
        else:
            unit.attempt(Tx(session.db))
    erased = session.vault.erasing
    if (turn := session.vault.flush()) is not None:
        session.db.run("UPDATE keyring SET turn = :turn WHERE one = 1", turn=turn)
        session.remember()
    session.tell(batch)
    session.statement("COMMIT")
    session.vault.settle()
    session.committed(erased=erased)


def _guarded(session: DbSession, unit: Unit) -> None:
    mark = session.vault.mark()
    session.statement("SAVEPOINT unit")
    try:
        unit.attempt(Tx(session.db))
    except Exception as error:
        if session.again(error) or not session.alive() or session.sentence(error) is not None:
            raise
        unit.error = error
        session.statement("ROLLBACK TO SAVEPOINT unit")
        session.vault.rewind(mark)
    session.statement("RELEASE SAVEPOINT unit")


def _undo(session: DbSession) -> None:
    session.db.memo.clear()  # what was read of rows that never were
    if session.alive():
        session.statement("ROLLBACK")
    if session.vault.flushed and session.stands():
        session.vault.settle()  # only the answer was lost: without their keys the rows could not be read
    else:
        session.vault.revert()
