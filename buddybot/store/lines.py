"""Presence table: which process holds a line open to whom, the newest line last; and copies for those that are older.

A line is a stream of a page that somebody has open. Its process shows what is on its way to them; another that holds an
older line of theirs gets a copy of the sealed row, to show it beside, and drops it at once.
"""

from dataclasses import dataclass
from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address, NoteId
from buddybot.store.kernel.db import Db, Row, moment, stamp
from buddybot.store.kernel.outbox import Parcel, SendPriority
from buddybot.store.people.members import MemberStore


@dataclass(frozen=True, slots=True)
class KnownLine:
    """Whose line it is: by the hash in which processes speak of them, and who that is; and whether they have others."""

    person: str
    member: MemberId | None
    several: bool


class LineStore:
    """Lines of every process, and what is copied for them."""

    def __init__(self, db: Db) -> None:
        self._db, self._members = db, MemberStore(db)

    def open(self, address: Address, process: str) -> "KnownLine":
        """Note the newest line of somebody."""
        person = self._members.person(address)
        self._db.run(
            "INSERT INTO line (person, process, number)"
            " VALUES (:person, :process, COALESCE((SELECT MAX(number) FROM line WHERE person = :person), 0) + 1)"
            " ON CONFLICT (person, process) DO UPDATE SET number = excluded.number",
            person=person,
            process=process,
        )
        return KnownLine(person.hex(), self._member(person), len(self.holders(address)) > 1)

    def close(self, address: Address, process: str) -> MemberId | None:
        """Forget a process's line; return who it was of, where another process still holds one."""
        person = self._members.person(address)
        self._db.run("DELETE FROM line WHERE person = :person AND process = :process", person=person, process=process)
        return self._member(person) if self.holders(address) else None

    def holders(self, address: Address) -> tuple[str, ...]:
        """Return the processes that hold a line open to this address, the newest line first."""
        rows = self._db.rows(
            "SELECT process FROM line WHERE person = :person ORDER BY number DESC", person=self._members.person(address)
        )
        return tuple(row[0] for row in rows)

    def of(self, member: MemberId) -> set[str]:
        """Return the processes that hold a line open to one of this member's addresses."""
        rows = self._db.rows(
            "SELECT line.process FROM route JOIN line ON line.person = route.person WHERE route.member = :member",
            member=member,
        )
        return {row[0] for row in rows}

    # ── Copies ──────────────────────────────────────────────────────────────────────────

    def copy(self, parcel: Parcel, process: str, now: datetime) -> None:
        """Copy a row of the outbox for another process, sealed as it is."""
        self._db.run(
            "INSERT INTO echo (process, recipient, number, kind, note, sealed, key, created_at, made_at)"
            " SELECT :process, recipient, COALESCE((SELECT MAX(one.number) FROM echo AS one"
            " WHERE one.process = :process AND one.recipient = :who), 0) + 1,"
            " kind, note, sealed, :key, created_at, :now FROM outbox WHERE id = :id",
            process=process,
            who=parcel.recipient,
            key=parcel.key,
            now=stamp(now),
            id=parcel.id,
        )

    def copied(self, process: str) -> bool:
        """Return whether there is anything to be shown beside at this process."""
        return self._db.row("SELECT 1 FROM echo WHERE process = :process LIMIT 1", process=process) is not None

    def take(self, process: str) -> list[Parcel]:
        """Return, and drop, what is to be shown beside, in order."""
        rows = self._db.rows(
            "SELECT number, recipient, kind, note, sealed, key, created_at FROM echo WHERE process = :process"
            " ORDER BY recipient, number",
            process=process,
        )
        if rows:
            self._db.run("DELETE FROM echo WHERE process = :process", process=process)
        return [_parcel(row) for row in rows]

    def forget(self, member: MemberId) -> None:
        """Drop copies for somebody who is erased."""
        self._db.run("DELETE FROM echo WHERE recipient = :who", who=member)

    def expire(self, before: datetime) -> int:
        """Drop copies that nobody took: their process has gone silent."""
        return self._db.run("DELETE FROM echo WHERE made_at <= :before", before=stamp(before))

    def _member(self, person: bytes) -> MemberId | None:
        row = self._db.row("SELECT member FROM route WHERE person = :person", person=person)
        return None if row is None else MemberId(row[0])


def _parcel(row: Row) -> Parcel:
    number, recipient, kind, note, sealed, key, created = row
    return Parcel(
        id=number,
        recipient=MemberId(recipient),
        platform="",
        identity="",
        priority=SendPriority.NORMAL,
        kind=kind,
        note=None if note is None else NoteId(note),
        claimed=False,
        unknown=False,
        attempts=0,
        created=moment(created),
        due=moment(created),
        sealed=bytes(sealed),
        key=key,
    )
