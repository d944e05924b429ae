"""Files that a page brought to one process, until the message that says what they are comes to this one or another.

A few a person, for two minutes, sealed as text on its way is.
"""

from datetime import datetime, timedelta

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.kernel.messages import Address
from buddybot.store.kernel.db import Db, stamp
from buddybot.store.people.members import MemberStore

KEPT = timedelta(minutes=2)
MOST = 6
"""Of one person at a time: the oldest goes."""
_PURPOSE = "upload"


class UploadStore:
    """Files that were brought and not yet fetched."""

    def __init__(self, db: Db) -> None:
        self._db, self._members = db, MemberStore(db)

    def put(self, address: Address, name: str, data: bytes, now: datetime) -> bool:
        """Keep a file; False for somebody whom the bot does not know: they have nobody to send it to."""
        member = self._members.by_address(address)
        if member is None:
            return False
        self._db.run(
            "INSERT INTO upload (member, name, sealed, made_at) VALUES (:member, :name, :sealed, :now)"
            " ON CONFLICT (member, name) DO UPDATE SET sealed = excluded.sealed, made_at = excluded.made_at",
            member=member.id,
            name=self._name(member.id, name),
            sealed=self._db.vault.seal_passing(member.id, _PURPOSE, now, data),
            now=stamp(now),
        )
        self._db.run(
            "DELETE FROM upload WHERE member = :member AND name NOT IN"
            " (SELECT name FROM upload WHERE member = :member ORDER BY made_at DESC LIMIT :most)",
            member=member.id,
            most=MOST,
        )
        return True

    def find(self, address: Address, name: str, now: datetime, *, keep: bool) -> bytes:
        """Return a file, b"" where there is none (any more); it is gone then, unless it is to be kept."""
        member = self._members.by_address(address)
        if member is None:
            return b""
        key = self._name(member.id, name)
        row = self._db.row(
            "SELECT sealed FROM upload WHERE member = :member AND name = :name AND made_at > :since",
            member=member.id,
            name=key,
            since=stamp(now - KEPT),
        )
        if not keep:
            self._db.run("DELETE FROM upload WHERE member = :member AND name = :name", member=member.id, name=key)
        opened = None if row is None else self._db.vault.open_passing_whole(member.id, _PURPOSE, bytes(row[0]))
        return opened or b""

    def expire(self, now: datetime) -> int:
        """Drop what nobody fetched in time."""
        return self._db.run("DELETE FROM upload WHERE made_at <= :since", since=stamp(now - KEPT))

    def _name(self, member: MemberId, name: str) -> bytes:
        return self._db.vault.lookup("upload", f"{member}:{name}")
