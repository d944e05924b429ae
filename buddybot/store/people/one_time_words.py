"""Passes: words that work once and soon run out. They are known by keyed hash alone."""

from dataclasses import dataclass, field
from datetime import datetime

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.moderation.staff import Role
from buddybot.store.kernel.db import Db, stamp

_PURPOSE = "pass label"


@dataclass(frozen=True, slots=True)
class Pass:
    """Effect of a one-time word: it joins an address to `member`, greets with the giver's `label`, or gives a role."""

    member: MemberId | None = None
    label: str = field(default="", repr=False)
    role: Role | None = None


class PassStore:
    """Passes that were given out and not used."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def give(self, word: str, one: Pass, until: datetime) -> None:
        """Let a word work until then. A member has one at a time: the newest."""
        if one.member is not None:
            self._db.run("DELETE FROM pass_word WHERE member = :member", member=one.member)
        label = self._db.vault.seal_ours(_PURPOSE, one.label.encode()) if one.label else None
        self._db.run(
            "INSERT INTO pass_word (word, member, label, role, expires_at)"
            " VALUES (:word, :member, :label, :role, :until)",
            word=self._hash(word),
            member=one.member,
            label=label,
            role=one.role.value if one.role else "",
            until=stamp(until),
        )

    def find(self, word: str, now: datetime) -> Pass | None:
        """Return what a word does; None when it is unknown, used or too old."""
        row = self._db.row(
            "SELECT member, label, role FROM pass_word WHERE word = :word AND expires_at > :now",
            word=self._hash(word),
            now=stamp(now),
        )
        if row is None:
            return None
        label = None if row[1] is None else self._db.vault.open_ours(_PURPOSE, row[1])
        return Pass(
            None if row[0] is None else MemberId(row[0]),
            "" if label is None else label.decode(),
            Role(row[2]) if row[2] else None,
        )

    def use(self, word: str) -> None:
        """Let a word work no more."""
        self._db.run("DELETE FROM pass_word WHERE word = :word", word=self._hash(word))

    def count(self, member: MemberId) -> int:
        """Count the words this member gave out, for their export."""
        return len(self._db.rows("SELECT 1 FROM pass_word WHERE member = :member", member=member))

    def expire(self, now: datetime) -> int:
        """Drop what has run out."""
        return self._db.run("DELETE FROM pass_word WHERE expires_at <= :now", now=stamp(now))

    def _hash(self, word: str) -> bytes:
        return self._db.vault.lookup("pass", word)
