"""What a closure sees of the database: rows in, rows out, the same on SQLite and PostgreSQL.

SQL is written once, in what both speak, with `:name` parameters. Moments are whole microseconds since 1970 in UTC, kept
in integer columns: both databases compare them alike, and no time zone can slip in.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeAlias

from buddybot.store.kernel.sealing import Vault

Row: TypeAlias = tuple[Any, ...]  # type: ignore[explicit-any]  # columns have the types their table says
Value: TypeAlias = str | int | float | bytes | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Cursor(Protocol):
    """What both drivers return of a statement."""

    @property
    def rowcount(self) -> int:
        """Rows changed."""

    def fetchall(self) -> Sequence[Row]:
        """Return all rows, and be done with the statement."""


class Db:
    """One connection inside one transaction. No cursor leaves it, so nothing stays open when the closure ends."""

    __slots__ = ("_execute", "vault")

    def __init__(self, execute: Callable[[str, Mapping[str, Value]], Cursor], vault: Vault) -> None:
        self._execute = execute
        self.vault = vault

    def row(self, sql: str, **values: Value) -> Row | None:
        """Return the first row, or None."""
        found = self._execute(sql, values).fetchall()
        return found[0] if found else None

    def rows(self, sql: str, **values: Value) -> list[Row]:
        """Return every row."""
        return list(self._execute(sql, values).fetchall())

    def run(self, sql: str, **values: Value) -> int:
        """Carry out a change and return how many rows it touched."""
        return self._execute(sql, values).rowcount


def stamp(moment: datetime) -> int:
    """Return an aware moment as whole microseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(stamped: int) -> datetime:
    """Return what `stamp` was given, in UTC."""
    return _EPOCH + timedelta(microseconds=stamped)
