"""What people are to be shown: sealed effects in order, one queue per recipient, until delivered or a day old."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import assert_never

from pydantic import TypeAdapter

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Edit, Effect, Mark, NoteId, React, Retract, Send
from buddybot.domain.kernel.places import Admit, PlaceEffect, Restrict, Tune
from buddybot.store.kernel.db import Db, Row, moment, stamp

KEPT = timedelta(hours=24)
"""Undelivered text lives no longer than this, counted from the start of the hour it was said in."""

_SEND: TypeAdapter[Send] = TypeAdapter(Send)
_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)
_RETRACT: TypeAdapter[Retract] = TypeAdapter(Retract)
_REACT: TypeAdapter[React] = TypeAdapter(React)
_MARK: TypeAdapter[Mark] = TypeAdapter(Mark)
_RESTRICT: TypeAdapter[Restrict] = TypeAdapter(Restrict)
_ADMIT: TypeAdapter[Admit] = TypeAdapter(Admit)
_TUNE: TypeAdapter[Tune] = TypeAdapter(Tune)
_KINDS: dict[str, Callable[[bytes], Effect]] = {
    "send": _SEND.validate_json,
    "edit": _EDIT.validate_json,
    "retract": _RETRACT.validate_json,
    "react": _REACT.validate_json,
    "mark": _MARK.validate_json,
    "restrict": _RESTRICT.validate_json,
    "admit": _ADMIT.validate_json,
    "tune": _TUNE.validate_json,
}

CHANGES = ("edit", "retract", "react")
"""What is about a note in the recipient's own chat that somebody else wrote, and so may not have come yet."""

_COLUMNS = "id, recipient, platform, identity, rank, kind, note, state, attempts, created_at, due_at, sealed"
_OPEN = "state <> 'parked'"
_ADD = (
    "INSERT INTO outbox (recipient, place, platform, identity, rank, kind, note, state, held, attempts, created_at,"
    " due_at, sealed) VALUES (:who, COALESCE((SELECT MAX(place) FROM outbox WHERE recipient = :who), 0) + 1,"
    " COALESCE((SELECT platform FROM route WHERE member = :who ORDER BY used DESC LIMIT 1), ''),"
    " COALESCE((SELECT identity FROM route WHERE member = :who ORDER BY used DESC LIMIT 1), ''), :rank, :kind, :note,"
    f" CASE WHEN :held = 0 AND NOT EXISTS (SELECT 1 FROM outbox WHERE recipient = :who AND {_OPEN})"
    " THEN 'claimed' ELSE 'waiting' END, :held, 0, :now, :due, :sealed)"
)
"""One statement, since every message relayed runs it twice."""
_SPARE_BITS = 64 - 53
_UNTRIED = "recipient = :who AND note = :note AND kind = 'send' AND state = 'waiting' AND attempts = 0"


