"""Programmes and their invites. A code is known by keyed hash alone; a name is sealed under the bot's own key."""

from datetime import datetime

from buddybot.domain.programmes.invites import Invite, Programme
from buddybot.store.kernel.db import Db, Row, moment, stamp

_PURPOSE = "programme name"
_COLUMNS = "reference, programme, uses, expires_at, cancelled"


class InviteStore:
    """Rows of programmes that invite people, and of their codes."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def begin(self, programme: Programme) -> None:
        """Remember a programme."""
        self._db.run(
            "INSERT INTO programme (id, sealed, made_at) VALUES (:id, :sealed, :now)",
            id=programme.id,
            sealed=self._db.vault.seal_ours(_PURPOSE, programme.name.encode()),
            now=stamp(programme.made_at),
        )

    def programmes(self) -> list[Programme]:
        """Return all programmes, the oldest first."""
        rows = self._db.rows("SELECT id, sealed, made_at, ended_at FROM programme ORDER BY made_at, id")
        return [self._programme(row) for row in rows]

    def programme(self, programme: str) -> Programme | None:
        """Return this programme."""
        row = self._db.row("SELECT id, sealed, made_at, ended_at FROM programme WHERE id = :id", id=programme)
        return None if row is None else self._programme(row)

    def end(self, programme: str, now: datetime) -> None:
        """Let a programme invite nobody any more."""
        self._db.run("UPDATE programme SET ended_at = :now WHERE id = :id", id=programme, now=stamp(now))

    def give(self, code: str, invite: Invite) -> None:
        """Let a code work."""
        self._db.run(
            f"INSERT INTO invite (code, {_COLUMNS}) VALUES (:code, :reference, :programme, :uses, :until, 0)",
            code=self._hash(code),
            reference=invite.reference,
            programme=invite.programme,
            uses=invite.uses,
            until=stamp(invite.expires_at),
        )

    def find(self, code: str) -> Invite | None:
        """Return the invite of a code, working or not; None for one that was never given, or long ago."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM invite WHERE code = :code", code=self._hash(code))
        return None if row is None else _invite(row)

    def use(self, code: str) -> None:
        """Count one who came by it."""
        self._db.run("UPDATE invite SET uses = uses - 1 WHERE code = :code", code=self._hash(code))

    def of(self, programme: str) -> list[Invite]:
        """Return the invites of a programme, the one that lasts longest first."""
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM invite WHERE programme = :programme ORDER BY expires_at DESC, reference",
            programme=programme,
        )
        return [_invite(row) for row in rows]

    def cancel(self, programme: str, reference: str) -> int:
        """Let an invite work no more; return how many that were."""
        return self._db.run(
            "UPDATE invite SET cancelled = 1 WHERE programme = :programme AND reference = :reference",
            programme=programme,
            reference=reference,
        )

    def expire(self, before: datetime, ended: datetime) -> None:
        """Forget invites that ran out before then, and programmes that ended long ago."""
        self._db.run("DELETE FROM invite WHERE expires_at < :before", before=stamp(before))
        self._db.run("DELETE FROM programme WHERE ended_at < :ended", ended=stamp(ended))

    def _programme(self, row: Row) -> Programme:
        name = self._db.vault.open_ours(_PURPOSE, row[1]) or b""
        return Programme(str(row[0]), name.decode(), moment(row[2]), None if row[3] is None else moment(row[3]))

    def _hash(self, code: str) -> bytes:
        return self._db.vault.lookup("invite", code)


def _invite(row: Row) -> Invite:
    return Invite(str(row[0]), str(row[1]), int(row[2]), moment(row[3]), bool(row[4]))
