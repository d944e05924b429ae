"""The pace at which each member writes: some numbers, sealed, gone after a week of silence."""

from datetime import datetime

from buddybot.content.tables.floods import flow_from, flow_text
from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.talk.rate_limits import SendRate
from buddybot.store.kernel.db import Db, stamp

_PURPOSE = "flow"


class SendRateStore:
    """What is known of each member's pace."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, member: MemberId, now: datetime) -> SendRate:
        """Return a member's pace; nobody who was silent is behind."""
        row = self._db.row("SELECT sealed FROM flow WHERE member = :member", member=member)
        sealed = None if row is None else self._db.vault.open(member, _PURPOSE, row[0])
        return SendRate(now) if sealed is None else flow_from(sealed.decode())

    def keep(self, member: MemberId, flow: SendRate, now: datetime) -> None:
        """Note a member's pace."""
        self._db.run(
            "INSERT INTO flow (member, noted_at, sealed) VALUES (:member, :now, :sealed)"
            " ON CONFLICT (member) DO UPDATE SET noted_at = excluded.noted_at, sealed = excluded.sealed",
            member=member,
            now=stamp(now),
            sealed=self._db.vault.seal(member, _PURPOSE, flow_text(flow).encode()),
        )

    def expire(self, before: datetime) -> int:
        """Drop the pace of whoever wrote nothing since then."""
        return self._db.run("DELETE FROM flow WHERE noted_at < :before", before=stamp(before))
