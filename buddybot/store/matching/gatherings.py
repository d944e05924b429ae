"""Gatherings: who would like a circle, who was asked, and what they said."""

from datetime import datetime

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.matching.gatherings import Gathering, GatheringId, Invited
from buddybot.domain.matching.offers import OfferReply
from buddybot.store.kernel.db import Db, Row, moment, stamp

COLUMNS = "id, room, made_at, expires_at, closed"


class GatheringStore:
    """Wishes for circles, and the circles that are being asked for."""

    def __init__(self, db: Db) -> None:
        self._db = db

    # ── Wishes ──────────────────────────────────────────────────────────────────────────

    def wish(self, member: MemberId, now: datetime) -> None:
        """Note that somebody would like a circle; the first time counts."""
        self._db.run(
            "INSERT INTO circle_wish (member, since) VALUES (:member, :now) ON CONFLICT (member) DO NOTHING",
            member=member,
            now=stamp(now),
        )

    def wished(self, member: MemberId) -> datetime | None:
        """Return since when somebody would like a circle, if they would."""
        row = self._db.row("SELECT since FROM circle_wish WHERE member = :member", member=member)
        return None if row is None else moment(row[0])

    def unwish(self, member: MemberId) -> bool:
        """Let go of a wish; say whether there was one."""
        return self._db.run("DELETE FROM circle_wish WHERE member = :member", member=member) > 0

    # ── Gatherings ──────────────────────────────────────────────────────────────────────

    def add(self, gathering: Gathering) -> None:
        """Remember who is asked."""
        self._db.moves.note(one.member for one in gathering.invited)
        self._db.run(
            f"INSERT INTO gathering ({COLUMNS}) VALUES (:id, :room, :made_at, :expires_at, 0)",
            id=gathering.id,
            room=gathering.room,
            made_at=stamp(gathering.made_at),
            expires_at=stamp(gathering.expires_at),
        )
        for place, one in enumerate(gathering.invited):
            self._db.run(
                "INSERT INTO invited (gathering, member, place, alias, reply)"
                " VALUES (:gathering, :member, :place, :alias, :reply)",
                gathering=gathering.id,
                member=one.member,
                place=place,
                alias=self._db.vault.seal(one.member, "alias", one.alias.encode()),
                reply=one.reply.value,
            )

    def save(self, gathering: Gathering) -> None:
        """Write back the replies, and whether it is closed."""
        self._db.moves.note(one.member for one in gathering.invited)
        self._db.run(
            "UPDATE gathering SET closed = :closed WHERE id = :id", id=gathering.id, closed=int(gathering.closed)
        )
        for one in gathering.invited:
            self._db.run(
                "UPDATE invited SET reply = :reply WHERE gathering = :gathering AND member = :member",
                gathering=gathering.id,
                member=one.member,
                reply=one.reply.value,
            )

    def by_id(self, gathering: GatheringId) -> Gathering | None:
        """Return one."""
        row = self._db.row(f"SELECT {COLUMNS} FROM gathering WHERE id = :id", id=gathering)
        return None if row is None else self._gathering(row)

    def all_of(self, member: MemberId) -> list[Gathering]:
        """Return those that this member was asked for, the newest last."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM gathering JOIN invited ON gathering = id"
            " WHERE member = :member ORDER BY made_at, id",
            member=member,
        )
        return [self._gathering(row) for row in rows]

    def was_asked(self, member: MemberId, since: datetime) -> bool:
        """Return whether somebody was asked since then, whatever they said."""
        row = self._db.row(
            "SELECT 1 FROM invited JOIN gathering ON id = gathering WHERE member = :member AND made_at >= :since",
            member=member,
            since=stamp(since),
        )
        return row is not None

    def filling(self, room: RoomId) -> bool:
        """Return whether somebody is being asked about a seat in this circle."""
        return self._db.row("SELECT 1 FROM gathering WHERE room = :room AND closed = 0", room=room) is not None

    def expire(self, before: datetime, most: int) -> int:
        """Forget some of those settled that ran out before then, the oldest first."""
        return self._db.run(
            "DELETE FROM gathering WHERE id IN"
            " (SELECT id FROM gathering WHERE closed = 1 AND expires_at < :before ORDER BY expires_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def _gathering(self, row: Row) -> Gathering:
        found = self._db.rows(
            "SELECT member, alias, reply FROM invited WHERE gathering = :id ORDER BY place", id=row[0]
        )
        return Gathering(
            id=GatheringId(row[0]),
            invited=tuple(map(self._invited, found)),
            room=None if row[1] is None else RoomId(row[1]),
            made_at=moment(row[2]),
            expires_at=moment(row[3]),
            closed=bool(row[4]),
        )

    def _invited(self, row: Row) -> Invited:
        member = MemberId(row[0])
        alias = self._db.vault.open_alias(member, row[1])
        return Invited(member, alias or "", OfferReply(row[2]))
