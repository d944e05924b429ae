"""Rows of who is on call, who wants to talk now, and who was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.people.quiet_hours import QuietHours
from buddybot.domain.talk.on_call import OnCallHours
from buddybot.store.kernel.db import Db, moment, stamp


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody who wants to talk now, and those who were asked."""

    id: str
    member: MemberId
    asked: tuple[MemberId, ...]


class OnCallStore:
    """Watches and calls."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def set(self, member: MemberId, hours: QuietHours) -> None:
        """Let somebody be on call in these hours."""
        self._db.run(
            "INSERT INTO on_call (member, first_hour, last_hour) VALUES (:member, :start, :end)"
            " ON CONFLICT (member) DO UPDATE SET first_hour = excluded.first_hour, last_hour = excluded.last_hour,"
            " off_until = NULL",
            member=member,
            start=hours.start,
            end=hours.end,
        )

    def drop(self, member: MemberId) -> bool:
        """Let somebody be on call no more; say whether they were."""
        return self._db.run("DELETE FROM on_call WHERE member = :member", member=member) > 0

    def off(self, member: MemberId, until: datetime) -> None:
        """Ask somebody no more until then."""
        self._db.run("UPDATE on_call SET off_until = :until WHERE member = :member", member=member, until=stamp(until))

    def watches(self) -> list[OnCallHours]:
        """Return everybody who is ever on call."""
        rows = self._db.rows("SELECT member, first_hour, last_hour, off_until, asked_at FROM on_call ORDER BY member")
        return [
            OnCallHours(
                MemberId(row[0]),
                QuietHours(int(row[1]), int(row[2])),
                None if row[3] is None else moment(row[3]),
                None if row[4] is None else moment(row[4]),
            )
            for row in rows
        ]

    def call(self, call: str, member: MemberId, asked: Sequence[MemberId], now: datetime, until: datetime) -> None:
        """Remember a call, and that these were asked."""
        self._db.run(
            "INSERT INTO call (id, member, expires_at) VALUES (:id, :member, :until)",
            id=call,
            member=member,
            until=stamp(until),
        )
        for one in asked:
            self._db.run("INSERT INTO called (call, member) VALUES (:call, :member)", call=call, member=one)
            self._db.run("UPDATE on_call SET asked_at = :now WHERE member = :member", member=one, now=stamp(now))

    def find(self, call: str) -> Call | None:
        """Return a call that nobody took yet."""
        row = self._db.row("SELECT id, member FROM call WHERE id = :id", id=call)
        if row is None:
            return None
        asked = self._db.rows("SELECT member FROM called WHERE call = :id ORDER BY member", id=call)
        return Call(row[0], MemberId(row[1]), tuple(MemberId(one[0]) for one in asked))

    def of(self, member: MemberId) -> str | None:
        """Return the call of somebody who waits for an answer."""
        row = self._db.row("SELECT id FROM call WHERE member = :member", member=member)
        return None if row is None else str(row[0])

    def refuse(self, call: str, member: MemberId) -> None:
        """Let somebody who was asked be out of it."""
        self._db.run("DELETE FROM called WHERE call = :call AND member = :member", call=call, member=member)

    def end(self, call: str) -> bool:
        """Take a call off; say whether it still stood."""
        return self._db.run("DELETE FROM call WHERE id = :id", id=call) > 0

    def expire_calls(self, before: datetime) -> int:
        """Drop calls that ended before this moment: their timers take them off, and one may have been lost."""
        return self._db.run("DELETE FROM call WHERE expires_at < :before", before=stamp(before))
