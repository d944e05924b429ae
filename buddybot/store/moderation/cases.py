"""Cases, with what the reporter shared sealed under a key of the case's own, so that it can expire alone."""

import re
from collections.abc import Iterable
from datetime import datetime

from buddybot.domain.kernel.ids import CaseId, MemberId, RoomId
from buddybot.domain.moderation.cases import Case, CasePriority, Concern, State
from buddybot.domain.moderation.workload import Course
from buddybot.store.kernel.db import Db, Row, moment, stamp

COLUMNS = (
    "id, concern, priority, room, reporter, about, opened_at, rule, shared, alias, state, claimed_by, closed_at,"
    " appealed, verified, sanction"
)
URGENT = "ORDER BY priority, opened_at, id"
_HEX = 8
CODE = re.compile(r"[0-9a-f]{1,64}")


def case_key(case: CaseId) -> MemberId:
    """Return the name of the case's own key in the vault."""
    return MemberId(f"case:{case}")


def notes_key(case: CaseId) -> MemberId:
    """Return the name of the key of a case's notes: they outlive what was shared."""
    return MemberId(f"notes:{case}")


def talk_key(case: CaseId) -> MemberId:
    """Return the name of the key of what a moderator and the person said to each other."""
    return MemberId(f"talk:{case}")


