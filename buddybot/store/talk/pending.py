"""Notes that wait for their author to decide; their text lives a day at most, like all text on its way."""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from buddybot.domain.kernel.ids import MemberId, PendingId, RoomId
from buddybot.domain.kernel.messages import MessageId
from buddybot.domain.kernel.verdicts import Contact, Screening
from buddybot.store.kernel.db import Db, Row, stamp
from buddybot.store.people.members import nothing_held

COLUMNS = "id, member, room, rule, message, sealed"


@dataclass(frozen=True, slots=True)
class PendingNote:
    """A note that was not passed on yet, and the rule that asks its author."""

    id: PendingId
    member: MemberId
    room: RoomId
    rule: str
    message: MessageId = field(repr=False)
    """Theirs in the private chat; empty for words from elsewhere."""
    text: str = field(repr=False)
    contacts: tuple[Contact, ...] = field(default=(), repr=False)
    """What was found in the text, so that nobody has to read it again inside a transaction."""
    screening: Screening | None = field(default=None, repr=False)
    """All that was read in it, where no rule was asked yet."""


_SEALED = TypeAdapter(tuple[str, tuple[Contact, ...]])
_UNJUDGED = TypeAdapter(tuple[str, tuple[Contact, ...], Screening])


class PendingStore:
    """Rows of notes that their authors still have to decide about."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def add(self, note: PendingNote, now: datetime) -> None:
        """Keep a note for its author's decision."""
        words = _SEALED.dump_json((note.text, note.contacts))
        if note.screening is not None:
            words = _UNJUDGED.dump_json((note.text, note.contacts, note.screening))
        self._db.run(
            "INSERT INTO pending (id, member, room, rule, made_at, message, sealed)"
            " VALUES (:id, :member, :room, :rule, :now, :message, :sealed)",
            id=note.id,
            member=note.member,
            room=note.room,
            rule=note.rule,
            now=stamp(now),
            message=self._db.vault.seal(note.member, "pending", note.message.encode()),
            sealed=self._db.vault.seal_passing(note.member, "pending", now, words),
        )

    def take(self, note: PendingId, member: MemberId) -> PendingNote | None:
        """Return a note of this member's and drop it here; None when it was decided or is too old."""
        row = self._db.row(f"SELECT {COLUMNS} FROM pending WHERE id = :id AND member = :member", id=note, member=member)
        self._db.run("DELETE FROM pending WHERE id = :id AND member = :member", id=note, member=member)
        return None if row is None else self._note(row)

    def of_message(self, member: MemberId, message: MessageId) -> PendingNote | None:
        """Return the note of this member's that they wrote as this message, if it still waits for them."""
        rows = self._db.rows(f"SELECT {COLUMNS} FROM pending WHERE member = :member", member=member)
        waiting = (note for row in rows if (note := self._note(row)) is not None)
        return next((note for note in waiting if note.message and note.message == message), None)

    def of_rule(self, member: MemberId, rule: str) -> list[PendingNote]:
        """Return the notes of this member's that wait for one reason, the oldest first."""
        if self._db.memo.get(*nothing_held(member)):
            return []
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM pending WHERE member = :member AND rule = :rule ORDER BY made_at, id",
            member=member,
            rule=rule,
        )
        return [note for row in rows if (note := self._note(row)) is not None]

    def count(self, member: MemberId) -> int:
        """Count what this member still has to decide, for their export."""
        return len(self._db.rows("SELECT 1 FROM pending WHERE member = :member", member=member))

    def expire(self, before: datetime) -> list[MemberId]:
        """Drop what nobody decided since then; return the authors, who are to be told."""
        rows = self._db.rows("SELECT member FROM pending WHERE made_at < :before", before=stamp(before))
        self._db.run("DELETE FROM pending WHERE made_at < :before", before=stamp(before))
        return [MemberId(row[0]) for row in rows]

    def _note(self, row: Row) -> PendingNote | None:
        member = MemberId(row[1])
        message = self._db.vault.open_whole(member, "pending", row[4])
        text = self._db.vault.open_passing_whole(member, "pending", row[5])
        if message is None or text is None:
            return None
        found = _unsealed(text)
        if found is None:
            return None  # written before contacts were kept with it: asked about again rather than sent unread
        words, contacts, screening = found
        told = MessageId(message.decode())
        return PendingNote(PendingId(row[0]), member, RoomId(row[2]), row[3], told, words, contacts, screening)


def _unsealed(text: bytes) -> tuple[str, tuple[Contact, ...], Screening | None] | None:
    try:
        return _UNJUDGED.validate_json(text)
    except ValidationError:
        pass
    try:
        return (*_SEALED.validate_json(text), None)
    except ValidationError:
        return None
