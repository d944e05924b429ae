"""Cases, with what the reporter shared sealed under a key of the case's own, so that it can expire alone."""

from datetime import datetime

from buddybot.domain.cases import Case, Concern, Priority
from buddybot.domain.ids import CaseId, MemberId, RoomId
from buddybot.store.db import Db, Row, moment, stamp

COLUMNS = "id, concern, priority, room, reporter, about, opened_at, rule, shared"


def case_key(case: CaseId) -> MemberId:
    """Return the name of the case's own key in the vault."""
    return MemberId(f"case:{case}")


class Cases:
    """What moderators look at."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, case: Case) -> None:
        """Open a case."""
        shared = self._db.vault.seal(case_key(case.id), "shared", case.shared.encode()) if case.shared else None
        self._db.run(
            f"INSERT INTO case_file ({COLUMNS})"
            " VALUES (:id, :concern, :priority, :room, :reporter, :about, :opened_at, :rule, :shared)",
            id=case.id,
            concern=case.concern.value,
            priority=case.priority.value,
            room=case.room,
            reporter=case.reporter,
            about=case.about,
            opened_at=stamp(case.opened_at),
            rule=case.rule,
            shared=shared,
        )

    def by_id(self, case: CaseId) -> Case | None:
        """Return one case."""
        row = self._db.row(f"SELECT {COLUMNS} FROM case_file WHERE id = :id", id=case)
        return None if row is None else self._case(row)

    def reported_by(self, member: MemberId) -> list[Case]:
        """Return the cases this member opened, for their export."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM case_file WHERE reporter = :member ORDER BY opened_at", member=member
        )
        return [self._case(row) for row in rows]

    def expire_shared(self, before: datetime) -> int:
        """Destroy what was shared in cases opened before then."""
        rows = self._db.rows(
            "SELECT id FROM case_file WHERE shared IS NOT NULL AND opened_at < :before", before=stamp(before)
        )
        for row in rows:
            self._db.vault.destroy(case_key(CaseId(row[0])))
        return self._db.run("UPDATE case_file SET shared = NULL WHERE opened_at < :before", before=stamp(before))

    def drop_shared(self, case: CaseId) -> None:
        """Destroy what was shared in one case."""
        self._db.vault.destroy(case_key(case))
        self._db.run("UPDATE case_file SET shared = NULL WHERE id = :id", id=case)

    def forget(self, member: MemberId) -> None:
        """Destroy what was shared by or about someone who is erased; the cases go on without identity."""
        rows = self._db.rows(
            "SELECT id FROM case_file WHERE (reporter = :member OR about = :member) AND shared IS NOT NULL",
            member=member,
        )
        for row in rows:
            self.drop_shared(CaseId(row[0]))

    def hand_over(self, old: MemberId, new: MemberId) -> None:
        """Let cases by or about one record of a person be by or about another record of them."""
        self._db.run("UPDATE case_file SET reporter = :new WHERE reporter = :old", old=old, new=new)
        self._db.run("UPDATE case_file SET about = :new WHERE about = :old", old=old, new=new)

    def expire(self, before: datetime) -> int:
        """Drop cases opened before then."""
        return self._db.run("DELETE FROM case_file WHERE opened_at < :before", before=stamp(before))

    def drop_words(self, about: MemberId) -> None:
        """Destroy the words of this member's crisis cases: they say it was not meant so."""
        rows = self._db.rows(
            "SELECT id FROM case_file WHERE about = :about AND concern = 'crisis' AND shared IS NOT NULL", about=about
        )
        for row in rows:
            self.drop_shared(CaseId(row[0]))

    def _case(self, row: Row) -> Case:
        case = CaseId(row[0])
        shared = None if row[8] is None else self._db.vault.open(case_key(case), "shared", row[8])
        return Case(
            id=case,
            concern=Concern(row[1]),
            priority=Priority(row[2]),
            room=None if row[3] is None else RoomId(row[3]),
            reporter=None if row[4] is None else MemberId(row[4]),
            about=None if row[5] is None else MemberId(row[5]),
            opened_at=moment(row[6]),
            rule=row[7],
            shared="" if shared is None else shared.decode(),
        )
