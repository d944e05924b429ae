"""One-time links and sessions of the desk: only a keyed hash of each secret is kept."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from buddybot.domain.kernel.ids import MemberId
from buddybot.store.kernel.db import Db, stamp

LINK, SESSION = "link", "session"
LINK_LASTS = timedelta(minutes=10)
CHALLENGE_LASTS = timedelta(minutes=5)
LASTS = timedelta(hours=8)
IDLE = timedelta(minutes=30)
UNUSED = timedelta(days=90)
_BYTES = 32
_SEEN_EVERY = timedelta(minutes=1)


class DeskKeys:
    """Secrets that open the desk, by their hashes: of links, sessions and passkey challenges."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def fresh(self, kind: str, member: MemberId, now: datetime) -> str:
        """Return the secret of a new link or session; only its hash is kept."""
        secret = token_urlsafe(_BYTES)
        self._db.run(
            "INSERT INTO desk (key, member, kind, made_at, seen_at) VALUES (:key, :member, :kind, :now, :now)",
            key=self._hash(secret, kind),
            member=member,
            kind=kind,
            now=stamp(now),
        )
        return secret

    def take(self, secret: str, now: datetime) -> MemberId | None:
        """Use up a link; whose it was, when it is fresh."""
        row = self._db.row("SELECT member, made_at FROM desk WHERE key = :key", key=self._hash(secret, LINK))
        self._db.run("DELETE FROM desk WHERE key = :key", key=self._hash(secret, LINK))
        fresh = row is not None and stamp(now - LINK_LASTS) < row[1] <= stamp(now)
        return MemberId(row[0]) if row is not None and fresh else None

    def whose(self, secret: str, now: datetime) -> tuple[MemberId, int] | None:
        """Return whose session this is and when it began (microseconds), or None when it is over or unknown."""
        row = self._db.row(
            "SELECT member, made_at FROM desk WHERE key = :key AND made_at > :since AND seen_at > :idle"
            " AND made_at <= :now",
            key=self._hash(secret, SESSION),
            since=stamp(now - LASTS),
            idle=stamp(now - IDLE),
            now=stamp(now),
        )
        return None if row is None else (MemberId(row[0]), int(row[1]))

    def seen(self, secret: str, now: datetime) -> None:
        """Count a sign of life; to the minute is enough, and spares a write a page."""
        self._db.run(
            "UPDATE desk SET seen_at = :now WHERE key = :key AND seen_at < :since",
            key=self._hash(secret, SESSION),
            now=stamp(now),
            since=stamp(now - _SEEN_EVERY),
        )

    def end(self, secret: str) -> None:
        """End one session."""
        self._db.run("DELETE FROM desk WHERE key = :key", key=self._hash(secret, SESSION))

    def revoke(self, member: MemberId) -> int:
        """End everything of this member's, passkeys too; say how many links and sessions there were."""
        self._db.run("DELETE FROM passkey WHERE member = :member", member=member)
        return self._db.run("DELETE FROM desk WHERE member = :member", member=member)

    # ── Passkeys ────────────────────────────────────────────────────────────────────────

    def keep_passkey(self, member: MemberId, credential: bytes, public: bytes, now: datetime) -> bool:
        """Let this key open the desk for somebody; say whether it is new: a known one stays whose it was."""
        added = self._db.run(
            "INSERT INTO passkey (credential, member, public, seen_at) VALUES (:key, :member, :public, :now)"
            " ON CONFLICT DO NOTHING",
            key=self._credential(credential),
            member=member,
            public=public,
            now=stamp(now),
        )
        return added > 0

    def passkey(self, credential: bytes, now: datetime) -> tuple[MemberId, bytes] | None:
        """Return whose passkey this is, and its public key, while it is used now and then."""
        row = self._db.row(
            "SELECT member, public FROM passkey WHERE credential = :key AND seen_at > :since",
            key=self._credential(credential),
            since=stamp(now - UNUSED),
        )
        return None if row is None else (MemberId(row[0]), bytes(row[1]))

    def used_passkey(self, credential: bytes, now: datetime) -> None:
        """Remember that it was used."""
        self._db.run(
            "UPDATE passkey SET seen_at = :now WHERE credential = :key",
            key=self._credential(credential),
            now=stamp(now),
        )

    def passkeys(self, member: MemberId) -> int:
        """Count somebody's passkeys."""
        row = self._db.row("SELECT count(*) FROM passkey WHERE member = :member", member=member)
        return 0 if row is None else int(row[0])

    def drop_passkeys(self, member: MemberId) -> None:
        """Forget somebody's passkeys."""
        self._db.run("DELETE FROM passkey WHERE member = :member", member=member)

    # ── Challenges, where several processes answer for one desk ─────────────────────────

    def ask(self, challenge: str, now: datetime) -> None:
        """Remember a challenge that was given out, whichever process will hear the answer."""
        self._db.run(
            "INSERT INTO desk_challenge (key, made_at) VALUES (:key, :now)",
            key=self._hash(challenge, "challenge"),
            now=stamp(now),
        )

    def answered(self, challenge: str, now: datetime) -> bool:
        """Use one up; say whether it was ours, and fresh."""
        used = self._db.run(
            "DELETE FROM desk_challenge WHERE key = :key AND made_at > :since",
            key=self._hash(challenge, "challenge"),
            since=stamp(now - CHALLENGE_LASTS),
        )
        return used > 0

    def expire(self, now: datetime) -> int:
        """Forget what is over."""
        self._db.run("DELETE FROM desk_challenge WHERE made_at <= :since", since=stamp(now - CHALLENGE_LASTS))
        self._db.run("DELETE FROM passkey WHERE seen_at < :unused", unused=stamp(now - UNUSED))
        return self._db.run(
            "DELETE FROM desk WHERE made_at < :since OR seen_at < :idle",
            since=stamp(now - LASTS),
            idle=stamp(now - IDLE),
        )

    def _credential(self, credential: bytes) -> bytes:
        return self._db.vault.lookup("desk passkey", credential.hex())

    def _hash(self, secret: str, kind: str) -> bytes:
        return self._db.vault.lookup(f"desk {kind}", secret)
