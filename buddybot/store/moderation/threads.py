"""Threads of cases: a keyed hash of what was last declared of each in the team's places, so that it is said once."""

from dataclasses import dataclass

from buddybot.domain.kernel.ids import CASE_NOTE, CaseId, MemberId
from buddybot.domain.kernel.messages import NoteId
from buddybot.domain.moderation.cases import CasePriority
from buddybot.store.kernel.db import Db


@dataclass(frozen=True, slots=True)
class DeclaredThread:
    """State of one thread: a keyed hash of its declaration, the priority it called for, how often it was lost."""

    declared: bytes
    priority: CasePriority
    lost: int


class CaseThreadStore:
    """One row for a case and a place."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, case: CaseId, place: MemberId) -> DeclaredThread | None:
        """Return the state of a case's thread at a place."""
        row = self._db.row(
            "SELECT declared, priority, lost FROM case_thread WHERE case_id = :id AND place = :place",
            id=case,
            place=place,
        )
        return None if row is None else DeclaredThread(bytes(row[0]), CasePriority(row[1]), int(row[2]))

    def digest(self, *parts: str) -> bytes:
        """Return the keyed hash of a declaration."""
        return self._db.vault.lookup("case thread", "\x1f".join(parts))

    def keep(self, case: CaseId, place: MemberId, declared: bytes, priority: CasePriority) -> None:
        """Remember what was declared."""
        self._db.run(
            "INSERT INTO case_thread (case_id, place, declared, priority) VALUES (:id, :place, :declared, :priority)"
            " ON CONFLICT (case_id, place) DO UPDATE SET declared = excluded.declared, priority = excluded.priority",
            id=case,
            place=place,
            declared=declared,
            priority=priority.value,
        )

    def lose(self, case: CaseId, place: MemberId, *, by_hand: bool) -> None:
        """Forget what was declared, so that it is said again; one that was taken away by hand is counted."""
        self._db.run(
            "UPDATE case_thread SET declared = :nothing, lost = lost + :more WHERE case_id = :id AND place = :place",
            nothing=b"",
            more=int(by_hand),
            id=case,
            place=place,
        )


def note_of_case(case: CaseId) -> NoteId:
    """Return the note that names a case's thread."""
    return NoteId(CASE_NOTE + case)


def case_of_thread(note: NoteId) -> CaseId | None:
    """Return the case whose thread a note names; None for any other note."""
    return CaseId(note.removeprefix(CASE_NOTE)) if note.startswith(CASE_NOTE) else None
