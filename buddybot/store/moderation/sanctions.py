"""Sanctions, and who may not come in again (by keyed hash, so that it holds after they were erased)."""

from datetime import datetime
from functools import partial

from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.verdicts import Severity
from buddybot.domain.moderation.sanctions import Sanction, Step
from buddybot.store.kernel.db import Db, Row, moment, stamp
from buddybot.store.moderation.cases import notes_key

_COLUMNS = (
    "id, case_id, about, giver, step, rule, severity, points, given_at, until, read_at, lifted_at, overturned_at"
    ", lifter"
)


class SanctionStore:
    """Rows of what was done to whom."""

    def __init__(self, db: Db, changed: set[CaseId]) -> None:
        self._db, self._changed = db, changed

    def add(self, sanction: Sanction, told: str) -> None:
        """Remember a sanction, with what its receiver is told."""
        self._changed.add(sanction.case)
        self._db.run(
            f"INSERT INTO sanction ({_COLUMNS}, told) VALUES (:id, :case_id, :about, :giver, :step, :rule, :severity,"
            " :points, :given_at, :until, :read_at, :lifted_at, :overturned_at, :lifter, :told)",
            id=sanction.id,
            case_id=sanction.case,
            about=sanction.about,
            giver=sanction.by,
            step=sanction.step.value,
            rule=sanction.rule,
            severity=int(sanction.severity),
            points=sanction.points,
            given_at=stamp(sanction.given_at),
            lifter=sanction.lifter,
            told=self._db.vault.seal(notes_key(sanction.case), "told", told.encode()),
            **self._ends(sanction),
        )

    def save(self, sanction: Sanction) -> None:
        """Write back what may change: its end, that it was read, lifted or overturned, and what it counts."""
        self._changed.add(sanction.case)
        self._db.run(
            "UPDATE sanction SET points = :points, until = :until, read_at = :read_at, lifted_at = :lifted_at,"
            " overturned_at = :overturned_at, lifter = :lifter WHERE id = :id",
            id=sanction.id,
            points=sanction.points,
            lifter=sanction.lifter,
            **self._ends(sanction),
        )

    def by_id(self, sanction: str) -> Sanction | None:
        """Return one."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM sanction WHERE id = :id", id=sanction)
        return None if row is None else _sanction(row)

    def told(self, sanction: Sanction) -> str:
        """Return what its receiver was told, while that is held."""
        row = self._db.row("SELECT told FROM sanction WHERE id = :id AND told IS NOT NULL", id=sanction.id)
        opened = None if row is None else self._db.vault.open_whole(notes_key(sanction.case), "told", row[0])
        return "" if opened is None else opened.decode()

    def of_member(self, member: MemberId) -> list[Sanction]:
        """Return what somebody got, the oldest first."""
        return list(self._db.memo.once(("sanction",), ("of", member), partial(self._of_member, member)))

    def _of_member(self, member: MemberId) -> list[Sanction]:
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM sanction WHERE about = :member ORDER BY given_at, id", member=member
        )
        return [_sanction(row) for row in rows]

    def of_case(self, case: CaseId) -> list[Sanction]:
        """Return what a case led to."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM sanction WHERE case_id = :id ORDER BY given_at, id", id=case)
        return [_sanction(row) for row in rows]

    def expire(self, before: datetime) -> int:
        """Drop what was given before then."""
        return self._db.run("DELETE FROM sanction WHERE given_at < :before", before=stamp(before))

    # ── What outlives an erasure ─────────────────────────────────────────────────────────────────────────

    def hold(self, person: bytes, sanction: Sanction, until: datetime) -> None:
        """Let a sanction hold the person of this hash until then, whoever they are to us by then."""
        self._db.run(
            "INSERT INTO removal (person, sanction, step, until) VALUES (:person, :sanction, :step, :until)"
            " ON CONFLICT (person, sanction) DO UPDATE SET until = :until",
            person=person,
            sanction=sanction.id,
            step=sanction.step.value,
            until=stamp(until),
        )

    def release(self, sanction: str) -> None:
        """Let them go."""
        self._db.run("DELETE FROM removal WHERE sanction = :id", id=sanction)

    def held(self, person: bytes, now: datetime) -> dict[Step, datetime]:
        """Return what holds the person of this hash, and until when."""
        rows = self._db.rows(
            "SELECT step, max(until) FROM removal WHERE person = :person AND until > :now GROUP BY step",
            person=person,
            now=stamp(now),
        )
        return {Step(row[0]): moment(row[1]) for row in rows}

    def expire_removals(self, now: datetime) -> int:
        """Forget those whose time is over."""
        return self._db.run("DELETE FROM removal WHERE until <= :now", now=stamp(now))

    # ── Counts ──────────────────────────────────────────────────────────────────────────

    def counted(self, column: str, since: datetime, *, overturned: bool = False) -> dict[str, int]:
        """Count sanctions since then by `step`, `rule` or the case's `detector`."""
        by = {"step": "step", "rule": "sanction.rule", "detector": "case_file.rule"}[column]
        rows = self._db.rows(
            f"SELECT {by}, count(*) FROM sanction JOIN case_file ON case_file.id = sanction.case_id"
            " WHERE given_at >= :since AND (overturned_at IS NOT NULL OR :all = 1)"
            f" GROUP BY {by} ORDER BY {by}",
            since=stamp(since),
            all=int(not overturned),
        )
        return {str(row[0]): int(row[1]) for row in rows}

    def _ends(self, sanction: Sanction) -> dict[str, int | None]:
        found = {
            "until": sanction.until,
            "read_at": sanction.read_at,
            "lifted_at": sanction.lifted_at,
            "overturned_at": sanction.overturned_at,
        }
        return {name: None if at is None else stamp(at) for name, at in found.items()}


def _sanction(row: Row) -> Sanction:
    ends = [None if at is None else moment(at) for at in row[9:13]]
    return Sanction(
        id=row[0],
        case=CaseId(row[1]),
        about=None if row[2] is None else MemberId(row[2]),
        by=None if row[3] is None else MemberId(row[3]),
        step=Step(row[4]),
        rule=int(row[5]),
        severity=Severity(row[6]),
        points=float(row[7]),
        given_at=moment(row[8]),
        until=ends[0],
        read_at=ends[1],
        lifted_at=ends[2],
        overturned_at=ends[3],
        lifter=None if row[13] is None else MemberId(row[13]),
    )
