"""Which platform message is which of our notes, so that replies, edits, deletes and reactions work after a restart."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from buddybot.domain.kernel.ids import CASE_NOTE, MemberId
from buddybot.domain.kernel.messages import Address, MessageId, NoteId
from buddybot.store.kernel.db import Db, Value, stamp


class Part(StrEnum):
    """Whose message it is: the author's own, or a copy shown to somebody."""

    AUTHOR = "author"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One message of one member, and the note it belongs to."""

    member: MemberId
    note: NoteId
    part: Part


_PUT = (
    "INSERT INTO receipt (member, message, note, part, piece, sealed, made_at, route) VALUES (:member, :message, :note,"
    " :part, :piece, :sealed, :now, COALESCE(:route, (SELECT platform || '/' || identity FROM route"
    " WHERE member = :member ORDER BY used DESC LIMIT 1), '')) ON CONFLICT DO NOTHING"
)


_OF_AN_OPEN_CASE = (
    f"(note LIKE '{CASE_NOTE}%' AND EXISTS (SELECT 1 FROM case_file"
    f" WHERE case_file.id = substr(receipt.note, {len(CASE_NOTE) + 1}) AND case_file.state <> 'closed'))"
)


_AWAITED = (
    "EXISTS (SELECT 1 FROM outbox WHERE outbox.recipient = receipt.member AND outbox.note = receipt.note"
    " AND outbox.state <> 'parked')"
)


class ReceiptStore:
    """Maps both ways within one member's chat; the platform's message ids are sealed, and found by keyed hash."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(
        self,
        member: MemberId,
        message: MessageId,
        note: NoteId,
        part: Part,
        now: datetime,
        *,
        at: Address | None = None,
        piece: int = 0,
    ) -> None:
        """Remember that this message in the member's chat is (a copy of) this note; a newer message replaces an older.

        `at` is the address it was shown at; without one it is where the member is now. `piece` counts from one the
        messages that show the beginning of a note too long for one; the last, which people answer, is 0.
        Nothing is remembered of someone who was erased meanwhile.
        """
        if not self._db.vault.knows(member):
            return
        hashed = self._hash(member, message)
        values: dict[str, Value] = {
            "member": member,
            "message": hashed,
            "note": note,
            "part": part.value,
            "piece": piece,
            "sealed": self._db.vault.seal(member, "receipt", message.encode()),
            "now": stamp(now),
            "route": None if at is None else f"{at.platform}/{at.identity}",
        }
        if self._db.run(_PUT, **values) == 0:
            self._db.run(
                "DELETE FROM receipt"
                " WHERE member = :member AND (message = :message OR note = :note AND piece = :piece)",
                member=member,
                message=hashed,
                note=note,
                piece=piece,
            )
            self._db.run(_PUT, **values)

    def of_message(self, member: MemberId, message: MessageId) -> Receipt | None:
        """Return what a message in this member's chat is."""
        found = self._db.row(
            "SELECT note, part FROM receipt WHERE member = :member AND message = :message",
            member=member,
            message=self._hash(member, message),
        )
        return None if found is None else Receipt(member, NoteId(found[0]), Part(found[1]))

    def within(self, member: MemberId, prefix: str) -> list[Receipt]:
        """Return what all messages of this chat are whose ids begin so; ids are sealed, so each is opened."""
        rows = self._db.rows("SELECT note, part, sealed FROM receipt WHERE member = :member", member=member)
        opened = ((note, part, self._db.vault.open_whole(member, "receipt", sealed)) for note, part, sealed in rows)
        return [
            Receipt(member, NoteId(note), Part(part))
            for note, part, message in opened
            if message is not None and message.decode().startswith(prefix)
        ]

    def message(self, member: MemberId, note: NoteId) -> MessageId | None:
        """Return the platform's id of this member's copy of the note, or of their own message."""
        found = self.shown(member, note)
        return None if found is None else found[0]

    def shown(self, member: MemberId, note: NoteId) -> tuple[MessageId, str] | None:
        """Return the same, and the route by which they have it: platform and bot account.

        Of a note that was shown in several messages it is the last, or the first where the last never arrived.
        """
        found = self._opened(member, note, "ORDER BY piece LIMIT 1")
        return found[0] if found else None

    def earlier(self, member: MemberId, note: NoteId) -> list[tuple[MessageId, str]]:
        """Return the same of the messages that show the note's beginning, where it was too long for one."""
        return self._opened(member, note, "AND piece > 0 ORDER BY piece")

    def _opened(self, member: MemberId, note: NoteId, which: str) -> list[tuple[MessageId, str]]:
        rows = self._db.rows(
            f"SELECT sealed, route FROM receipt WHERE member = :member AND note = :note {which}",
            member=member,
            note=note,
        )
        opened = ((self._db.vault.open_whole(member, "receipt", sealed), route) for sealed, route in rows)
        return [(MessageId(message.decode()), str(route)) for message, route in opened if message is not None]

    def newest(self, member: MemberId, address: Address) -> MessageId | None:
        """Return the copy last shown to this member at this address."""
        found = self._db.row(
            "SELECT sealed FROM receipt WHERE member = :member AND part = 'copy' AND route = :route"
            " ORDER BY made_at DESC, piece LIMIT 1",
            member=member,
            route=f"{address.platform}/{address.identity}",
        )
        opened = None if found is None else self._db.vault.open(member, "receipt", found[0])
        return None if opened is None else MessageId(opened.decode())

    def of_note(self, note: NoteId) -> list[Receipt]:
        """Return everyone who has this note in their chat, its author first."""
        found = self._db.rows(
            "SELECT DISTINCT member, part FROM receipt WHERE note = :note ORDER BY part, member", note=note
        )
        return [Receipt(MemberId(member), note, Part(part)) for member, part in found]

    def expire(self, before: datetime, most: int) -> int:
        """Forget some of the receipts made before this moment, the oldest first; an open case keeps its thread's.

        So does what is still to be shown at the message, as a mark that the note did not arrive.
        """
        return self._db.run(
            "DELETE FROM receipt WHERE (member, message) IN (SELECT member, message FROM receipt"
            f" WHERE made_at < :before AND NOT {_OF_AN_OPEN_CASE} AND NOT {_AWAITED} ORDER BY made_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def forget(self, member: MemberId) -> int:
        """Forget every message of this member's chat."""
        return self._db.run("DELETE FROM receipt WHERE member = :member", member=member)

    def _hash(self, member: MemberId, message: MessageId) -> bytes:
        return self._db.vault.lookup("message", f"{member}:{message}")
