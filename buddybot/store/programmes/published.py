"""Ledger of what was published: rounded numbers by subject and quarter, written once and never worked out again."""

import json
from collections.abc import Sequence
from datetime import datetime

from buddybot.domain.programmes.disclosure import Published
from buddybot.domain.programmes.quarters import Quarter
from buddybot.store.kernel.db import Db, stamp

_BETWEEN = "/"


class PublishedStore:
    """Every number that left the house."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, subject: str, quarter: Quarter) -> list[Published] | None:
        """Return what was published about a subject and a quarter; None where nothing was yet."""
        row = self._db.row(
            "SELECT numbers FROM published WHERE subject = :subject AND quarter = :quarter",
            subject=subject,
            quarter=str(quarter),
        )
        if row is None:
            return None
        return [
            Published(name, {tuple(cell.split(_BETWEEN)): count for cell, count in cells.items()})
            for name, cells in json.loads(row[0]).items()
        ]

    def keep(self, subject: str, quarter: Quarter, tables: Sequence[Published], now: datetime) -> None:
        """Remember what is published, once: a second time is a bug, and fails."""
        numbers = {table.name: {_BETWEEN.join(cell): count for cell, count in table.cells.items()} for table in tables}
        self._db.run(
            "INSERT INTO published (subject, quarter, published_at, numbers)"
            " VALUES (:subject, :quarter, :now, :numbers)",
            subject=subject,
            quarter=str(quarter),
            now=stamp(now),
            numbers=json.dumps(numbers),
        )
