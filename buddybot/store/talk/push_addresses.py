"""Web Push subscriptions (RFC 8030), one row a device: sealed under the member's key, with the state of their calls.

A waiting spell begins with the first thing that nobody was there to take, and ends when the member is back: in between
each device is called once at most.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import PushAddress
from buddybot.store.kernel.db import Db, stamp

MOST_DEVICES = 5
_PURPOSE = "push"


@dataclass(frozen=True, slots=True)
class PushRow:
    """One device that is to be called, and how often that was tried."""

    id: str
    member: MemberId
    platform: str
    attempts: int
    push: PushAddress = field(repr=False)


class PushStore:
    """The devices that may be called."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, made: str, member: MemberId, platform: str, push: PushAddress, now: datetime) -> None:
        """Keep a device, whoever's it was before; the oldest goes where there are too many."""
        sealed = json.dumps([push.endpoint, push.key, push.secret]).encode()
        self._db.run("DELETE FROM push WHERE mark = :mark", mark=self._mark(push))
        self._db.run(
            "INSERT INTO push (id, member, platform, mark, made_at, sealed)"
            " VALUES (:id, :member, :platform, :mark, :now, :sealed)",
            id=made,
            member=member,
            platform=platform,
            mark=self._mark(push),
            now=stamp(now),
            sealed=self._db.vault.seal(member, _PURPOSE, sealed),
        )
        self._db.run(
            "DELETE FROM push WHERE member = :member AND id NOT IN"
            " (SELECT id FROM push WHERE member = :member ORDER BY made_at DESC, id LIMIT :most)",
            member=member,
            most=MOST_DEVICES,
        )

    def count(self, member: MemberId) -> int:
        """Return how many devices of this member may be called."""
        return len(self._db.rows("SELECT 1 FROM push WHERE member = :member", member=member))

    def forget(self, member: MemberId) -> int:
        """Call none of their devices any more; return how many there were."""
        return self._db.run("DELETE FROM push WHERE member = :member", member=member)

    def drop(self, row: str) -> None:
        """Forget one device: its push service knows it no more."""
        self._db.run("DELETE FROM push WHERE id = :id", id=row)

    def call(self, member: MemberId, platform: str, now: datetime, due: datetime) -> None:
        """Let their devices be called at `due`, those that were not called in this spell yet."""
        self._db.run(
            "UPDATE push SET called_at = :now, due_at = :due, attempts = 0"
            " WHERE member = :member AND platform = :platform AND called_at IS NULL",
            member=member,
            platform=platform,
            now=stamp(now),
            due=stamp(due),
        )

    def hasten(self, member: MemberId, platform: str, due: datetime) -> None:
        """Bring a call forward that has not been tried yet."""
        self._db.run(
            "UPDATE push SET due_at = :due WHERE member = :member AND platform = :platform AND due_at > :due"
            " AND attempts = 0",
            member=member,
            platform=platform,
            due=stamp(due),
        )

    def returned(self, member: MemberId) -> None:
        """End the spell: they are back, and what waits next is worth another call."""
        self._db.run(
            "UPDATE push SET called_at = NULL, due_at = NULL, attempts = 0"
            " WHERE member = :member AND called_at IS NOT NULL",
            member=member,
        )

    def due(self, now: datetime, most: int) -> list[PushRow]:
        """Return devices that are to be called now, the longest due first; what does not open is passed over."""
        rows = self._db.rows(
            "SELECT id, member, platform, attempts, sealed FROM push WHERE due_at <= :now ORDER BY due_at LIMIT :most",
            now=stamp(now),
            most=most,
        )
        found = list[PushRow]()
        for number, member, platform, attempts, sealed in rows:
            opened = self._db.vault.open_whole(MemberId(member), _PURPOSE, bytes(sealed))
            if opened is not None:
                found.append(PushRow(number, MemberId(member), platform, attempts, PushAddress(*json.loads(opened))))
        return found

    def try_again(self, row: str, due: datetime) -> None:
        """Count a try before it is made, and set the next one: a crash in between costs one, and never a loop."""
        self._db.run("UPDATE push SET attempts = attempts + 1, due_at = :due WHERE id = :id", id=row, due=stamp(due))

    def put_off(self, row: str, due: datetime) -> None:
        """Set the next try of one that was counted."""
        self._db.run("UPDATE push SET due_at = :due WHERE id = :id AND due_at IS NOT NULL", id=row, due=stamp(due))

    def done(self, row: str) -> None:
        """Note that it was called, or that it is not worth another try in this spell."""
        self._db.run("UPDATE push SET due_at = NULL WHERE id = :id", id=row)

    def _mark(self, push: PushAddress) -> bytes:
        return self._db.vault.lookup("push", push.endpoint)
