"""Tags of relayed notes: they prove later that a text was really said here, by whom, unaltered, and hold no text.

This is message franking, as end-to-end encrypted messengers report abuse (Facebook, "Messenger Secret Conversations",
2016; Grubbs, Lu and Ristenpart, "Message Franking via Committing Authenticated Encryption", CRYPTO 2017). Here the
relay itself sees the note once, so a keyed hash is enough: over room, author, the exact text as delivered, and the day.
Each day has a key of its own, which is destroyed after a week; from then on nothing can be proven any more.
"""

from datetime import date, datetime, timedelta

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.store.kernel.db import Db, stamp

KEPT = timedelta(days=7)
_LOOK_BACK = 40
"""Days behind the kept ones in which a key may still lie, where the bot was off for long."""


def day_key(day: date) -> MemberId:
    """Return the name of a day's key in the vault."""
    return MemberId(f"tags:{day.isoformat()}")


class TagStore:
    """Makes tags, and checks texts against them."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, room: RoomId, author: MemberId, text: str, now: datetime) -> None:
        """Remember that this was delivered in this room, in this author's name."""
        hashed = self._tag(now.date(), room, author, text)
        self._db.run(
            "INSERT INTO tag (hash, made_at) VALUES (:hash, :now) ON CONFLICT DO NOTHING", hash=hashed, now=stamp(now)
        )

    def fits(self, room: RoomId, author: MemberId, text: str, now: datetime) -> bool:
        """Return whether exactly this was delivered there, in this author's name, in the last seven days."""
        for back in range(KEPT.days + 1):
            day = (now - timedelta(days=back)).date()
            if not self._db.vault.knows(day_key(day)):
                continue
            row = self._db.row("SELECT made_at FROM tag WHERE hash = :hash", hash=self._tag(day, room, author, text))
            if row is not None and stamp(now - KEPT) < row[0] <= stamp(now):
                return True
        return False

    def expire(self, now: datetime, most: int) -> int:
        """Destroy the keys of days that are over for a week, and some of the tags, the oldest first."""
        over = [
            day_key((now - timedelta(days=back)).date()) for back in range(KEPT.days + _LOOK_BACK - 1, KEPT.days, -1)
        ]
        gone = frozenset(self._db.vault.without_key(over))
        for day in over:
            # Only where there is one: each destruction rewrites the log of the database.
            if day not in gone:
                self._db.vault.destroy(day)
        return self._db.run(
            "DELETE FROM tag WHERE hash IN"
            " (SELECT hash FROM tag WHERE made_at <= :before ORDER BY made_at LIMIT :most)",
            before=stamp(now - KEPT),
            most=most,
        )

    def _tag(self, day: date, room: RoomId, author: MemberId, text: str) -> bytes:
        parts = (room, author, day.isoformat(), text)
        whole = "".join(f"{len(part)}:{part}" for part in parts)
        return self._db.vault.tag(day_key(day), whole.encode(errors="surrogatepass"))
