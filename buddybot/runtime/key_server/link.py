"""Connection to the key database: made anew when it is lost, never waited for long, its trouble said in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Protocol

import psycopg

from buddybot.store.kernel.db import Row
from buddybot.store.kernel.errors import KeyTrouble

CONNECT_SECONDS = 3
LIMITS = "-c statement_timeout=5000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=20000"
"""The writer waits here: a server that hangs must not hold it for long."""
PAUSE = 1.0
"""Seconds after a server refused before it is asked again: whoever needs a key meanwhile hears of it at once."""


class Run(Protocol):
    """Runs one statement of a transaction."""

    def __call__(self, sql: str, *values: object) -> list[Row]:
        """Run it with its values, and return its rows."""


class KeyLink:
    """One connection, for one thread at a time."""

    def __init__(self, url: str, *, reading: bool = False) -> None:
        self._url, self._reading = url, reading
        self._connection: psycopg.Connection[Row] | None = None
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
            self._connection = psycopg.connect(
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
        return self._connection

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Run one statement; where the connection was lost since the last one, on a new one."""
        for last in (False, True):
            connection = self.open()
            try:
                return _run(connection, sql, values)
            except psycopg.Error as error:
                if last or not connection.closed:
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
    return KeyTrouble(f"store.keys: the key server has trouble ({first_line(error)}): look at its log")


def first_line(error: BaseException) -> str:
    """Return what a server says first."""
    return str(error).strip().partition("\n")[0]
