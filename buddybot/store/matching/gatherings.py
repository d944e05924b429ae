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

    def wishing(self) -> dict[MemberId, datetime]:
        """Return who would like a circle, and since when."""
        rows = self._db.rows("SELECT member, since FROM circle_wish")
        return {MemberId(row[0]): moment(row[1]) for row in rows}

    def unwish(self, member: MemberId) -> bool:
        """Let go of a wish; say whether there was one."""
        return self._db.run("DELETE FROM circle_wish WHERE member = :member", member=member) > 0

    # ── Gatherings ──────────────────────────────────────────────────────────────────────

    def add(self, gathering: Gathering) -> None:
        """Remember who is asked."""
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

    def open(self) -> list[Gathering]:
        """Return those that are still being asked."""
        rows = self._db.rows(f"SELECT {COLUMNS} FROM gathering WHERE closed = 0 ORDER BY made_at, id")
        return [self._gathering(row) for row in rows]

    def all_of(self, member: MemberId) -> list[Gathering]:
        """Return those that this member was asked for, the newest last."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM gathering JOIN invited ON gathering = id"
            " WHERE member = :member ORDER BY made_at, id",
            member=member,
        )
        return [self._gathering(row) for row in rows]

    def coming(self) -> set[MemberId]:
        """Return everybody who said yes to a circle that is not settled yet."""
        rows = self._db.rows(
            "SELECT member FROM invited JOIN gathering ON id = gathering WHERE closed = 0 AND reply = 'yes'"
        )
        return {MemberId(row[0]) for row in rows}

    def asked_since(self, since: datetime) -> set[MemberId]:
        """Return everybody who was asked since then, whatever they said."""
        rows = self._db.rows(
            "SELECT member FROM invited JOIN gathering ON id = gathering WHERE made_at >= :since", since=stamp(since)
        )
        return {MemberId(row[0]) for row in rows}

    def expire(self, before: datetime) -> int:
        """Forget those settled that ran out before then."""
        return self._db.run("DELETE FROM gathering WHERE closed = 1 AND expires_at < :before", before=stamp(before))

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
