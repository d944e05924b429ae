"""Ties: what keeps two people from being paired (again), by keyed hash, so that it holds when one comes back."""

from datetime import datetime
from enum import StrEnum

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, moment, stamp


class TieKind(StrEnum):
    """Reason that two are kept apart."""

    PAIRED = "paired"
    PASSED = "passed"
    KNOWN = "known"
    BLOCKED = "blocked"
    REPORTED = "reported"


class TieStore:
    """Rows of who is not to meet whom."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, owner: MemberId, other: bytes, kind: TieKind, now: datetime, until: datetime | None = None) -> None:
        """Keep `owner` from the person of this hash until then, or for good."""
        self._db.moves.note((owner,))
        self._db.run(
            "INSERT INTO tie (owner, other, kind, made_at, until) VALUES (:owner, :other, :kind, :now, :until)"
            " ON CONFLICT (owner, other, kind) DO UPDATE SET made_at = :now, until = :until",
            owner=owner,
            other=other,
            kind=kind.value,
            now=stamp(now),
            until=None if until is None else stamp(until),
        )

    def follow(self, old: bytes, new: bytes) -> None:
        """Let whoever is kept from one person be kept from the other as well: it is the same one."""
        rows = self._db.rows("SELECT owner FROM tie WHERE other = :old", old=old)
        self._db.moves.note(MemberId(row[0]) for row in rows)
        self._db.run(
            "INSERT INTO tie (owner, other, kind, made_at, until)"
            " SELECT owner, :new, kind, made_at, until FROM tie WHERE other = :old ON CONFLICT DO NOTHING",
            old=old,
            new=new,
        )

    def apart(self, member: MemberId) -> frozenset[MemberId]:
        """Return whom this member may not meet any more, whichever of the two it came from."""
        rows = self._db.rows(
            "SELECT route.member FROM tie JOIN route ON route.person = tie.other WHERE tie.owner = :me"
            " UNION SELECT tie.owner FROM route JOIN tie ON tie.other = route.person WHERE route.member = :me",
            me=member,
        )
        return frozenset(MemberId(row[0]) for row in rows)

    def of_waiting(self) -> list[tuple[MemberId, MemberId]]:
        """Return owner and other of every tie of those who look for somebody, and of mentors who take somebody."""
        rows = self._db.rows(
            # CROSS JOIN keeps SQLite to this order: those who look are fewer than the ties of all.
            "SELECT tie.owner, route.member FROM member CROSS JOIN tie CROSS JOIN route"
            " WHERE member.looking_since IS NOT NULL AND tie.owner = member.id AND route.person = tie.other"
            " UNION ALL SELECT tie.owner, route.member FROM mentor CROSS JOIN tie CROSS JOIN route"
            " WHERE mentor.taking = 1 AND tie.owner = mentor.member AND route.person = tie.other"
        )
        return [(MemberId(row[0]), MemberId(row[1])) for row in rows]

    def made_since(self, owner: MemberId, kind: TieKind, since: datetime) -> list[datetime]:
        """Return when this member's ties of one kind were made, since then, the newest first."""
        rows = self._db.rows(
            "SELECT made_at FROM tie WHERE owner = :owner AND kind = :kind AND made_at >= :since ORDER BY made_at DESC",
            owner=owner,
            kind=kind.value,
            since=stamp(since),
        )
        return [moment(row[0]) for row in rows]

    def count(self, owner: MemberId) -> int:
        """Count this member's ties, for their export."""
        row = self._db.row("SELECT count(*) FROM tie WHERE owner = :owner", owner=owner)
        return 0 if row is None else int(row[0])

    def expire(self, now: datetime, most: int) -> int:
        """Drop some of what has run out, the oldest first."""
        return self._db.run(
            "DELETE FROM tie WHERE (owner, other, kind) IN"
            " (SELECT owner, other, kind FROM tie WHERE until < :now ORDER BY until LIMIT :most)",
            now=stamp(now),
            most=most,
        )
