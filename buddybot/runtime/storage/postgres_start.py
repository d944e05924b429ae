"""Start on PostgreSQL: each step has a watchdog, and whatever stands in its way is one sentence.

A step may take long: tables of a large house are made anew, or another process makes them. So none has an end of its
own. While one lasts, a connection apart asks the server whether it is there; where it is not, the step is given up.
"""

import asyncio
import logging
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

import psycopg

from buddybot.runtime.cluster.steward import connect
from buddybot.runtime.key_server.link import first_line
from buddybot.store.kernel.errors import StoreError

T = TypeVar("T")

MET_WHILE_STARTING = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.UniqueViolation,
    psycopg.errors.DuplicateTable,
)
SERVER_TROUBLE = (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout)
"""What is the server's, not ours: it is away or full, it or the key server was slow."""
BROKEN = (psycopg.errors.DataCorrupted, psycopg.errors.IndexCorrupted, psycopg.errors.InternalError_)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartPace:
    """Seconds that a step lasts before the server is asked whether it is there, and that it has for an answer."""

    step: float = 10.0
    answer: float = 10.0


UNHURRIED = StartPace()


def server_trouble(error: BaseException) -> StoreError:
    """Return trouble of the server with anything that it was asked."""
    return StoreError(f"store.url: the PostgreSQL server has trouble ({first_line(error)}): look at its log")


def only_reads() -> StoreError:
    """Return what is wrong with a standby."""
    return StoreError("store.url: this PostgreSQL server only reads now: let the address lead to the primary")


@contextmanager
def in_sentences() -> Iterator[None]:
    """Raise a `StoreError` for whatever the server does while a store is opened; what is a mistake of ours passes."""
    try:
        yield
    except (psycopg.Error, OSError, TimeoutError) as error:
        if (words := _words(error)) is None:
            raise
        raise words from None  # the chain would name the account


def _words(error: BaseException) -> StoreError | None:
    match error:
        case TimeoutError():
            return StoreError(
                "store.url: the PostgreSQL server gives no answer, or too late: see that it runs and what keeps it"
                " busy, then start again; nothing is lost"
            )
        case psycopg.errors.ReadOnlySqlTransaction():
            return only_reads()
        case psycopg.errors.InsufficientPrivilege() | psycopg.errors.InvalidSchemaName():
            return StoreError(
                f"store.url: the PostgreSQL server does not let this account make its tables ({first_line(error)}):"
                " make it the owner of the database"
            )
        case _ if isinstance(error, MET_WHILE_STARTING):
            return StoreError("store.url: others started on this database at the same moment: start again")
        case _ if isinstance(error, (*SERVER_TROUBLE, *BROKEN, OSError)):
            return server_trouble(error)
    return None


async def watched(step: Awaitable[T], url: str, pace: StartPace) -> T:
    """Return what comes of a step; where the server does not answer meanwhile, give it up."""
    doing = asyncio.ensure_future(step)
    try:
        while not (await asyncio.wait({doing}, timeout=pace.step))[0]:
            with suppress(psycopg.Error):  # whoever is refused has an answer; what is lost, the step finds out itself
                async with asyncio.timeout(pace.answer):
                    await (await connect(url)).close()
            log.warning("store.url: the database, or that of the keys, takes its time: this goes on once it is through")
        return doing.result()
    finally:
        doing.cancel()
