"""Connection as a closure sees it: rows in, rows out, the same on SQLite and PostgreSQL.

SQL is written once, in what both speak, with `:name` parameters. Moments are whole microseconds since 1970 in UTC, kept
in integer columns: both databases compare them alike, and no time zone can slip in.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Protocol, TypeAlias, TypeVar, cast

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.opened import MOST, OPENED
from buddybot.store.kernel.sealing import Vault
from buddybot.store.news import Signals

Row: TypeAlias = tuple[Any, ...]  # type: ignore[explicit-any]  # columns have the types their table says
Kept: TypeAlias = dict[Hashable, Any]  # type: ignore[explicit-any]  # what one key holds, whoever reads it knows
Value: TypeAlias = str | int | float | bytes | None

T = TypeVar("T")
LEAVES = frozenset({"counted", "flow", "inbox", "note", "outbox", "pending", "question", "receipt", "tag", "timer"})
"""Tables that no other hangs on: a row that goes takes no rows of others with it."""
_CHANGES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM) (\w+)")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Cursor(Protocol):
    """Result of a statement, as both drivers return it."""

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


class Memo:
    """Read cache invalidated by table: what is asked again before it changed is not read again.

    It lives no longer than its unit of work where others write to the same database, so what they write is seen as the
    transaction sees it. Under its only writer it outlives its unit (a second-level cache), and goes with a transaction
    that rolls back. Whatever was opened with a key goes with every key that is made or destroyed.
    """

    __slots__ = ("_began", "_kept", "_lasting", "_turn", "_vault")

    def __init__(self, vault: Vault, *, lasting: bool = False) -> None:
        """Begin empty; `lasting` says that nobody else writes to this database."""
        self._vault, self._lasting, self._began = vault, lasting, OPENED.turn
        self._turn = vault.staged + self._began
        """Of keys made and destroyed, and of what was dropped for it: both only grow."""
        self._kept: dict[tuple[str, ...], Kept] = {}

    def once(self, tables: tuple[str, ...], key: Hashable, read: Callable[[], T]) -> T:
        """Return what was read from these tables under this key, or read it."""
        if self._turn != self._vault.staged + OPENED.turn:
            self.clear()
        kept = self._kept.get(tables)
        if kept is None:
            kept = self._kept[tables] = {}
        elif key in kept:
            known: T = kept[key]
            return known
        found = read()
        if self._fresh and self._kept.get(tables) is kept:
            _keep(kept, key, found)
        return found

    @property
    def _fresh(self) -> bool:
        """Return whether no key was made or destroyed since this was empty."""
        return self._turn == self._vault.staged + OPENED.turn

    def put(self, tables: tuple[str, ...], key: Hashable, found: object) -> None:
        """Keep what was read of these tables beside something else."""
        if self._fresh:
            _keep(self._kept.setdefault(tables, {}), key, found)

    def get(self, tables: tuple[str, ...], key: Hashable) -> object:
        """Return what was kept under this key, None where nothing is."""
        return self._kept.get(tables, {}).get(key) if self._fresh else None

    def drop(self, tables: tuple[str, ...], key: Hashable) -> None:
        """Forget what is kept under this key."""
        if (kept := self._kept.get(tables)) is not None:
            kept.pop(key, None)

    def changed(self, sql: str) -> None:
        """Forget whatever a statement may have changed."""
        if not self._kept:
            return
        table = _changed_table(sql)
        if not table:
            self._kept.clear()
            return
        for tables in [tables for tables in self._kept if table in tables]:
            del self._kept[tables]

    def changed_of(self, member: MemberId, table: str) -> None:
        """Forget what was kept of one member's rows in a table, where all that is kept of it is kept by member."""
        for tables in [tables for tables in self._kept if table in tables]:
            if tables == (table,):
                self.drop(tables, member)
            else:
                del self._kept[tables]

    def made_of(self, opened: object, kind: Hashable, make: Callable[[], T]) -> T:
        """Return what is made of something that was opened in this unit, for as long as that itself is remembered.

        The one exception to what lives no longer than its unit: it goes when any key does.
        """
        name = (kind, id(opened))
        kept = OPENED.find(name)
        if isinstance(kept, tuple) and kept[0] is opened:
            return cast("T", kept[1])
        made = make()
        OPENED.keep(name, (opened, made), self._began)
        return made

    def begin(self) -> None:
        """Begin the next unit."""
        self._began = OPENED.turn
        if not (self._lasting and self._fresh):
            self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self._kept.clear()
        self._turn = self._vault.staged + OPENED.turn


def _keep(kept: Kept, key: Hashable, found: object) -> None:
    if len(kept) >= MOST:
        kept.clear()
    kept[key] = found


@lru_cache(maxsize=1024)
def _cuts_queues(sql: str) -> bool:
    """Return whether a statement changes rows of the outbox other than one by its number."""
    found = _CHANGES.match(sql)
    return found is not None and found[1] != "INSERT INTO" and found[2] == "outbox" and "WHERE id = :id" not in sql


@lru_cache(maxsize=1024)
def _changed_table(sql: str) -> str:
    """Return the one table that a statement changes; "" where it may be more."""
    found = _CHANGES.match(sql)
    if found is None or (found[1] == "DELETE FROM" and found[2] not in LEAVES):
        return ""
    return found[2]


class Db:
    """One connection inside one transaction. No cursor leaves it, so nothing stays open when the closure ends."""

    __slots__ = ("_execute", "cut", "memo", "moves", "process", "signals", "stores", "vault")

    def __init__(
        self, execute: Callable[[str, Mapping[str, Value]], Cursor], vault: Vault, *, sole_writer: bool = False
    ) -> None:
        """Take a connection's `execute`; `sole_writer` says that nobody else writes to this database."""
        self._execute = execute
        self.vault = vault
        self.moves = Moves()
        self.signals = Signals()
        self.memo = Memo(vault, lasting=sole_writer)
        self.stores: dict[str, object] = {}
        """Stores that hold nothing but this, by the name they have in a transaction: made once, not for each unit."""
        self.process = ""
        """Which of several processes this is; empty where there is one."""
        self.cut = False
        """Whether rows of the outbox were changed by what they are about: one just queued may be gone again."""

    def row(self, sql: str, **values: Value) -> Row | None:
        """Return the first row, or None."""
        found = self._execute(sql, values).fetchall()
        return found[0] if found else None

    def rows(self, sql: str, **values: Value) -> list[Row]:
        """Return every row."""
        return list(self._execute(sql, values).fetchall())

    def run(self, sql: str, **values: Value) -> int:
        """Carry out a change and return how many rows it touched."""
        self.memo.changed(sql)
        self.cut = self.cut or _cuts_queues(sql)
        return self._execute(sql, values).rowcount

    def run_of(self, member: MemberId, table: str, sql: str, **values: Value) -> int:
        """Carry out a change of this member's rows in one table that is remembered by member; others' stay known."""
        self.memo.changed_of(member, table)
        return self._execute(sql, values).rowcount

    def returning(self, sql: str, **values: Value) -> Row:
        """Carry out an INSERT of one row and return what its RETURNING names."""
        self.memo.changed(sql)
        found: Row = self._execute(sql, values).fetchall()[0]
        return found


def stamp(moment: datetime) -> int:
    """Return an aware moment as whole microseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(stamped: int) -> datetime:
    """Return what `stamp` was given, in UTC."""
    return _EPOCH + timedelta(microseconds=stamped)