class CaseStore:
    """Rows of cases, and what was shared in them under a key of each."""

    def __init__(self, db: Db, changed: set[CaseId]) -> None:
        self._db = db
        self.changed = changed
        """Cases that were opened or went on in this transaction: an open desk and the team's threads follow them."""

    def add(self, case: Case) -> None:
        """Open a case."""
        self.changed.add(case.id)
        shared = self._db.vault.seal(case_key(case.id), "shared", case.shared.encode()) if case.shared else None
        self._db.run(
            f"INSERT INTO case_file ({COLUMNS})"
            " VALUES (:id, :concern, :priority, :room, :reporter, :about, :opened_at, :rule, :shared, :alias, :state,"
            " :claimed_by, :closed_at, :appealed, :verified, :sanction)",
            id=case.id,
            concern=case.concern.value,
            priority=case.priority.value,
            room=case.room,
            reporter=case.reporter,
            about=case.about,
            opened_at=stamp(case.opened_at),
            rule=case.rule,
            shared=shared,
            alias=case.alias,
            state=case.state.value,
            claimed_by=case.claimed_by,
            closed_at=None if case.closed_at is None else stamp(case.closed_at),
            appealed=int(case.appealed),
            verified=int(case.verified),
            sanction=case.sanction or None,
        )

    def save(self, case: Case) -> None:
        """Write back what may change: how urgent it is, how far it has come, who has it."""
        self.changed.add(case.id)
        self._db.run(
            "UPDATE case_file SET priority = :priority, state = :state, claimed_by = :claimed_by,"
            " closed_at = :closed_at, appealed = :appealed, verified = :verified WHERE id = :id",
            id=case.id,
            priority=case.priority.value,
            state=case.state.value,
            claimed_by=case.claimed_by,
            closed_at=None if case.closed_at is None else stamp(case.closed_at),
            appealed=int(case.appealed),
            verified=int(case.verified),
        )

    def named(self, word: str) -> Case | None:
        """Return the case that begins with this code; None where there is none, or more than one.

        What can't be a code is not asked for: somebody may have typed words or an account where a code belongs, and a
        database server may log what it is asked.
        """
        if not CODE.fullmatch(word):
            return None
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM case_file WHERE id >= :low AND id < :high LIMIT 2", low=word, high=f"{word}\x7f"
        )
        return self._case(rows[0]) if len(rows) == 1 and len(word) >= _HEX else None

    def waiting(self, limit: int, without: Iterable[Concern] = ()) -> list[Case]:
        """Return cases that are not closed, the most urgent first, but for these kinds."""
        left_out = {f"kind_{number}": kind.value for number, kind in enumerate(without)}
        kinds = f" AND concern NOT IN ({', '.join(f':{name}' for name in left_out)})" if left_out else ""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM case_file WHERE state <> 'closed'{kinds} {URGENT} LIMIT :limit",
            limit=limit,
            **left_out,
        )
        return [self._case(row) for row in rows]

    def claimed_by(self, member: MemberId) -> list[Case]:
        """Return the open cases that somebody has, the most urgent first."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM case_file WHERE state <> 'closed' AND claimed_by = :member {URGENT}", member=member
        )
        return [self._case(row) for row in rows]

    def count_waiting(self) -> dict[str, int]:
        """Count the cases that are not closed, by priority."""
        rows = self._db.rows(
            "SELECT priority, count(*) FROM case_file WHERE state <> 'closed' GROUP BY priority ORDER BY priority"
        )
        return {str(row[0]): int(row[1]) for row in rows}

    def courses(self, since: datetime) -> list[Course]:
        """Return how the cases opened since then went, and those that still wait."""
        rows = self._db.rows(
            "SELECT priority, opened_at, closed_at, (SELECT min(at) FROM case_line"
            " WHERE case_id = case_file.id AND kind = 'claimed') FROM case_file"
            " WHERE opened_at >= :since OR state <> 'closed'",
            since=stamp(since),
        )
        ends = [[None if at is None else moment(at) for at in row[2:]] for row in rows]
        return [
            Course(CasePriority(row[0]), moment(row[1]), claimed, closed)
            for row, (closed, claimed) in zip(rows, ends, strict=True)
        ]

    def of_alias(self, alias: str) -> list[Case]:
        """Return the cases of somebody who goes by this alias in them; what is none of them is not asked for."""
        if alias not in self.aliases():
            return []
        rows = self._db.rows(f"SELECT {COLUMNS} FROM case_file WHERE alias = :alias ORDER BY opened_at", alias=alias)
        return [self._case(row) for row in rows]

    def about(self, member: MemberId | None) -> list[Case]:
        """Return every case about somebody, the newest last; none about whoever is gone."""
        if member is None:
            return []
        rows = self._db.rows(f"SELECT {COLUMNS} FROM case_file WHERE about = :member ORDER BY opened_at", member=member)
        return [self._case(row) for row in rows]

    def appeals_against(self, sanction: str) -> list[Case]:
        """Return the appeals against a sanction, the newest last."""
        rows = self._db.rows(f"SELECT {COLUMNS} FROM case_file WHERE sanction = :id ORDER BY opened_at", id=sanction)
        return [self._case(row) for row in rows]

    def aliases(self) -> list[str]:
        """Return the aliases that are taken."""
        return [str(row[0]) for row in self._db.rows("SELECT DISTINCT alias FROM case_file")]

    def by_id(self, case: CaseId) -> Case | None:
        """Return one case."""
        row = self._db.row(f"SELECT {COLUMNS} FROM case_file WHERE id = :id", id=case)
        return None if row is None else self._case(row)

    def reported_by(self, member: MemberId) -> list[Case]:
        """Return the cases this member opened, for their export."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM case_file WHERE reporter = :member"
            " OR id IN (SELECT case_id FROM report WHERE reporter = :member) ORDER BY opened_at",
            member=member,
        )
        return [self._case(row) for row in rows]

    def expire_shared(self, closed: datetime, appealed: datetime, opened: datetime) -> int:
        """Destroy what was shared in cases closed, closed after an appeal, or opened before then."""
        rows = self._db.rows(
            "SELECT id FROM case_file WHERE opened_at < :opened OR closed_at < :appealed"
            " OR (appealed = 0 AND closed_at < :closed)",
            opened=stamp(opened),
            closed=stamp(closed),
            appealed=stamp(appealed),
        )
        for row in rows:
            self.drop_shared(CaseId(row[0]))
        return len(rows)

    def drop_shared(self, case: CaseId) -> None:
        """Destroy what was shared in one case."""
        self._db.vault.destroy(case_key(case))
        self._db.run("UPDATE case_file SET shared = NULL WHERE id = :id", id=case)
        self._db.run("UPDATE report SET sealed = NULL WHERE case_id = :id", id=case)

    def forget(self, member: MemberId) -> None:
        """Destroy what was shared by or about someone who is erased; the cases go on without identity."""
        rows = self._db.rows(
            "SELECT id FROM case_file WHERE reporter = :member OR about = :member"
            " UNION SELECT case_id FROM report WHERE reporter = :member",
            member=member,
        )
        for row in rows:
            self.drop_shared(CaseId(row[0]))
            self._db.vault.destroy(talk_key(CaseId(row[0])))

    def hand_over(self, old: MemberId, new: MemberId) -> None:
        """Let cases by or about one record of a person be by or about another record of them."""
        self._db.run("UPDATE case_file SET reporter = :new WHERE reporter = :old", old=old, new=new)
        self._db.run("UPDATE case_file SET about = :new WHERE about = :old", old=old, new=new)

    def expire(self, before: datetime) -> int:
        """Drop cases opened before then, with all that stands in their record."""
        for row in self._db.rows("SELECT id FROM case_file WHERE opened_at < :before", before=stamp(before)):
            self._db.vault.destroy(case_key(CaseId(row[0])))
            self._db.vault.destroy(notes_key(CaseId(row[0])))
            self._db.vault.destroy(talk_key(CaseId(row[0])))
        return self._db.run("DELETE FROM case_file WHERE opened_at < :before", before=stamp(before))

    def drop_words(self, about: MemberId) -> None:
        """Destroy the words of this member's crisis cases: they say it was not meant so."""
        rows = self._db.rows("SELECT id FROM case_file WHERE about = :about AND concern = 'crisis'", about=about)
        for row in rows:
            self.drop_shared(CaseId(row[0]))

    def _case(self, row: Row) -> Case:
        case = CaseId(row[0])
        shared = None if row[8] is None else self._db.vault.open_whole(case_key(case), "shared", row[8])
        return Case(
            id=case,
            concern=Concern(row[1]),
            priority=CasePriority(row[2]),
            room=None if row[3] is None else RoomId(row[3]),
            reporter=None if row[4] is None else MemberId(row[4]),
            about=None if row[5] is None else MemberId(row[5]),
            opened_at=moment(row[6]),
            rule=row[7],
            shared="" if shared is None else shared.decode(),
            alias=row[9],
            state=State(row[10]),
            claimed_by=None if row[11] is None else MemberId(row[11]),
            closed_at=None if row[12] is None else moment(row[12]),
            appealed=bool(row[13]),
            verified=bool(row[14]),
            sanction=row[15] or "",
        )
