"""Rows of members' own days and of what they set up for them: sealed under their keys, a year at most."""

from datetime import date, datetime

from pydantic import TypeAdapter

from buddybot.domain.care.own_days import OwnCare, OwnDay
from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, stamp
from buddybot.store.kernel.errors import DamagedValueError

_CARE, _DAY = TypeAdapter(OwnCare), TypeAdapter(OwnDay)


class OwnDayStore:
    """Check-ins of members, and what they set up for themselves."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def setup(self, member: MemberId) -> OwnCare:
        """Return what this member set up; nothing is a value too."""
        row = self._db.row("SELECT sealed FROM own_care WHERE member = :m", m=member)
        opened = None if row is None else self._opened(member, "own care", row[0])
        return OwnCare() if opened is None else _CARE.validate_json(opened)

    def set_up(self, member: MemberId, care: OwnCare) -> None:
        """Keep it, in place of what was set up before."""
        self._db.run(
            "INSERT INTO own_care (member, sealed) VALUES (:member, :sealed)"
            " ON CONFLICT (member) DO UPDATE SET sealed = excluded.sealed",
            member=member,
            sealed=self._db.vault.seal(member, "own care", _CARE.dump_json(care, exclude_defaults=True)),
        )

    def day(self, member: MemberId, day: date) -> OwnDay:
        """Return what was tapped on one day."""
        row = self._db.row("SELECT sealed FROM own_day WHERE member = :m AND day = :day", m=member, day=day.toordinal())
        opened = None if row is None else self._opened(member, "own day", row[0])
        return OwnDay() if opened is None else _DAY.validate_json(opened)

    def keep(self, member: MemberId, day: date, tapped: OwnDay, now: datetime) -> None:
        """Keep what was tapped on one day, in place of what was there."""
        self._db.run(
            "INSERT INTO own_day (member, day, made_at, sealed) VALUES (:member, :day, :now, :sealed)"
            " ON CONFLICT (member, day) DO UPDATE SET sealed = excluded.sealed",
            member=member,
            day=day.toordinal(),
            now=stamp(now),
            sealed=self._db.vault.seal(member, "own day", _DAY.dump_json(tapped, exclude_defaults=True)),
        )

    def days(self, member: MemberId) -> dict[date, OwnDay]:
        """Return all days that are kept, the oldest first."""
        rows = self._db.rows("SELECT day, sealed FROM own_day WHERE member = :m ORDER BY day", m=member)
        found = ((date.fromordinal(row[0]), self._opened(member, "own day", row[1])) for row in rows)
        return {day: _DAY.validate_json(opened) for day, opened in found if opened is not None}

    def expire(self, before: datetime, most: int) -> int:
        """Let some of the days go that are older than this."""
        return self._db.run(
            "DELETE FROM own_day WHERE (member, day) IN"
            " (SELECT member, day FROM own_day WHERE made_at < :before ORDER BY made_at LIMIT :most)",
            before=stamp(before),
            most=most,
        )

    def _opened(self, member: MemberId, purpose: str, sealed: bytes) -> bytes | None:
        try:
            return self._db.vault.open(member, purpose, sealed)
        except DamagedValueError:
            return None
