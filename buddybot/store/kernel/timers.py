"""Durable timers: rows with a due time, so that a restart forgets nothing."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, Row, moment, stamp

_COLUMNS = "kind, subject, due_at, member, payload, attempts"


@dataclass(frozen=True, slots=True)
class Timer:
    """One thing to do at a time. `kind` and `subject` name it together; setting it again moves it.

    Subject and payload hold our own ids and codes only, never words or platform ids: they are not sealed.
    """

    kind: str
    subject: str
    due: datetime
    member: MemberId | None = None
    payload: str = ""
    attempts: int = 0


class TimerStore:
    """Sets, finds and cancels timers."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self.now: datetime | None = None
        """When this transaction began: kept with each timer, to tell later that a clock was ahead."""

    def set(self, timer: Timer) -> None:
        """Set it, or move the one of the same kind and subject."""
        self._db.run(
            f"INSERT INTO timer ({_COLUMNS}, set_at)"
            " VALUES (:kind, :subject, :due, :member, :payload, :attempts, :set_at)"
            " ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, member = excluded.member,"
            " payload = excluded.payload, attempts = excluded.attempts, set_at = excluded.set_at",
            kind=timer.kind,
            subject=timer.subject,
            due=stamp(timer.due),
            member=timer.member,
            payload=timer.payload,
            attempts=timer.attempts,
            set_at=0 if self.now is None else stamp(self.now),
        )

    def find(self, kind: str, subject: str) -> Timer | None:
        """Return the timer of this kind and subject."""
        found = self._db.row(
            f"SELECT {_COLUMNS} FROM timer WHERE kind = :kind AND subject = :subject", kind=kind, subject=subject
        )
        return None if found is None else _timer(found)

    def due(self, now: datetime, limit: int) -> list[Timer]:
        """Return what is due, the longest due first."""
        found = self._db.rows(
            f"SELECT {_COLUMNS} FROM timer WHERE due_at <= :now ORDER BY due_at, kind, subject LIMIT :limit",
            now=stamp(now),
            limit=limit,
        )
        return [_timer(row) for row in found]

    def of_member(self, member: MemberId) -> list[Timer]:
        """Return this member's timers, the next first."""
        return list(self._db.memo.once(("timer",), member, partial(self._of_member, member)))

    def _of_member(self, member: MemberId) -> list[Timer]:
        found = self._db.rows(
            f"SELECT {_COLUMNS} FROM timer WHERE member = :member ORDER BY due_at, kind, subject", member=member
        )
        return [_timer(row) for row in found]

    def of_kind(self, kind: str, limit: int) -> list[Timer]:
        """Return the timers of a kind, the next first."""
        found = self._db.rows(
            f"SELECT {_COLUMNS} FROM timer WHERE kind = :kind ORDER BY due_at, subject LIMIT :limit",
            kind=kind,
            limit=limit,
        )
        return [_timer(row) for row in found]

    def cancel(self, kind: str, subject: str) -> bool:
        """Take it away; say whether it was there."""
        return (
            self._db.run("DELETE FROM timer WHERE kind = :kind AND subject = :subject", kind=kind, subject=subject) == 1
        )

    def forget(self, member: MemberId) -> int:
        """Cancel everything of this member's."""
        return self._db.run("DELETE FROM timer WHERE member = :member", member=member)


def _timer(row: Row) -> Timer:
    kind, subject, due, member, payload, attempts = row
    return Timer(kind, subject, moment(due), None if member is None else MemberId(member), payload, attempts)
