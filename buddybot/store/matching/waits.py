"""Waiting times as counts per day and span: no row belongs to anybody."""

from datetime import datetime

from buddybot.domain.kernel.ids import MemberId, OfferId
from buddybot.domain.matching.waits import WaitSpan
from buddybot.store.kernel.db import Db, stamp


class WaitStore:
    """Counters of how long searches took, and of those that still run."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def count(self, span: WaitSpan, now: datetime) -> None:
        """Add one search to the count of its day."""
        self._db.run(
            "INSERT INTO wait_count (day, span, searches) VALUES (:day, :span, 1)"
            " ON CONFLICT (day, span) DO UPDATE SET searches = wait_count.searches + 1",
            day=stamp(now.replace(hour=0, minute=0, second=0, microsecond=0)),
            span=span.value,
        )

    def counts(self, since: datetime) -> dict[WaitSpan, int]:
        """Return how many searches ended in each span since then."""
        rows = self._db.rows(
            "SELECT span, SUM(searches) FROM wait_count WHERE day >= :since GROUP BY span", since=stamp(since)
        )
        return {WaitSpan(row[0]): int(row[1]) for row in rows}

    def still_looking(self, since: datetime, until: datetime) -> int:
        """Return how many look who began between these moments: what has not ended well counts too."""
        row = self._db.row(
            "SELECT COUNT(*) FROM member WHERE looking_since > :since AND looking_since <= :until",
            since=stamp(since),
            until=stamp(until),
        )
        return 0 if row is None else int(row[0])

    def asked_since(self, member: MemberId, since: datetime, but: OfferId | None = None) -> bool:
        """Return whether somebody was asked about anybody since then, apart from one offer."""
        row = self._db.row(
            "SELECT 1 FROM asked JOIN offer ON offer.id = asked.offer"
            " WHERE asked.member = :member AND offer.made_at >= :since AND offer.id <> :but",
            member=member,
            since=stamp(since),
            but=but or "",
        )
        return row is not None

    def expire(self, before: datetime, now: datetime) -> int:
        """Drop the counts of days gone by, and of days that only a wrong clock knew."""
        return self._db.run(
            "DELETE FROM wait_count WHERE day < :before OR day > :now", before=stamp(before), now=stamp(now)
        )