class SendPriority(IntEnum):
    """What goes first: crisis and moderation effects overtake everything else of a recipient."""

    CRISIS = 0
    NORMAL = 1


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row: an effect for one recipient. `unknown` says that an earlier attempt may have arrived."""

    id: int
    recipient: MemberId
    platform: str
    identity: str
    priority: SendPriority
    kind: str
    note: NoteId | None
    claimed: bool
    unknown: bool
    attempts: int
    created: datetime
    due: datetime
    sealed: bytes = field(repr=False)
    shown_as: int = 0
    """The number that may leave the house: the same for this row at each try, and no count of anything."""


class OutboxStore:
    """The queues. A row that waits for another try holds up the recipient's later rows; a held one does not."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self.woken: set[MemberId] = set()
        """Recipients with something new; the writer passes them on to whoever delivers, after COMMIT."""

    def add(
        self,
        recipient: MemberId,
        effect: Effect,
        now: datetime,
        priority: SendPriority = SendPriority.NORMAL,
        due: datetime | None = None,
    ) -> None:
        """Queue an effect. With a `due` in the future it is held until then, and so is what changes a held note.

        The head of an empty queue counts as claimed at once: the dispatcher takes it as soon as this commits, and a
        crash in between must be taken for a possible send.
        """
        kind, note, text = _packed(effect)
        until = stamp(due or now)
        if note is not None and kind in CHANGES:
            until = max(until, self._held_until(recipient, note))
        held = until > stamp(now)
        self._db.run(
            _ADD,
            who=recipient,
            rank=int(priority),
            kind=kind,
            note=note,
            held=int(held),
            now=stamp(now),
            due=until,
            sealed=self._db.vault.seal_passing(recipient, "outbox", now, text),
        )
        self.woken.add(recipient)

    def next(self, recipient: MemberId, now: datetime) -> Parcel | None:
        """Return what this recipient is to be shown next; None when nothing is due, or the first waits for a retry."""
        found = self._db.row(
            f"SELECT {_COLUMNS} FROM outbox WHERE recipient = :who AND {_OPEN} AND (held = 0 OR due_at <= :now)"
            " ORDER BY rank, place LIMIT 1",
            who=recipient,
            now=stamp(now),
        )
        parcel = None if found is None else _parcel(found)
        return None if parcel is None or parcel.due > now else replace(parcel, shown_as=self._shown_as(parcel))

    def effect(self, parcel: Parcel) -> Effect | None:
        """Unseal it; None when the recipient or the hour's text key is erased: then there is nothing to show."""
        text = self._db.vault.open_passing(parcel.recipient, "outbox", parcel.sealed)
        return None if text is None else _KINDS[parcel.kind](text)

    def due_between(self, after: datetime, until: datetime) -> list[MemberId]:
        """Return whoever has an open row that came due after the one moment and up to the other."""
        found = self._db.rows(
            f"SELECT DISTINCT recipient FROM outbox WHERE due_at > :after AND due_at <= :until AND {_OPEN}",
            after=stamp(after),
            until=stamp(until),
        )
        return [MemberId(row[0]) for row in found]

    def claim(self, parcel: Parcel) -> None:
        """Note that it is about to be sent: after a crash it is sent again, marked as a possible repeat."""
        self._db.run("UPDATE outbox SET state = 'claimed' WHERE id = :id AND state = 'waiting'", id=parcel.id)

    def unclaim(self, parcel: Parcel) -> None:
        """Note that nothing was sent after all."""
        self._db.run("UPDATE outbox SET state = 'waiting' WHERE id = :id AND state = 'claimed'", id=parcel.id)

    def delivered(self, parcel: Parcel) -> bool:
        """Erase it, text and all; False when it was gone already (forgotten, expired)."""
        return self._db.run("DELETE FROM outbox WHERE id = :id", id=parcel.id) == 1

    def later(self, parcel: Parcel, due: datetime, *, unknown: bool) -> None:
        """Try again at `due`; `unknown` says that this attempt may have arrived."""
        self._db.run(
            "UPDATE outbox SET due_at = :due, held = 0, attempts = attempts + 1,"
            " state = CASE WHEN state = 'unknown' OR :unknown = 1 THEN 'unknown' ELSE 'waiting' END WHERE id = :id",
            id=parcel.id,
            due=stamp(due),
            unknown=int(unknown),
        )

    def park(self, parcel: Parcel) -> None:
        """Give up on it: its text is erased, the row stays for a day as a count for the operator."""
        self._db.run(
            "UPDATE outbox SET state = 'parked', attempts = attempts + 1, sealed = :nothing WHERE id = :id",
            id=parcel.id,
            nothing=b"",
        )

    def restarted(self) -> int:
        """After a crash: whatever was claimed may have arrived. Return how many that are."""
        return self._db.run("UPDATE outbox SET state = 'unknown' WHERE state = 'claimed'")

    def rest(self, flying: Iterable[int]) -> None:
        """Before an orderly stop: nothing is claimed any more but these, which may have arrived."""
        self._db.run("UPDATE outbox SET state = 'waiting' WHERE state = 'claimed'")
        for number in flying:
            self._db.run("UPDATE outbox SET state = 'unknown' WHERE id = :id AND state = 'waiting'", id=number)

    def waiting(self, member: MemberId) -> int:
        """Return how many things this member is still to be shown."""
        found = self._db.row(f"SELECT COUNT(*) FROM outbox WHERE recipient = :who AND {_OPEN}", who=member)
        assert found is not None
        return int(found[0])

    def take_back(self, recipient: MemberId, note: NoteId) -> bool:
        """Drop a note that was never tried; False when it may be on its way, so that it must be retracted."""
        return self._db.run(f"DELETE FROM outbox WHERE {_UNTRIED}", who=recipient, note=note) > 0

    def replace(self, recipient: MemberId, note: NoteId, effect: Send) -> bool:
        """Show this instead, if the note was never tried; the text lives no longer than the first would have."""
        found = self._db.row(f"SELECT id, created_at FROM outbox WHERE {_UNTRIED}", who=recipient, note=note)
        if found is None:
            return False
        sealed = self._db.vault.seal_passing(recipient, "outbox", moment(found[1]), _SEND.dump_json(effect))
        return self._db.run("UPDATE outbox SET sealed = :sealed WHERE id = :id", id=found[0], sealed=sealed) == 1

    def release(self, recipient: MemberId, now: datetime, note: NoteId | None = None) -> bool:
        """Let held rows go at once, all of the recipient's or those of one note; say whether there were any."""
        found = self._db.run(
            "UPDATE outbox SET due_at = :now, held = 0 WHERE recipient = :who AND held = 1 AND due_at > :now"
            " AND kind <> 'mark' AND (:any = 1 OR note = :note)",
            who=recipient,
            now=stamp(now),
            any=int(note is None),
            note=note or "",
        )
        if found:
            self.woken.add(recipient)
        return found > 0

    def unmark(self, author: MemberId, note: NoteId) -> bool:
        """Drop what the author was to be told of this note later; say whether there was anything."""
        later = "recipient = :who AND note = :note AND kind = 'mark' AND held = 1"
        return self._db.run(f"DELETE FROM outbox WHERE {later}", who=author, note=note) > 0

    def overdue(self, now: datetime) -> bool:
        """Return whether anything is a day old."""
        return self._db.row("SELECT 1 FROM outbox WHERE created_at < :before LIMIT 1", before=_too_old(now)) is not None

    def expire(self, now: datetime, most: int) -> list[Parcel]:
        """Erase some of what is a day old and return it (parked rows aside), so that authors can be told."""
        old = self._db.rows(
            f"SELECT {_COLUMNS} FROM outbox WHERE created_at < :before ORDER BY created_at, id LIMIT :most",
            before=_too_old(now),
            most=most,
        )
        for row in old:
            self._db.run("DELETE FROM outbox WHERE id = :id", id=row[0])
        return [_parcel(row) for row in old if row[7] != "parked"]

    def forget(self, member: MemberId) -> int:
        """Erase everything meant for this member."""
        return self._db.run("DELETE FROM outbox WHERE recipient = :who", who=member)

    def _shown_as(self, parcel: Parcel) -> int:
        """Hash the row's number, which counts the traffic of the whole house, to one that any browser can hold."""
        hashed = self._db.vault.lookup("delivery", f"{parcel.id} {stamp(parcel.created)}")
        return int.from_bytes(hashed[:8], "big") >> _SPARE_BITS

    def _held_until(self, recipient: MemberId, note: NoteId) -> int:
        found = self._db.row(
            "SELECT MAX(due_at) FROM outbox WHERE recipient = :who AND note = :note AND held = 1",
            who=recipient,
            note=note,
        )
        return int(found[0]) if found is not None and found[0] is not None else 0


