"""The record of a case, only ever added to: reports with what was shared, lines, and who stepped back from it."""

from dataclasses import dataclass, field
from datetime import datetime

from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.moderation.cases import Concern
from buddybot.domain.moderation.desk import SPOKEN, LineKind
from buddybot.domain.moderation.staff import Role
from buddybot.store.kernel.db import Db, moment, stamp
from buddybot.store.moderation.cases import case_key, notes_key, talk_key


@dataclass(frozen=True, slots=True)
class Report:
    """Words of one person about a case; `text` is gone when the case's key is."""

    reporter: MemberId | None
    concern: Concern
    made_at: datetime
    verified: bool
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One line of the record; `author` is None for the bot, and for someone who was erased."""

    kind: LineKind
    at: datetime
    author: MemberId | None
    role: Role
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Step that waits for a second person."""

    author: MemberId
    made_at: datetime
    payload: str


class RecordStore:
    """Adds to records and reads them."""

    def __init__(self, db: Db, changed: set[CaseId]) -> None:
        self._db, self._changed = db, changed

    def report(self, case: CaseId, report: Report) -> None:
        """Add a report."""
        self._changed.add(case)
        sealed = self._db.vault.seal(case_key(case), "report", report.text.encode()) if report.text else None
        self._db.run(
            "INSERT INTO report (case_id, number, reporter, concern, made_at, verified, sealed)"
            " VALUES (:id, (SELECT count(*) FROM report WHERE case_id = :id), :reporter, :concern, :at, :verified,"
            " :sealed)",
            id=case,
            reporter=report.reporter,
            concern=report.concern.value,
            at=stamp(report.made_at),
            verified=int(report.verified),
            sealed=sealed,
        )

    def reports(self, case: CaseId) -> list[Report]:
        """Return all reports of a case, the first one first."""
        rows = self._db.rows(
            "SELECT reporter, concern, made_at, verified, sealed FROM report WHERE case_id = :id ORDER BY number",
            id=case,
        )
        return [
            Report(
                None if row[0] is None else MemberId(row[0]),
                Concern(row[1]),
                moment(row[2]),
                bool(row[3]),
                self._opened(case_key(case), "report", row[4]),
            )
            for row in rows
        ]

    def reporters(self, case: CaseId) -> set[MemberId]:
        """Return who told of a case, without opening what they shared."""
        rows = self._db.rows("SELECT DISTINCT reporter FROM report WHERE case_id = :id", id=case)
        return {MemberId(row[0]) for row in rows if row[0] is not None}

    def length(self, case: CaseId) -> int:
        """Return how many lines the record of a case has."""
        row = self._db.row("SELECT count(*) FROM case_line WHERE case_id = :id", id=case)
        return 0 if row is None else int(row[0])

    def add(self, case: CaseId, entry: CaseEntry) -> None:
        """Add a line."""
        self._changed.add(case)
        sealed = self._db.vault.seal(_key(case, entry.kind), "line", entry.text.encode()) if entry.text else None
        self._db.run(
            "INSERT INTO case_line (case_id, number, kind, at, author, role, sealed) VALUES (:id,"
            " (SELECT count(*) FROM case_line WHERE case_id = :id), :kind, :at, :author, :role, :sealed)",
            id=case,
            kind=entry.kind.value,
            at=stamp(entry.at),
            author=entry.author,
            role=entry.role.value,
            sealed=sealed,
        )

    def lines(self, case: CaseId) -> list[CaseEntry]:
        """Return the record, the first line first."""
        rows = self._db.rows(
            "SELECT kind, at, author, role, sealed FROM case_line WHERE case_id = :id ORDER BY number", id=case
        )
        return [
            CaseEntry(
                LineKind(row[0]),
                moment(row[1]),
                None if row[2] is None else MemberId(row[2]),
                Role(row[3]),
                self._opened(_key(case, LineKind(row[0])), "line", row[4]),
            )
            for row in rows
        ]

    def erase_notes(self, case: CaseId) -> None:
        """Destroy the words of every line and of what was told: an action was overturned."""
        self._db.vault.destroy(notes_key(case))
        self._db.run("UPDATE case_line SET sealed = NULL WHERE case_id = :id", id=case)
        self._db.run("UPDATE sanction SET told = NULL WHERE case_id = :id", id=case)

    def drop_talk(self, case: CaseId) -> None:
        """Destroy the words of a moderator's talk with the person; that they talked stays on record."""
        self._db.vault.destroy(talk_key(case))
        for kind in SPOKEN:
            self._db.run(
                "UPDATE case_line SET sealed = NULL WHERE case_id = :id AND kind = :kind", id=case, kind=kind.value
            )

    def recuse(self, case: CaseId, member: MemberId) -> None:
        """Remember that somebody stepped back from a case."""
        self._db.run(
            "INSERT INTO recusal (case_id, member) VALUES (:id, :member) ON CONFLICT DO NOTHING", id=case, member=member
        )

    def recused(self, case: CaseId, member: MemberId) -> bool:
        """Return whether somebody stepped back from a case."""
        return (
            self._db.row("SELECT 1 FROM recusal WHERE case_id = :id AND member = :member", id=case, member=member)
            is not None
        )

    def propose(self, kind: str, subject: str, proposal: Proposal) -> None:
        """Let something wait for a second person; a new proposal takes the place of an old one."""
        self._db.run(
            "INSERT INTO proposal (kind, subject, author, made_at, payload)"
            " VALUES (:kind, :subject, :author, :at, :payload)"
            " ON CONFLICT (kind, subject) DO UPDATE SET author = :author, made_at = :at, payload = :payload",
            kind=kind,
            subject=subject,
            author=proposal.author,
            at=stamp(proposal.made_at),
            payload=proposal.payload,
        )

    def proposed(self, kind: str, subject: str) -> Proposal | None:
        """Return what waits."""
        row = self._db.row(
            "SELECT author, made_at, payload FROM proposal WHERE kind = :kind AND subject = :subject",
            kind=kind,
            subject=subject,
        )
        return None if row is None else Proposal(MemberId(row[0]), moment(row[1]), row[2])

    def settle(self, kind: str, subject: str) -> None:
        """Drop what waited."""
        self._db.run("DELETE FROM proposal WHERE kind = :kind AND subject = :subject", kind=kind, subject=subject)

    def expire(self, before: datetime) -> int:
        """Drop what nobody seconded in time."""
        return self._db.run("DELETE FROM proposal WHERE made_at < :before", before=stamp(before))

    def _opened(self, key: MemberId, purpose: str, sealed: bytes | None) -> str:
        opened = None if sealed is None else self._db.vault.open_whole(key, purpose, sealed)
        return "" if opened is None else opened.decode()


def _key(case: CaseId, kind: LineKind) -> MemberId:
    return talk_key(case) if kind in SPOKEN else notes_key(case)
