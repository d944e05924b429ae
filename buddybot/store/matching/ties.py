"""Ties: what keeps two people from being paired (again), by keyed hash, so that it holds when one comes back."""

from datetime import datetime
from enum import StrEnum

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, stamp


class TieKind(StrEnum):
    """Why they are kept apart."""

    PAIRED = "paired"
    PASSED = "passed"
    KNOWN = "known"
    BLOCKED = "blocked"
    REPORTED = "reported"


class TieStore:
    """Who is not to meet whom."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, owner: MemberId, other: bytes, kind: TieKind, now: datetime, until: datetime | None = None) -> None:
        """Keep `owner` from the person of this hash until then, or for good."""
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
        self._db.run(
            "INSERT INTO tie (owner, other, kind, made_at, until)"
            " SELECT owner, :new, kind, made_at, until FROM tie WHERE other = :old ON CONFLICT DO NOTHING",
            old=old,
            new=new,
        )

    def all(self) -> list[tuple[MemberId, bytes]]:
        """Return every tie that stands."""
        return [(MemberId(row[0]), bytes(row[1])) for row in self._db.rows("SELECT owner, other FROM tie")]

    def made_since(self, owner: MemberId, kind: TieKind, since: datetime) -> int:
        """Count this member's ties of one kind made since then."""
        row = self._db.row(
            "SELECT count(*) FROM tie WHERE owner = :owner AND kind = :kind AND made_at >= :since",
            owner=owner,
            kind=kind.value,
            since=stamp(since),
        )
        return 0 if row is None else int(row[0])

    def count(self, owner: MemberId) -> int:
        """Count this member's ties, for their export."""
        row = self._db.row("SELECT count(*) FROM tie WHERE owner = :owner", owner=owner)
        return 0 if row is None else int(row[0])

    def expire(self, now: datetime) -> int:
        """Drop what has run out."""
        return self._db.run("DELETE FROM tie WHERE until < :now", now=stamp(now))