def _too_old(now: datetime) -> int:
    hour = moment(stamp(now - KEPT)).replace(minute=0, second=0, microsecond=0)
    return stamp(hour + timedelta(hours=1) if hour < now - KEPT else hour)


def _packed(effect: Effect) -> tuple[str, NoteId | None, bytes]:
    match effect:
        case Send():
            return "send", effect.note, _SEND.dump_json(effect)
        case Edit():
            return "edit", effect.note, _EDIT.dump_json(effect)
        case Retract():
            return "retract", effect.note, _RETRACT.dump_json(effect)
        case React():
            return "react", effect.note, _REACT.dump_json(effect)
        case Mark():
            return "mark", effect.note, _MARK.dump_json(effect)
        case Restrict() | Admit() | Tune():
            kind, packed = _packed_for_place(effect)
            return kind, None, packed
        case _:
            assert_never(effect)


def _packed_for_place(effect: PlaceEffect) -> tuple[str, bytes]:
    match effect:
        case Restrict():
            return "restrict", _RESTRICT.dump_json(effect)
        case Admit():
            return "admit", _ADMIT.dump_json(effect)
        case Tune():
            return "tune", _TUNE.dump_json(effect)
        case _:
            assert_never(effect)


def _parcel(row: Row) -> Parcel:
    number, recipient, platform, identity, priority, kind, note, state, attempts, created, due, sealed = row
    return Parcel(
        id=number,
        recipient=MemberId(recipient),
        platform=platform,
        identity=identity,
        priority=SendPriority(priority),
        kind=kind,
        note=None if note is None else NoteId(note),
        claimed=state != "waiting",
        unknown=state == "unknown",
        attempts=attempts,
        created=moment(created),
        due=moment(due),
        sealed=bytes(sealed),
    )
