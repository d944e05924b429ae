"""Connection to the key database: made anew when it is lost, never waited for long, its trouble said in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Protocol

import psycopg
from psycopg.abc import RV, PQGen

from buddybot.store.kernel.db import Row
from buddybot.store.kernel.errors import KeyTrouble

CONNECT_SECONDS = 3
LIMITS = "-c statement_timeout=5000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=20000"
"""The writer waits here: a server that hangs must not hold it for long."""
ANSWER_SECONDS, LAST_SECONDS = 8.0, 2.0
"""A machine that stands still does not even give a statement up: so long is waited here; the second as we stop."""
PAUSE = 1.0
"""Seconds after a server refused before it is asked again: whoever needs a key meanwhile hears of it at once."""


class Run(Protocol):
    """Runs one statement of a transaction."""

    def __call__(self, sql: str, *values: object) -> list[Row]:
        """Run it with its values, and return its rows."""


class NoAnswerError(psycopg.OperationalError):
    """The server holds the connection and says nothing."""


class _PatientConnection(psycopg.Connection[Row]):
    """Connection whose every statement ends: what gets no answer in time is given up here, and the line with it."""

    patience = ANSWER_SECONDS

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer, for so long and no longer."""
        limit = self.patience if timeout is None else min(timeout, self.patience)
        try:
            return super().wait(_bounded(gen, monotonic() + limit), interval)
        except NoAnswerError:
            self.pgconn.finish()
            raise


def _bounded(gen: PQGen[RV], until: float) -> PQGen[RV]:
    """Go through the steps of an exchange; fail where nothing came until then."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and monotonic() > until:
                raise NoAnswerError
            wanted = gen.send(ready)
    except StopIteration as done:
        found: RV = done.value
        return found


class KeyLink:
    """One connection, for one thread at a time."""

    def __init__(self, url: str, *, reading: bool = False, patience: float = ANSWER_SECONDS) -> None:
        self._url, self._reading, self._patience = url, reading, patience
        self._connection: _PatientConnection | None = None
        self._refused = KeyTrouble("")
        self._again = 0.0

    def open(self) -> "psycopg.Connection[Row]":
        """Return the connection, a new one where it was lost."""
        if self._connection is not None and not self._connection.closed:
            return self._connection
        if monotonic() < self._again:
            raise self._refused
        limits = f"{LIMITS} -c default_transaction_read_only={'on' if self._reading else 'off'}"
        try:
            self._connection = _PatientConnection.connect(
                self._url,
                autocommit=True,
                connect_timeout=CONNECT_SECONDS,
                options=limits,
                tcp_user_timeout=5000,
                keepalives_idle=5,
            )
        except psycopg.Error as error:
            self._again = monotonic() + PAUSE
            self._refused = KeyTrouble(
                f"store.keys: the key server does not let us in ({first_line(error)}): check the address, the name and"
                " that it runs; what people send waits until it does"
            )
            raise self._refused from None  # the chain would name the account
        self._connection.patience = self._patience
        return self._connection

    def hurry(self) -> None:
        """Wait for no answer for long any more: this process stops."""
        self._patience = LAST_SECONDS
        if self._connection is not None:
            self._connection.patience = LAST_SECONDS

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Run one statement; where the connection was lost since the last one, on a new one."""
        for last in (False, True):
            connection = self.open()
            try:
                return _run(connection, sql, values)
            except psycopg.Error as error:
                if last or not connection.closed or isinstance(error, NoAnswerError):
                    raise _in_words(error) from error
        raise AssertionError

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """Yield what runs statements in one transaction; trouble in it is a `KeyTrouble`, and undoes all of it."""
        self.rows("SELECT 1")
        connection = self.open()
        try:
            with connection.transaction():
                yield lambda sql, *values: _run(connection, sql, values)
        except psycopg.Error as error:
            raise _in_words(error) from error

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()


def _run(connection: "psycopg.Connection[Row]", sql: str, values: tuple[object, ...]) -> list[Row]:
    cursor = connection.execute(sql.encode(), values or None)
    return cursor.fetchall() if cursor.description else []


def _in_words(error: psycopg.Error) -> KeyTrouble:
    if isinstance(error, NoAnswerError):
        return KeyTrouble(
            "store.keys: the key server holds the line and gives no answer: see that its machine runs and what keeps it"
            " busy; what people send waits until it answers, and nothing is lost"
        )
    return KeyTrouble(f"store.keys: the key server has trouble ({first_line(error)}): look at its log")


def first_line(error: BaseException) -> str:
    """Return what a server says first."""
    return str(error).strip().partition("\n")[0]
