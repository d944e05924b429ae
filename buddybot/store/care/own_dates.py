"""Milestones and remembrance dates of members: sealed under their keys, kept until taken away or erased."""

from typing import TypeAlias

from pydantic import TypeAdapter

from buddybot.domain.care.milestones import Milestone
from buddybot.domain.care.remembrance import Remembrance
from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db

OwnDate: TypeAlias = Milestone | Remembrance
PURPOSE = "own date"
_DATE: TypeAdapter[OwnDate] = TypeAdapter(OwnDate)


class OwnDateStore:
    """Days that members keep for themselves."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def milestones(self, member: MemberId) -> list[Milestone]:
        """Return what this member counts, the oldest date first."""
        found = [one for one in self._all(member) if isinstance(one, Milestone)]
        return sorted(found, key=lambda one: (not one.stretches, one.stretches[:1] and one.stretches[0].start, one.id))

    def remembrances(self, member: MemberId) -> list[Remembrance]:
        """Return the days that this member wants to have in mind, in the order of the year."""
        found = [one for one in self._all(member) if isinstance(one, Remembrance)]
        return sorted(found, key=lambda one: (one.month, one.day, one.id))

    def milestone(self, member: MemberId, key: str) -> Milestone | None:
        """Return one milestone of this member."""
        return next((one for one in self.milestones(member) if one.id == key), None)

    def remembrance(self, member: MemberId, key: str) -> Remembrance | None:
        """Return one remembrance date of this member."""
        return next((one for one in self.remembrances(member) if one.id == key), None)

    def keep(self, member: MemberId, one: OwnDate) -> None:
        """Keep one, in place of what it was before."""
        self._db.run(
            "INSERT INTO own_date (member, id, sealed) VALUES (:member, :id, :sealed)"
            " ON CONFLICT (member, id) DO UPDATE SET sealed = excluded.sealed",
            member=member,
            id=one.id,
            sealed=self._db.vault.seal(member, PURPOSE, _DATE.dump_json(one, exclude_defaults=True)),
        )

    def drop(self, member: MemberId, key: str) -> None:
        """Forget one."""
        self._db.run("DELETE FROM own_date WHERE member = :m AND id = :id", m=member, id=key)

    def _all(self, member: MemberId) -> list[OwnDate]:
        rows = self._db.rows("SELECT sealed FROM own_date WHERE member = :m", m=member)
        opened = (self._db.vault.open_whole(member, PURPOSE, row[0]) for row in rows)
        return [_DATE.validate_json(one) for one in opened if one is not None]
