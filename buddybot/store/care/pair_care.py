"""Wishes and silences of pairs: one sealed value for each of the two, gone with the room or with the member."""

from pydantic import TypeAdapter

from buddybot.domain.care.pair_care import PairCare
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.store.kernel.db import Db
from buddybot.store.kernel.errors import DamagedValueError

_CARE = TypeAdapter(PairCare)


class PairCareStore:
    """Rows of what each of a pair privately said for the two of them."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, room: RoomId, member: MemberId) -> PairCare:
        """Return what this member said in this pair; nothing said is a value too."""
        row = self._db.row("SELECT sealed FROM pair_care WHERE room = :room AND member = :m", room=room, m=member)
        return PairCare() if row is None else self._opened(member, row[0])

    def save(self, room: RoomId, member: MemberId, care: PairCare) -> None:
        """Keep it, in place of what was said before."""
        self._db.run(
            "INSERT INTO pair_care (room, member, sealed) VALUES (:room, :member, :sealed)"
            " ON CONFLICT (room, member) DO UPDATE SET sealed = excluded.sealed",
            room=room,
            member=member,
            sealed=self._db.vault.seal(member, "pair care", _CARE.dump_json(care, exclude_defaults=True)),
        )

    def drop(self, room: RoomId) -> None:
        """Forget what was said in a pair that is over."""
        self._db.run("DELETE FROM pair_care WHERE room = :room", room=room)

    def all_of(self, member: MemberId) -> list[tuple[RoomId, PairCare]]:
        """Return everything this member said in pairs, for their export."""
        rows = self._db.rows("SELECT room, sealed FROM pair_care WHERE member = :m ORDER BY room", m=member)
        return [(RoomId(row[0]), self._opened(member, row[1])) for row in rows]

    def _opened(self, member: MemberId, sealed: bytes) -> PairCare:
        try:
            opened = self._db.vault.open(member, "pair care", sealed)
        except DamagedValueError:
            return PairCare()
        return PairCare() if opened is None else _CARE.validate_json(opened)
