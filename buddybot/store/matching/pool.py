"""The pool as rows: who looks for somebody and is not taken, found by index and without unsealing anything."""

from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, stamp

# Who said no to an offer is free at once; the other stays reserved until it runs out, so that nobody can tell a pass.
_RESERVED = (
    "SELECT 1 FROM asked JOIN offer ON offer.id = asked.offer WHERE asked.member = member.id"
    " AND offer.closed = 0 AND asked.reply NOT IN ('pass', 'known') AND asked.mentor = 0"
)
# A mentor may look for somebody of their own: their mentees' seats and offers take places, not them.
_SEATED = (
    "SELECT 1 FROM seat JOIN room ON room.id = seat.room WHERE seat.member = member.id"
    " AND seat.left_at IS NULL AND room.closed_at IS NULL AND seat.mentor = 0"
)
_COMING = (
    "SELECT 1 FROM invited JOIN gathering ON gathering.id = invited.gathering WHERE invited.member = member.id"
    " AND gathering.closed = 0 AND invited.reply = 'yes'"
)
_ASKED_LATELY = (
    "SELECT 1 FROM invited JOIN gathering ON gathering.id = invited.gathering WHERE invited.member = member.id"
    " AND gathering.made_at >= :asked_since"
)


class PoolStore:
    """Questions about those who look, each answered for one member or for a bounded number."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def waiting(self) -> list[MemberId]:
        """Return the ids of all who look, those who have waited longest first, then of mentors who take somebody."""
        rows = self._db.rows("SELECT id FROM member WHERE looking_since IS NOT NULL ORDER BY looking_since, id")
        mentors = self._db.rows("SELECT member FROM mentor WHERE taking = 1 ORDER BY member")
        return [MemberId(one) for one in dict.fromkeys(str(row[0]) for row in (*rows, *mentors))]

    def free(self, member: MemberId) -> bool:
        """Return whether this member looks, and stands in no open offer, room or circle to come."""
        row = self._db.row(
            "SELECT 1 FROM member WHERE id = :id AND looking_since IS NOT NULL"
            f" AND NOT EXISTS ({_RESERVED}) AND NOT EXISTS ({_SEATED}) AND NOT EXISTS ({_COMING})",
            id=member,
        )
        return row is not None

    def for_circles(self, now: datetime, patient: datetime, asked_since: datetime, most: int) -> list[MemberId]:
        """Return who would like a circle or has looked since then, waits longest, and was not asked of late."""
        free = "(paused_until IS NULL OR paused_until <= :now)"
        free += f" AND NOT EXISTS ({_RESERVED}) AND NOT EXISTS ({_SEATED}) AND NOT EXISTS ({_ASKED_LATELY})"
        rows = self._db.rows(
            "SELECT member.id, circle_wish.since AS at FROM circle_wish CROSS JOIN member"
            f" WHERE member.id = circle_wish.member AND {free}"
            " UNION SELECT member.id, member.looking_since AS at FROM member WHERE member.looking_since <= :patient"
            f" AND NOT EXISTS (SELECT 1 FROM circle_wish WHERE circle_wish.member = member.id) AND {free}"
            " ORDER BY 2, 1 LIMIT :most",
            now=stamp(now),
            patient=stamp(patient),
            asked_since=stamp(asked_since),
            most=most,
        )
        return [MemberId(row[0]) for row in rows]
