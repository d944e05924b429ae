"""Mentors: who offered to be one, how far they came, and how many of their places are taken."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter

from buddybot.domain.care.mentors import Mentor, MentorState
from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, Row, moment, stamp

PURPOSE = "mentor"
STAY = (MentorState.APPROVED, MentorState.APPLIED)
"""What is kept however long it is so: a mentor, and who waits for an answer."""
_SITTING = (
    "SELECT count(*) FROM seat JOIN room ON room.id = seat.room WHERE seat.member = :member AND seat.mentor = 1"
    " AND seat.left_at IS NULL AND room.closed_at IS NULL"
)
_ASKED = (
    "SELECT count(*) FROM asked JOIN offer ON offer.id = asked.offer WHERE asked.member = :member"
    " AND asked.mentor = 1 AND offer.closed = 0 AND asked.reply NOT IN ('pass', 'known')"
)


@dataclass(frozen=True, slots=True)
class _Sealed:
    read: int = 0
    most: int = 1
    resting: bool = False
    rest_until: datetime | None = None
    asked: str = ""
    said: str = field(default="", repr=False)
    lane: str = ""


_SEALED = TypeAdapter(_Sealed)


class MentorStore:
    """Everybody who offered to be a mentor."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, member: MemberId) -> Mentor | None:
        """Return somebody's record; None for most people."""
        row = self._db.row("SELECT member, state, changed_at, sealed FROM mentor WHERE member = :member", member=member)
        return None if row is None else self._mentor(row)

    def save(self, mentor: Mentor) -> None:
        """Keep a record; the matcher looks at its member anew."""
        self._db.moves.note((mentor.member,))
        inner = _Sealed(
            mentor.read, mentor.most, mentor.resting, mentor.rest_until, mentor.asked, mentor.said, mentor.lane
        )
        self._db.run(
            "INSERT INTO mentor (member, state, taking, changed_at, sealed)"
            " VALUES (:member, :state, :taking, :at, :sealed) ON CONFLICT (member) DO UPDATE SET"
            " state = excluded.state, taking = excluded.taking, changed_at = excluded.changed_at,"
            " sealed = excluded.sealed",
            member=mentor.member,
            state=mentor.state.value,
            taking=int(mentor.taking),
            at=stamp(mentor.changed_at),
            sealed=self._db.vault.seal(mentor.member, PURPOSE, _SEALED.dump_json(inner)),
        )

    def rest(self, member: MemberId, until: datetime) -> bool:
        """Let nobody new come to a mentor before then; return whether they are one."""
        found = self.of(member)
        if found is None or found.state is not MentorState.APPROVED:
            return False
        self.save(found.rested(until))
        return True

    def taken(self, member: MemberId) -> int:
        """Count the places of a mentor that are taken: by mentees, and by offers that reserve one."""
        return self.mentees(member) + self._count(_ASKED, member)

    def mentees(self, member: MemberId) -> int:
        """Count the people a mentor talks with as one now."""
        return self._count(_SITTING, member)

    def taking(self, most: int) -> list[MemberId]:
        """Return some of the mentors who would take somebody."""
        rows = self._db.rows("SELECT member FROM mentor WHERE taking = 1 ORDER BY member LIMIT :most", most=most)
        return [MemberId(row[0]) for row in rows]

    def drop(self, member: MemberId) -> None:
        """Forget that somebody offered."""
        self._db.moves.note((member,))
        self._db.run("DELETE FROM mentor WHERE member = :member", member=member)

    def expire(self, before: datetime) -> None:
        """Forget who did not become a mentor, or stopped, before then."""
        states = {
            f"state_{number}": state.value for number, state in enumerate(s for s in MentorState if s not in STAY)
        }
        named = ", ".join(f":{name}" for name in states)
        self._db.run(f"DELETE FROM mentor WHERE state IN ({named}) AND changed_at < :at", at=stamp(before), **states)

    def _count(self, sql: str, member: MemberId) -> int:
        row = self._db.row(sql, member=member)
        return 0 if row is None else int(row[0])

    def _mentor(self, row: Row) -> Mentor | None:
        member = MemberId(row[0])
        opened = self._db.vault.open_whole(member, PURPOSE, row[3])
        if opened is None:
            return None
        one = _SEALED.validate_json(opened)
        return Mentor(
            member,
            MentorState(row[1]),
            moment(row[2]),
            one.read,
            one.most,
            one.resting,
            one.rest_until,
            one.asked,
            one.said,
            one.lane,
        )
