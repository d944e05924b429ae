"""Rate limiting by the generic cell rate algorithm (ITU-T I.371), counted in the database for all processes together.

A bucket is one moment: when it will be full again. Whom it is of stands there as a hash that nobody can make again once
the text key of the hour is gone: a network's address is never kept.
"""

from datetime import datetime, timedelta

from buddybot.store.kernel.db import Db, moment, stamp


class SharedBucketStore:
    """Buckets that are not full."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def take(self, kind: str, whose: str, burst: float, per_second: float, now: datetime) -> float:
        """Take one token and return 0, or return the seconds to wait for the next.

        With the hour the key changes, and the bucket is another: so at most two bursts come together.
        """
        key = self._db.vault.passing_tag(now, f"{kind}\x1f{whose}".encode())
        row = self._db.row("SELECT full_at FROM shared_bucket WHERE key = :key", key=key)
        full = max(now, now if row is None else moment(row[0])) + timedelta(seconds=1 / per_second)
        wait = (full - now).total_seconds() - burst / per_second
        if wait > 0:
            return wait
        self._db.run(
            "INSERT INTO shared_bucket (key, full_at) VALUES (:key, :full)"
            " ON CONFLICT (key) DO UPDATE SET full_at = excluded.full_at",
            key=key,
            full=stamp(full),
        )
        return 0

    def expire(self, now: datetime) -> int:
        """Forget what is full again."""
        return self._db.run("DELETE FROM shared_bucket WHERE full_at <= :now", now=stamp(now))
