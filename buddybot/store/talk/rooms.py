"""Rooms and their seats, and the notes said in them (never a text)."""

from datetime import datetime
from functools import partial

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import NoteId
from buddybot.domain.talk.rooms import Ending, Room, RoomKind, Seat
from buddybot.store.kernel.db import Db, Row, moment, stamp

COLUMNS = "room.id, room.kind, room.opened_at, room.ending"


class RoomStore:
    """Where members talk."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def by_id(self, room: RoomId) -> Room | None:
        """Return this room, open or closed."""
        row = self._db.row(f"SELECT {COLUMNS} FROM room WHERE id = :id", id=room)
        return None if row is None else self._room(row)

    def open_of(self, member: MemberId) -> list[Room]:
        """Return the open rooms this member sits in, the newest last."""
        return list(self._db.memo.once(("room", "seat"), ("open", member), partial(self._open_of, member)))

    def _open_of(self, member: MemberId) -> list[Room]:
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM room JOIN seat ON seat.room = room.id"
            " WHERE seat.member = :member AND seat.left_at IS NULL AND room.closed_at IS NULL ORDER BY room.opened_at",
            member=member,
        )
        return [self._room(row) for row in rows]

    def circles(self, below: int, most: int) -> list[Room]:
        """Return some of the open circles that fewer than so many sit in, the oldest first."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM room WHERE kind = 'circle' AND closed_at IS NULL AND"
            " (SELECT count(*) FROM seat WHERE seat.room = room.id AND seat.left_at IS NULL) < :below"
            " ORDER BY opened_at, id LIMIT :most",
            below=below,
            most=most,
        )
        return [self._room(row) for row in rows]

    def latest_of(self, member: MemberId) -> Room | None:
        """Return the room this member sat in last, open or closed: what a report after a goodbye is about."""
        row = self._db.row(
            f"SELECT {COLUMNS} FROM room JOIN seat ON seat.room = room.id"
            " WHERE seat.member = :member ORDER BY room.opened_at DESC LIMIT 1",
            member=member,
        )
        return None if row is None else self._room(row)

    def all_of(self, member: MemberId) -> list[Room]:
        """Return every room this member has a seat in, for their export."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM room JOIN seat ON seat.room = room.id"
            " WHERE seat.member = :member ORDER BY room.opened_at",
            member=member,
        )
        return [self._room(row) for row in rows]

    def talks_given(self, member: MemberId, since: datetime) -> int:
        """Count how often somebody on call came to a talk since then; they have the second seat there."""
        row = self._db.row(
            "SELECT count(*) FROM seat JOIN room ON room.id = seat.room"
            " WHERE seat.member = :member AND seat.place = 1 AND room.kind = 'talk' AND room.opened_at >= :since",
            member=member,
            since=stamp(since),
        )
        return 0 if row is None else int(row[0])

    def add(self, room: Room) -> None:
        """Open a room."""
        self._db.run(
            "INSERT INTO room (id, kind, opened_at) VALUES (:id, :kind, :opened_at)",
            id=room.id,
            kind=room.kind.value,
            opened_at=stamp(room.opened_at),
        )
        for seat in room.seats:
            self.sit(room.id, seat)

    def sit(self, room: RoomId, seat: Seat) -> None:
        """Give somebody the next seat; who was there before has their old one again, under the new alias."""
        self._db.moves.note((seat.member,))
        self._db.run(
            "INSERT INTO seat (room, member, place, alias, mentor) VALUES (:room, :member,"
            " (SELECT count(*) FROM seat WHERE room = :room), :alias, :mentor)"
            " ON CONFLICT (room, member) DO UPDATE SET alias = excluded.alias, left_at = NULL",
            room=room,
            member=seat.member,
            alias=self._db.vault.seal(seat.member, "alias", seat.alias.encode()),
            mentor=int(seat.mentor),
        )

    def leave(self, room: RoomId, member: MemberId, now: datetime) -> None:
        """Let somebody go while the others stay; what they said can still be reported."""
        self._db.moves.note((member,))
        self._db.run(
            "UPDATE seat SET left_at = :now WHERE room = :room AND member = :member",
            room=room,
            member=member,
            now=stamp(now),
        )

    def close(self, room: RoomId, ending: Ending, now: datetime) -> None:
        """Close it; what was said last can still be reported for a week."""
        self._db.moves.note(
            MemberId(row[0]) for row in self._db.rows("SELECT member FROM seat WHERE room = :id", id=room)
        )
        self._db.run(
            "UPDATE room SET closed_at = :now, ending = :ending WHERE id = :id AND closed_at IS NULL",
            id=room,
            now=stamp(now),
            ending=ending.value,
        )

    def closed_at(self, room: RoomId) -> datetime | None:
        """Return when it was closed, if it was."""
        row = self._db.row("SELECT closed_at FROM room WHERE id = :id AND closed_at IS NOT NULL", id=room)
        return None if row is None else moment(row[0])

    def add_note(self, note: NoteId, room: RoomId, author: MemberId, now: datetime) -> None:
        """Remember that something was said, not what."""
        self._db.run(
            "INSERT INTO note (id, room, author, said_at) VALUES (:id, :room, :author, :now)",
            id=note,
            room=room,
            author=author,
            now=stamp(now),
        )

    def room_of_note(self, note: NoteId) -> tuple[Room, MemberId] | None:
        """Return where it was said and by whom."""
        row = self._db.row(
            f"SELECT {COLUMNS}, note.author FROM note JOIN room ON room.id = note.room WHERE note.id = :note", note=note
        )
        return None if row is None else (self._room(row), MemberId(row[4]))

    def said_at(self, note: NoteId) -> datetime | None:
        """Return when it was said."""
        row = self._db.row("SELECT said_at FROM note WHERE id = :note", note=note)
        return None if row is None else moment(row[0])

    def author_of(self, note: NoteId) -> MemberId | None:
        """Return who said it."""
        row = self._db.row("SELECT author FROM note WHERE id = :note", note=note)
        return None if row is None else MemberId(row[0])

    def spoke(self, room: RoomId) -> dict[MemberId, datetime]:
        """Return who said something in a room in the last days, and when last."""
        rows = self._db.rows("SELECT author, max(said_at) FROM note WHERE room = :room GROUP BY author", room=room)
        return {MemberId(row[0]): moment(row[1]) for row in rows}

    def first_since(self, room: RoomId, author: MemberId, after: datetime) -> datetime | None:
        """Return when this author said the first thing in a room after a moment."""
        row = self._db.row(
            "SELECT min(said_at) FROM note WHERE room = :room AND author = :author AND said_at > :after",
            room=room,
            author=author,
            after=stamp(after),
        )
        return None if row is None or row[0] is None else moment(row[0])

    def notes_by(self, author: MemberId) -> list[tuple[NoteId, RoomId]]:
        """Return every note of a member that is still known, and the room it was said in."""
        rows = self._db.rows("SELECT id, room FROM note WHERE author = :author ORDER BY said_at, id", author=author)
        return [(NoteId(row[0]), RoomId(row[1])) for row in rows]

    def newest_notes(self, room: RoomId, most: int) -> list[NoteId]:
        """Return what was said last in a room, the newest first."""
        rows = self._db.rows(
            "SELECT id FROM note WHERE room = :room ORDER BY said_at DESC, id LIMIT :most", room=room, most=most
        )
        return [NoteId(row[0]) for row in rows]

    def unsend(self, author: MemberId) -> set[MemberId]:
        """Drop whatever somebody wrote that is still on its way; return those whose queues became shorter by it."""
        unseen = "kind IN ('send', 'edit') AND note IN (SELECT id FROM note WHERE author = :author)"
        rows = self._db.rows(f"SELECT DISTINCT recipient FROM outbox WHERE {unseen}", author=author)
        self._db.run(f"DELETE FROM outbox WHERE {unseen}", author=author)
        return {MemberId(row[0]) for row in rows}

    def hand_over(self, old: MemberId, new: MemberId) -> None:
        """Let what one record of a person said be said by another record of them."""
        self._db.run("UPDATE note SET author = :new WHERE author = :old", old=old, new=new)

    def drop_note(self, note: NoteId) -> None:
        """Forget a note that was taken back."""
        self._db.run("DELETE FROM note WHERE id = :id", id=note)

    def expire_notes(self, before: datetime, most: int) -> int:
        """Drop some of the notes said before then, the oldest first."""
        return self._db.run(
            "DELETE FROM note WHERE id IN (SELECT id FROM note WHERE said_at < :before ORDER BY said_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def expire(self, before: datetime, most: int) -> int:
        """Drop some of the rooms closed before then, the oldest first, with all that hangs on them."""
        return self._db.run(
            "DELETE FROM room WHERE id IN"
            " (SELECT id FROM room WHERE closed_at < :before ORDER BY closed_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def _room(self, row: Row) -> Room:
        seats = self._db.rows(
            "SELECT member, alias, place, left_at, mentor FROM seat WHERE room = :room ORDER BY place", room=row[0]
        )
        return Room(
            id=RoomId(row[0]),
            kind=RoomKind(row[1]),
            seats=tuple(self._seat(seat) for seat in seats if seat[3] is None),
            left=tuple(self._seat(seat) for seat in seats if seat[3] is not None),
            opened_at=moment(row[2]),
            ending=None if row[3] is None else Ending(row[3]),
        )

    def _seat(self, row: Row) -> Seat:
        member = MemberId(row[0])
        found = self._db.vault.decoded(member, "alias", row, partial(self._named, row))
        if found is not None:
            return found
        alias = self._db.vault.open_alias(member, row[1])
        # A member whose key is destroyed is being erased; until their rows are gone too, nobody sits there by name.
        return Seat(member, alias or "", int(row[2]), mentor=bool(row[4]))

    def _named(self, row: Row) -> Seat | None:
        member = MemberId(row[0])
        alias = self._db.vault.open_whole(member, "alias", row[1])
        return None if alias is None else Seat(member, alias.decode(), int(row[2]), mentor=bool(row[4]))
