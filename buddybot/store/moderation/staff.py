"""Roles by keyed hash of an address, shifts, and what each moderator took on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from buddybot.domain.kernel.ids import CaseId, MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.domain.moderation.staff import LONGEST, Role, Shift
from buddybot.store.kernel.db import Db, moment, stamp
from buddybot.store.people.members import person_key

CONFIG, PLATFORM, WORD = "config", "platform", "word"
SHOWN_OF_HASH = 8
"""Hex digits of a keyed hash that name a person to whoever has the shell: enough for a team, and no account."""


@dataclass(frozen=True, slots=True)
class Appointed:
    """One role of one person: a reference, where the role comes from, and whether the bot was ever met by them."""

    reference: str
    role: Role
    source: str
    came: bool


def _reference(person: bytes) -> str:
    return bytes(person).hex()[:SHOWN_OF_HASH]


class StaffStore:
    """Rows of those who look after the house."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def appoint(self, roles: Iterable[tuple[Address, Role]]) -> None:
        """Take over the roles of the configuration; who is not in it any more has none from it at once."""
        self._db.run("DELETE FROM staff WHERE source = :source", source=CONFIG)
        for address, role in roles:
            self._put(self._db.vault.lookup("person", person_key(address)), CONFIG, role, None)

    def vouch(self, address: Address, role: Role | None, until: datetime) -> None:
        """Remember what a platform vouches for, or that it no longer does."""
        person = self._db.vault.lookup("person", person_key(address))
        if role is not None:
            self._put(person, PLATFORM, role, until)
        else:
            self._db.run(
                "DELETE FROM staff WHERE person = :person AND source = :source", person=person, source=PLATFORM
            )

    def is_vouched(self, address: Address, now: datetime) -> bool:
        """Return whether a platform vouches now for whoever has this address."""
        found = self._db.row(
            "SELECT 1 FROM staff WHERE person = :person AND source = :source AND until > :now",
            person=self._db.vault.lookup("person", person_key(address)),
            source=PLATFORM,
            now=stamp(now),
        )
        return found is not None

    def appoint_by_word(self, address: Address, role: Role) -> None:
        """Appoint whoever redeemed a one-time code, until they are removed or erased."""
        self._put(self._db.vault.lookup("person", person_key(address)), WORD, role, None)

    def listed(self, now: datetime) -> list[Appointed]:
        """Return all who have a role now, by role."""
        rows = self._db.rows(
            "SELECT staff.person, staff.role, staff.source, count(route.member) FROM staff"
            " LEFT JOIN route ON route.person = staff.person"
            " WHERE staff.until IS NULL OR staff.until > :now"
            " GROUP BY staff.person, staff.role, staff.source ORDER BY staff.role, staff.person, staff.source",
            now=stamp(now),
        )
        return [Appointed(_reference(row[0]), Role(row[1]), row[2], came=row[3] > 0) for row in rows]

    def dismiss(self, reference: str) -> int:
        """Take the role that a one-time code gave; return how many roles ended."""
        persons = {row[0] for row in self._db.rows("SELECT person FROM staff WHERE source = :source", source=WORD)}
        return sum(
            self._db.run("DELETE FROM staff WHERE person = :person AND source = :source", person=person, source=WORD)
            for person in persons
            if _reference(person) == reference
        )

    def forget(self, member: MemberId) -> None:
        """Delete the roles that one-time codes gave somebody who is erased."""
        self._db.run(
            "DELETE FROM staff WHERE source = :source AND person IN (SELECT person FROM route WHERE member = :member)",
            source=WORD,
            member=member,
        )

    def roles(self, member: MemberId, now: datetime) -> list[Role]:
        """Return the roles that somebody has now."""
        return list(self._db.memo.once(("staff", "route"), ("roles", member, now), partial(self._roles, member, now)))

    def _roles(self, member: MemberId, now: datetime) -> list[Role]:
        rows = self._db.rows(
            "SELECT staff.role FROM staff JOIN route ON route.person = staff.person"
            " WHERE route.member = :member AND (staff.until IS NULL OR staff.until > :now)",
            member=member,
            now=stamp(now),
        )
        return [Role(row[0]) for row in rows]

    def all(self, now: datetime) -> list[MemberId]:
        """Return everyone who has a role now and whom the bot can write to."""
        rows = self._db.rows(
            "SELECT DISTINCT route.member FROM staff JOIN route ON route.person = staff.person"
            " WHERE staff.until IS NULL OR staff.until > :now ORDER BY route.member",
            now=stamp(now),
        )
        return [MemberId(row[0]) for row in rows]

    def shifts(self, member: MemberId) -> list[Shift]:
        """Return somebody's shifts, the oldest first."""
        rows = self._db.rows("SELECT began, ended FROM shift WHERE member = :member ORDER BY began", member=member)
        return [Shift(moment(row[0]), None if row[1] is None else moment(row[1])) for row in rows]

    def begin(self, member: MemberId, now: datetime) -> None:
        """Begin a shift."""
        self._db.run(
            "INSERT INTO shift (member, began) VALUES (:member, :now) ON CONFLICT DO NOTHING",
            member=member,
            now=stamp(now),
        )

    def end(self, member: MemberId, now: datetime) -> int:
        """End the shift that runs; say how many there were."""
        return self._db.run(
            "UPDATE shift SET ended = :now WHERE member = :member AND ended IS NULL AND began > :since",
            member=member,
            now=stamp(now),
            since=stamp(now - LONGEST),
        )

    def on_shift(self, now: datetime) -> list[MemberId]:
        """Return who is on shift, whoever began first first."""
        return list(self._db.memo.once(("shift",), ("on shift", now), partial(self._on_shift, now)))

    def _on_shift(self, now: datetime) -> list[MemberId]:
        rows = self._db.rows(
            "SELECT member FROM shift WHERE ended IS NULL AND began <= :now AND began > :since ORDER BY began, member",
            now=stamp(now),
            since=stamp(now - LONGEST),
        )
        return [MemberId(row[0]) for row in rows]

    def spans(self, since: datetime) -> list[Shift]:
        """Return all shifts since then, without whose they were."""
        rows = self._db.rows("SELECT began, ended FROM shift WHERE began >= :since", since=stamp(since))
        return [Shift(moment(row[0]), None if row[1] is None else moment(row[1])) for row in rows]

    def look(self, member: MemberId, case: CaseId, now: datetime) -> None:
        """Count a heavy case as taken on."""
        self._db.run(
            "INSERT INTO looked (member, case_id, at) VALUES (:member, :id, :now) ON CONFLICT DO NOTHING",
            member=member,
            id=case,
            now=stamp(now),
        )

    def looked(self, member: MemberId, since: datetime) -> int:
        """Return how many heavy cases somebody took on since then."""
        row = self._db.row(
            "SELECT count(*) FROM looked WHERE member = :member AND at >= :since", member=member, since=stamp(since)
        )
        return 0 if row is None else int(row[0])

    def shares(self, since: datetime) -> list[int]:
        """Return how many heavy cases each took on since then, the most first, without who."""
        rows = self._db.rows(
            "SELECT count(*) FROM looked WHERE at >= :since GROUP BY member ORDER BY count(*) DESC", since=stamp(since)
        )
        return [int(row[0]) for row in rows]

    def expire(self, now: datetime, before: datetime) -> None:
        """Forget old shifts and looks, and roles that a platform stopped vouching for."""
        self._db.run("DELETE FROM shift WHERE began < :before", before=stamp(before))
        self._db.run("DELETE FROM looked WHERE at < :before", before=stamp(before))
        self._db.run("DELETE FROM staff WHERE until <= :now", now=stamp(now))

    def _put(self, person: bytes, source: str, role: Role, until: datetime | None) -> None:
        self._db.run(
            "INSERT INTO staff (person, source, role, until) VALUES (:person, :source, :role, :until)"
            " ON CONFLICT (person, source) DO UPDATE SET role = :role, until = :until",
            person=person,
            source=source,
            role=role.value,
            until=None if until is None else stamp(until),
        )
