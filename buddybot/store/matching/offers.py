"""Offers: who was asked about whom, and what they said."""

from datetime import datetime

from buddybot.domain.kernel.ids import MemberId, OfferId
from buddybot.domain.matching.offers import AskedParty, Offer, OfferReply
from buddybot.store.kernel.db import Db, Row, moment, stamp

BOTH = 2
COLUMNS = "id, score, weights, made_at, expires_at, closed"
# Who said no is free at once; the other stays reserved until the offer runs out, so that nobody can tell a pass.
_HELD = "offer.closed = 0 AND asked.reply NOT IN ('pass', 'known')"


class OfferStore:
    """Every offer that is open, and those closed not long ago."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def by_id(self, offer: OfferId) -> Offer | None:
        """Return this offer, or None when it or one of its two people is gone."""
        row = self._db.row(f"SELECT {COLUMNS} FROM offer WHERE id = :id", id=offer)
        return None if row is None else self._offer(row)

    def open_for(self, member: MemberId) -> Offer | None:
        """Return the open offer that reserves this member: one they have not said no to.

        What is asked of them as a mentor is none: it reserves one of their places, not them.
        """
        row = self._db.row(
            f"SELECT {COLUMNS} FROM offer JOIN asked ON asked.offer = offer.id"
            f" WHERE asked.member = :member AND asked.mentor = 0 AND {_HELD} ORDER BY made_at",
            member=member,
        )
        return None if row is None else self._offer(row)

    def all_open(self, member: MemberId) -> list[Offer]:
        """Return every open offer of this member that they have not said no to, those as a mentor too."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM offer JOIN asked ON asked.offer = offer.id"
            f" WHERE asked.member = :member AND {_HELD} ORDER BY made_at",
            member=member,
        )
        return [offer for offer in map(self._offer, rows) if offer is not None]

    def all_of(self, member: MemberId) -> list[Offer]:
        """Return every offer this member stands in, for their export; one whose other side is gone is left out."""
        rows = self._db.rows(
            f"SELECT {COLUMNS} FROM offer JOIN asked ON asked.offer = offer.id"
            " WHERE asked.member = :member ORDER BY made_at",
            member=member,
        )
        return [offer for offer in map(self._offer, rows) if offer is not None]

    def add(self, offer: Offer) -> None:
        """Remember a new offer."""
        self._db.moves.note(one.member for one in offer.asked)
        self._db.run(
            f"INSERT INTO offer ({COLUMNS}) VALUES (:id, :score, :weights, :made_at, :expires_at, 0)",
            id=offer.id,
            score=offer.score,
            weights=offer.weights,
            made_at=stamp(offer.made_at),
            expires_at=stamp(offer.expires_at),
        )
        for place, one in enumerate(offer.asked):
            self._db.run(
                "INSERT INTO asked (offer, member, place, alias, reasons, reply, postponed, mentor)"
                " VALUES (:offer, :member, :place, :alias, :reasons, :reply, :postponed, :mentor)",
                offer=offer.id,
                member=one.member,
                place=place,
                alias=self._db.vault.seal(one.member, "alias", one.alias.encode()),
                # Reasons name answers, so they are sealed like them, once for each side.
                reasons=self._db.vault.seal(one.member, "reasons", ",".join(offer.reasons).encode()),
                reply=one.reply.value,
                postponed=int(one.postponed),
                mentor=int(one.mentor),
            )

    def save(self, offer: Offer) -> None:
        """Write back the replies, the date and whether it is closed."""
        self._db.moves.note(one.member for one in offer.asked)
        self._db.run(
            "UPDATE offer SET expires_at = :expires_at, closed = :closed WHERE id = :id",
            id=offer.id,
            expires_at=stamp(offer.expires_at),
            closed=int(offer.closed),
        )
        for one in offer.asked:
            self._db.run(
                "UPDATE asked SET reply = :reply, postponed = :postponed WHERE offer = :offer AND member = :member",
                offer=offer.id,
                member=one.member,
                reply=one.reply.value,
                postponed=int(one.postponed),
            )

    def expire(self, before: datetime, most: int) -> int:
        """Drop some of the closed offers older than that, the oldest first."""
        return self._db.run(
            "DELETE FROM offer WHERE id IN"
            " (SELECT id FROM offer WHERE closed = 1 AND expires_at < :before ORDER BY expires_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def forget(self, member: MemberId) -> int:
        """Remove every offer that somebody who is erased was asked about, open or closed."""
        rows = self._db.rows(
            "SELECT every.member FROM asked AS mine JOIN asked AS every ON every.offer = mine.offer"
            " WHERE mine.member = :member",
            member=member,
        )
        self._db.moves.note(MemberId(row[0]) for row in rows)
        return self._db.run(
            "DELETE FROM offer WHERE id IN (SELECT offer FROM asked WHERE member = :member)", member=member
        )

    def drop(self, offer: OfferId) -> None:
        """Remove an offer whole, because one of its two people is erased."""
        rows = self._db.rows("SELECT member FROM asked WHERE offer = :id", id=offer)
        self._db.moves.note(MemberId(row[0]) for row in rows)
        self._db.run("DELETE FROM offer WHERE id = :id", id=offer)

    def _offer(self, row: Row) -> Offer | None:
        asked = self._db.rows(
            "SELECT member, alias, reply, postponed, reasons, mentor FROM asked WHERE offer = :offer ORDER BY place",
            offer=row[0],
        )
        sides = [side for side in map(self._asked, asked) if side is not None]
        if len(sides) != BOTH:
            return None
        return Offer(
            id=OfferId(row[0]),
            asked=(sides[0], sides[1]),
            score=row[1],
            reasons=self._reasons(asked[0]),
            weights=row[2],
            made_at=moment(row[3]),
            expires_at=moment(row[4]),
            closed=bool(row[5]),
        )

    def _reasons(self, row: Row) -> tuple[str, ...]:
        opened = self._db.vault.open_whole(MemberId(row[0]), "reasons", row[4]) or b""
        return tuple(reason for reason in opened.decode().split(",") if reason)

    def _asked(self, row: Row) -> AskedParty | None:
        alias = self._db.vault.open_alias(MemberId(row[0]), row[1])
        if alias is None:
            return None
        return AskedParty(MemberId(row[0]), alias, OfferReply(row[2]), bool(row[3]), mentor=bool(row[5]))
