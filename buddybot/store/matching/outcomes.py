"""Ledger of offers: the factors they were made for, whether people talked, what they tapped on days 3 and 14."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from buddybot.domain.kernel.ids import MemberId, OfferId, RoomId
from buddybot.store.kernel.db import Db, moment, stamp


@dataclass(frozen=True, slots=True)
class Kept:
    """One offer: its factors (None: unknown), the room it led to, if any, whether both talked, all taps by question."""

    factors: Mapping[str, float | None]
    made_at: datetime
    room: RoomId | None
    talked: bool
    answers: Mapping[str, tuple[int, ...]]


class OutcomeStore:
    """Numbers for `buddybot tune`; nothing here says who anybody is."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def offered(self, offer: OfferId, factors: Mapping[str, float | None], now: datetime) -> None:
        """Remember what an offer was made for."""
        self._db.run(
            "INSERT INTO outcome (offer, factors, made_at, talked) VALUES (:offer, :factors, :now, 0)",
            offer=offer,
            factors=self._db.vault.seal_ours("factors", json.dumps(factors).encode()),
            now=stamp(now),
        )

    def met(self, offer: OfferId, room: RoomId) -> None:
        """Remember the room that an offer led to."""
        self._db.run("UPDATE outcome SET room = :room WHERE offer = :offer", offer=offer, room=room)

    def talked(self, room: RoomId) -> None:
        """Remember that both said something there."""
        self._db.run("UPDATE outcome SET talked = 1 WHERE room = :room", room=room)

    def rate(self, room: RoomId, member: MemberId, day: int, question: str, answer: int) -> None:
        """Remember a tap; the last one counts."""
        self._db.run(
            "INSERT INTO rating (room, member, day, question, answer) VALUES (:room, :member, :day, :question, :answer)"
            " ON CONFLICT (room, member, day, question) DO UPDATE SET answer = excluded.answer",
            room=room,
            member=member,
            day=day,
            question=question,
            answer=self._db.vault.seal(member, "rating", str(answer).encode()),
        )

    def ratings(self, member: MemberId) -> list[tuple[int, str, int]]:
        """Return what somebody tapped: day, question, answer."""
        rows = self._db.rows(
            "SELECT day, question, answer FROM rating WHERE member = :member ORDER BY day, question, room",
            member=member,
        )
        opened = ((int(row[0]), str(row[1]), self._db.vault.open_whole(member, "rating", row[2])) for row in rows)
        return [(day, question, int(answer)) for day, question, answer in opened if answer is not None]

    def rated(self, room: RoomId, member: MemberId, question: str) -> list[tuple[int, int]]:
        """Return what somebody tapped to one question in one room: day and answer, the last day last."""
        rows = self._db.rows(
            "SELECT day, answer FROM rating WHERE room = :room AND member = :member AND question = :question"
            " ORDER BY day",
            room=room,
            member=member,
            question=question,
        )
        opened = ((int(row[0]), self._db.vault.open_whole(member, "rating", row[1])) for row in rows)
        return [(day, int(answer)) for day, answer in opened if answer is not None]

    def all(self) -> list[Kept]:
        """Return every offer that is still known, the oldest first."""
        rows = self._db.rows("SELECT factors, made_at, room, talked FROM outcome ORDER BY made_at, offer")
        found = []
        for row in rows:
            factors = self._db.vault.open_ours("factors", row[0]) or b"{}"
            room = None if row[2] is None else RoomId(row[2])
            answers = {} if room is None else self._answers(room)
            found.append(Kept(json.loads(factors), moment(row[1]), room, bool(row[3]), answers))
        return found

    def expire(self, before: datetime, most: int) -> int:
        """Forget some of the offers made before then, the oldest first; taps go with their room."""
        return self._db.run(
            "DELETE FROM outcome WHERE offer IN"
            " (SELECT offer FROM outcome WHERE made_at < :before ORDER BY made_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def _answers(self, room: RoomId) -> dict[str, tuple[int, ...]]:
        rows = self._db.rows(
            "SELECT member, question, answer FROM rating WHERE room = :room ORDER BY question, day, member", room=room
        )
        found = dict[str, tuple[int, ...]]()
        for row in rows:
            opened = self._db.vault.open_whole(MemberId(row[0]), "rating", row[2])
            if opened is not None:
                found[str(row[1])] = (*found.get(str(row[1]), ()), int(opened))
        return found
