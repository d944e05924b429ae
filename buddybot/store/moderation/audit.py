"""The audit log in the database: entries are added, and go only in whole segments when their time has come."""

from datetime import datetime

from buddybot.domain.moderation.audit import START, AuditEntry, ChainEnd, Hash, link, signature, trouble
from buddybot.store.kernel.db import Db, stamp

SEGMENT = 100
_COLUMNS = "number, at, who, what, item, detail, hash"


class AuditStore:
    """Adds to the chain, and proves it."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, now: datetime, who: str, what: str, item: str, detail: str = "") -> None:
        """Write one line: references and codes only."""
        end = self._mark("end")
        number = 1 if end is None else end.number + 1
        before = START if end is None else end.hash
        hashed = link(self._keyed(), before, number, stamp(now), (who, what, item, detail))
        self._db.run(
            f"INSERT INTO audit ({_COLUMNS}) VALUES (:number, :at, :who, :what, :item, :detail, :hash)",
            number=number,
            at=stamp(now),
            who=who,
            what=what,
            item=item,
            detail=detail,
            hash=hashed,
        )
        self._put("end", number, hashed)

    def trouble(self) -> str | None:
        """Return what is wrong with the log, or None."""
        return trouble(self._keyed(), self._mark("begin"), self._mark("end"), self.entries())

    def entries(self) -> list[AuditEntry]:
        """Return every line, oldest first."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM audit ORDER BY number")
        return [AuditEntry(row[0], row[1], row[2], row[3], row[4], row[5], bytes(row[6])) for row in rows]

    def count(self, item: str) -> int:
        """Return how many lines are about an item."""
        row = self._db.row("SELECT count(*) FROM audit WHERE item = :item", item=item)
        return 0 if row is None else int(row[0])

    def lately(self, who: str, what: str, item: str, since: datetime) -> bool:
        """Return whether somebody did this to an item since then."""
        row = self._db.row(
            "SELECT 1 FROM audit WHERE item = :item AND who = :who AND what = :what AND at > :since",
            item=item,
            who=who,
            what=what,
            since=stamp(since),
        )
        return row is not None

    def expire(self, before: datetime) -> int:
        """Drop whole segments whose last entry is older than this; a signed mark remembers where they ended."""
        row = self._db.row("SELECT max(number) FROM audit WHERE at < :before", before=stamp(before))
        last = 0 if row is None or row[0] is None else int(row[0]) // SEGMENT * SEGMENT
        found = self._db.row("SELECT hash FROM audit WHERE number = :last", last=last)
        if found is None:
            return 0
        self._put("begin", last, bytes(found[0]))
        return self._db.run("DELETE FROM audit WHERE number <= :last", last=last)

    def _keyed(self) -> Hash:
        return lambda data: self._db.vault.lookup("audit", data.hex())

    def _mark(self, name: str) -> ChainEnd | None:
        row = self._db.row("SELECT number, hash, signed FROM audit_mark WHERE name = :name", name=name)
        return None if row is None else ChainEnd(int(row[0]), bytes(row[1]), bytes(row[2]))

    def _put(self, name: str, number: int, hashed: bytes) -> None:
        self._db.run(
            "INSERT INTO audit_mark (name, number, hash, signed) VALUES (:name, :number, :hash, :signed)"
            " ON CONFLICT (name) DO UPDATE SET number = :number, hash = :hash, signed = :signed",
            name=name,
            number=number,
            hash=hashed,
            signed=signature(self._keyed(), name, number, hashed),
        )
