"""Rows of what members said about being counted: one sealed value for each, gone with the member."""

from collections.abc import Iterator
from functools import partial

from pydantic import TypeAdapter

from buddybot.domain.kernel.ids import MemberId
from buddybot.domain.programmes.counted import Counted
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import DamagedValueError

_COUNTED = TypeAdapter(Counted)
_PURPOSE = "counted"


class CountedStore:
    """Consent of members to be counted. Nobody but the vault knows which programme a row is about."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, member: MemberId) -> Counted:
        """Return what this member said; nothing is a value too."""
        read = partial(self._db.row, "SELECT sealed FROM counted WHERE member = :m", m=member)
        row = self._db.memo.once(("counted",), member, read)
        return Counted() if row is None else self._opened(member, row[0])

    def save(self, member: MemberId, record: Counted) -> None:
        """Keep it, in place of what was said before; where nothing was said, nothing is kept."""
        if record == Counted():
            self._db.run("DELETE FROM counted WHERE member = :m", m=member)
            return
        self._db.run(
            "INSERT INTO counted (member, sealed) VALUES (:member, :sealed)"
            " ON CONFLICT (member) DO UPDATE SET sealed = excluded.sealed",
            member=member,
            sealed=self._db.vault.seal(member, _PURPOSE, _COUNTED.dump_json(record, exclude_defaults=True)),
        )

    def all(self) -> Iterator[tuple[MemberId, Counted]]:
        """Return everybody who said something."""
        for row in self._db.rows("SELECT member, sealed FROM counted ORDER BY member"):
            yield MemberId(row[0]), self._opened(MemberId(row[0]), row[1])

    def _opened(self, member: MemberId, sealed: bytes) -> Counted:
        """Return a value that is damaged, or whose key is gone, as one that says nothing: nobody is counted by it."""
        try:
            opened = self._db.vault.open(member, _PURPOSE, sealed)
        except DamagedValueError:
            return Counted()
        return Counted() if opened is None else _COUNTED.validate_json(opened)
