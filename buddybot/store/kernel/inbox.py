"""Register of events that came in, by keyed hash, so that a repeated one is known; and how far back-fills have come."""

from datetime import datetime

from buddybot.store.kernel.db import Db, stamp


class InboxStore:
    """Remembers events without remembering what they said or who sent them."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def first(self, platform: str, event: str, now: datetime) -> bool:
        """Record an event; say whether it is the first time."""
        return (
            self._db.run(
                "INSERT INTO inbox (event, seen_at) VALUES (:event, :now) ON CONFLICT (event) DO NOTHING",
                event=self._db.vault.lookup("event", f"{platform}:{event}"),
                now=stamp(now),
            )
            == 1
        )

    def expire(self, before: datetime, most: int) -> int:
        """Forget some of the events seen before this moment: platforms repeat themselves for a day at most."""
        return self._db.run(
            "DELETE FROM inbox WHERE event IN"
            " (SELECT event FROM inbox WHERE seen_at < :before ORDER BY seen_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def cursor(self, platform: str, key: str) -> str | None:
        """Return how far the back-fill under this key has come."""
        found = self._db.row("SELECT place FROM cursor WHERE key = :key", key=self._key(platform, key))
        opened = None if found is None else self._db.vault.open_ours("cursor", found[0])
        return None if opened is None else opened.decode()

    def move_cursor(self, platform: str, key: str, value: str, now: datetime) -> None:
        """Remember how far the back-fill under this key has come."""
        self._db.run(
            "INSERT INTO cursor (key, place, moved_at) VALUES (:key, :place, :now)"
            " ON CONFLICT (key) DO UPDATE SET place = excluded.place, moved_at = excluded.moved_at",
            key=self._key(platform, key),
            place=self._db.vault.seal_ours("cursor", value.encode()),
            now=stamp(now),
        )

    def expire_cursors(self, before: datetime) -> int:
        """Forget cursors that have not moved since."""
        return self._db.run("DELETE FROM cursor WHERE moved_at < :before", before=stamp(before))

    def _key(self, platform: str, key: str) -> bytes:
        return self._db.vault.lookup("cursor", f"{platform}:{key}")
