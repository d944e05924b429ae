"""Aggregate queries for monitoring: how much waits in each queue, and since when. Counts only, never content."""

from datetime import datetime

from buddybot.domain.moderation.vitals import Backlog
from buddybot.store.kernel.db import Db, moment, stamp


class VitalsStore:
    """Counts of how the queues stand."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def outbox(self, now: datetime) -> Backlog:
        """Count what is on its way; the oldest is of what could go out now: nothing before it waits for another try."""
        found = self._counted("SELECT count(*), 0 FROM outbox WHERE state <> 'parked'")
        stuck = self._counted(
            "SELECT count(*), min(due_at) FROM outbox AS one WHERE state <> 'parked' AND due_at <= :now AND NOT EXISTS"
            " (SELECT 1 FROM outbox AS head WHERE head.recipient = one.recipient AND head.state <> 'parked'"
            " AND head.held = 0 AND head.due_at > :now)",
            now=stamp(now),
        )
        return Backlog(found.count, stuck.oldest)

    def parked(self) -> int:
        """Count the rows that nobody tries any more; they stay for a day."""
        return self._counted("SELECT count(*), 0 FROM outbox WHERE state = 'parked'").count

    def timers(self, now: datetime) -> Backlog:
        """Count the timers that are due."""
        return self._counted("SELECT count(*), min(due_at) FROM timer WHERE due_at <= :now", now=stamp(now))

    def urgent(self) -> Backlog:
        """Count the open cases of P0 and P1."""
        return self._counted(
            "SELECT count(*), min(opened_at) FROM case_file WHERE state <> 'closed' AND priority IN ('P0', 'P1')"
        )

    def _counted(self, sql: str, **values: int) -> Backlog:
        row = self._db.row(sql, **values)
        assert row is not None
        return Backlog(int(row[0]), moment(row[1]) if row[0] and row[1] else None)
