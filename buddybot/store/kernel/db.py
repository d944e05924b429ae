"""What a closure sees of the database: rows in, rows out, the same on SQLite and PostgreSQL.

SQL is written once, in what both speak, with `:name` parameters. Moments are whole microseconds since 1970 in UTC, kept
in integer columns: both databases compare them alike, and no time zone can slip in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeAlias

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.sealing import Vault
from buddybot.store.news import Signals

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


class Moves:
    """Change log of one transaction: whose place in the pool of matching may have changed in it, for a cache in memory.

    It names too many rather than too few, also those of a unit that was rolled back: whoever keeps such a cache reads
    them again.
    """

    __slots__ = ("_new", "_taken")

    def __init__(self) -> None:
        self._new: set[MemberId] = set()
        self._taken: set[MemberId] = set()

    def note(self, members: Iterable[MemberId]) -> None:
        """Add somebody who changed."""
        self._new.update(members)

    def take(self) -> set[MemberId]:
        """Return who changed since this was asked last, the transaction still being open."""
        found, self._new = self._new, set()
        self._taken |= found
        return found

    @property
    def noted(self) -> set[MemberId]:
        """Everybody who changed in the transaction so far."""
        return self._taken | self._new

    def settle(self) -> set[MemberId]:
        """Return everybody who changed in the transaction, which is over, and begin anew."""
        found = self.noted
        self._new, self._taken = set(), set()
        return found


class Db:
    """One connection inside one transaction. No cursor leaves it, so nothing stays open when the closure ends."""

    __slots__ = ("_execute", "moves", "signals", "vault")

    def __init__(self, execute: Callable[[str, Mapping[str, Value]], Cursor], vault: Vault) -> None:
        self._execute = execute
        self.vault = vault
        self.moves = Moves()
        self.signals = Signals()

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
