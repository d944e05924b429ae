"""The pace of one member as one short line, for sealing; and the numbers of data/floods.toml."""

from datetime import UTC, datetime, timedelta

from buddybot.domain.kernel.faults import Fault, Table, known_keys, number_in
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.talk.rate_limits import LANES, Print, RateLimits, SendRate

_KEYS = (
    "burst",
    "refill_seconds",
    "copy_words",
    "copy_bits",
    "copy_rooms",
    "copy_kept",
    "copy_days",
    "newcomer_days",
)
_ZERO = frozenset({"copy_bits", "newcomer_days"})


def parse_limits(table: Table) -> RateLimits:
    """Return the limits that a table describes, or raise a `Fault`."""
    known_keys(table, frozenset(_KEYS))
    numbers = {key: number_in(table, key) for key in _KEYS}
    for key, number in numbers.items():
        if number == 0 and key not in _ZERO:
            raise Fault(key, table.get(key), "make it a whole number, 1 or more")
    if numbers["copy_bits"] >= LANES // 2:
        raise Fault("copy_bits", numbers["copy_bits"], "make it less than 64: from there on any two notes are alike")
    return RateLimits(
        burst=numbers["burst"],
        refill=timedelta(seconds=numbers["refill_seconds"]),
        words=numbers["copy_words"],
        alike=numbers["copy_bits"],
        rooms=numbers["copy_rooms"],
        kept=numbers["copy_kept"],
        window=timedelta(days=numbers["copy_days"]),
        newcomer=timedelta(days=numbers["newcomer_days"]),
    )


def flow_text(flow: SendRate) -> str:
    """Write it down."""
    prints = (f"{one.room},{one.bits:x},{int(one.at.timestamp())}" for one in flow.prints)
    return " ".join((flow.full_at.isoformat(), *prints))


def flow_from(text: str) -> SendRate:
    """Read what `flow_text` wrote."""
    full_at, *prints = text.split(" ")
    return SendRate(datetime.fromisoformat(full_at), tuple(_print(one) for one in prints))


def _print(text: str) -> Print:
    room, bits, at = text.split(",")
    return Print(RoomId(room), int(bits, 16), datetime.fromtimestamp(int(at), UTC))
