"""Copies every row from one database to another, of either dialect: what a backup of PostgreSQL and a move are made of.

The shape of the tables is read from the migrations themselves, applied to an empty database in memory: so no list of
tables can be forgotten. Rows go over as they are, sealed values too, and nothing is opened on the way.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from buddybot.store.kernel.db import Db, Row, Value
from buddybot.store.kernel.migrations import RECORD, migrations
from buddybot.store.kernel.sql import statements

A_PIECE = 1000
OWN = frozenset({"migration", "sqlite_sequence"})
"""Tables that each database keeps for itself: the steps that made it, and SQLite's own counters."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the migrations make it."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    """Its primary key: rows are read in this order, a piece at a time."""
    references: frozenset[str]
    counted: bool
    """Whether the database numbers its rows and never gives a number twice."""


@cache
def tables() -> tuple[Table, ...]:
    """Return every table, each after those that it refers to."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute(RECORD)
        for step in migrations("sqlite"):
            for statement in statements(step.script):
                made.execute(statement)
        found = made.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        known = {name: _table(made, name, "AUTOINCREMENT" in sql) for name, sql in found if name not in OWN}
    order = TopologicalSorter({name: table.references - {name} for name, table in known.items()})
    return tuple(known[name] for name in order.static_order())


def _table(made: sqlite3.Connection, name: str, counted: bool) -> Table:  # noqa: FBT001 - read from the schema
    columns = made.execute(f"PRAGMA table_info({name})").fetchall()
    key = sorted((column[5], column[1]) for column in columns if column[5])
    references = {row[2] for row in made.execute(f"PRAGMA foreign_key_list({name})")}
    return Table(name, tuple(one[1] for one in columns), tuple(one for _, one in key), frozenset(references), counted)


@dataclass(frozen=True, slots=True)
class Side:
    """A database inside a transaction, and what it is: only its own counters differ."""

    db: Db
    sqlite: bool


def copy_rows(source: Side, target: Side) -> dict[str, int]:
    """Copy all tables into an empty database; return how many rows each has."""
    copied = dict[str, int]()
    for table in tables():
        copied[table.name] = _insert(target, table, _rows(source.db, table))
        if table.counted:
            _count_on(source, target, table.name)
    return copied


def count_rows(db: Db) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table.name: int((db.row(f"SELECT count(*) FROM {table.name}") or (0,))[0]) for table in tables()}


def _rows(source: Db, table: Table) -> Iterator[Row]:
    columns, key = ", ".join(table.columns), ", ".join(table.key)
    after, values = "", dict[str, Value]()
    places = [table.columns.index(name) for name in table.key]
    while True:
        piece = source.rows(f"SELECT {columns} FROM {table.name}{after} ORDER BY {key} LIMIT {A_PIECE}", **values)
        yield from piece
        if len(piece) < A_PIECE:
            return
        after = f" WHERE ({key}) > ({', '.join(f':k{number}' for number in range(len(places)))})"
        values = {f"k{number}": piece[-1][place] for number, place in enumerate(places)}


def _insert(target: Side, table: Table, rows: Iterable[Row]) -> int:
    given = " OVERRIDING SYSTEM VALUE" if table.counted and not target.sqlite else ""
    places = ", ".join(f":{name}" for name in table.columns)
    sql = f"INSERT INTO {table.name} ({', '.join(table.columns)}){given} VALUES ({places})"
    return sum(target.db.run(sql, **dict(zip(table.columns, row, strict=True))) for row in rows)


def _count_on(source: Side, target: Side, name: str) -> None:
    """Let the numbers of a table go on from where they were, also past rows that are gone already."""
    if source.sqlite:
        last = source.db.row("SELECT seq FROM sqlite_sequence WHERE name = :name", name=name)
    else:
        last = source.db.row(
            "SELECT last_value FROM pg_sequences WHERE sequencename = :name AND schemaname = current_schema()",
            name=f"{name}_id_seq",
        )
    if last is None or not last[0]:
        return
    if target.sqlite:
        target.db.run("DELETE FROM sqlite_sequence WHERE name = :name", name=name)
        target.db.run("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)", name=name, last=int(last[0]))
    else:
        target.db.row("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)", name=name, last=int(last[0]))
