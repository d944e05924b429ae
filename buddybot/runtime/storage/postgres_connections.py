"""Connections to the PostgreSQL server: the lock that each kind holds, and what each lets the server give up."""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, InvalidStateError
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep
from types import MappingProxyType
from typing import TypeAlias

import psycopg
from psycopg.conninfo import make_conninfo

from buddybot.runtime.cluster.steward import NETWORK
from buddybot.runtime.key_server.link import first_line
from buddybot.store.kernel.db import Row
from buddybot.store.kernel.errors import StoreError, StoreInUse

Connection = psycopg.Connection[Row]
Made: TypeAlias = Callable[[Connection], None]
"""Hears of a connection before anything is asked over it."""

LOCK = 0x627564647920
"""Any number of our own: who holds it is the one bot on this database; those that share it hold it together."""
ASKED, A_MOMENT = 10, 0.1
"""How often the lock is asked for before a start is refused, and seconds in between."""
IDLE = 5.0
"""Seconds that a transaction may stand open with nobody asking anything in it."""
CHECKS_CLIENTS = 140000
"""The first version of PostgreSQL that notices in the middle of a statement that nobody waits for it any more."""
READS = (
    "SET default_transaction_read_only = on",
    "SET default_transaction_isolation = 'repeatable read'",
)


def _nobody(_made: Connection) -> None:
    """Stand in until somebody may have to cut it."""


def cut_line(connection: Connection) -> None:
    """Cut it: whoever waits at it, in another thread, is told that it is lost."""
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


async def apart(connect: Callable[[], Connection]) -> Connection:
    """Connect in a thread that nobody has to wait for; a connection that nobody wants any more is hung up."""
    made: Future[Connection] = Future()

    def run() -> None:
        try:
            connection = connect()
        except BaseException as error:  # noqa: BLE001 - whatever it is, whoever waits is told
            with suppress(InvalidStateError):
                made.set_exception(error)
            return
        try:
            made.set_result(connection)
        except InvalidStateError:
            connection.close()

    Thread(target=run, name="connecting", daemon=True).start()
    return await asyncio.wrap_future(made)


def _connect(url: str, more: Mapping[str, str]) -> Connection:
    try:
        return psycopg.connect(make_conninfo(url, **more), autocommit=True, connect_timeout=10)
    except psycopg.ProgrammingError:
        raise StoreError(
            "store.url: this is no address of a PostgreSQL database: write it as postgresql://name@host/database, and"
            " %40 or the like for a sign in a password"
        ) from None  # what can't be read may hold the password
    except psycopg.OperationalError as error:
        raise StoreError(
            f"store.url: the PostgreSQL server does not let us in ({first_line(error)}): check the address, the name"
            " and that it runs"
        ) from None  # the chain would name the account


@contextmanager
def _connected(url: str, made: Made, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Connection]:
    """Yield a connection that stays open where nothing is raised."""
    connection = _connect(url, more)
    try:
        made(connection)
        yield connection
    except BaseException:
        connection.close()
        raise


def _holds(connection: Connection, ask: bytes) -> bool:
    """Return whether we have the bots' lock; a server may let go of one a moment after whoever held it is gone."""
    for _ in range(ASKED):
        if connection.execute(ask, (LOCK,)).fetchone() == (True,):
            return True
        sleep(A_MOMENT)
    return False


def connect_alone(url: str, made: Made = _nobody) -> Connection:
    """Connect as the one bot on this database, or refuse."""
    with _connected(url, made) as connection:
        if not _holds(connection, b"SELECT pg_try_advisory_lock(%s)"):
            raise StoreInUse("store.url: another buddybot is using this database: stop that one first")
        return connection


def connect_beside(url: str, made: Made = _nobody) -> Connection:
    """Connect as one of several bots on this database, or refuse beside one that takes itself to be alone.

    What a process that was paused in the middle of a transaction holds is let go in time for others to take over.
    """
    with _connected(url, made, NETWORK) as connection:
        if not _holds(connection, b"SELECT pg_try_advisory_lock_shared(%s)"):
            raise StoreInUse(
                "store.shared = true: another buddybot is using this database alone: set store.shared there too, or"
                " stop it"
            )
        connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE:g}s'".encode())
        if connection.info.server_version >= CHECKS_CLIENTS:
            # Else a statement of a dead process that waits for a lock keeps its row, and its accounts, until then.
            connection.execute(b"SET client_connection_check_interval = '1s'")
        # A table read from end to end counts as read whole: then whoever writes anything into it collides with us.
        connection.execute(b"SET enable_seqscan = off")
        return connection


def connect_to_read(url: str, made: Made = _nobody) -> Connection:
    """Connect beside whoever has the lock, to read one state of the database and change nothing."""
    with _connected(url, made, NETWORK) as connection:
        for setting in READS:
            connection.execute(setting.encode())
        return connection
