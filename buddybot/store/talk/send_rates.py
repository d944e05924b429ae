"""The pace at which each member writes: some numbers, sealed, gone after a week of silence."""

from datetime import UTC, datetime
from functools import partial

from pydantic import TypeAdapter

from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.talk.rate_limits import Print, SendRate
from buddybot.store.kernel.db import Db, stamp

_PURPOSE = _TABLE = "flow"
_SEND_RATE = TypeAdapter(SendRate)


def rate_json(rate: SendRate) -> bytes:
    """Serialize a pace."""
    return _SEND_RATE.dump_json(rate)


def rate_from(stored: bytes) -> SendRate:
    """Read a stored pace. Older ones are a line of words: when it is full, then `room,bits,seconds` for each note."""
    if stored.startswith(b"{"):
        return _SEND_RATE.validate_json(stored)
    full_at, *prints = stored.decode().split(" ")
    return SendRate(datetime.fromisoformat(full_at), tuple(map(_print_from, prints)))


def _print_from(text: str) -> Print:
    room, bits, at = text.split(",")
    return Print(RoomId(room), int(bits, 16), datetime.fromtimestamp(int(at), UTC))


class SendRateStore:
    """Rows of each member's pace."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def of(self, member: MemberId, now: datetime) -> SendRate:
        """Return a member's pace; nobody who was silent is behind, and a bad record holds no message up."""
        read = partial(self._db.row, "SELECT sealed FROM flow WHERE member = :member", member=member)
        row, vault = self._db.memo.once((_TABLE,), member, read), self._db.vault
        known = None if row is None else vault.decoded(member, _PURPOSE, row[0], partial(self._opened, member, row[0]))
        return known or SendRate(now)

    def _opened(self, member: MemberId, sealed: bytes) -> SendRate | None:
        opened = self._db.vault.open_whole(member, _PURPOSE, sealed)
        try:
            return None if opened is None else rate_from(opened)
        except ValueError:
            return None

    def keep(self, member: MemberId, flow: SendRate, now: datetime) -> None:
        """Note a member's pace."""
        sealed = self._db.vault.seal(member, _PURPOSE, rate_json(flow))
        self._db.vault.decoded(member, _PURPOSE, sealed, lambda: flow)  # their next note need not open it
        self._db.run_of(
            member,
            _TABLE,
            "INSERT INTO flow (member, noted_at, sealed) VALUES (:who, :now, :sealed)"
            " ON CONFLICT (member) DO UPDATE SET noted_at = excluded.noted_at, sealed = excluded.sealed",
            who=member,
            now=stamp(now),
            sealed=sealed,
        )
        self._db.memo.put((_TABLE,), member, (sealed,))

    def expire(self, before: datetime) -> int:
        """Drop the pace of whoever wrote nothing since then."""
        return self._db.run("DELETE FROM flow WHERE noted_at < :before", before=stamp(before))
